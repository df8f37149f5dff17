// What programs prove themselves with: access tokens, refresh tokens that rotate, personal tokens.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { ApiClient, apiLogIn, apiRegister, assertProblem } from "./api.mjs";
import { startInstance } from "./instance.mjs";
import { inputValue, roleTexts, visibleText } from "./page.mjs";
import { logIn, makeAdmin, register } from "./story.mjs";

let instance, stranger;

before(async () => {
  instance = await startInstance();
  stranger = new ApiClient(instance);
});
after(() => instance?.stop());

function sql(statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement], { encoding: "utf8" }).trim();
}

// --- access tokens -----------------------------------------------------------------------

const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const decode = (part) => JSON.parse(Buffer.from(part, "base64url"));

// A token with the installation's own key, as somebody would make it who had got hold of that.
function signed(claims, { header = { alg: "HS256", typ: "JWT" }, hash = "sha256", key = sql("SELECT value FROM settings WHERE name = 'jwt_key'") } = {}) {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${createHmac(hash, key).update(text).digest("base64url")}`;
}

async function statusWith(token) {
  const reply = await new ApiClient(instance, { token }).get("/me");
  if (reply.status !== 200) {
    assertProblem(reply, 401, "unauthorized");
    assert.equal(reply.headers["www-authenticate"], 'Bearer error="invalid_token"');
  }
  return reply.status;
}

test("an access token names user and log-in, and lasts a quarter of an hour", async () => {
  const client = await apiRegister(instance);
  const answer = await client.login(client.name);
  assert.deepEqual(Object.keys(answer).sort(), ["access_token", "expires_in", "refresh_expires_in", "refresh_token", "token_type"]);
  assert.equal(answer.token_type, "Bearer");
  const [header, claims] = answer.access_token.split(".").slice(0, 2).map(decode);
  assert.deepEqual(header, { alg: "HS256", typ: "JWT" });
  assert.equal(claims.sub, client.id);
  assert.equal(claims.exp - claims.iat, 900);
  assert.equal(answer.expires_in, 900);
  assert.ok(Math.abs(claims.iat * 1000 - Date.now()) < 60000);
});

test("only what Viva signed as it signs is believed", async () => {
  const client = await apiRegister(instance);
  const [header, body, signature] = client.token.split(".");
  const claims = decode(body);
  const other = decode((await apiRegister(instance)).token.split(".")[1]);
  assert.equal(await statusWith(signed(claims)), 200, "this test makes tokens as Viva does");
  const forged = {
    "alg none": `${encode({ alg: "none", typ: "JWT" })}.${body}.`,
    "alg none, signed": `${encode({ alg: "none", typ: "JWT" })}.${body}.${signature}`,
    "alg None": `${encode({ alg: "None", typ: "JWT" })}.${body}.${signature}`,
    "HS384": signed(claims, { header: { alg: "HS384", typ: "JWT" }, hash: "sha384" }),
    "HS512": signed(claims, { header: { alg: "HS512", typ: "JWT" }, hash: "sha512" }),
    "RS256 signed with the key as if it were a secret": signed(claims, { header: { alg: "RS256", typ: "JWT" } }),
    "ES256": signed(claims, { header: { alg: "ES256", typ: "JWT" } }),
    "no alg": signed(claims, { header: { typ: "JWT" } }),
    "no type": signed(claims, { header: { alg: "HS256" } }),
    "another type": signed(claims, { header: { alg: "HS256", typ: "at+jwt" } }),
    "another key": signed(claims, { key: "another key" }),
    "the empty key": signed(claims, { key: "" }),
    "expired": signed({ ...claims, exp: claims.iat - 1 }),
    "without an end": signed({ ...claims, exp: undefined }),
    "an end that is a text": signed({ ...claims, exp: String(claims.exp) }),
    "signed in the future": signed({ ...claims, iat: claims.iat + 3600, exp: claims.exp + 3600 }),
    "another's log-in": signed({ ...claims, fid: other.fid }),
    "another user": signed({ ...claims, sub: other.sub }),
    "a log-in that is none": signed({ ...claims, fid: "00000000-0000-4000-8000-000000000000" }),
    "without a log-in": signed({ ...claims, fid: undefined }),
    "changed claims": `${header}.${encode({ ...claims, sub: other.sub })}.${signature}`,
    "another signature": `${header}.${body}.${signature.slice(0, -2)}AA`,
    "a signature less": `${header}.${body}.`,
    "a part more": `${client.token}.x`,
    "a refresh token": client.refreshToken,
    "nothing": "x",
    "very long": "x".repeat(8000),
  };
  for (const [what, token] of Object.entries(forged)) {
    assert.equal(await statusWith(token), 401, what);
  }
  for (const scheme of ["Basic", "Token", ""]) {
    const reply = await stranger.get("/me", { Authorization: `${scheme} ${client.token}`.trim() });
    assert.equal(reply.status, 401, scheme);
  }
  const lower = await stranger.get("/me", { Authorization: `bearer ${client.token}` });
  assert.equal(lower.status, 200, "the scheme's case does not matter");
});

test("a log-out ends the log-in at once, and no other", async () => {
  const client = await apiRegister(instance);
  const second = await apiLogIn(instance, client.name);
  assert.equal((await client.post("/logout")).status, 204);
  assert.equal(await statusWith(client.token), 401);
  assertProblem(await stranger.post("/token/refresh", { refresh_token: client.refreshToken }), 401);
  assert.equal(await statusWith(second.token), 200);
});

test("who is disabled is out at once, with every token", async () => {
  const client = await apiRegister(instance);
  const made = await makeToken(await logIn(instance, client.name), { scope: "read" });
  sql(`UPDATE users SET disabled_at = 1 WHERE id = '${client.id}'`);
  assert.equal(await statusWith(client.token), 401);
  assert.equal(await statusWith(made), 401);
  assertProblem(await stranger.post("/token/refresh", { refresh_token: client.refreshToken }), 401);
  assertProblem(await stranger.post("/login", { username: client.name, password: "correct horse battery staple" }), 401);
  sql(`UPDATE users SET disabled_at = NULL WHERE id = '${client.id}'`);
  assert.equal(await statusWith(client.token), 200);
});

// --- refresh tokens ------------------------------------------------------------------------

const refresh = (token) => stranger.post("/token/refresh", { refresh_token: token });

test("a refresh token is exchanged for the next one, which works once", async () => {
  const client = await apiRegister(instance);
  let token = client.refreshToken;
  const seen = new Set([token]);
  for (let i = 0; i < 3; i++) {
    const reply = await refresh(token);
    assert.equal(reply.status, 200, reply.text);
    token = reply.json.refresh_token;
    assert.ok(!seen.has(token));
    seen.add(token);
    assert.equal(await statusWith(reply.json.access_token), 200);
  }
});

test("a refresh token that comes again ends the whole log-in, for thief and owner", async () => {
  const client = await apiRegister(instance);
  const other = await apiLogIn(instance, client.name);
  const next = (await refresh(client.refreshToken)).json;
  assert.equal(await statusWith(next.access_token), 200);
  const reused = await refresh(client.refreshToken);
  assert.match(assertProblem(reused, 401).detail, /used before/);
  assert.equal(await statusWith(next.access_token), 401, "the newer access token");
  assert.equal(await statusWith(client.token), 401, "the older one");
  assertProblem(await refresh(next.refresh_token), 401);
  assert.equal(await statusWith(other.token), 200, "other log-ins are not concerned");
});

test("of refreshes at the same time one wins, and the others count as reuse", async () => {
  const client = await apiRegister(instance);
  const replies = await Promise.all(Array.from({ length: 8 }, () => refresh(client.refreshToken)));
  const won = replies.filter(({ status }) => status === 200);
  assert.equal(won.length, 1);
  replies.filter((reply) => reply !== won[0]).forEach((reply) => assertProblem(reply, 401));
  assertProblem(await refresh(won[0].json.refresh_token), 401);
});

test("made-up refresh tokens are refused and do no harm", async () => {
  const client = await apiRegister(instance);
  for (const token of ["x", "0".repeat(64), client.token.slice(0, 200), " "]) {
    const reply = await refresh(token);
    assert.ok([400, 401].includes(reply.status), token);
  }
  assert.equal((await refresh(client.refreshToken)).status, 200);
});

test("the database and the logs keep no token", async () => {
  const client = await apiRegister(instance);
  const made = await makeToken(await logIn(instance, client.name), {});
  await new ApiClient(instance, { token: made }).get("/me");
  const files = ["viva.db", "viva.db-wal", "log/system.log", "log/personal.log"].map((file) => readFileSync(`${instance.var}/${file}`));
  assert.ok(files.some((bytes) => bytes.includes(client.id)), "this looks into the right files");
  for (const secret of [client.token.split(".")[2], client.refreshToken, made]) {
    assert.ok(!files.some((bytes) => bytes.includes(secret)));
  }
});

// --- personal tokens -------------------------------------------------------------------------

// Sends the form of the page; the reply as it comes.
async function sendForm(person, fields, form) {
  const { text } = form ?? (await person.get("/settings/tokens"));
  return person.post("/settings/tokens", {
    csrf: inputValue(text, "csrf"), nonce: inputValue(text, "nonce"), name: "my program", scope: "read", days: "30", ...fields,
  });
}

const secretOf = (html) => html.match(/id="token" value="(viva_[0-9a-f]{64})"/)?.[1];

async function makeToken(person, fields) {
  const reply = await sendForm(person, fields);
  assert.equal(reply.status, 200, visibleText(reply.text));
  return secretOf(reply.text);
}

const tokensOf = (html) => [...html.matchAll(/\/settings\/tokens\/([0-9a-f-]{36})\/revoke/g)].map(([, id]) => id);

test("a token is shown once, works until it is revoked, and the list tells of it", async () => {
  const person = await register(instance);
  const token = await makeToken(person, { name: "<b>calendar</b>" });
  const page = await person.get("/settings/tokens");
  assert.equal(secretOf(page.text), undefined);
  assert.ok(!page.text.includes(token));
  assert.match(visibleText(page.text), /<b>calendar<\/b> Read only .* never/);
  assert.equal(await statusWith(token), 200);
  assert.ok(!/never/.test(visibleText((await person.get("/settings/tokens")).text)), "its use is noted");
  const [id] = tokensOf(page.text);
  const revoked = await person.postForm("/settings/tokens", {}, { action: `/settings/tokens/${id}/revoke` });
  assert.equal(revoked.headers.location, "/settings/tokens");
  assert.deepEqual(roleTexts((await person.get("/settings/tokens")).text, "status"), ["The token is revoked."]);
  assert.equal(await statusWith(token), 401);
});

test("the form sent twice makes one token", async () => {
  const person = await register(instance);
  const form = await person.get("/settings/tokens");
  const replies = await Promise.all([sendForm(person, {}, form), sendForm(person, {}, form)]);
  assert.deepEqual(replies.map(({ status }) => status), [200, 200]);
  assert.equal(secretOf(replies[0].text), secretOf(replies[1].text));
  assert.equal(tokensOf((await person.get("/settings/tokens")).text).length, 1);
});

test("the form sent again with other words makes no token and says so", async () => {
  const person = await register(instance);
  const form = await person.get("/settings/tokens");
  assert.equal((await sendForm(person, {}, form)).status, 200);
  for (const fields of [{ name: "another" }, { scope: "write" }, { days: "90" }]) {
    const reply = await sendForm(person, fields, form);
    assert.equal(reply.status, 409);
    assert.match(roleTexts(reply.text, "alert")[0], /made a token already/);
    assert.equal(secretOf(reply.text), undefined);
  }
  assert.equal(tokensOf((await person.get("/settings/tokens")).text).length, 1);
});

test("a form that was open for an hour makes none", async () => {
  const person = await register(instance);
  const old = `${Date.now() - 3700000}-${"0".repeat(32)}`;
  for (const nonce of [old, "", "x", `${Date.now() + 3600000}-${"0".repeat(32)}`]) {
    const reply = await sendForm(person, { nonce, name: "kept as typed" });
    assert.equal(reply.status, 400);
    assert.equal(inputValue(reply.text, "name"), "kept as typed");
  }
  assert.equal(tokensOf((await person.get("/settings/tokens")).text).length, 0);
});

test("a token may do what its scope says", async () => {
  const person = await register(instance);
  const read = new ApiClient(instance, { token: await makeToken(person, { scope: "read" }) });
  const write = new ApiClient(instance, { token: await makeToken(person, { scope: "write" }) });
  assert.equal((await read.get("/me")).status, 200);
  assertProblem(await read.patch("/me", { about: "x" }), 403, "forbidden");
  assert.equal((await write.patch("/me", { about: "x" })).status, 200);
  for (const client of [read, write]) {
    assertProblem(await client.post("/logout"), 403);
    assert.equal((await client.get("/me")).status, 200, "it has no log-in that could end");
  }
  assert.equal((await sendForm(person, { scope: "admin" })).status, 400, "only admins get that");
});

test("an admin is one only with a token that says so", async () => {
  const admin = await makeAdmin(instance);
  const as = async (scope) => new ApiClient(instance, { token: await makeToken(admin, { scope }) });
  assert.equal((await (await as("write")).get("/me")).json.role, "candidate");
  const full = await as("admin");
  assert.equal((await full.get("/me")).json.role, "admin");
  sql(`UPDATE users SET role = 'candidate' WHERE username = '${admin.name}'`);
  assert.equal((await full.get("/me")).json.role, "candidate", "and only while they are");
});

test("a token ends by itself", async () => {
  const person = await register(instance);
  const token = await makeToken(person, { days: "7", name: "short" });
  const [row] = sql("SELECT expires_at - created_at FROM personal_tokens WHERE name = 'short'").split("\n");
  assert.ok(Math.abs(Number(row) - 7 * 86400000) < 1000);
  sql("UPDATE personal_tokens SET expires_at = created_at WHERE name = 'short'");
  assert.equal(await statusWith(token), 401);
  for (const days of ["0", "367", "-1", "1.5", ""]) {
    assert.equal((await sendForm(person, { days })).status, 400, days);
  }
});

test("nobody has more than twenty tokens, nor revokes another's", async () => {
  const person = await register(instance);
  for (let i = 0; i < 20; i++) {
    await makeToken(person, { name: `number ${i}` });
  }
  const other = await register(instance);
  const form = await other.get("/settings/tokens");
  const page = await person.get("/settings/tokens");
  assert.equal(tokensOf(page.text).length, 20);
  assert.equal(inputValue(page.text, "name"), undefined, "there is no form any more");
  const more = await sendForm(person, { nonce: inputValue(form.text, "nonce") });
  assert.equal(more.status, 409);
  const [id] = tokensOf(page.text);
  const reply = await other.postForm("/settings/tokens", {}, { action: `/settings/tokens/${id}/revoke` });
  assert.equal(reply.status, 303, "as if it were revoked, whether there is one or not");
  assert.equal(tokensOf((await person.get("/settings/tokens")).text).length, 20);
});
