// Guessing passwords and opening accounts in bulk is slowed down.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { roleTexts, visibleText } from "./page.mjs";
import { freshName, logIn, PASSWORD, register, stranger, translated } from "./story.mjs";

const TRIES = 3;
const ADDRESS_TRIES = 6;
const ACCOUNT_TRIES = 8;

let instance, address = 0;

before(async () => {
  instance = await startInstance({
    env: {
      VIVA_LOGIN_TRIES: String(TRIES),
      VIVA_ADDRESS_TRIES: String(ADDRESS_TRIES),
      VIVA_ACCOUNT_TRIES: String(ACCOUNT_TRIES),
      VIVA_LOGIN_PAUSE_S: "600",
      VIVA_REGISTRATIONS_PER_HOUR: "4",
      VIVA_TRUST_PROXY: "1",
    },
  });
});
after(() => instance?.stop());

// Everybody comes from an address of their own unless a test says otherwise.
function newAddress() {
  address += 1;
  return `2001:db8:${address.toString(16)}::1`;
}

const from = (ip, language = "en") => stranger(instance, language, { "X-Forwarded-For": ip });

async function newcomer() {
  const person = from(newAddress());
  const name = freshName();
  const reply = await person.postForm("/register", { username: name, full_name: "", password: PASSWORD });
  assert.equal(reply.status, 303, visibleText(reply.text));
  return name;
}

async function tryLogIn(browser, username, password) {
  return browser.postForm("/login", { username, password });
}

async function failTimes(times, makeBrowser, makeName) {
  for (let i = 0; i < times; i++) {
    const reply = await tryLogIn(makeBrowser(i), makeName(i), "not the password");
    assert.equal(reply.status, 401, `try ${i + 1}`);
  }
}

test("wrong passwords: told so, then a pause with its length, in the visitor's language", async () => {
  const name = await newcomer();
  const browser = from(newAddress(), "ru");
  const wrong = await tryLogIn(browser, name, "not the password");
  assert.equal(wrong.status, 401);
  assert.deepEqual(roleTexts(wrong.text, "alert"), [translated("ru", "The user name or the password is wrong.")]);
  assert.ok(!wrong.text.includes("not the password"));
  await failTimes(TRIES - 1, () => browser, () => name);
  const paused = await tryLogIn(browser, name, "not the password");
  assert.equal(paused.status, 429);
  assert.match(roleTexts(paused.text, "alert")[0], /\b10\b/);
  assert.match(paused.text, /<html lang="ru"/);
});

test("during the pause the right password is refused too, from that address only", async () => {
  const name = await newcomer();
  const ip = newAddress();
  await failTimes(TRIES, () => from(ip), () => name);
  assert.equal((await tryLogIn(from(ip), name, PASSWORD)).status, 429);
  assert.equal((await tryLogIn(from(ip), name.toUpperCase(), PASSWORD)).status, 429, "whatever the case");
  assert.equal((await tryLogIn(from(newAddress()), name, PASSWORD)).status, 303, "elsewhere it is not");
});

test("who has all addresses of a network is one", async () => {
  const name = await newcomer();
  const network = newAddress().replace("::1", "");
  await failTimes(TRIES, (i) => from(`${network}::${i}:7`), () => name);
  assert.equal((await tryLogIn(from(`${network}::ffff`), name, PASSWORD)).status, 429);
  assert.equal((await tryLogIn(from(`${network}:1::1`), name, PASSWORD)).status, 303, "the next network is another");
  const four = (i) => (i % 2 === 0 ? "198.51.100.7" : "::ffff:198.51.100.7");
  await failTimes(TRIES, (i) => from(four(i)), () => name);
  assert.equal((await tryLogIn(from(four(1)), name, PASSWORD)).status, 429, "the same address, written in two ways");
});

test("strangers all over the world slow an account down, but not a browser that has logged in", async () => {
  const name = await newcomer();
  const known = from(newAddress());
  assert.equal((await tryLogIn(known, name, PASSWORD)).status, 303);
  await known.postForm("/profile", {}, { action: "/logout" });
  await failTimes(ACCOUNT_TRIES, () => from(newAddress()), () => name);
  assert.equal((await tryLogIn(from(newAddress()), name, PASSWORD)).status, 429);
  assert.equal((await tryLogIn(known, name, PASSWORD)).status, 303);
  await known.postForm("/profile", {}, { action: "/logout" });
  await failTimes(TRIES, () => known, () => name);
  assert.equal((await tryLogIn(known, name, PASSWORD)).status, 429, "it has tries of its own, no more");
});

test("many browsers of before are not many times the tries, and a new password forgets them", async () => {
  const name = await newcomer();
  const browsers = await Promise.all(Array.from({ length: 4 }, async () => {
    const browser = from(newAddress());
    assert.equal((await tryLogIn(browser, name, PASSWORD)).status, 303);
    return browser;
  }));
  const fresh = "another horse, another staple";
  const owner = browsers.pop(), [, , forgotten] = browsers;
  const statuses = [];
  for (const browser of browsers) {
    await browser.postForm("/profile", {}, { action: "/logout" });
    for (let i = 0; i < TRIES; i++) {
      statuses.push((await tryLogIn(browser, name, "not the password")).status);
    }
  }
  assert.equal(statuses.filter((status) => status === 401).length, ACCOUNT_TRIES);
  const changed = await owner.postForm("/settings", { username: name, old_password: PASSWORD, new_password: fresh }, { action: "/settings/password" });
  assert.equal(changed.status, 303);
  assert.equal((await tryLogIn(forgotten, name, fresh)).status, 303, "a stranger again, with a stranger's tries");
});

test("a browser known to one account is a stranger to another, and a forged mark is none", async () => {
  const [own, victim] = [await newcomer(), await newcomer()];
  const browser = from(newAddress());
  assert.equal((await tryLogIn(browser, own, PASSWORD)).status, 303);
  await browser.postForm("/profile", {}, { action: "/logout" });
  await failTimes(ACCOUNT_TRIES, () => from(newAddress()), () => victim);
  assert.equal((await tryLogIn(browser, victim, PASSWORD)).status, 429);
  const mark = browser.cookies.get("viva_device");
  assert.match(mark, /^[0-9a-f]{96}$/);
  browser.cookies.set("viva_device", mark.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")));
  assert.equal((await tryLogIn(browser, victim, PASSWORD)).status, 429);
});

test("an address that tries many accounts has to pause as well, others need not", async () => {
  const names = [await newcomer(), await newcomer()];
  const ip = newAddress();
  await failTimes(ADDRESS_TRIES - 1, () => from(ip), (i) => `nobody-${i}-${freshName()}`);
  assert.equal((await tryLogIn(from(ip), names[1], PASSWORD)).status, 303, "counts as no failure");
  await failTimes(1, () => from(ip), () => freshName());
  assert.equal((await tryLogIn(from(ip), names[0], PASSWORD)).status, 429, "and resets none");
  assert.equal((await tryLogIn(from(newAddress()), names[0], PASSWORD)).status, 303);
});

test("a name that does not exist is answered like one that does", async () => {
  const name = await newcomer();
  const [known, unknown] = [await tryLogIn(from(newAddress()), name, "wrong password"),
    await tryLogIn(from(newAddress()), freshName(), "wrong password")];
  assert.equal(known.status, unknown.status);
  assert.deepEqual(roleTexts(known.text, "alert"), roleTexts(unknown.text, "alert"));
});

test("a log-in forgets the failures before it", async () => {
  const name = await newcomer();
  const browser = () => from("2001:db8:1::1");
  for (let round = 0; round < 2; round++) {
    await failTimes(TRIES - 1, browser, () => name);
    assert.equal((await tryLogIn(browser(), name, PASSWORD)).status, 303);
  }
});

test("right passwords are counted as well, for checking one takes long", async () => {
  const name = await newcomer();
  const browser = from(newAddress());
  for (let i = 0; i < 10 * TRIES; i++) {
    assert.equal((await tryLogIn(browser, name, PASSWORD)).status, 303, `log-in ${i + 1}`);
    browser.cookies.delete("viva_session");
  }
  assert.equal((await tryLogIn(browser, name, PASSWORD)).status, 429);
  browser.cookies.clear();
  assert.equal((await tryLogIn(browser, name, PASSWORD)).status, 429, "and as another browser");
  const program = await browser.request("POST", "/api/login", {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username: name, password: PASSWORD }),
  });
  assert.equal(program.status, 429);
  assert.equal((await tryLogIn(from(newAddress()), name, PASSWORD)).status, 303, "elsewhere it is not");
});

test("so are passwords that confirm something", async () => {
  const name = await newcomer();
  const person = from(newAddress());
  assert.equal((await tryLogIn(person, name, PASSWORD)).status, 303);
  const csrf = await person.csrf("/settings");
  const ask = () => person.post("/settings/second-factor", { csrf, secret: "A".repeat(32), password: PASSWORD, code: "" });
  for (let i = 0; i < 10 * TRIES; i++) {
    assert.equal((await ask()).status, 400, `try ${i + 1}: the code is wrong`);
  }
  const paused = await ask();
  assert.equal(paused.status, 403);
  assert.match(roleTexts(paused.text, "alert")[0], /Too many tries/);
});

// Posts guesses at once, one from each browser, and counts what was answered.
async function guessAtOnce(browsers, name) {
  const tokens = await Promise.all(browsers.map((browser) => browser.csrf("/login")));
  const replies = await Promise.all(browsers.map((browser, i) =>
    browser.post("/login", { csrf: tokens[i], username: name, password: `guess number ${i}` })));
  const count = (status) => replies.filter((reply) => reply.status === status).length;
  assert.equal(count(401) + count(429), browsers.length);
  return count(401);
}

test("a hundred tries at once do not slip through, from one address or from a hundred", async () => {
  const name = await newcomer();
  const ip = newAddress();
  assert.equal(await guessAtOnce(Array.from({ length: 100 }, () => from(ip)), name), TRIES);
  assert.equal((await tryLogIn(from(ip), name, PASSWORD)).status, 429);
  const other = await newcomer();
  const world = Array.from({ length: 100 }, () => from(newAddress()));
  assert.equal(await guessAtOnce(world, other), ACCOUNT_TRIES);
  assert.equal((await tryLogIn(from(newAddress()), other, PASSWORD)).status, 429);
});

test("the visitor's own X-Forwarded-For entries do not help", async () => {
  const name = () => freshName();
  const ip = newAddress();
  await failTimes(ADDRESS_TRIES, (i) => from(`198.51.100.${i}, ${ip}`), name);
  assert.equal((await tryLogIn(from(`198.51.100.99, ${ip}`), name(), "wrong password")).status, 429);
});

test("an address may open only so many accounts an hour", async () => {
  const ip = newAddress();
  const open = () => from(ip, "uk").postForm("/register", { username: freshName(), full_name: "", password: PASSWORD });
  for (let i = 0; i < 4; i++) {
    assert.equal((await open()).status, 303);
  }
  const refused = await open();
  assert.equal(refused.status, 429);
  assert.match(refused.text, /<html lang="uk"/);
  assert.match(roleTexts(refused.text, "alert")[0], /\b60\b/);
  assert.equal(Number(refused.headers["retry-after"]), 3600);
  assert.match(refused.text, /name="username" value="[^"]/, "what was typed is there");
  const atOnce = newAddress();
  const replies = await Promise.all(Array.from({ length: 12 }, () =>
    from(atOnce).postForm("/register", { username: freshName(), full_name: "", password: PASSWORD })));
  assert.equal(replies.filter((reply) => reply.status === 303).length, 4, "also at once");
  assert.equal((await from(newAddress()).get("/register")).status, 200);
});

test("names that are taken do not use up the accounts of an address", async () => {
  const [ip, taken] = [newAddress(), await newcomer()];
  for (let i = 0; i < ADDRESS_TRIES; i++) {
    const reply = await from(ip).postForm("/register", { username: taken, full_name: "", password: `${PASSWORD} not` });
    assert.equal(reply.status, 409);
  }
  assert.equal((await from(ip).postForm("/register", { username: freshName(), full_name: "", password: PASSWORD })).status, 303);
});

test("of a registration sent twice both end in the new account, with the right password only", async () => {
  const [name, ip] = [freshName(), newAddress()];
  const browser = from(ip);
  const csrf = await browser.csrf("/register");
  const send = (password) => browser.post("/register", { csrf, username: name, full_name: "", password });
  const replies = await Promise.all([send(PASSWORD), send(PASSWORD)]);
  assert.deepEqual(replies.map(({ status, headers }) => [status, headers.location]), Array(2).fill([303, "/interviews/new"]));
  for (let i = 0; i < TRIES; i++) {
    const guess = await from(newAddress().replace("::1", "::2")).postForm("/register", { username: name, full_name: "", password: `guess ${i}, quite long` });
    assert.equal(guess.status, 409);
  }
  const guesser = newAddress();
  for (let i = 0; i < TRIES; i++) {
    await from(guesser).postForm("/register", { username: name, full_name: "", password: `guess ${i}, quite long` });
  }
  assert.equal((await from(guesser).postForm("/register", { username: name, full_name: "", password: PASSWORD })).status, 409, "a guess here is one at the log-in");
  assert.equal((await tryLogIn(from(guesser), name, PASSWORD)).status, 429);
});

test("an address is believed only from a proxy that is trusted", async () => {
  const plain = await startInstance({ env: { VIVA_ADDRESS_TRIES: String(ADDRESS_TRIES), VIVA_REGISTRATIONS_PER_HOUR: "4" } });
  try {
    const person = await register(plain);
    await logIn(plain, person.name);
    for (let i = 0; i <= ADDRESS_TRIES; i++) {
      const visitor = stranger(plain, "en", { "X-Forwarded-For": newAddress() });
      const reply = await tryLogIn(visitor, freshName(), "wrong password");
      assert.equal(reply.status, i < ADDRESS_TRIES ? 401 : 429, `try ${i + 1}`);
    }
  } finally {
    await plain.stop();
  }
});
