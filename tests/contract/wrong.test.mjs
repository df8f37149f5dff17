// Wrong requests, made of the document, get 4xx and a problem document that explains itself.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { Client } from "../web/client.mjs";
import { PASSWORD } from "../web/story.mjs";
import { document, faultsOf, operations } from "./document.mjs";
import { apiRegister, importTasks, makeAdminProgram, SHOUT, startViva } from "./world.mjs";
import { wrongRequests } from "./wrong.mjs";

let viva, client, candidate, other, admin, anchors;
const ids = {};
let count = 0;

before(async () => {
  viva = await startViva();
  await importTasks(viva, [SHOUT]);
  client = new Client(viva.url);
  candidate = await apiRegister(viva);
  other = await apiRegister(viva);
  admin = await makeAdminProgram(viva);
  ids.own = await prepare(candidate);
  ids.foreign = await prepare(other);
  const { text } = await client.get("/api");
  anchors = new Set([...text.matchAll(/ id="([a-z-]+)"/g)].map(([, id]) => id));
});
after(() => viva?.stop());

// An interview with an open coding question and code for it.
async function prepare(program) {
  const wish = { role_id: "backend", level: "mid", type: "technical", question_count: 1, coding_percent: 100, code_language: "python" };
  const { json: session } = await program.post("/interviews", wish);
  const { json } = await program.get(`/interviews/${session.id}/questions`);
  const [question] = json.questions;
  const { json: sent } = await program.post(`/interviews/${session.id}/questions/${question.id}/runs`, { code: "x = 1", language: "python" });
  const { json: me } = await program.get("/me");
  return { interview: session.id, question: question.id, submission: sent.id, participant: me.id };
}

// Right bodies, so that each wrong request is wrong in one way only.
function bodyOf(id) {
  const step = { question_id: ids.own.question };
  const bodies = {
    register: { username: "somebody-new", password: PASSWORD },
    login: { username: candidate.name, password: PASSWORD },
    refreshToken: { refresh_token: "x".repeat(43) },
    deleteMe: { password: PASSWORD },
    changeMe: { position: "Backend" },
    startInterview: { role_id: "backend", level: "mid", type: "technical" },
    answer: { ...step, answer_text: "x" },
    skipQuestion: step,
    dontKnow: step,
    takeHint: step,
    showModelAnswer: step,
    reportEvents: { events: [{ kind: "focus_lost", ms: 1 }] },
    runCode: { code: "x", language: "python" },
    submitCode: { code: "x", language: "python" },
    takeCodeHint: { level: 1 },
  };
  return bodies[id] ?? {};
}

const names = (operation) => [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

const filled = (operation, values) => operation.path.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// The path with one id at a time that is not the visitor's.
function foreignPaths(operation) {
  const isAdmin = operation.path.startsWith("/api/admin");
  return names(operation).flatMap((name) =>
    [...(isAdmin ? [] : [ids.foreign[name]]), randomUUID(), "x'--", "%01", "%D1%8F", "x".repeat(4000)]
      .map((value) => filled(operation, { ...ids.own, [name]: value })));
}

const programOf = (operation) => (operation.path.startsWith("/api/admin") ? admin : candidate);

const bearer = (token) => ({ Authorization: `Bearer ${token}` });

// A reply must be a problem that the document knows, and whose type the guide explains.
function checkProblem(reply, what, statuses) {
  const told = `${what}: ${reply.status} ${reply.text.slice(0, 400)}`;
  count += 1;
  assert.ok(reply.status >= 400 && reply.status < 500, told);
  assert.ok(!statuses || statuses.includes(reply.status), `${told}; expected ${statuses}`);
  assert.equal(reply.headers["content-type"], "application/problem+json", told);
  const problem = JSON.parse(reply.text);
  assert.equal(faultsOf("Problem", problem), "", told);
  assert.equal(problem.status, reply.status, told);
  assert.equal(problem.instance, reply.headers["x-request-id"], told);
  assert.ok(anchors.has(problem.type.replace("/api#", "")), `${told}: the guide does not explain it`);
}

for (const operation of operations) {
  test(`${operation.method} ${operation.path}`, async () => {
    const path = filled(operation, ids.own);
    const requests = wrongRequests(operation, { path, foreign: foreignPaths(operation), body: bodyOf(operation.id) });
    for (const { what, method, path: at, headers, body } of requests) {
      const sent = { ...headers, ...(operation.isOpen ? {} : bearer(programOf(operation).token)) };
      checkProblem(await client.request(method, at, { headers: sent, body }), `${operation.id} ${what}`);
    }
  });
}

function badTokens() {
  const [head, claims, signature] = candidate.token.split(".");
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = (header, key) => {
    const text = `${encode(header)}.${claims}`;
    return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
  };
  const none = encode({ alg: "none", typ: "JWT" });
  const late = encode({ ...JSON.parse(Buffer.from(claims, "base64url")), exp: 4102444800 });
  return {
    "no token": {},
    "an empty token": { Authorization: "Bearer " },
    "a word": bearer("token"),
    "another scheme": { Authorization: `Basic ${Buffer.from(`${candidate.name}:${PASSWORD}`).toString("base64")}` },
    "alg none": bearer(`${none}.${claims}.`),
    "alg none, signed": bearer(`${none}.${claims}.${signature}`),
    "signed with an empty key": bearer(signed({ alg: "HS256", typ: "JWT" }, "")),
    "another end": bearer(`${head}.${late}.${signature}`),
    "no signature": bearer(`${head}.${claims}.`),
    "a personal token of nobody": bearer(`viva_${"0".repeat(64)}`),
    "a very long token": bearer("x".repeat(6000)),
    "a cookie": { Cookie: `viva_session=${candidate.token}` },
  };
}

test("without a token that holds, every operation is 401", async () => {
  for (const operation of operations.filter(({ isOpen }) => !isOpen)) {
    const path = filled(operation, ids.own);
    const body = operation.method === "GET" ? undefined : JSON.stringify(bodyOf(operation.id));
    for (const [what, headers] of Object.entries(badTokens())) {
      const reply = await client.request(operation.method, path, { headers: { "Content-Type": "application/json", ...headers }, body });
      checkProblem(reply, `${operation.id} with ${what}`, [401]);
      assert.match(reply.headers["www-authenticate"], /^Bearer/);
    }
  }
});

test("what is for admins is 403 for others", async () => {
  for (const operation of operations.filter(({ path }) => path.startsWith("/api/admin"))) {
    const reply = await client.request(operation.method, filled(operation, ids.own), { headers: bearer(candidate.token) });
    checkProblem(reply, operation.id, [403]);
  }
});

test("other methods are 405 with those that there are", async () => {
  for (const path of Object.keys(document.paths)) {
    if (path === "/api") {
      continue; // a page, with the errors of pages
    }
    const described = operations.filter((operation) => operation.path === path);
    const allowed = described.map(({ method }) => method).flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"].filter((name) => !allowed.includes(name))) {
      const reply = await client.request(method, filled(described[0], ids.own), { headers: bearer(admin.token) });
      checkProblem(reply, `${method} ${path}`, [405]);
      assert.deepEqual(reply.headers.allow.split(", ").sort(), [...allowed].sort());
    }
  }
});

test("addresses that there are not are 404", async () => {
  for (const path of ["/api/", "/api/nothing", "/api/interviews/", `/api/interviews/${ids.own.interview}/nothing`, "/api/admin", "/api/me/x", "/api//me"]) {
    for (const headers of [{}, bearer(candidate.token)]) {
      checkProblem(await client.get(path, { headers }), path, [404]);
    }
  }
});

test("there were many, and none of them changed a thing", async () => {
  assert.ok(count > 1000, `${count} wrong requests`);
  const { json: session } = await candidate.get(`/interviews/${ids.own.interview}`);
  assert.equal(session.status, "in_progress");
  assert.equal((await candidate.get("/interviews")).json.interviews.length, 1);
  assert.equal((await candidate.get("/me")).json.position, "");
});
