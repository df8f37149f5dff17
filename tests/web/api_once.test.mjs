// A request with an Idempotency-Key is done once, however often it comes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { ApiClient, apiLogIn, apiRegister, assertProblem } from "./api.mjs";
import { startInstance } from "./instance.mjs";
import { freshName, logIn } from "./story.mjs";

const START = { role_id: "backend", level: "junior", type: "hr", question_count: 1 };

let instance;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "5" } });
});
after(() => instance?.stop());

function sql(statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement], { encoding: "utf8" }).trim();
}

const start = (client, key, body = START) => client.post("/interviews", body, { "Idempotency-Key": key });
const count = async (client) => (await client.get("/interviews")).json.interviews.length;

test("the same request again gets the same answer and does nothing", async () => {
  const client = await apiRegister(instance);
  const key = freshName();
  const first = await start(client, key);
  assert.equal(first.status, 201, first.text);
  assert.equal(first.headers["idempotency-replayed"], undefined);
  for (let i = 0; i < 2; i++) {
    const again = await start(client, key);
    assert.equal(again.status, 201);
    assert.equal(again.headers["idempotency-replayed"], "true");
    assert.equal(again.text, first.text);
    for (const name of ["location", "content-type"]) {
      assert.equal(again.headers[name], first.headers[name], name);
    }
    assert.notEqual(again.headers["x-request-id"], first.headers["x-request-id"]);
    assert.ok(Number(again.headers["ratelimit-remaining"]) < Number(first.headers["ratelimit-remaining"]), "it counts");
  }
  assert.equal(await count(client), 1);
  assert.equal((await start(client, freshName())).status, 201, "another key is another interview");
  assert.equal(await count(client), 2);
});

test("sent many times at once it is done once", async () => {
  const client = await apiRegister(instance);
  const key = freshName();
  const replies = await Promise.all(Array.from({ length: 10 }, () => start(client, key)));
  const done = replies.filter(({ status }) => status === 201);
  assert.ok(done.length >= 1);
  assert.equal(new Set(done.map(({ json }) => json.id)).size, 1);
  for (const reply of replies.filter(({ status }) => status !== 201)) {
    assert.match(assertProblem(reply, 409, "conflict").detail, /still at work/);
    assert.equal(reply.headers["retry-after"], "1");
  }
  assert.equal(await count(client), 1);
  assert.equal((await start(client, key)).json.id, done[0].json.id);
});

test("a key is for one request: with another body, path or query it is refused", async () => {
  const client = await apiRegister(instance);
  const key = freshName();
  const { json } = await start(client, key);
  assertProblem(await start(client, key, { ...START, level: "mid" }), 422, "key-reused");
  assertProblem(await client.post(`/interviews/${json.id}/finish`, {}, { "Idempotency-Key": key }), 422, "key-reused");
  assertProblem(await client.post("/interviews?x=1", START, { "Idempotency-Key": key }), 422, "key-reused");
  assert.equal(await count(client), 1);
});

test("keys belong to their user, not to a log-in", async () => {
  const [one, other] = [await apiRegister(instance), await apiRegister(instance)];
  const key = freshName();
  const first = await start(one, key);
  const theirs = await start(other, key);
  assert.equal(theirs.status, 201);
  assert.notEqual(theirs.json.id, first.json.id);
  const elsewhere = await start(await apiLogIn(instance, one.name), key);
  assert.equal(elsewhere.json.id, first.json.id);
});

test("a refusal is kept as well, but not one that passes by itself", async () => {
  const client = await apiRegister(instance);
  const keys = Array.from({ length: 6 }, () => freshName());
  const refused = await start(client, keys[0], { ...START, role_id: "nobody" });
  assert.ok([400, 404].includes(refused.status));
  const again = await start(client, keys[0], { ...START, role_id: "nobody" });
  assert.equal(again.text, refused.text);
  assert.equal(again.headers["idempotency-replayed"], "true");
  for (let i = 1; i <= 5; i++) {
    assert.equal((await start(client, `day-${keys[i]}`)).status, 201);
  }
  const limited = await start(client, "the sixth".replace(" ", "-"));
  assertProblem(limited, 429, "limited");
  sql(`DELETE FROM interview_starts WHERE owner_id = '${client.id}'`);
  sql(`DELETE FROM interviews WHERE owner_id = '${client.id}'`);
  assert.equal((await start(client, "the-sixth")).status, 201, "after the pause the same key works");
});

test("a request that died at work blocks its key for some minutes only", async () => {
  const client = await apiRegister(instance);
  const key = freshName();
  assert.equal((await start(client, key)).status, 201);
  sql(`UPDATE idempotency_keys SET status = 0 WHERE name = '${key}'`);
  assertProblem(await start(client, key), 409);
  sql(`UPDATE idempotency_keys SET created_at = created_at - 660000 WHERE name = '${key}'`);
  const taken = await start(client, key);
  assert.equal(taken.status, 201);
  assert.equal(taken.headers["idempotency-replayed"], undefined);
});

test("what is no key is refused; strangers and other methods need none", async () => {
  const client = await apiRegister(instance);
  for (const key of ["two words", "x".repeat(201), "\u00e9"]) {
    assertProblem(await start(client, key), 400, "invalid");
  }
  assert.equal(await count(client), 0);
  const stranger = new ApiClient(instance);
  const body = { username: client.name, password: "correct horse battery staple" };
  const headers = { "Idempotency-Key": "k" };
  const tokens = [await stranger.post("/login", body, headers), await stranger.post("/login", body, headers)];
  assert.notEqual(tokens[0].json.refresh_token, tokens[1].json.refresh_token, "nobody gets another's tokens by a key");
  assert.equal((await client.patch("/me", { about: "x" }, headers)).headers["idempotency-replayed"], undefined);
});

test("with an interview go the answers that were kept for its requests, and no other", async () => {
  for (const way of ["delete", "clear"]) {
    const client = await apiRegister(instance);
    const [gone, kept] = [(await start(client, "made")).json.id, freshName()];
    const finish = () => client.post(`/interviews/${gone}/finish`, {}, { "Idempotency-Key": "end" });
    assert.equal((await finish()).status, 200);
    const id = sql(`SELECT owner_id FROM interviews WHERE id = '${gone}'`);
    sql(`INSERT INTO idempotency_keys VALUES ('${id}', '${kept}', 'h', 200, '', '{}', ${Date.now()})`);
    const person = await logIn(instance, client.name);
    if (way === "delete") {
      await person.postForm(`/history/${gone}/delete`, {}, { action: `/history/${gone}/delete` });
    } else {
      await person.postForm("/history/clear", { before: `${Date.now()}` });
    }
    assert.equal(sql(`SELECT name FROM idempotency_keys WHERE user_id = '${id}'`), kept, way);
    assert.equal((await finish()).status, 404, way);
  }
});
