// The recorded witness: every call of a model is kept, counted, shown to admins, and enough to
// make a report anew without the model.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { modelEnv, PARTS, scriptedModel } from "../llm/model.mjs";
import { collector } from "./collector.mjs";
import { freePort, startInstance } from "./instance.mjs";
import { visibleText } from "./page.mjs";
import { histogramsOf, samplesOf, sum } from "./prometheus.mjs";
import { act, answerWell, finish, makeAdmin, register, say, startInterview, stranger, writtenReport } from "./story.mjs";

const MODEL = 'scripted "1"\\'; // what must be escaped in a label of a metric
const KEY = "sk-test-secret";
const CONFIDENT = "Honestly I would rather describe how our kitchen garden grows tomatoes every summer.";
const TOKEN = "metrics-token-1";

let model, traces, instance, admin, person, id;

// SQL on the database behind the programs' back; the answer as text.
function sql(statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"), statement], {
    encoding: "utf8",
  }).trim();
}

// A grade that finds nothing in a good answer.
function severe(data) {
  const grade = PARTS.evaluator(data);
  return { ...grade, points: grade.points.map((point) => ({ ...point, status: "missing", quote: "" })) };
}

before(async () => {
  model = await scriptedModel({ parts: { evaluator: severe } });
  traces = await collector();
  instance = await startInstance({
    env: modelEnv(model, { OPENAI_MODEL: MODEL, OPENAI_API_KEY: KEY, OTEL_EXPORTER_OTLP_ENDPOINT: traces.url }),
  });
  admin = await makeAdmin(instance);
  person = await register(instance, { fullName: "Anna <b>Bold</b>" });
  id = await startInterview(person, { question_count: "3" });
  await act(person, id, "skip");
  await act(person, id, "hint"); // takes half a point off both grades
  await answerWell(person, id);
  await say(person, id, CONFIDENT);
  await finish(person, id);
  await reportOf(person);
});

after(async () => {
  await instance?.stop();
  await model?.close();
  await traces?.close();
});

const reportOf = (who) => writtenReport(who, id);

// --- metrics and health ---------------------------------------------------------------

test("metrics count every call that the endpoint saw", async () => {
  const reply = await stranger(instance).get("/metrics");
  assert.equal(reply.status, 200);
  assert.equal(reply.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
  const samples = samplesOf(reply.text);
  assert.equal(sum(samples, "viva_llm_calls_total"), Number(sql("SELECT count(*) FROM llm_calls")));
  assert.equal(sum(samples, "viva_llm_calls_total", ({ outcome }) => outcome === "ok"), model.requests.length);
  assert.ok(sum(samples, "viva_llm_calls_total", ({ agent }) => agent === "evaluator") >= 2);
  assert.equal(
    sum(samples, "viva_llm_tokens_total", ({ kind }) => kind === "prompt"),
    Number(sql("SELECT sum(prompt_tokens) FROM llm_calls")),
  );
  const ofCalls = samples.filter(({ labels }) => "model" in labels);
  assert.ok(ofCalls.length > 20);
  assert.ok(ofCalls.every(({ labels }) => labels.model === 'scripted \\"1\\"\\\\'));
});

test("metrics count the spans of traces", async () => {
  for (let tries = 0; tries < 200 && sql("SELECT is_finished FROM trace_exports") !== "2"; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const samples = samplesOf((await stranger(instance).get("/metrics")).text);
  const spans = (outcome) => samples.filter(({ name, labels }) => name === "viva_trace_spans_total" && labels.outcome === outcome);
  assert.deepEqual(spans("sent").map(({ value }) => value), [traces.spans().length]);
  assert.deepEqual(samples.filter(({ name }) => name === "viva_trace_waiting").map(({ value }) => value), [0]);
  assert.ok(traces.spans().length > Number(sql("SELECT count(*) FROM llm_calls")));
  assert.deepEqual(["rejected", "failed"].map((outcome) => spans(outcome)[0].value), [0, 0]);
});

test("histograms are cumulative and end with their count", async () => {
  const samples = samplesOf((await stranger(instance).get("/metrics")).text);
  for (const name of ["viva_llm_latency_seconds", "viva_llm_first_token_seconds"]) {
    assert.ok(histogramsOf(samples, name).length >= 5);
    assert.equal(new Set(samples.filter((sample) => sample.name === `${name}_bucket`).map(({ labels }) => labels.le)).size, 11);
  }
});

test("metrics are for this machine only", async () => {
  const visitor = stranger(instance);
  assert.equal((await visitor.get("/metrics", { headers: { "X-Forwarded-For": "127.0.0.1" } })).status, 404);
  assert.equal((await visitor.get("/metrics", { headers: { Forwarded: "for=127.0.0.1" } })).status, 404);
  assert.equal((await visitor.get("/metrics", { headers: { Authorization: "Bearer " } })).status, 200);
});

test("health tells of the database and the model", async () => {
  const reply = await stranger(instance).get("/health");
  assert.equal(reply.status, 200);
  assert.deepEqual(JSON.parse(reply.text), { status: "ok", database: "ok", model: "ready" });
});

// --- the admin's pages ----------------------------------------------------------------

test("the usage page shows agents and their tokens", async () => {
  for (const period of ["", "?period=day", "?period=week", "?period=month", "?period=%3Cb%3E"]) {
    const page = await admin.get(`/admin/usage${period}`);
    assert.equal(page.status, 200);
    const text = visibleText(page.text);
    for (const agent of ["Observer", "Interviewer", "Evaluator", "Writer for the candidate"]) {
      assert.ok(text.includes(agent), `${agent} is missing: ${text}`);
    }
    assert.ok(text.includes("The endpoint of the model is ready."));
    assert.ok(!page.text.includes(KEY));
  }
});

test("calls of an earlier time are left out", async () => {
  sql("UPDATE llm_calls SET created_at = created_at - 86400000 * 2");
  assert.ok(visibleText((await admin.get("/admin/usage")).text).includes("No calls in this time."));
  assert.ok(visibleText((await admin.get("/admin/usage?period=week")).text).includes("Evaluator"));
  sql("UPDATE llm_calls SET created_at = created_at + 86400000 * 2");
});

test("estimated tokens are marked", async () => {
  assert.ok(!(await admin.get("/admin/usage")).text.includes("≈"));
  const [call] = sql("SELECT id FROM llm_calls WHERE agent = 'observer'").split("\n");
  sql(`UPDATE llm_calls SET is_estimated = 1 WHERE id = ${call}`);
  assert.ok((await admin.get("/admin/usage")).text.includes("≈"));
  sql("UPDATE llm_calls SET is_estimated = 0");
});

test("a person is asked to look where the two examiners disagree", async () => {
  const page = await admin.get("/admin/usage");
  assert.ok(page.text.includes("Anna &lt;b&gt;Bold&lt;/b&gt;"), visibleText(page.text));
  assert.ok(page.text.includes(`href="/reports/${id}"`));
  assert.equal(sql("SELECT count(*) FROM evaluations WHERE abs(score - builtin_score) >= 4"), "1");
});

test("the participant's page leads to the logs", async () => {
  const owner = sql(`SELECT owner_id FROM interviews WHERE id = '${id}'`);
  const page = await admin.get(`/admin/participants/${owner}`);
  assert.ok(page.text.includes(`href="/admin/interviews/${id}/log.json"`));
  assert.ok(page.text.includes(`href="/admin/interviews/${id}/detailed.json"`));
  assert.ok(!(await person.get("/profile")).text.includes("/admin/"));
});

test("the log has the turns, the detailed log all that was thought of them", async () => {
  const log = await admin.get(`/admin/interviews/${id}/log.json`);
  assert.match(log.headers["content-disposition"], /filename="interview_log_\d{8}_\d{6}\.json"/);
  const { turns } = JSON.parse(log.text);
  assert.deepEqual(turns.map(({ turn }) => turn), turns.map((_, index) => index + 1));
  assert.ok(turns.some(({ author, text }) => author === "candidate" && text === CONFIDENT));
  assert.ok(!log.text.includes("prompt"));

  const detailed = await admin.get(`/admin/interviews/${id}/detailed.json`);
  assert.match(detailed.headers["content-disposition"], /filename="interview_detailed_\d{8}_\d{6}\.json"/);
  const document = JSON.parse(detailed.text);
  assert.ok(document.turns.some(({ observation }) => observation?.class));
  assert.equal(document.calls.length, model.requests.length);
  for (const call of document.calls) {
    assert.deepEqual(call.prompt.map(({ role }) => role), ["system", "user"]);
    assert.ok(call.after_turn >= 1 && call.after_turn <= turns.length);
    assert.ok(call.parameters.max_tokens > 0);
  }
  const { total, by_agent: agents } = document.token_metrics;
  assert.equal(total.calls, document.calls.length);
  assert.equal(total.total_tokens, Object.values(agents).reduce((all, agent) => all + agent.total_tokens, 0));
  assert.ok(!detailed.text.includes(KEY));
});

test("logs of interviews that do not exist are 404", async () => {
  for (const name of ["log.json", "detailed.json"]) {
    assert.equal((await admin.get(`/admin/interviews/00000000-0000-4000-8000-000000000000/${name}`)).status, 404);
    assert.equal((await admin.get(`/admin/interviews/x'--/${name}`)).status, 404);
  }
});

// --- replay -----------------------------------------------------------------------------

// Runs viva replay with no model configured; { status, stdout, document }.
async function replay(...options) {
  const env = { OPENAI_BASE_URL: "", OPENAI_API_KEY: "", OPENAI_MODEL: "" };
  const { code: status = 0, stdout, stderr } = await instance.cli("replay", id, ...options, { env }).catch((error) => error);
  return { status, stdout, stderr, document: options.includes("--json") ? JSON.parse(stdout) : undefined };
}

test("a report is made anew from the records, with no model there", async () => {
  const before_ = model.requests.length;
  const { status, stdout } = await replay();
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^question 1: same/m);
  assert.match(stdout, /^report llm_summary_candidate: same$/m);
  assert.match(stdout, /^all the same$/m);
  assert.equal(model.requests.length, before_);
  const { document } = await replay("--json");
  assert.equal(document.same, true);
  assert.equal(document.calls.missing, 0);
  assert.equal(document.calls.recorded, model.requests.length);
});

// Changes the database for the time of a check.
async function withChange(change, undo, check) {
  sql(change);
  try {
    await check();
  } finally {
    sql(undo);
  }
}

test("a grade that was changed by hand is found", async () => {
  const [question, score] = sql("SELECT question_id, score FROM evaluations ORDER BY created_at LIMIT 1").split("|");
  const set = (value) => `UPDATE evaluations SET score = ${value} WHERE question_id = '${question}'`;
  await withChange(set(Number(score) === 1 ? 2 : 1), set(score), async () => {
    const { status, stdout } = await replay();
    assert.equal(status, 1);
    assert.match(stdout, /^question \d+: differs/m);
    assert.match(stdout, /^ {2}score$/m);
    assert.match(stdout, /^not the same$/m);
  });
});

test("a report that was changed by hand is found", async () => {
  const body = "SELECT body FROM reports LIMIT 1";
  const kept = sql(`SELECT hex(body) FROM reports WHERE body = (${body})`);
  const undo = `UPDATE reports SET body = CAST(x'${kept}' AS TEXT)`;
  await withChange("UPDATE reports SET body = json_set(body, '$.llm_summary_admin', 'Hire!')", undo, async () => {
    const { status, document } = await replay("--json");
    assert.equal(status, 1);
    const changed = document.parts.filter(({ differences }) => differences.length > 0);
    assert.deepEqual(changed.map(({ part }) => part), ["report llm_summary_admin"]);
    assert.equal(changed[0].differences[0].stored, "Hire!");
  });
});

test("a prompt that changed since is told", async () => {
  const where = "WHERE agent = 'evaluator'";
  await withChange(`UPDATE llm_calls SET prompt_hash = '-' || prompt_hash ${where}`,
    `UPDATE llm_calls SET prompt_hash = substr(prompt_hash, 2) ${where}`, async () => {
      const { status, stdout, document } = { ...(await replay()), document: (await replay("--json")).document };
      assert.equal(status, 1);
      assert.match(stdout, /the prompt changed since/);
      assert.ok(document.calls.changed >= 2);
      assert.equal(document.calls.missing, document.calls.changed);
    });
});

test("an interview that is not there is told", async () => {
  await assert.rejects(instance.cli("replay", "no-such-interview"), (error) => {
    assert.equal(error.code, 1);
    assert.match(error.stderr, /there is no such interview/);
    return true;
  });
  await assert.rejects(instance.cli("replay", id, "--yes"), (error) => error.code === 2);
});

// --- a dead endpoint, and a token ---------------------------------------------------------

test("a dead endpoint shows in health and usage, and costs no interview", async () => {
  const dead = await startInstance({
    env: { OPENAI_BASE_URL: `http://127.0.0.1:${await freePort()}/v1`, OPENAI_MODEL: "gone", LITELLM_MAX_RETRIES: "0",
      VIVA_METRICS_TOKEN: TOKEN },
  });
  try {
    const candidate = await register(dead);
    const own = await startInterview(candidate, { question_count: "2" });
    await act(candidate, own, "skip");
    await answerWell(candidate, own);
    await answerWell(candidate, own);
    const health = await stranger(dead).get("/health");
    assert.equal(health.status, 200);
    assert.deepEqual(JSON.parse(health.text), { status: "ok", database: "ok", model: "open" });
    const page = visibleText((await (await makeAdmin(dead)).get("/admin/usage")).text);
    assert.match(page, /The endpoint of the model does not work/);
    await checkToken(dead);
  } finally {
    await dead.stop();
  }
});

async function checkToken(guarded) {
  const ask = (header) => stranger(guarded).get("/metrics", { headers: header ? { Authorization: header } : {} });
  for (const header of [undefined, "Bearer", "Bearer ", `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, TOKEN, `Basic ${TOKEN}`]) {
    const reply = await ask(header);
    assert.equal(reply.status, 401, header);
    assert.equal(reply.headers["www-authenticate"], "Bearer");
    assert.ok(!reply.text.includes("viva_llm"));
  }
  const reply = await ask(`Bearer ${TOKEN}`);
  assert.equal(reply.status, 200);
  assert.ok(sum(samplesOf(reply.text), "viva_llm_calls_total", ({ outcome }) => outcome !== "ok") >= 1);
  assert.ok(!reply.text.includes("viva_trace_"), "nothing is exported here");
}
