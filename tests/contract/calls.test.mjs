// Every operation is called through a proxy that holds requests and answers against the document.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { file, operationOf, operations } from "./document.mjs";
import { ApiClient, apiRegister, importTasks, makeAdminProgram, SHOUT, startProxy, startViva } from "./world.mjs";
import { bankQuestion, freshName, LANGUAGES, PASSWORD } from "../web/story.mjs";

const RIGHT = "def shout(text):\n    return text.upper()\n";
const WRONG = "def shout(text):\n    return 1 / 0\n";

let viva, proxy;
const seen = new Set();

before(async () => {
  viva = await startViva();
  await importTasks(viva, [SHOUT]);
  proxy = await startProxy(viva);
});
after(async () => {
  await proxy?.stop();
  await viva?.stop();
});

// Calls an operation and expects that status; the reply.
async function call(program, id, { params = {}, query = "", body, headers } = {}, status = 200) {
  const operation = operationOf(id);
  assert.ok(operation, `no operation ${id}`);
  const at = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name]));
  const reply = await program.request(operation.method, `${at.slice("/api".length)}${query}`, body, headers);
  assert.equal(reply.status, status, `${id}: ${reply.text.slice(0, 2000)}`);
  assert.ok(String(status) in operation.responses || status >= 400, `${id} has no ${status}`);
  seen.add(`${id} ${status}`);
  return reply;
}

const stranger = (language) => new ApiClient(proxy, { language });
const newcomer = (language) => apiRegister(proxy, { language });

const begin = async (program, wish) =>
  (await call(program, "startInterview", { body: { role_id: "backend", level: "mid", type: "technical", ...wish } }, 201)).json;

test("the guide and the document", async () => {
  await call(stranger(), "getGuide");
  const { headers } = await call(stranger(), "getDocument");
  await call(stranger(), "getDocument", { headers: { "If-None-Match": headers.etag } }, 304);
});

test("an account, from its beginning to the log-out", async () => {
  const name = freshName("contract");
  const visitor = stranger();
  await call(visitor, "register", { body: { username: name, password: PASSWORD, full_name: "A B", language: "uk" } }, 201);
  await call(visitor, "register", { body: { username: name, password: PASSWORD } }, 409);
  await call(visitor, "login", { body: { username: name, password: "wrong" } }, 401);
  const { json: tokens } = await call(visitor, "login", { body: { username: name, password: PASSWORD } });
  const { json: fresh } = await call(visitor, "refreshToken", { body: { refresh_token: tokens.refresh_token } });
  const program = new ApiClient(proxy, { token: fresh.access_token });
  const { json: me } = await call(program, "getMe");
  assert.equal(me.username, name);
  const { json: changed } = await call(program, "changeMe", { body: { position: "Backend", level: "mid", stack: "Go", about: "…", time_zone: "Europe/Kyiv" } });
  assert.deepEqual([changed.position, changed.level, changed.language], ["Backend", "mid", "uk"]);
  await call(program, "listRoles");
  const gone = await newcomer("ru");
  await call(gone, "deleteMe", { body: { password: "another password" } }, 403);
  await call(gone, "deleteMe", { body: { password: PASSWORD } }, 204);
  await call(gone, "getMe", {}, 401);
  await call(program, "logout", {}, 204);
  await call(program, "getMe", {}, 401);
});

for (const language of LANGUAGES) {
  test(`an interview in ${language}`, async () => {
    const program = await newcomer(language);
    const params = { interview: (await begin(program, { language, question_count: 5, time_limit_min: 60, job_description: "A job." })).id };
    await call(program, "getReport", { params }, 409);
    await call(program, "reportEvents", { params, body: { events: [{ kind: "focus_lost", ms: 5000 }] } }, 204);
    const active = async () => {
      const { json } = await call(program, "listQuestions", { params });
      return json.questions.find(({ state }) => state === "active");
    };
    const first = await active();
    const { json: talk } = await call(program, "listTurns", { params, query: "?after=0" });
    assert.ok(talk.turns.length > 0);
    await call(program, "takeHint", { params, body: { question_id: first.id } });
    const answer_text = bankQuestion(first.text, language).reference_answer[language][0];
    const { json: outcome } = await call(program, "answer", {
      params,
      body: { question_id: first.id, answer_text, time_seconds: 30 },
      headers: { "Idempotency-Key": freshName("key") },
    });
    assert.ok(outcome.feedback_json.strengths.length > 0);
    await call(program, "answer", { params, body: { question_id: first.id, answer_text } }, 409);
    await call(program, "showModelAnswer", { params, body: { question_id: (await active()).id } });
    await call(program, "skipQuestion", { params, body: { question_id: (await active()).id } });
    await call(program, "dontKnow", { params, body: { question_id: (await active()).id } });
    await call(program, "getInterview", { params });
    await call(program, "finishInterview", { params });
    await call(program, "finishInterview", { params });
    const { headers } = await call(program, "getReport", { params });
    await call(program, "getReport", { params, headers: { "If-None-Match": headers.etag } }, 304);
    await call(program, "getReportText", { params });
    await call(program, "getReportPdf", { params });
    await call(program, "listInterviews", { query: "?status=completed&role_id=backend" });
    await call(await newcomer(language), "getReport", { params }, 404);
  });
}

test("a list in pages", async () => {
  const program = await newcomer("en");
  for (let i = 0; i < 3; i++) {
    await begin(program, { question_count: 1 });
  }
  const { json: page } = await call(program, "listInterviews", { query: "?limit=2" });
  const { json: rest } = await call(program, "listInterviews", { query: `?limit=2&cursor=${page.next_cursor}` });
  assert.deepEqual([page.interviews.length, rest.interviews.length, rest.next_cursor], [2, 1, null]);
});

test("a coding task", async () => {
  const program = await newcomer("en");
  const { id: interview } = await begin(program, { question_count: 1, coding_percent: 100, code_language: "python" });
  const { json } = await call(program, "listQuestions", { params: { interview } });
  const params = { interview, question: json.questions[0].id };
  const judged = async (sent) => {
    const submission = sent.json.id;
    for (;;) {
      const reply = await program.get(`/interviews/${interview}/questions/${params.question}/submissions/${submission}`);
      if (["done", "failed", "not_judged"].includes(reply.json.state)) {
        return (await call(program, "getSubmission", { params: { ...params, submission } })).json;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const send = async (id, body) => {
    const operation = operationOf(id);
    const at = operation.path.replace("{interview}", interview).replace("{question}", params.question);
    const reply = await program.post(at.slice("/api".length), body);
    assert.ok([200, 202].includes(reply.status), reply.text);
    seen.add(`${id} ${reply.status}`);
    return judged(reply);
  };
  await call(program, "getTask", { params, query: "?language=python" });
  const run = await send("runCode", { code: WRONG, language: "python", custom_input: '["abc"]' });
  assert.equal(run.public[0].verdict, "runtime_error");
  await call(program, "finishTask", { params }, 409);
  await send("submitCode", { code: RIGHT, language: "python" });
  await call(program, "listSubmissions", { params });
  await call(program, "takeCodeHint", { params, body: { level: 1 } });
  await call(program, "showSolution", { params });
  await call(program, "finishTask", { params, body: { confirmed: true } });
  await call(program, "finishInterview", { params });
  const { json: report } = await call(program, "getReport", { params });
  assert.equal(report.report.questions[0].metrics.coding.attempts, 1);
});

test("what admins see", async () => {
  const program = await newcomer("ru");
  const { json: me } = await call(program, "getMe");
  const { id: interview } = await begin(program, { question_count: 1, language: "ru" });
  await call(program, "finishInterview", { params: { interview } });
  const direct = await makeAdminProgram(viva);
  const admin = new ApiClient(proxy, { token: direct.token });
  const params = { participant: me.id };
  const { json: found } = await call(admin, "listParticipants", { query: `?search=${me.username}&sort=name&order=asc&page=1&limit=5` });
  assert.deepEqual(found.participants.map(({ id }) => id), [me.id]);
  const { json: participant } = await call(admin, "getParticipant", { params });
  assert.equal(participant.interviews[0].report, `/api/interviews/${interview}/report`);
  const { json: latest } = await call(admin, "getLatestReport", { params });
  assert.equal(latest.interview_id, interview);
  const { json: report } = await call(admin, "getReport", { params: { interview } });
  assert.ok(report.report.llm_summary_admin.length > 0);
  const { json: own } = await call(program, "getReport", { params: { interview } });
  assert.equal(own.report.llm_summary_admin, undefined);
  await call(admin, "getUsage", { query: "?period=week" });
  await call(program, "listParticipants", {}, 403);
  await call(admin, "getLatestReport", { params: { participant: (await call(admin, "getMe")).json.id } }, 404);
});

test("the proxy sees an answer that is not as described", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "viva-contract-"));
  const broken = path.join(folder, "openapi.yaml");
  await writeFile(broken, (await readFile(file, "utf8")).replace("second_factor: { type: boolean }", "second_factor: { type: integer }"));
  const strict = await startProxy(viva, broken);
  try {
    const program = await newcomer("en");
    const reply = await new ApiClient(strict, { token: program.token }).get("/me");
    assert.equal(reply.status, 500);
    assert.match(reply.text, /prism\/errors#VIOLATIONS/);
    assert.match(reply.text, /second_factor must be integer/);
  } finally {
    await strict.stop();
    await rm(folder, { recursive: true });
  }
});

test("every operation was called", () => {
  const called = new Set([...seen].filter((one) => Number(one.split(" ")[1]) < 400).map((one) => one.split(" ")[0]));
  assert.deepEqual(operations.map(({ id }) => id).filter((id) => !called.has(id)), []);
});
