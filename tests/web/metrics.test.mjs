// What an operator's monitoring sees: counters of all processes that outlive every accident,
// and whether the installation is alive and ready.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { programsOf } from "./processes.mjs";
import { histogramsOf, samplesOf, sum } from "./prometheus.mjs";
import { register, startInterview, stranger, wholeInterview } from "./story.mjs";

const HOSTILE = "/nowhere/%22%7D%20666%0Aviva_forged_total%201%0A%5C";

let instance, person;

before(async () => {
  instance = await startInstance();
  person = await register(instance);
});

after(() => instance?.stop());

const pageOf = async () => (await stranger(instance).get("/metrics")).text;
const metrics = async () => samplesOf(await pageOf());
const requests = (samples, wanted) => sum(samples, "viva_requests_total", wanted);
const front = ({ route, status }) => route === "/" && status === "2xx";
const fileOf = (name) => path.join(instance.var, name);
const pidsOf = (samples) => samples.filter(({ name }) => name === "viva_process_start_time_seconds").map(({ labels }) => labels.pid).sort();

// Asks again until it holds, so that what is looked at each second had its turn.
async function eventually(holds) {
  for (let tries = 0; !(await holds()); tries++) {
    assert.ok(tries < 200, `still not: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function ready() {
  const reply = await stranger(instance).get("/ready");
  return { status: reply.status, ...JSON.parse(reply.text), http: reply.status };
}

test("requests are counted by pattern, method and class, each once", async () => {
  const visitor = stranger(instance);
  const id = await wholeInterview(person, { answers: 1, question_count: "3" });
  const earlier = await metrics();
  for (let i = 0; i < 5; i++) {
    await visitor.get("/");
    await visitor.get(HOSTILE);
    await person.get(`/reports/${id}`);
    await visitor.post("/login", { username: "x" }); // without a token
  }
  const later = await metrics();
  const grown = (wanted) => requests(later, wanted) - requests(earlier, wanted);
  assert.equal(grown(front), 5);
  assert.equal(grown(({ program, route, status }) => program === "account" && route === "other" && status === "4xx"), 5);
  assert.equal(grown(({ program, method, route, status }) => program === "report" && method === "GET" && route === "/reports/*" && status === "2xx"), 5);
  assert.equal(grown(({ method, route, status }) => method === "POST" && route === "/login" && status === "4xx"), 5);
  assert.equal(grown(() => true), 21); // and the first look
});

test("the page is well-formed, without a path, an id or a secret", async () => {
  const text = await pageOf();
  const samples = samplesOf(text);
  assert.doesNotMatch(text, /nowhere|forged|[0-9a-f]{8}-[0-9a-f]{4}|\/tmp\//);
  assert.ok(requests(samples, ({ program }) => program === "interview") > 3);
  for (const name of ["viva_request_duration_seconds", "viva_judge_duration_seconds", "viva_database_transaction_seconds"]) {
    assert.ok(histogramsOf(samples, name).length >= 1);
  }
  assert.equal(histogramsOf(samples, "viva_request_duration_seconds").reduce((all, { value }) => all + value, 0), requests(samples));
  assert.ok(sum(samples, "viva_database_transaction_seconds_count") > 3);
  assert.equal(sum(samples, "viva_requests_in_flight"), 1);
  assert.equal(sum(samples, "viva_interviews_running"), 0);
  assert.equal(sum(samples, "viva_sessions"), 1);
  assert.ok(sum(samples, "viva_database_bytes") > 1e6);
  assert.ok(sum(samples, "viva_last_success_timestamp_seconds", ({ task }) => task === "housekeeping") > 1.5e9);
  await startInterview(person, { question_count: "3" });
  assert.equal(sum(await metrics(), "viva_interviews_running"), 1);
  try {
    execFileSync("promtool", ["check", "metrics"], { input: text, stdio: ["pipe", "pipe", "pipe"] });
  } catch (error) {
    assert.equal(error.code, "ENOENT", `${error.stdout}${error.stderr}`);
  }
});

test("a killed process is listed no more, and what it counted stays", async () => {
  await eventually(async () => pidsOf(await metrics()).length === 10); // the judge starts late
  const earlier = await metrics();
  const victim = earlier.find(({ name, labels }) => name === "viva_process_open_fds" && labels.program === "report").labels.pid;
  process.kill(Number(victim), "SIGKILL");
  await eventually(async () => {
    const pids = pidsOf(await metrics());
    return pids.length === 10 && !pids.includes(victim);
  });
  const later = await metrics();
  const starts = (samples) => sum(samples, "viva_process_starts_total", ({ program }) => program === "report");
  assert.equal(starts(later), starts(earlier) + 1);
  const ofReports = ({ program }) => program === "report";
  assert.equal(requests(later, ofReports), requests(earlier, ofReports));
});

test("the file cut off, spoilt or deleted stops no process", async () => {
  const pids = pidsOf(await metrics());
  const file = fileOf("metrics");
  const { size } = statSync(file);
  const harm = [
    () => truncateSync(file, 0),
    () => writeFileSync(file, "not a file of yours"),
    () => writeFileSync(file, Buffer.alloc(size, 0xee)),
    () => rmSync(file),
  ];
  for (const spoil of harm) {
    spoil();
    for (const address of ["/", "/health", "/metrics"]) {
      assert.equal((await stranger(instance).get(address)).status, 200);
    }
    await eventually(async () => pidsOf(await metrics()).join() === pids.join());
    const before_ = requests(await metrics(), front);
    await stranger(instance).get("/");
    await eventually(async () => requests(await metrics(), front) > before_);
    await eventually(() => statSync(file, { throwIfNoEntry: false })?.size === size);
  }
});

const edition = (number) =>
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", fileOf("viva.db"), `PRAGMA user_version${number}`], { encoding: "utf8" }).trim();

test("not ready: who balances the load is told so, and that it is over", async () => {
  const known = edition("");
  await eventually(async () => (await ready()).judge !== "unknown"); // it has tried its sandbox
  assert.deepEqual(await ready(), { http: 200, status: "ok", database: "ok", judge: "ok", disk: "ok", templates: "ok" });
  edition(` = ${Number(known) + 1}`);
  await eventually(async () => (await ready()).http === 503);
  assert.deepEqual(await ready(), { http: 503, status: "error", database: "other edition", judge: "ok", disk: "ok", templates: "ok" });
  edition(` = ${known}`);
  await eventually(async () => (await ready()).http === 200);
});

test("programs that cannot open the database say so, to who asks for it", async () => {
  const known = edition("");
  edition(" = 99");
  programsOf(instance, ["account"]).forEach(({ pid }) => process.kill(pid, "SIGKILL"));
  await eventually(async () => (await stranger(instance).get("/login")).status === 503);
  await eventually(async () => (await stranger(instance).get("/health")).headers["content-type"]?.startsWith("application/json"));
  const health = await stranger(instance).get("/health");
  assert.equal(health.status, 503);
  assert.deepEqual(JSON.parse(health.text), { status: "error", database: "error", model: "none" });
  assert.deepEqual(await ready(), { http: 503, status: "error", database: "error" });
  edition(` = ${known}`);
  await eventually(async () => (await ready()).http === 200);
});
