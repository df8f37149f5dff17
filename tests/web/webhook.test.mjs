// The webhook: each finished interview is told once it has its report, signed, until the other
// side says yes; who must not be asked is not asked, and nobody learns the secret.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { collector } from "./collector.mjs";
import { startInstance } from "./instance.mjs";
import { inputValue, visibleText } from "./page.mjs";
import { programsOf, until } from "./processes.mjs";
import { freshName, makeAdmin, register, reportDocument, wholeInterview } from "./story.mjs";

const KEY = randomBytes(32);
const SECRET = `whsec_${KEY.toString("base64")}`;
const WEAK = "whsec_c2hvcnQ=";
const HIDDEN = "token-in-the-address";

function sql(instance, statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", "-cmd", "PRAGMA foreign_keys = ON",
    path.join(instance.var, "viva.db"), statement], { encoding: "utf8" }).trim();
}

// As a receiver checks it: the header holds a signature of the bytes as they came.
function isSigned({ headers, body }, key = KEY) {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const wanted = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return headers["webhook-signature"].split(" ").includes(wanted);
}

const idOf = ({ headers }) => headers["webhook-id"];
const interviewOf = ({ body }) => JSON.parse(body).data.interview_id;
const env = (url, more) => ({ VIVA_WEBHOOK_URL: `${url}/hook?key=${HIDDEN}`, VIVA_WEBHOOK_SECRET: SECRET, VIVA_WEBHOOK_PRIVATE: "1",
  VIVA_INTERVIEWS_PER_DAY: "1000", ...more });

// What `viva webhook <word>` printed and its exit status.
async function webhook(instance, word, more) {
  try {
    return { status: 0, ...(await instance.cli("webhook", word, { env: more })) };
  } catch (error) {
    return { status: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

// --- a server that sends by itself --------------------------------------------------------

let receiver, instance, person, admin, id;

before(async () => {
  receiver = await collector();
  instance = await startInstance({ env: env(receiver.url) });
  person = await register(instance, { name: "anna-webhook", fullName: "Anna Lee" });
  admin = await makeAdmin(instance);
  id = await wholeInterview(person);
});

after(async () => {
  await instance?.stop();
  await receiver?.close();
});

test("a finished interview is told, signed, with its figures and without its words", async () => {
  await until(() => receiver.requests.length > 0, "the event");
  const [request] = receiver.requests;
  const { headers, body } = request;
  assert.equal(request.method, "POST");
  assert.equal(request.path, `/hook?key=${HIDDEN}`);
  assert.equal(headers["content-type"], "application/json");
  assert.match(headers["user-agent"], /^Viva\/\d/);
  assert.match(idOf(request), /^[0-9a-f-]{36}$/);
  assert.ok(Math.abs(Number(headers["webhook-timestamp"]) - Date.now() / 1000) < 60);
  assert.ok(isSigned(request), "the signature is not ours");
  assert.ok(!isSigned({ ...request, body: `${body} ` }) && !isSigned(request, randomBytes(32)));

  const report = await reportDocument(person, id);
  const { overall } = report.metrics;
  const event = JSON.parse(body);
  assert.equal(event.type, "interview.completed");
  assert.equal(event.timestamp, report.finished_at);
  assert.deepEqual(event.data, {
    interview_id: id,
    report_id: sql(instance, "SELECT id FROM reports"),
    owner: { id: report.owner_id, username: "anna-webhook", full_name: "Anna Lee" },
    role: report.role.id,
    level: report.level,
    type: report.type,
    language: report.language,
    created_at: report.started_at,
    finished_at: report.finished_at,
    overall: { score: overall.total_score, max_score: overall.max_total_score, ratio: overall.score_ratio },
    totals: { questions: 2, answered: 1, skipped: 0, dont_know: 0, unanswered: 1, hints_used: 0 },
    engine: "builtin",
    report_url: `/reports/${id}`,
  });
  for (const { answer } of report.questions ?? []) {
    assert.ok(!answer || !body.includes(answer));
  }
});

test("it is told once, however often the report is opened", async () => {
  await until(() => sql(instance, "SELECT state FROM webhook_deliveries") === "delivered", "the note");
  await person.get(`/reports/${id}`);
  await person.get(`/reports/${id}/report.txt`);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal(receiver.requests.length, 1);
  assert.equal(sql(instance, "SELECT count(*) || tries || status FROM webhook_deliveries"), "11200");
});

test("after an error the same event comes again, with a signature of its time", async () => {
  receiver.requests.length = 0;
  const answers = [{ status: 500, body: "broken" }, { status: 200 }];
  receiver.answer = () => answers.shift();
  const second = await wholeInterview(person);
  await until(() => receiver.requests.length === 1, "the first try");
  await until(() => sql(instance, "SELECT tries FROM webhook_deliveries ORDER BY created_at DESC LIMIT 1") === "1", "its note");
  const next = Number(sql(instance, "SELECT next_at FROM webhook_deliveries WHERE state = 'waiting'")) - Date.now();
  assert.ok(next > 0 && next <= 6000, `${next} ms`);
  await until(() => receiver.requests.length === 2, "the second try");
  const [one, other] = receiver.requests;
  assert.equal(interviewOf(one), second);
  assert.equal(idOf(one), idOf(other));
  assert.equal(one.body, other.body);
  assert.ok(other.headers["webhook-timestamp"] > one.headers["webhook-timestamp"]);
  assert.ok(isSigned(other));
  await until(() => sql(instance, "SELECT count(*) FROM webhook_deliveries WHERE state = 'delivered'") === "2", "the end");
  receiver.answer = undefined;
});

test("the page shows what came of it, and sends again once a press", async () => {
  receiver.requests.length = 0;
  const page = await admin.get("/admin/webhooks?state=delivered");
  assert.equal(page.status, 200);
  const text = visibleText(page.text);
  assert.match(text, /Finished interviews are reported to http:\/\/127\.0\.0\.1:\d+\./);
  assert.match(text, /Anna Lee/);
  assert.match(text, /HTTP 200/);
  assert.ok(!page.text.includes(HIDDEN) && !page.text.includes(SECRET.slice(6)));
  assert.match((await admin.get("/admin")).text, /href="\/admin\/webhooks"/);
  assert.doesNotMatch(visibleText((await admin.get("/admin/webhooks?state=failed")).text), /Anna Lee/);
  assert.equal((await admin.get("/admin/webhooks?state=%27&page=-1")).status, 200);

  const [, action] = page.text.match(/action="(\/admin\/webhooks\/[^"]+\/again)"/);
  const fields = { csrf: inputValue(page.text, "csrf"), state: inputValue(page.text, "state"), next_at: inputValue(page.text, "next_at") };
  assert.equal((await admin.post(action, { ...fields, csrf: "x" })).status, 403);
  const pressed = await Promise.all([admin.post(action, fields), admin.post(action, fields)]);
  assert.deepEqual(pressed.map(({ status }) => status), [303, 303]);
  await until(() => receiver.requests.length > 0, "the event");
  await until(() => sql(instance, "SELECT count(*) FROM webhook_deliveries WHERE state = 'waiting'") === "0", "the note");
  assert.equal((await admin.post(action, fields)).status, 303);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal(receiver.requests.length, 1, "a second press sent it a second time");
  assert.equal(idOf(receiver.requests[0]), action.split("/")[3]);
});

// --- by hand, with receivers that fail ------------------------------------------------------

const due = (more = "") => sql(quiet, `UPDATE webhook_deliveries SET state = 'waiting', next_at = 1, tries = 0${more}`);
const noted = () => JSON.parse(sql(quiet, "SELECT json_object('state', state, 'tries', tries, 'status', status, 'error', error," +
  " 'wait', next_at - " + Date.now() + ") FROM webhook_deliveries ORDER BY created_at LIMIT 1"));

let quiet, quietPerson, quietId;

// Its own sender is off, for its secret is none; what there is to tell is kept nevertheless.
before(async () => {
  quiet = await startInstance({ env: env("http://127.0.0.1:9", { VIVA_WEBHOOK_SECRET: WEAK }) });
  quietPerson = await register(quiet);
  quietId = await wholeInterview(quietPerson);
});

after(() => quiet?.stop());

async function sendTo(url, more = {}) {
  due();
  return webhook(quiet, "send", env(url, more));
}

test("private addresses are refused, by whatever name", async () => {
  const inside = await collector();
  const { port } = new URL(inside.url);
  for (const host of ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1",
    "169.254.169.254", "[64:ff9b::7f00:1]", "10.0.0.1", "[fd00:ec2::254]"]) {
    const { status, stderr } = await sendTo(`http://${host}:${port}`, { VIVA_WEBHOOK_PRIVATE: "0" });
    assert.equal(status, 1, host);
    assert.equal(noted().error, "the address is not a public one", host);
    assert.ok(!stderr.includes(HIDDEN), host);
  }
  assert.equal(inside.requests.length, 0, "it was asked");
  await sendTo(`http://127.0.0.1:${port}`, { VIVA_WEBHOOK_PRIVATE: "0", http_proxy: inside.url, HTTP_PROXY: inside.url, ALL_PROXY: inside.url });
  assert.equal(noted().error, "the address is not a public one");
  assert.equal(inside.requests.length, 0, "the proxy was asked");
  assert.equal((await sendTo(`http://localhost:${port}`)).status, 0);
  assert.equal(inside.requests.length, 1);
  await inside.close();
});

test("a receiver that fails is asked again later, with the same event", async () => {
  const elsewhere = await collector();
  const other = await collector();
  const ids = new Set();
  for (const status of [500, 404, 400, 301, 302, 307, 308]) {
    other.answer = () => ({ status, headers: { Location: `${elsewhere.url}/` }, body: "no" });
    assert.equal((await sendTo(other.url)).status, 1);
    const { state, tries, status: stored, wait } = noted();
    assert.deepEqual([state, tries, stored], ["waiting", 1, status]);
    assert.ok(wait > 0 && wait < 6000, `${wait}`);
  }
  other.requests.forEach((request) => ids.add(idOf(request)));
  assert.equal(ids.size, 1);
  assert.equal(elsewhere.requests.length, 0, "a redirect was followed");

  other.answer = () => ({ status: 503, headers: { "Retry-After": "120" } });
  await sendTo(other.url);
  assert.ok(noted().wait > 110000 && noted().wait < 140000);
  other.answer = () => ({ status: 429, headers: { "Retry-After": "99999999" } });
  await sendTo(other.url);
  assert.ok(noted().wait <= 1.1 * 86400000 && noted().wait > 80000000);
  other.answer = () => ({ status: 410 });
  await sendTo(other.url);
  assert.deepEqual([noted().state, noted().status], ["failed", 410]);

  other.answer = undefined;
  other.requests.length = 0;
  assert.equal((await webhook(quiet, "send", env(other.url))).status, 0);
  assert.equal(other.requests.length, 0, "what was given up is not sent");
  assert.equal((await sendTo(other.url)).status, 0);
  assert.deepEqual([noted().state, noted().error], ["delivered", ""]);
  assert.ok(ids.has(idOf(other.requests[0])));
  await other.close();
  await elsewhere.close();
});

test("no answer, a cut one, an endless one and a closed port cost one try each", async () => {
  const silent = await collector({ answer: () => undefined });
  await sendTo(silent.url);
  assert.deepEqual([noted().state, noted().status], ["waiting", 0]);
  await silent.close();
  await sendTo(silent.url);
  assert.deepEqual([noted().state, noted().tries, noted().status], ["waiting", 1, 0]);

  const endless = `HTTP/1.1 200 OK\r\n\r\n${"x".repeat(65536)}`;
  for (const text of ["", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", endless]) {
    const raw = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => (text === endless ? socket.write(text) : socket.end(text)));
    });
    await new Promise((resolve) => raw.listen(0, "127.0.0.1", resolve));
    await sendTo(`http://127.0.0.1:${raw.address().port}`);
    assert.equal(noted().state, text === endless ? "delivered" : "waiting", text.slice(0, 99));
    raw.close();
  }
});

test("after ten tries in three days it is given up; all that waited comes when it is sent again", async () => {
  const down = await collector({ answer: () => ({ status: 502 }) });
  due();
  for (let tries = 1; tries <= 10; tries++) {
    await webhook(quiet, "send", env(down.url));
    assert.deepEqual([noted().tries, noted().state], [tries, tries < 10 ? "waiting" : "failed"]);
    sql(quiet, "UPDATE webhook_deliveries SET next_at = 1");
  }
  assert.equal(down.requests.length, 10);
  down.answer = undefined;
  due();
  assert.equal((await webhook(quiet, "send", env(down.url))).status, 0);
  assert.equal(idOf(down.requests[10]), idOf(down.requests[0]));
  await down.close();
});

test("two senders at once send each event once", async () => {
  const slow = await collector({ answer: async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { status: 204 };
  } });
  due();
  await Promise.all([webhook(quiet, "send", env(slow.url)), webhook(quiet, "send", env(slow.url)), webhook(quiet, "send", env(slow.url))]);
  assert.equal(slow.requests.length, 1);
  await slow.close();
});

test("a test event is signed and says what came back", async () => {
  const other = await collector({ answer: () => ({ status: 202, body: "thank \u001b[31myou" }) });
  const { status, stdout } = await webhook(quiet, "test", env(other.url));
  assert.equal(status, 0);
  assert.match(stdout, /HTTP 202 after \d+ ms/);
  assert.match(stdout, /thank \?\[31myou/);
  assert.equal(JSON.parse(other.requests[0].body).type, "webhook.test");
  assert.ok(isSigned(other.requests[0]));
  other.answer = () => ({ status: 500 });
  const failed = await webhook(quiet, "test", env(other.url));
  assert.deepEqual([failed.status, failed.stderr], [1, "viva: not taken: HTTP 500\n"]);
  await other.close();
});

test("without a good secret or address it is off, and says why", async () => {
  const cases = [
    [{ VIVA_WEBHOOK_URL: "" }, /set VIVA_WEBHOOK_URL/],
    [{ VIVA_WEBHOOK_SECRET: "" }, /VIVA_WEBHOOK_SECRET is not/],
    [{ VIVA_WEBHOOK_SECRET: WEAK }, /must be whsec_ and base64/],
    [{ VIVA_WEBHOOK_URL: `https://me:${HIDDEN}@example.org/` }, /without user name/],
    [{ VIVA_WEBHOOK_URL: "file:///etc/passwd" }, /http or https/],
  ];
  for (const [more, said] of cases) {
    for (const word of ["send", "test"]) {
      const { status, stderr } = await webhook(quiet, word, { ...env("http://127.0.0.1:9"), ...more });
      assert.equal(status, 1);
      assert.match(stderr, said);
      assert.ok(!stderr.includes(HIDDEN) && !stderr.includes(WEAK), stderr);
    }
  }
});

// --- crashes, deletion, secrets ---------------------------------------------------------------

test("what was stored before a crash is sent after it", async () => {
  const there = await collector({ answer: () => undefined });
  const hard = await startInstance({ env: env(there.url) });
  const someone = await register(hard, { name: freshName() });
  const hers = await wholeInterview(someone);
  await until(() => there.requests.length > 0, "a try that hangs");
  programsOf(hard, ["admin"]).forEach(({ pid }) => process.kill(pid, "SIGKILL"));
  assert.equal(sql(hard, "SELECT state || tries FROM webhook_deliveries"), "waiting0");
  there.answer = undefined;
  await until(() => sql(hard, "SELECT state FROM webhook_deliveries") === "delivered", "the event");
  assert.equal(interviewOf(there.requests.at(-1)), hers);
  assert.equal(new Set(there.requests.map(idOf)).size, 1);
  await hard.stop();
  await there.close();
});

test("what is deleted is not told", async () => {
  const other = await collector();
  due();
  sql(quiet, `DELETE FROM interviews WHERE id = '${quietId}'`);
  assert.equal(sql(quiet, "SELECT count(*) FROM webhook_deliveries"), "0");
  assert.equal((await webhook(quiet, "send", env(other.url))).status, 0);
  assert.equal(other.requests.length, 0);
  await other.close();
});

test("the secret and the address's own stand in no log and on no page", async () => {
  for (const one of [instance, quiet]) {
    const folder = path.join(one.var, "log");
    const logs = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));
    const told = one === quiet ? "VIVA_WEBHOOK_SECRET must be" : "was not taken at try 1: HTTP 500";
    assert.ok(logs.some((log) => log.includes(told)), "the log does not say so");
    for (const text of [...logs, one.log(), sql(one, "SELECT * FROM webhook_deliveries")]) {
      assert.ok(![SECRET.slice(6), WEAK, HIDDEN].some((word) => text.includes(word)));
    }
  }
});

test("an interview whose report nobody asks for is told all the same", async () => {
  const listener = await collector();
  const server = await startInstance({ env: env(listener.url) });
  try {
    const finished = await wholeInterview(await register(server));
    await until(() => listener.requests.length === 1, "its event");
    // As if the tab had been closed while code was judged: finished, and no report yet.
    sql(server, `DELETE FROM webhook_deliveries; DELETE FROM reports;
      UPDATE interviews SET finished_at = finished_at - 600000 WHERE id = '${finished}'`);
    await until(() => listener.requests.length === 2, "the late event");
    assert.equal(interviewOf(listener.requests[1]), finished);
    assert.equal(sql(server, "SELECT count(*) FROM reports"), "1");
  } finally {
    await server.stop();
    await listener.close();
  }
});
