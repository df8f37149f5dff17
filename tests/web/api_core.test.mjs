// The API's frame: what every route below /api does alike, whatever it is about.
import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { after, before, test } from "node:test";
import { ApiClient, apiLogIn, apiRegister, assertProblem } from "./api.mjs";
import { Client, raw } from "./client.mjs";
import { startInstance } from "./instance.mjs";
import { freshName, LANGUAGES, logIn, makeAdmin, PASSWORD, register, translated } from "./story.mjs";

let instance, owner, stranger;

before(async () => {
  instance = await startInstance();
  owner = await apiRegister(instance, { full_name: "The Owner" });
  stranger = new ApiClient(instance);
});
after(() => instance?.stop());

// --- accounts ------------------------------------------------------------------------

test("a program registers its user, who can log in on the pages too", async () => {
  const name = freshName();
  const reply = await stranger.post("/register", { username: name, password: PASSWORD, language: "uk" });
  assert.equal(reply.status, 201);
  assert.equal(reply.headers.location, "/api/me");
  const client = await apiLogIn(instance, name);
  const me = await client.get("/me");
  assert.equal(me.status, 200);
  assert.deepEqual(me.json, reply.json);
  assert.equal(me.json.username, name);
  assert.equal(me.json.role, "candidate");
  assert.equal(me.json.language, "uk");
  assert.ok(!/password|hash|secret|totp/.test(me.text));
  assert.equal((await logIn(instance, name)).name, name);
});

test("a registration tells all its faults at once, where each is", async () => {
  const reply = await stranger.post("/register", { username: "a b", password: "short", full_name: "x".repeat(101), language: "de" });
  const problem = assertProblem(reply, 400, "invalid");
  assert.deepEqual(problem.errors.map(({ pointer }) => pointer), ["/username", "/password", "/full_name", "/language"]);
  assert.ok(problem.errors.every(({ detail }) => detail.length > 0));
  assert.ok(!reply.text.includes("short"), "a password is not repeated");
  const lengths = await stranger.post("/register", { username: "ab", password: "x".repeat(257) });
  const told = assertProblem(lengths, 400).errors.map(({ detail }) => detail);
  assert.deepEqual(told, ["It must have 3 to 40 characters.", "It must have 8 to 256 characters."]);
  assertProblem(await stranger.post("/register", { username: owner.name.toUpperCase(), password: PASSWORD }), 409, "conflict");
});

test("what PATCH does not name stays as it is", async () => {
  const person = await apiRegister(instance, { full_name: "A \u202e\u0007B\u200f" });
  const changed = await person.patch("/me", { position: "Backend engineer", level: "mid" });
  assert.equal(changed.status, 200);
  const { json } = await person.get("/me");
  assert.deepEqual(json, changed.json);
  assert.deepEqual([json.full_name, json.position, json.level], ["A B", "Backend engineer", "mid"]);
  const refused = await person.patch("/me", { full_name: "C", level: "wizard", stack: 7 });
  assert.deepEqual(assertProblem(refused, 400).errors.map(({ pointer }) => pointer), ["/stack", "/level"]);
  assert.equal((await person.get("/me")).json.full_name, "A B", "nothing of it was done");
  assertProblem(await person.patch("/me", { username: "other", role: "admin" }), 400);
});

test("changes at the same time do not undo each other", async () => {
  const person = await apiRegister(instance);
  for (let round = 0; round < 5; round++) {
    const wishes = { full_name: `A ${round}`, position: `B ${round}`, stack: `C ${round}`, about: `D ${round}` };
    await Promise.all(Object.entries(wishes).map(([name, value]) => person.patch("/me", { [name]: value })));
    const { json } = await person.get("/me");
    assert.deepEqual(Object.fromEntries(Object.keys(wishes).map((name) => [name, json[name]])), wishes);
  }
});

test("a profile that was read can be sent back, without a level as well", async () => {
  const person = await apiRegister(instance);
  for (const level of ["mid", "", "senior", null]) {
    const changed = await person.patch("/me", { level });
    assert.deepEqual([changed.status, changed.json.level], [200, level ?? ""]);
    const { full_name, language, time_zone, position, stack, about, experience_years } = changed.json;
    const profile = { full_name, language, time_zone, position, stack, about, experience_years, level: changed.json.level };
    assert.deepEqual((await person.patch("/me", profile)).json, changed.json);
  }
});

test("the roles are those of the start form, in the reader's language", async () => {
  const { json } = await owner.get("/roles");
  const page = await (await logIn(instance, owner.name)).get("/interviews/new");
  assert.ok(json.roles.length > 0);
  for (const role of json.roles) {
    assert.ok(page.text.includes(`value="${role.id}"`), role.id);
    assert.ok(page.text.includes(role.title), role.title);
  }
});

test("wrong passwords are throttled as on the page, and the answer says for how long", async () => {
  const name = (await register(instance)).name;
  for (let i = 0; i < 5; i++) {
    const reply = await stranger.post("/login", { username: name, password: "not the password" });
    assert.equal(assertProblem(reply, 401, "unauthorized").detail, "The user name or the password is wrong.");
  }
  const paused = await stranger.post("/login", { username: name, password: PASSWORD });
  assertProblem(paused, 429, "limited");
  assert.equal(paused.headers["retry-after"], "300");
});

test("an account is deleted with its password, and gone with all its tokens", async () => {
  const person = await apiRegister(instance);
  assertProblem(await person.delete("/me"), 400);
  assert.match(assertProblem(await person.delete("/me", { password: "not the password" }), 403).detail, /password/);
  assert.equal((await person.get("/me")).status, 200);
  assert.equal((await person.delete("/me", { password: PASSWORD })).status, 204);
  assertProblem(await person.get("/me"), 401);
  assertProblem(await stranger.post("/token/refresh", { refresh_token: person.refreshToken }), 401);
  assertProblem(await stranger.post("/login", { username: person.name, password: PASSWORD }), 401);
  const admin = await makeAdmin(instance);
  const program = await apiLogIn(instance, admin.name);
  for (let i = 0; i < 5; i++) {
    assertProblem(await program.delete("/me", { password: "not the password" }), 403);
  }
  assertProblem(await program.delete("/me", { password: PASSWORD }), 429, "limited");
});

test("years of experience are a number, or unknown", async () => {
  const person = await apiRegister(instance);
  assert.equal((await person.get("/me")).json.experience_years, null);
  assert.equal((await person.patch("/me", { experience_years: 2.5 })).json.experience_years, 2.5);
  for (const years of [-1, 61, "3", [], true]) {
    assert.equal(assertProblem(await person.patch("/me", { experience_years: years }), 400).errors[0].pointer, "/experience_years");
  }
  assert.equal((await person.patch("/me", { about: "x" })).json.experience_years, 2.5, "it stays");
  assert.equal((await person.patch("/me", { experience_years: null })).json.experience_years, null);
  assert.equal((await person.get("/me")).json.experience_years, null);
});

test("a time zone is one that there is", async () => {
  const person = await apiRegister(instance);
  assert.equal((await person.patch("/me", { time_zone: "europe/kyiv" })).json.time_zone, "Europe/Kyiv");
  assertProblem(await person.patch("/me", { time_zone: "Mars/Olympus" }), 400);
  assert.equal((await person.patch("/me", { about: "x" })).json.time_zone, "Europe/Kyiv", "it stays");
  assert.equal((await person.patch("/me", { time_zone: "" })).json.time_zone, "");
});

// --- what is refused, and how ---------------------------------------------------------

test("what is not there, and methods that are not", async () => {
  assertProblem(await owner.get("/nothing"), 404, "not-found");
  assertProblem(await stranger.get("/"), 404, "not-found");
  const reply = await owner.post("/roles");
  assertProblem(reply, 405, "method");
  assert.equal(reply.headers.allow, "GET, HEAD");
  for (const method of ["PUT", "OPTIONS", "TRACE", "PROPFIND"]) {
    const other = await owner.request(method, "/me");
    assert.equal(other.status, 405, method);
    if (method !== "TRACE") { // nginx answers that one itself
      assert.equal(other.headers.allow, "GET, HEAD, PATCH, DELETE");
    }
  }
});

test("HEAD is GET without the body", async () => {
  const [get, head] = [await owner.get("/me"), await owner.request("HEAD", "/me")];
  assert.equal(head.status, 200);
  assert.equal(head.text, "");
  assert.equal(head.headers["content-length"], get.headers["content-length"]);
});

test("a body is one JSON object with known members", async () => {
  const cases = [
    ["", 400, "missing members"],
    ["{", 400, "broken"],
    ["[]", 400, "a list"],
    ["null", 400, "nothing"],
    ['"text"', 400, "a text"],
    ["{} {}", 400, "two"],
    ['{"username":"a\\u0000b","password":"x"}', 400, "NUL"],
    ['{"username":"abc","username":"abd","password":"x"}', 400, "a name twice"],
    ['{"username":"abc","password":"x","admin":true}', 400, "an unknown member"],
    ['{"username":["abc"],"password":{}}', 400, "other types"],
    ['{"username":007,"password":5.}', 400, "numbers that are none"],
    ['{"username":"a\tb","password":"x"}', 400, "a raw tab"],
    [`${"[".repeat(70)}${"]".repeat(70)}`, 400, "too deep"],
    [`{"username":[${"1,".repeat(20000)}1]}`, 413, "very many values"],
    [`{"username":"${"x".repeat(1100000)}"}`, 413, "very long"],
    [Buffer.from('{"username":"\xff\xfe"}', "latin1").toString("latin1"), 400, "a name of two letters"],
  ];
  for (const [body, status, what] of cases) {
    const reply = await stranger.post("/login", body);
    assert.equal(reply.status, status, what);
    assertProblem(reply, status);
  }
  const unknown = await stranger.post("/login", { username: "abc", password: "x", "a/b~c": 1 });
  assert.equal(unknown.json.errors[0].pointer, "/a~1b~0c");
});

test("a query that cannot be read is not taken for none", async () => {
  for (const query of ["limit=%00", "limit=%ff", "limit=%zz"]) {
    assertProblem(await owner.get(`/interviews?${query}`), 400, "invalid");
  }
});

test("only application/json is read", async () => {
  const body = JSON.stringify({ username: owner.name, password: PASSWORD });
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx", ""]) {
    assertProblem(await stranger.post("/login", body, { "Content-Type": type }), 415, "media-type");
  }
  const typed = await stranger.post("/login", body, { "Content-Type": "application/json; charset=utf-8" });
  assert.equal(typed.status, 200);
});

test("a body without a length is read, one that is larger than nginx takes is refused alike", async () => {
  const body = JSON.stringify({ username: owner.name, password: PASSWORD });
  const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const head = "POST /api/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";
  const answer = await raw(instance.url, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`);
  assert.match(answer, /^HTTP\/1.1 200\s/);
  const large = await raw(instance.url, `${head}Content-Length: 99000000\r\n\r\n{`);
  assert.match(large, /^HTTP\/1.1 413\s/);
  assert.match(large, /content-type: application\/problem\+json/i);
});

test("cookies say nothing below /api, so no token against forgery is needed", async () => {
  const browser = await logIn(instance, owner.name);
  for (const [method, path] of [["GET", "/api/me"], ["POST", "/api/logout"], ["PATCH", "/api/me"]]) {
    const reply = await browser.request(method, path, { headers: { Cookie: `${browser.cookieHeader()}; viva_lang=ru` } });
    assert.equal(reply.status, 401, path);
    assert.equal(reply.headers["www-authenticate"], "Bearer");
    assert.equal(reply.headers["set-cookie"], undefined);
    assert.equal(JSON.parse(reply.text).detail, "A valid token is needed.", "nor the language");
  }
});

for (const language of LANGUAGES) {
  test(`problems are told in the reader's language: ${language}`, async () => {
    const visitor = new ApiClient(instance, { language });
    const reply = await visitor.get("/me");
    assert.equal(assertProblem(reply, 401).detail, translated(language, "A valid token is needed."));
    assert.equal(reply.headers["content-language"], language);
    const person = await apiRegister(instance, { language });
    const known = await new ApiClient(instance, { token: person.token }).get("/nothing");
    assert.equal(assertProblem(known, 404).detail, translated(language, "There is nothing at this address."));
  });
}

test("an answer is never stored on the way and needs no other site's script", async () => {
  for (const reply of [await owner.get("/me"), await owner.get("/nothing"), await stranger.get("/me")]) {
    assert.equal(reply.headers["cache-control"], "no-store");
    assert.equal(reply.headers["x-content-type-options"], "nosniff");
    assert.match(reply.headers["x-request-id"], /^[0-9a-f]{16}$/);
    assert.equal(reply.headers["access-control-allow-origin"], undefined);
  }
});

test("the logs name the request and the user, and no token or password", async () => {
  const reply = await owner.get("/nothing");
  await stranger.post("/login", { username: owner.name, password: "a-secret-guess" });
  const personal = readFileSync(`${instance.var}/log/personal.log`, "utf8");
  const system = readFileSync(`${instance.var}/log/system.log`, "utf8");
  const line = personal.split("\n").find((text) => text.includes(reply.headers["x-request-id"]));
  assert.match(line, new RegExp(`/api/nothing.*${owner.id}|${owner.id}.*/api/nothing`));
  for (const secret of [owner.token, owner.refreshToken, owner.token.split(".")[2], "a-secret-guess", PASSWORD]) {
    assert.ok(!personal.includes(secret) && !system.includes(secret));
  }
});

// --- limits ----------------------------------------------------------------------------

test("requests are counted per person, and per address of a stranger", async () => {
  const small = await startInstance({
    env: { VIVA_API_PER_MINUTE: "12", VIVA_API_STRANGERS_PER_MINUTE: "9", VIVA_TRUST_PROXY: "1" },
  });
  try {
    const from = (address) => ({ headers: { "X-Forwarded-For": address } });
    const names = [freshName(), freshName()];
    const clients = names.map((_, i) => new ApiClient(small, from(`192.0.2.${i + 1}`)));
    for (const [i, client] of clients.entries()) {
      await client.post("/register", { username: names[i], password: PASSWORD });
      await client.login(names[i]);
    }
    const replies = await Promise.all(Array.from({ length: 30 }, () => clients[0].get("/me")));
    assert.equal(replies.filter(({ status }) => status === 200).length, 12, "also at once");
    const refused = replies.find(({ status }) => status !== 200);
    assertProblem(refused, 429, "limited");
    assert.equal(refused.headers["ratelimit-limit"], "12");
    assert.equal(refused.headers["ratelimit-remaining"], "0");
    assert.equal(refused.headers["retry-after"], refused.headers["ratelimit-reset"]);
    assert.ok(Number(refused.headers["retry-after"]) >= 1 && Number(refused.headers["retry-after"]) <= 60);
    const left = replies.filter(({ status }) => status === 200).map(({ headers }) => Number(headers["ratelimit-remaining"]));
    assert.deepEqual(left.sort((a, b) => a - b), Array.from({ length: 12 }, (_, i) => i));
    assert.equal((await clients[1].get("/me")).status, 200, "others are not concerned");

    const passed = [];
    for (let i = 0; i < 12; i++) {
      passed.push((await new ApiClient(small, from(`2001:db8::${i}`)).get("/me")).status);
    }
    assert.deepEqual(passed, [...Array(9).fill(401), ...Array(3).fill(429)], "a network of its own counts as one");
    assert.equal((await new ApiClient(small, from("2001:db8:0:1::1")).get("/me")).status, 401);
    assert.equal((await new ApiClient(small, from("198.51.100.7")).get("/nothing")).headers["ratelimit-limit"], "9");
  } finally {
    await small.stop();
  }
});

test("who opened too many accounts is told when the next is allowed", async () => {
  const small = await startInstance({ env: { VIVA_REGISTRATIONS_PER_HOUR: "1" } });
  try {
    const { token } = await apiRegister(small);
    assert.ok(token);
    const reply = await new ApiClient(small).post("/register", { username: freshName(), password: PASSWORD });
    assertProblem(reply, 429, "limited");
    assert.ok(Number(reply.headers["retry-after"]) > 0 && Number(reply.headers["retry-after"]) <= 3600);
  } finally {
    await small.stop();
  }
});

test("while a program is down, the API says so as a problem", async () => {
  const broken = await startInstance();
  try {
    rmSync(`${broken.var}/run/account.sock`);
    const reply = await new ApiClient(broken).get("/me");
    assert.equal(reply.status, 503);
    assert.equal(reply.headers["content-type"], "application/problem+json");
    assert.equal(reply.json.status, 503);
    assert.equal(reply.headers["retry-after"], "15");
    assert.match((await new Client(broken.url).get("/")).headers["content-type"], /text\/html/);
  } finally {
    await broken.stop();
  }
});

test("an admin is an admin here too", async () => {
  const admin = await makeAdmin(instance);
  const client = await apiLogIn(instance, admin.name);
  assert.equal((await client.get("/me")).json.role, "admin");
});
