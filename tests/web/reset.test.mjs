// Lost passwords: a code of an admin or the operator sets a new one. Accounts that an admin
// disables.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { ApiClient, apiLogIn } from "./api.mjs";
import { startInstance } from "./instance.mjs";
import { inputValue, roleTexts, visibleText } from "./page.mjs";
import { logIn, makeAdmin, PASSWORD, register, stranger, translated } from "./story.mjs";

const NEW_PASSWORD = "seven quiet otters paint fences";
const UNKNOWN = "This code does not count, or no longer: please ask for a new one.";

let instance, admin, address = 0;

before(async () => {
  instance = await startInstance({ env: { VIVA_TRUST_PROXY: "1", VIVA_REGISTRATIONS_PER_HOUR: "1000" } });
  admin = await makeAdmin(instance);
});
after(() => instance?.stop());

function ask(statement) {
  const args = ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement];
  return execFileSync("sqlite3", args, { encoding: "utf8" }).trim();
}

const idOf = (name) => ask(`SELECT id FROM users WHERE username = '${name}'`);

function visitor(language = "en") {
  address += 1;
  return stranger(instance, language, { "X-Forwarded-For": `203.0.113.${address}` });
}

async function issue(person, fields = {}) {
  const page = `/admin/participants/${idOf(person.name)}`;
  const reply = await admin.postForm(page, fields, { action: `${page}/reset` });
  assert.equal(reply.status, 200, visibleText(reply.text));
  const [, code] = reply.text.match(/\/reset#([A-Z2-7-]{19})</) ?? [];
  assert.ok(code, visibleText(reply.text));
  return code;
}

async function personalToken(person) {
  const page = await person.get("/settings/tokens");
  const reply = await person.post("/settings/tokens", {
    csrf: inputValue(page.text, "csrf"), nonce: inputValue(page.text, "nonce"), name: "tool", scope: "read", days: "30",
  });
  const client = new ApiClient(instance, { token: reply.text.match(/value="(viva_[^"]+)"/)[1] });
  assert.equal((await client.get("/me")).status, 200);
  return client;
}

function reset(browser, code, password = NEW_PASSWORD, again = password) {
  return browser.postForm("/reset", { code, password, password_again: again });
}

const canLogIn = async (name, password) =>
  (await visitor().postForm("/login", { username: name, password })).status === 303;

test("an admin's code sets a new password once and ends all log-ins", async () => {
  const person = await register(instance);
  const program = await apiLogIn(instance, person.name);
  const token = await personalToken(person);
  const code = await issue(person);
  assert.equal((await person.get("/profile")).status, 200, "issuing changes nothing yet");
  const browser = visitor();
  const reply = await reset(browser, code);
  assert.equal(reply.headers.location, "/login");
  assert.match(visibleText((await browser.get("/login")).text), /The password is changed/);
  assert.equal((await person.get("/profile")).status, 303);
  assert.equal((await program.get("/me")).status, 401);
  assert.equal((await program.post("/token/refresh", { refresh_token: program.refreshToken })).status, 401);
  assert.equal((await token.get("/me")).status, 401, "personal tokens end as well");
  assert.ok(!(await canLogIn(person.name, PASSWORD)));
  assert.ok(await canLogIn(person.name, NEW_PASSWORD));
  const second = await reset(visitor(), code, "another quiet otter sings here");
  assert.equal(second.status, 400);
  assert.ok(await canLogIn(person.name, NEW_PASSWORD));
});

test("unknown, used, replaced and old codes are told the same", async () => {
  const [used, replaced, old, disabled] = await Promise.all([1, 2, 3, 4].map(() => register(instance)));
  const codes = ["AAAA-BBBB-CCCC-DDDD", "", "%", "'; --", "x".repeat(5000)];
  codes.push(await issue(used));
  await reset(visitor(), codes.at(-1));
  codes.push(await issue(replaced));
  await issue(replaced);
  codes.push(await issue(old));
  ask(`UPDATE password_resets SET expires_at = 1 WHERE user_id = '${idOf(old.name)}'`);
  codes.push(await issue(disabled));
  ask(`UPDATE users SET disabled_at = 1 WHERE username = '${disabled.name}'`);
  for (const code of codes) {
    const reply = await reset(visitor("uk"), code);
    assert.equal(reply.status, 400, code.slice(0, 30));
    assert.deepEqual(roleTexts(reply.text, "alert"), [translated("uk", UNKNOWN)]);
  }
});

test("a code counts however it is typed, and a fault in the password does not use it up", async () => {
  const person = await register(instance);
  const code = await issue(person);
  const browser = visitor();
  for (const [password, again] of [["short", "short"], ["password1", "password1"], [NEW_PASSWORD, "another"],
    [`${person.name} is my name`, `${person.name} is my name`]]) {
    const reply = await reset(browser, code, password, again);
    assert.equal(reply.status, 400, password);
    assert.equal(inputValue(reply.text, "code"), code, "the code need not be typed again");
    assert.ok(!reply.text.includes(NEW_PASSWORD));
    assert.notDeepEqual(roleTexts(reply.text, "alert"), [UNKNOWN]);
  }
  assert.equal((await reset(browser, ` ${code.toLowerCase().replaceAll("-", "")} `)).status, 303);
});

test("guessing codes meets a pause of that address, also at once", async () => {
  const person = await register(instance);
  const code = await issue(person);
  const browser = visitor();
  const csrf = await browser.csrf("/reset");
  const replies = await Promise.all(Array.from({ length: 40 }, (_, i) =>
    browser.post("/reset", { csrf, code: `guess ${i}`, password: NEW_PASSWORD, password_again: NEW_PASSWORD })));
  assert.equal(replies.filter(({ status }) => status === 400).length, 5);
  assert.equal(replies.filter(({ status }) => status === 429).length, 35);
  assert.equal((await reset(browser, code)).status, 429);
  assert.equal((await reset(visitor(), code)).status, 303);
});

test("who changes the password needs no code any more, so it ends", async () => {
  const person = await register(instance);
  const code = await issue(person);
  const token = await personalToken(person);
  const changed = await person.postForm("/settings", { username: person.name, old_password: PASSWORD, new_password: NEW_PASSWORD }, { action: "/settings/password" });
  assert.equal(changed.status, 303);
  assert.equal((await reset(visitor(), code, "another quiet otter sings here")).status, 400);
  assert.equal((await token.get("/me")).status, 200, "tokens are left to their owner");
});

test("of a code used twice at once one sets the password", async () => {
  const person = await register(instance);
  const code = await issue(person);
  const passwords = ["first quiet otter paints fences", "second quiet otter paints doors"];
  const replies = await Promise.all(passwords.map((password) => reset(visitor(), code, password)));
  assert.deepEqual(replies.map(({ status }) => status).sort(), [303, 400]);
  const winner = replies.findIndex(({ status }) => status === 303);
  assert.ok(await canLogIn(person.name, passwords[winner]));
});

test("a code leaves the second factor on, unless the admin says otherwise", async () => {
  const person = await register(instance);
  const secret = "A".repeat(32);
  const factorOn = () => ask(`SELECT totp_secret IS NOT NULL FROM users WHERE username = '${person.name}'`) === "1";
  ask(`UPDATE users SET totp_secret = '${secret}' WHERE username = '${person.name}'`);
  const page = await admin.get(`/admin/participants/${idOf(person.name)}`);
  assert.match(page.text, /name="factor"/);
  await reset(visitor(), await issue(person));
  assert.ok(factorOn());
  const code = await issue(person, { factor: "yes" });
  assert.ok(factorOn(), "issuing it changes nothing");
  await reset(visitor(), code);
  assert.ok(!factorOn());
});

test("the operator's command makes a code for anybody, also for admins, whom admins cannot reset", async () => {
  const boss = await makeAdmin(instance);
  const refused = await admin.postForm("/admin", {}, { action: `/admin/participants/${idOf(boss.name)}/reset` });
  assert.equal(refused.status, 403);
  const { stdout } = await instance.cli("user", "reset", boss.name);
  assert.match(stdout, /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}\n$/);
  assert.equal((await reset(visitor(), stdout.trim())).status, 303);
  assert.ok(await canLogIn(boss.name, NEW_PASSWORD));
  await assert.rejects(instance.cli("user", "reset", "nobody-at-all"), /there is no user nobody-at-all/);
  await assert.rejects(instance.cli("user", "reset", boss.name, "--everything"), /unknown option/);
});

test("the operator's command refuses an admin's password that is too common", async () => {
  await assert.rejects(instance.cli("admin", "create", "new-boss", { input: "password1\n" }), /too common/);
  await assert.rejects(instance.cli("admin", "create", "new-boss", { input: "new-boss likes tea\n" }), /user name/);
});

test("a disabled account is out at once, in browsers and programs, and in again when enabled", async () => {
  const person = await register(instance);
  const program = await apiLogIn(instance, person.name);
  const token = await personalToken(person);
  const code = await issue(person);
  const page = `/admin/participants/${idOf(person.name)}`;
  assert.equal((await admin.postForm(page, {}, { action: `${page}/disable` })).headers.location, page);
  const shown = await admin.get(page);
  assert.match(visibleText(shown.text), /This account is disabled/);
  assert.match(visibleText((await admin.get(`/admin?search=${person.name}`)).text), new RegExp(`${person.name} \\(disabled\\)`));
  assert.equal((await person.get("/profile")).status, 303);
  assert.equal((await program.get("/me")).status, 401);
  assert.equal((await program.post("/token/refresh", { refresh_token: program.refreshToken })).status, 401);
  const refused = await visitor().postForm("/login", { username: person.name, password: PASSWORD });
  assert.deepEqual(roleTexts(refused.text, "alert"), ["The user name or the password is wrong."]);
  assert.equal((await admin.postForm(page, {}, { action: `${page}/reset` })).status, 403);
  await admin.postForm(page, {}, { action: `${page}/enable` });
  assert.equal((await person.get("/profile")).status, 303, "the old log-ins stay ended");
  assert.equal((await program.get("/me")).status, 401);
  assert.equal((await token.get("/me")).status, 401);
  assert.equal((await reset(visitor(), code)).status, 400, "a code of before counts no more");
  await logIn(instance, person.name);
});

test("admins cannot disable themselves, and unknown people are not found", async () => {
  const own = `/admin/participants/${idOf(admin.name)}`;
  assert.equal((await admin.postForm("/admin", {}, { action: `${own}/disable` })).status, 403);
  assert.ok(!(await admin.get(own)).text.includes(`${own}/disable`));
  for (const act of ["disable", "enable", "reset"]) {
    const reply = await admin.postForm("/admin", {}, { action: `/admin/participants/00000000-0000-4000-8000-000000000000/${act}` });
    assert.equal(reply.status, 404, act);
  }
});

test("no code stands in the logs or the database", async () => {
  const person = await register(instance);
  const code = await issue(person);
  await reset(visitor(), code, "short");
  for (const files of ["log/*", "viva.db*"]) {
    const bytes = execFileSync("sh", ["-c", `cat ${instance.var}/${files}`], { encoding: "latin1", maxBuffer: 1 << 28 });
    assert.ok(!bytes.includes(code), files);
  }
});
