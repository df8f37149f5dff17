// Traces: what was stored of an interview reaches a collector, once, in the protocol's shape,
// and a collector that is dead, slow or lying costs nothing.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { LEAD_IN, modelEnv, scriptedModel } from "../llm/model.mjs";
import { collector } from "./collector.mjs";
import { buildFolder, root, startInstance } from "./instance.mjs";
import { act, answerWell, finish, register, reportDocument, say, startInterview, wholeInterview, writtenReport } from "./story.mjs";

const SECRET = "sk-lf-very-secret";
const WORDS = "Honestly I would rather describe how our kitchen garden grows tomatoes.";
const NAMED = ["greeting", "user_message", "observer_analysis", "interviewer_response", "final_feedback",
  "session_token_metrics"];

function sql(instance, statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"), statement], {
    encoding: "utf8",
  }).trim();
}

async function until(what, condition, ms = 30000) {
  const deadline = Date.now() + ms;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `${what}: not after ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const isRoot = (span) => span.parentSpanId === undefined;
const named = (spans, name) => spans.filter((span) => span.name === name);

// What holds of every trace: one root, everything below it, ids and who on each span.
function checkTrace(spans, id, owner) {
  const [rootSpan, ...others] = spans.filter(isRoot);
  assert.deepEqual(others, []);
  assert.equal(rootSpan.name, "interview");
  assert.equal(new Set(spans.map((span) => span.spanId)).size, spans.length, "a span came twice");
  for (const span of spans) {
    assert.equal(span.traceId, rootSpan.traceId);
    assert.ok(isRoot(span) || span.parentSpanId === rootSpan.spanId);
    assert.ok(BigInt(span.endTimeUnixNano) <= BigInt(rootSpan.endTimeUnixNano), `${span.name} outlives the root span`);
    assert.equal(span.attributes["session.id"], id);
    assert.equal(span.attributes["user.id"], owner);
    assert.equal(span.attributes["langfuse.trace.name"], "interview");
  }
  return rootSpan;
}

function checkCall(span, call) {
  const { attributes } = span;
  assert.equal(span.kind, 3);
  assert.equal(attributes["gen_ai.operation.name"], "chat");
  assert.equal(attributes["gen_ai.provider.name"], "openai");
  assert.equal(attributes["gen_ai.request.model"], "scripted-1");
  assert.equal(attributes["gen_ai.conversation.id"], attributes["session.id"]);
  assert.equal(attributes["gen_ai.usage.input_tokens"], call.prompt_tokens);
  assert.equal(attributes["gen_ai.usage.output_tokens"], call.completion_tokens);
  assert.equal(span.startTimeUnixNano, `${call.created_at}000000`);
  assert.equal(span.endTimeUnixNano, `${call.created_at + call.latency_ms}000000`);
}

// --- Langfuse, with a model -----------------------------------------------------------

let model, langfuse, talking;

before(async () => {
  langfuse = await collector();
  model = await scriptedModel();
  talking = await startInstance({
    env: modelEnv(model, { LANGFUSE_HOST: `${langfuse.url}/`, LANGFUSE_PUBLIC_KEY: "pk-lf-1", LANGFUSE_SECRET_KEY: SECRET }),
  });
});

after(async () => {
  await talking?.stop();
  await model?.close();
  await langfuse?.close();
});

test("Langfuse gets every span once, and the scores", async () => {
  const person = await register(talking, { name: "traced-person", fullName: "Anna Traced" });
  const id = await startInterview(person, { question_count: "3" });
  await act(person, id, "skip"); // the introduction
  await answerWell(person, id);
  await say(person, id, WORDS);
  await finish(person, id);
  await writtenReport(person, id);
  await until("the report", () => named(langfuse.spans(), "final_feedback").length > 0);
  await until("the cursor", () => sql(talking, "SELECT is_finished FROM trace_exports") === "2");

  const spans = langfuse.spans();
  const rootSpan = checkTrace(spans, id, sql(talking, `SELECT owner_id FROM interviews WHERE id = '${id}'`));
  for (const name of NAMED) {
    assert.ok(named(spans, name).length > 0, `no span ${name}`);
  }
  const turns = JSON.parse(sql(talking, "SELECT json_group_array(json_object('author', author, 'kind', kind)) FROM turns"));
  assert.equal(named(spans, "user_message").length, turns.filter(({ author }) => author === "candidate").length);
  assert.equal(
    named(spans, "greeting").length + named(spans, "interviewer_response").length,
    turns.filter(({ author }) => author === "interviewer").length,
  );
  const calls = JSON.parse(sql(talking, "SELECT json_group_array(json_object('agent', agent, 'prompt_tokens', prompt_tokens," +
    " 'completion_tokens', completion_tokens, 'created_at', created_at, 'latency_ms', latency_ms)) FROM llm_calls"));
  const generations = spans.filter((span) => span.attributes["langfuse.observation.type"] === "generation");
  assert.equal(generations.length, calls.length);
  for (const call of calls) {
    const own = generations.filter(({ attributes, startTimeUnixNano }) =>
      attributes["gen_ai.agent.name"] === call.agent && startTimeUnixNano === `${call.created_at}000000`);
    assert.ok(own.length > 0, `no span of ${call.agent}`);
    checkCall(own[0], call);
  }

  const total = calls.reduce((sum, call) => sum + call.prompt_tokens + call.completion_tokens, 0);
  const turnCount = named(spans, "user_message").length;
  const wanted = { total_tokens: total, total_turns: turnCount, llm_calls: calls.length, confidence_score: 0.4,
    avg_tokens_per_turn: Math.round((total / turnCount) * 1000) / 1000 };
  assert.deepEqual(Object.fromEntries(langfuse.scores().map(({ name, value }) => [name, value])), wanted);
  for (const [name, value] of Object.entries(wanted)) {
    assert.equal(rootSpan.attributes[`viva.score.${name}`], value);
  }
});

test("Langfuse is asked as it wants to be asked", () => {
  assert.deepEqual(langfuse.faults, []);
  assert.equal(langfuse.mostAtOnce, 1);
  for (const { method, path: address, headers } of langfuse.requests) {
    assert.equal(method, "POST");
    assert.ok(["/api/public/otel/v1/traces", "/api/public/scores"].includes(address), address);
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers["x-langfuse-ingestion-version"], "4");
    assert.equal(headers.authorization, `Basic ${Buffer.from(`pk-lf-1:${SECRET}`).toString("base64")}`);
  }
  const [{ traceId }] = langfuse.spans();
  const scores = langfuse.scores();
  assert.equal(new Set(scores.map((score) => score.id)).size, 5);
  for (const score of scores) {
    assert.deepEqual(Object.keys(score).sort(), ["dataType", "id", "name", "traceId", "value"]);
    assert.equal(score.dataType, "NUMERIC");
    assert.equal(score.traceId, traceId);
    assert.equal(typeof score.value, "number");
  }
});

test("nothing that people or models said goes out, no name and no secret", () => {
  const sent = langfuse.requests.map(({ body }) => body).join("\n");
  const lines = sql(talking, "SELECT body FROM turns UNION SELECT reply FROM llm_calls").split("\n").filter((line) => line.length > 20);
  assert.ok(lines.length >= 5 && langfuse.spans().length >= 10);
  for (const word of [WORDS, LEAD_IN, "traced-person", "Anna", "Traced", SECRET, "sk-test-secret", ...lines]) {
    assert.ok(!sent.includes(word), `${word} went out`);
  }
  const logs = readdirSync(path.join(talking.var, "log")).map((file) => readFileSync(path.join(talking.var, "log", file), "utf8"));
  assert.ok(![...logs, talking.log()].some((log) => log.includes(SECRET)), "the secret key is in a log");
});

test("a program that handles requests never exports, but for one thread of admin", () => {
  const users = ["cgi-bin", "lib", "tools/viva"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true })
      .filter((file) => /\.c$/.test(file))
      .map((file) => path.join(folder, file))
      .filter((file) => /\btrace_(export|step|open)\b/.test(readFileSync(path.join(root, file), "utf8"))));
  assert.deepEqual(users.sort(), ["cgi-bin/admin/errands.c", "lib/witness/trace.c", "tools/viva/traces.c", "tools/viva/work.c"]);
});

// --- a collector, without a model -----------------------------------------------------

// Counters that `viva export-traces` prints, with its exit status.
async function exportTraces(instance, env) {
  const read = (stdout) => Object.fromEntries([...stdout.matchAll(/^(\S+) .*?(\d+)$/gm)].map(([, word, number]) => [word, Number(number)]));
  try {
    return { status: 0, ...read((await instance.cli("export-traces", { env })).stdout) };
  } catch (error) {
    return { status: error.code, stderr: error.stderr, ...read(error.stdout) };
  }
}

let quiet, person, quietId;

before(async () => {
  quiet = await startInstance();
  person = await register(quiet);
  quietId = await startInterview(person, { question_count: "5" });
  for (let i = 0; i < 4; i++) {
    await answerWell(person, quietId);
  }
  await finish(person, quietId);
  await reportDocument(person, quietId);
});

after(() => quiet?.stop());

const fresh = () => sql(quiet, "DELETE FROM trace_exports; DELETE FROM settings WHERE name LIKE 'trace_%'");

test("without a collector there is nothing to export", async () => {
  const { status, stderr } = await exportTraces(quiet, {});
  assert.equal(status, 1);
  assert.match(stderr, /no collector is configured/);
  assert.equal(sql(quiet, "SELECT count(*) FROM trace_exports"), "0");
});

test("a collector gets the built-in examiner's interview, with headers and words as configured", async () => {
  const otlp = await collector();
  fresh();
  const result = await exportTraces(quiet, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `${otlp.url}/otlp/`,
    OTEL_EXPORTER_OTLP_HEADERS: "api-key=a%20b%3Dc, X-Other = two ,bad name=1,evil=a%0d%0ab,=x,",
    VIVA_TRACE_CONTENT: "1",
  });
  await otlp.close();
  assert.equal(result.status, 0);
  assert.deepEqual(otlp.faults, []);
  for (const { path: address, headers } of otlp.requests) {
    assert.equal(address, "/otlp/v1/traces");
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers["api-key"], "a b=c");
    assert.equal(headers["x-other"], "two");
    assert.ok(!("evil" in headers) && !("x-langfuse-ingestion-version" in headers));
  }
  const spans = otlp.spans();
  const rootSpan = checkTrace(spans, quietId, sql(quiet, "SELECT owner_id FROM interviews"));
  for (const name of [...NAMED, "difficulty_change"]) {
    assert.ok(named(spans, name).length > 0, `no span ${name}`);
  }
  for (const { attributes } of named(spans, "difficulty_change")) {
    assert.equal(Math.abs(attributes["viva.difficulty.to"] - attributes["viva.difficulty.from"]), 1);
  }
  assert.equal(named(spans, "observer_analysis")[0].attributes["viva.engine"], "builtin");
  const said = sql(quiet, "SELECT body FROM turns WHERE author = 'candidate' ORDER BY seq LIMIT 1");
  assert.equal(named(spans, "user_message")[0].attributes["langfuse.observation.input"].trim(), said);
  assert.equal(rootSpan.attributes["viva.score.total_tokens"], 0);
  assert.ok(!("viva.score.confidence_score" in rootSpan.attributes));
  assert.deepEqual({ spans: result.spans, waiting: result.turns }, { spans: spans.length, waiting: 0 });
});

test("nothing is sent twice", async () => {
  const otlp = await collector();
  await exportTraces(quiet, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
  assert.equal(otlp.requests.length, 0);
  await otlp.close();
});

test("words stay here unless the operator says otherwise", async () => {
  const otlp = await collector();
  fresh();
  await exportTraces(quiet, { OTEL_EXPORTER_OTLP_ENDPOINT: `${otlp.url}/v1/traces` });
  const keys = new Set(otlp.spans().flatMap(({ attributes }) => Object.keys(attributes)));
  assert.equal(otlp.requests[0].path, "/v1/traces");
  for (const key of ["langfuse.observation.input", "langfuse.observation.output", "gen_ai.input.messages", "gen_ai.output.messages"]) {
    assert.ok(!keys.has(key), key);
  }
  await otlp.close();
});

// --- collectors that fail ---------------------------------------------------------------

test("a failing collector costs a counter; all comes when it is back", async () => {
  const elsewhere = await collector();
  const answers = [
    { status: 500, body: "broken" },
    { status: 401, body: "{}" },
    { status: 302, headers: { Location: `${elsewhere.url}/v1/traces` } },
    { status: 307, headers: { Location: `${elsewhere.url}/v1/traces` } },
  ];
  const otlp = await collector();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url, OTEL_EXPORTER_OTLP_HEADERS: `authorization=${SECRET}` };
  fresh();
  for (const [i, answer] of answers.entries()) {
    otlp.answer = () => answer;
    const result = await exportTraces(quiet, env);
    assert.equal(result.status, 1);
    assert.ok(!result.stderr.includes(SECRET));
    assert.deepEqual([result.spans, result.requests], [0, i + 1]);
    assert.equal(otlp.requests.length, i + 1, "a failed request was repeated at once");
  }
  assert.equal(sql(quiet, "SELECT failures FROM trace_exports"), "4");
  assert.ok(Number(sql(quiet, "SELECT retry_at FROM trace_exports")) > Date.now() + 10000);
  assert.equal(elsewhere.requests.length, 0, "a redirect was followed");

  otlp.answer = undefined;
  otlp.requests.length = 0;
  assert.equal((await exportTraces(quiet, env)).status, 0);
  checkTrace(otlp.spans(), quietId, sql(quiet, "SELECT owner_id FROM interviews"));
  assert.equal(sql(quiet, "SELECT failures || ' ' || retry_at FROM trace_exports"), "0 0");
  await otlp.close();
  await elsewhere.close();
});

test("a closed port and a port that never answers are failures", async () => {
  const otlp = await collector({ answer: () => undefined });
  fresh();
  const started = Date.now();
  assert.equal((await exportTraces(quiet, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url })).status, 1);
  assert.ok(Date.now() - started < 20000);
  await otlp.close();
  const closed = await exportTraces(quiet, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
  assert.deepEqual([closed.status, closed.spans, closed.requests], [1, 0, 2]);
});

test("success that is none is counted and not repeated", async () => {
  const cases = [
    ['{"partialSuccess":{"rejectedSpans":"2","errorMessage":"no"}}', 2],
    ['{"partialSuccess":{"rejectedSpans":3}}', 3],
    ['{"partialSuccess":{"rejectedSpans":"-5"}}', 0],
    ['{"partialSuccess":{}}', 0],
    ["", 0],
    ['{"partialSuccess":{"rejectedSpans":"1e999"}}', Infinity],
    ["<html>Welcome to the hotel</html>", Infinity],
    ["[".repeat(100000), Infinity],
  ];
  for (const [body, rejected] of cases) {
    const otlp = await collector({ answer: () => ({ status: 200, body }) });
    fresh();
    const result = await exportTraces(quiet, { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
    const all = otlp.spans().length;
    assert.equal(result.status, 0);
    assert.equal(otlp.requests.length, 1, body.slice(0, 60));
    assert.deepEqual([result.spans, result.rejected, result.requests], [all - Math.min(all, rejected), Math.min(all, rejected), 0]);
    await otlp.close();
  }
});

test("an exporter that dies after sending sends the same spans again", async () => {
  let child;
  const otlp = await collector({
    answer: () => {
      child.kill("SIGKILL");
      return { status: 200, body: "{}" };
    },
  });
  fresh();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url };
  child = spawn(path.join(root, buildFolder(), "viva"), ["export-traces"], {
    cwd: root, env: { ...process.env, VIVA_HOME: root, VIVA_VAR: quiet.var, ...env }, stdio: "ignore",
  });
  await once(child, "close");
  const first = otlp.spans();
  assert.ok(first.length > 0);
  assert.equal(sql(quiet, "SELECT count(*) FROM trace_exports"), "0");

  otlp.answer = undefined;
  otlp.requests.length = 0;
  assert.equal((await exportTraces(quiet, env)).status, 0);
  assert.deepEqual(otlp.spans(), first);
  await otlp.close();
});

test("two exporters at once do the work of one", async () => {
  const otlp = await collector({
    answer: async () => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return { status: 200, body: "{}" };
    },
  });
  fresh();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url };
  const results = await Promise.all([exportTraces(quiet, env), exportTraces(quiet, env)]);
  assert.deepEqual(results.map(({ status }) => status).sort(), [0, 1]);
  assert.equal(otlp.requests.length, 1);
  await otlp.close();
});

test("both places get everything when both are configured", async () => {
  const [one, other] = [await collector(), await collector()];
  fresh();
  const result = await exportTraces(quiet, {
    OTEL_EXPORTER_OTLP_ENDPOINT: one.url, LANGFUSE_HOST: other.url, LANGFUSE_PUBLIC_KEY: "p", LANGFUSE_SECRET_KEY: "s",
  });
  assert.equal(result.status, 0);
  assert.deepEqual(one.spans(), other.spans());
  assert.equal(other.scores().length, 4);
  await Promise.all([one.close(), other.close()]);
});

test("settings that cannot be used are told, and nothing is sent", async () => {
  for (const [env, told] of [
    [{ LANGFUSE_HOST: "http://127.0.0.1:9" }, /keys are not/],
    [{ LANGFUSE_HOST: "ftp://127.0.0.1", LANGFUSE_PUBLIC_KEY: "p", LANGFUSE_SECRET_KEY: SECRET }, /LANGFUSE_HOST cannot be used/],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: `http://me:${SECRET}@127.0.0.1` }, /OTEL_EXPORTER_OTLP_ENDPOINT cannot be used/],
  ]) {
    const { status, stderr } = await exportTraces(quiet, env);
    assert.equal(status, 1);
    assert.match(stderr, told);
    assert.ok(!stderr.includes(SECRET));
  }
});

test("people do not wait for a collector that never answers", async () => {
  const otlp = await collector({ answer: () => undefined });
  const instance = await startInstance({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url } });
  try {
    const visitor = await register(instance);
    await wholeInterview(visitor, { answers: 1 });
    await until("a first request", () => otlp.requests.length > 0);
    const started = Date.now();
    await wholeInterview(visitor, { answers: 2 });
    assert.ok(Date.now() - started < 8000, `${Date.now() - started} ms`);
    assert.equal(otlp.requests.length, 1, "the collector was asked while it was being waited for");
  } finally {
    await instance.stop();
    await otlp.close();
  }
});
