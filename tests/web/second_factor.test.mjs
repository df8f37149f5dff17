// A second factor at log-in: switched on with a right code, asked for after the password,
// each code good for one time.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { ApiClient, assertProblem } from "./api.mjs";
import { startInstance } from "./instance.mjs";
import { code, wrongCode } from "./one_time.mjs";
import { inputValue, roleTexts, tags, visibleText } from "./page.mjs";
import { PASSWORD, register, stranger } from "./story.mjs";

const SHOWN_BEFORE = /its recovery codes were shown then/;
const WRONG = /wrong or was used before/;

let instance;

before(async () => {
  instance = await startInstance({ env: { VIVA_REGISTRATIONS_PER_HOUR: "1000" } });
});
after(() => instance?.stop());

function ask(statement) {
  const args = ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement];
  return execFileSync("sqlite3", args, { encoding: "utf8" }).trim();
}

// Switches it on with the code of the step before, so that those of now and after are unused.
async function switchOn(person) {
  const page = await person.get("/settings/second-factor");
  const secret = inputValue(page.text, "secret");
  const reply = await person.post("/settings/second-factor", {
    csrf: inputValue(page.text, "csrf"), secret, password: PASSWORD, code: code(secret, -1),
  });
  assert.equal(reply.status, 200, visibleText(reply.text));
  return { secret, recovery: recoveryCodes(reply.text) };
}

function recoveryCodes(html) {
  return [...html.matchAll(/<code class="secret">([A-Z2-7-]{19})<\/code>/g)].map(([, text]) => text);
}

async function newcomer() {
  const person = await register(instance);
  return Object.assign(person, await switchOn(person));
}

// Gives the right password in a browser of its own; gives that browser at the second step.
async function firstStep(name, next = "/profile") {
  const browser = stranger(instance);
  const reply = await browser.postForm("/login", { username: name, password: PASSWORD, next });
  assert.equal(reply.status, 303, visibleText(reply.text));
  assert.equal(reply.headers.location, `/login/code?next=${encodeURIComponent(next)}`);
  assert.ok(!browser.cookies.has("viva_session"), "nobody is logged in yet");
  return browser;
}

async function secondStep(browser, typed, next = "/profile") {
  return browser.postForm("/login/code", { code: typed, next });
}

test("it is switched on only after a right code, and its page shows the key as text and picture", async () => {
  const person = await register(instance);
  const page = await person.get("/settings/second-factor");
  const secret = inputValue(page.text, "secret");
  assert.match(secret, /^[A-Z2-7]{32}$/);
  assert.ok(visibleText(page.text).includes(secret.match(/.{4}/g).join(" ")));
  assert.equal(tags(page.text, "svg").length, 1);
  const uri = tags(page.text, "a").map(({ href }) => href).find((href) => href?.startsWith("otpauth:"));
  assert.equal(new URL(uri).searchParams.get("secret"), secret);
  const csrf = inputValue(page.text, "csrf");
  const wrong = await person.post("/settings/second-factor", { csrf, secret, password: PASSWORD, code: wrongCode(secret) });
  assert.equal(wrong.status, 400);
  assert.match(roleTexts(wrong.text, "alert")[0], WRONG);
  assert.equal(inputValue(wrong.text, "secret"), secret, "the app need not be set up again");
  assert.equal((await stranger(instance).postForm("/login", { username: person.name, password: PASSWORD })).headers.location, "/profile");
  const right = await person.post("/settings/second-factor", { csrf, secret, password: PASSWORD, code: code(secret).replace(/(...)/, "$1 ") });
  assert.equal(recoveryCodes(right.text).length, 10);
  assert.match(visibleText((await person.get("/settings/second-factor")).text), /10 recovery codes are left/);
  const again = await person.post("/settings/second-factor", { csrf, secret: "A".repeat(32), password: PASSWORD, code: code("A".repeat(32)) });
  assert.equal(again.status, 409, "a second time changes nothing");
  assert.match(roleTexts(again.text, "alert")[0], SHOWN_BEFORE);
  assert.equal(tags(again.text, "form").filter(({ action }) => action?.endsWith("/codes")).length, 1, "and tells where new ones are made");
  assert.equal(ask(`SELECT totp_secret FROM users WHERE username = '${person.name}'`), secret);
});

test("switching it on wants the password, as an open browser is not the owner", async () => {
  const person = await register(instance);
  const page = await person.get("/settings/second-factor");
  const [csrf, secret] = [inputValue(page.text, "csrf"), inputValue(page.text, "secret")];
  for (let i = 0; i < 6; i++) {
    const reply = await person.post("/settings/second-factor", { csrf, secret, password: `guess ${i}`, code: code(secret) });
    assert.equal(reply.status, 403);
    assert.equal(inputValue(reply.text, "secret"), secret);
  }
  assert.equal((await person.post("/settings/second-factor", { csrf, secret, password: PASSWORD, code: code(secret) })).status, 403, "guessing is slowed down");
  assert.equal(ask(`SELECT totp_secret IS NULL FROM users WHERE username = '${person.name}'`), "1");
});

test("a reload shows the same key, another time another", async () => {
  const secretOf = async (browser) => inputValue((await browser.get("/settings/second-factor")).text, "secret");
  const person = await register(instance);
  const secret = await secretOf(person);
  assert.equal(await secretOf(person), secret);
  const other = await register(instance);
  other.cookies.set("viva_setup", person.cookies.get("viva_setup"));
  assert.notEqual(await secretOf(other), secret, "the cookie is not the key");
  await switchOn(person);
  await person.postForm("/settings/second-factor", { password: PASSWORD, code: code(secret) }, { action: "/settings/second-factor/off" });
  assert.notEqual(await secretOf(person), secret);
});

test("of a form sent twice at once one shows codes, the other leads to new ones", async () => {
  const person = await register(instance);
  const page = await person.get("/settings/second-factor");
  const [csrf, secret] = [inputValue(page.text, "csrf"), inputValue(page.text, "secret")];
  const replies = await Promise.all([1, 2].map(() =>
    person.post("/settings/second-factor", { csrf, secret, password: PASSWORD, code: code(secret) })));
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 409]);
  const loser = replies.find(({ status }) => status === 409);
  assert.match(roleTexts(loser.text, "alert")[0], SHOWN_BEFORE);
  const fields = { csrf: inputValue(loser.text, "csrf"), set: inputValue(loser.text, "set"), password: PASSWORD };
  const fresh = await person.post("/settings/second-factor/codes", fields);
  assert.equal(recoveryCodes(fresh.text).length, 10);
  const reload = await person.post("/settings/second-factor/codes", fields);
  assert.equal(reload.status, 409, "a reload makes no others");
  assert.match(roleTexts(reload.text, "alert")[0], SHOWN_BEFORE);
  assert.equal((await secondStep(await firstStep(person.name), recoveryCodes(fresh.text)[0])).status, 303);
});

test("after the password comes the code, then the page that was wanted", async () => {
  const person = await newcomer();
  const browser = await firstStep(person.name, "/interviews/new");
  assert.equal((await browser.get("/profile")).headers.location, "/login?next=%2Fprofile");
  const page = await browser.get("/login/code?next=%2Finterviews%2Fnew");
  assert.equal(inputValue(page.text, "next"), "/interviews/new");
  const reply = await secondStep(browser, code(person.secret), "/interviews/new");
  assert.equal(reply.headers.location, "/interviews/new");
  assert.equal((await browser.get("/profile")).status, 200);
  assert.ok(!browser.cookies.has("viva_challenge"));
});

test("a code counts once, and none before it", async () => {
  const person = await newcomer();
  const now = code(person.secret), browser = await firstStep(person.name);
  assert.equal((await secondStep(browser, code(person.secret, 1))).status, 303, "a clock that is fast");
  for (const used of [code(person.secret, 1), now]) {
    const reply = await secondStep(await firstStep(person.name), used);
    assert.equal(reply.status, 401);
    assert.match(roleTexts(reply.text, "alert")[0], WRONG);
  }
});

test("a clock may be wrong by a step, not by more", async () => {
  const person = await newcomer();
  ask(`UPDATE users SET totp_step = 0 WHERE username = '${person.name}'`);
  for (const steps of [-3, 3]) {
    assert.equal((await secondStep(await firstStep(person.name), code(person.secret, steps))).status, 401);
  }
  assert.equal((await secondStep(await firstStep(person.name), code(person.secret, -1))).status, 303);
});

test("of the same code in many tabs one gets in", async () => {
  const person = await newcomer();
  const browsers = await Promise.all(Array.from({ length: 4 }, () => firstStep(person.name)));
  const typed = code(person.secret);
  const replies = await Promise.all(browsers.map((browser) => secondStep(browser, typed)));
  assert.equal(replies.filter(({ status }) => status === 303).length, 1);
  assert.equal(browsers.filter((browser) => browser.cookies.has("viva_session")).length, 1);
});

test("of a hundred tries of a recovery code at once exactly one gets in", async () => {
  const person = await newcomer();
  const name = person.name;
  // The challenges are made beside the log-in, whose own pauses are another test's.
  const id = ask(`SELECT id FROM users WHERE username = '${name}'`);
  const first = await firstStep(name);
  const hashOfFirst = ask(`SELECT token_hash FROM login_challenges WHERE user_id = '${id}'`);
  ask(`UPDATE login_challenges SET tries = -100 WHERE token_hash = '${hashOfFirst}'`);
  const csrf = await first.csrf("/login/code");
  const replies = await Promise.all(Array.from({ length: 100 }, () =>
    first.post("/login/code", { csrf, code: person.recovery[3].toLowerCase().replaceAll("-", " "), next: "/profile" })));
  const entered = replies.filter((reply) => String(reply.headers["set-cookie"]).includes("viva_session="));
  assert.equal(entered.length, 1);
  assert.equal(ask(`SELECT count(*) FROM recovery_codes WHERE user_id = '${id}' AND used_at IS NOT NULL`), "1");
});

test("five wrong codes lead back to the password, and guessing on meets a pause", async () => {
  const person = await newcomer();
  const bad = wrongCode(person.secret);
  let browser = await firstStep(person.name, "/interviews/new");
  for (let i = 0; i < 4; i++) {
    assert.equal((await secondStep(browser, bad, "/interviews/new")).status, 401);
  }
  const fifth = await secondStep(browser, bad, "/interviews/new");
  assert.equal(fifth.headers.location, "/login?next=%2Finterviews%2Fnew");
  assert.match(visibleText((await browser.get(fifth.headers.location)).text), /Please log in again/);
  browser = await firstStep(person.name);
  for (let i = 0; i < 4; i++) {
    await secondStep(browser, bad);
  }
  await secondStep(browser, bad);
  browser = await firstStep(person.name);
  assert.equal((await secondStep(browser, code(person.secret))).status, 429, "the right one is refused, too");
});

test("without a right password, or after five minutes, there is no second step", async () => {
  const visitor = stranger(instance);
  assert.equal((await visitor.get("/login/code?next=%2Fprofile")).headers.location, "/login?next=%2Fprofile");
  visitor.cookies.set("viva_challenge", "0".repeat(64));
  assert.equal((await visitor.get("/login/code")).status, 303);
  const person = await newcomer();
  const browser = await firstStep(person.name);
  const csrf = await browser.csrf("/login/code");
  ask("UPDATE login_challenges SET expires_at = 1");
  const late = await browser.post("/login/code", { csrf, code: code(person.secret), next: "//elsewhere.example" });
  assert.equal(late.headers.location, "/login?next=%2Fprofile");
  assert.ok(!browser.cookies.has("viva_session"));
});

test("programs give the code with the password", async () => {
  const person = await newcomer();
  const program = new ApiClient(instance);
  const body = { username: person.name, password: PASSWORD };
  for (let i = 0; i < 10; i++) {
    assertProblem(await program.request("POST", "/login", body), 401, "code-needed"); // counts as no try
  }
  assert.equal((await program.request("POST", "/login", { ...body, code: wrongCode(person.secret) })).status, 401);
  assert.equal((await program.request("POST", "/login", { ...body, code: code(person.secret) })).status, 200);
  assert.equal((await program.request("POST", "/login", { ...body, code: code(person.secret) })).status, 401);
});

test("new recovery codes want the password and end the old ones", async () => {
  const person = await newcomer();
  const post = async (password) => {
    const set = inputValue((await person.get("/settings/second-factor")).text, "set");
    return person.postForm("/settings/second-factor", { set, password }, { action: "/settings/second-factor/codes" });
  };
  const refused = await post("not the password");
  assert.equal(refused.status, 403);
  assert.equal(recoveryCodes(refused.text).length, 0);
  const fresh = recoveryCodes((await post(PASSWORD)).text);
  assert.equal(fresh.length, 10);
  assert.equal((await secondStep(await firstStep(person.name), person.recovery[0])).status, 401);
  assert.equal((await secondStep(await firstStep(person.name), fresh[0])).status, 303);
  assert.equal((await secondStep(await firstStep(person.name), fresh[0])).status, 401, "once");
  assert.match(visibleText((await person.get("/settings/second-factor")).text), /9 recovery codes are left/);
});

test("it is switched off with the password and a code, not with one of them", async () => {
  const person = await newcomer();
  const off = (fields) => person.postForm("/settings/second-factor", fields, { action: "/settings/second-factor/off" });
  assert.equal((await off({ password: "not the password", code: code(person.secret) })).status, 403);
  assert.equal((await off({ password: PASSWORD, code: wrongCode(person.secret) })).status, 403);
  assert.equal((await off({ password: PASSWORD, code: code(person.secret) })).headers.location, "/settings");
  assert.equal(ask(`SELECT count(*) FROM users u LEFT JOIN recovery_codes c ON c.user_id = u.id
    WHERE u.username = '${person.name}' AND (u.totp_secret IS NOT NULL OR c.user_id IS NOT NULL)`), "0");
  const browser = stranger(instance);
  assert.equal((await browser.postForm("/login", { username: person.name, password: PASSWORD })).headers.location, "/profile");
});

test("nothing of a secret or code stands in the logs, and recovery codes nowhere at all", async () => {
  const person = await newcomer();
  await secondStep(await firstStep(person.name), person.recovery[0]);
  const files = execFileSync("sh", ["-c", `cat ${instance.var}/log/*`], { encoding: "latin1" });
  assert.ok(!files.includes(person.secret) && !files.includes(person.recovery[0]));
  const database = execFileSync("sh", ["-c", `cat ${instance.var}/viva.db*`], { encoding: "latin1", maxBuffer: 1 << 28 });
  assert.ok(person.recovery.every((text) => !database.includes(text) && !database.includes(text.replaceAll("-", ""))));
});
