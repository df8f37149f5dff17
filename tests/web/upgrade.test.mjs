// New programs take the place of old ones while people talk: nobody gets an error, nothing that
// was said is lost, and what the interviewer is saying is said to its end.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { text as spokenText } from "../llm/fake.mjs";
import { modelEnv, scriptedModel } from "../llm/model.mjs";
import { formBody } from "./client.mjs";
import { root, startInstance } from "./instance.mjs";
import { visibleText } from "./page.mjs";
import { isAlive, programsOf, until } from "./processes.mjs";
import { openChat, press, register, startInterview, stranger } from "./story.mjs";

const NAMES = ["account", "admin", "code", "interview", "report"];
const TALKERS = 3;
const VISITORS = 6;

let model, instance;

before(async () => {
  model = await scriptedModel({ pieces: 20, pauseMs: 20 });
  instance = await startInstance({ env: modelEnv(model, { VIVA_INTERVIEWS_PER_DAY: "1000", MAX_TURNS: "1000" }) });
});
after(async () => {
  await instance?.stop();
  await model?.close();
});

async function upgrade() {
  const old = programsOf(instance, NAMES);
  const { stdout } = await promisify(execFile)(path.join(root, "tools/run"), ["upgrade"],
    { env: { ...process.env, VAR: instance.var } });
  assert.equal(stdout, "Viva is upgraded.\n");
  return old.map(({ pid }) => pid);
}

// A turn as a stream: its text so far, and a promise of the whole of it.
function stream(person, chat, answer) {
  const body = formBody({ csrf: chat.csrf, nonce: chat.nonce, question_id: chat.questionId, action: "say", answer });
  const heard = { text: "" };
  heard.end = new Promise((resolve, reject) => {
    const request = http.request(`${instance.url}/interviews/${chat.id}/turns`, {
      method: "POST",
      agent: false,
      headers: {
        Cookie: person.cookieHeader(), Accept: "text/html, text/event-stream",
        "Content-Length": Buffer.byteLength(body), "Content-Type": "application/x-www-form-urlencoded",
      },
    }, (reply) => {
      reply.on("data", (bytes) => (heard.text += bytes)).on("error", reject);
      reply.on("end", () => resolve({ status: reply.statusCode, text: heard.text }));
    });
    request.on("error", reject).end(body);
  });
  return heard;
}

// Answers question after question, with no second try; returns what was said.
async function keepAnswering(person, id, mayStop) {
  const said = [];
  while (!mayStop()) {
    const chat = await openChat(person, id);
    if (!chat.isRunning) {
      break;
    }
    const text = `Thought ${said.length} of ${person.name}: an index makes reads faster and writes slower.`;
    const reply = await press(person, chat, "say", text);
    assert.equal(reply.status, 303, visibleText(reply.text));
    said.push(text);
  }
  return said;
}

async function keepVisiting(mayStop) {
  const statuses = new Map();
  const visitor = stranger(instance);
  while (!mayStop()) {
    const { status } = await visitor.get("/login");
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  return statuses;
}

test("two upgrades in the middle of talks: no error, no lost turn, a stream to its end", async (t) => {
  const people = await Promise.all(Array.from({ length: TALKERS + 1 }, () => register(instance)));
  const ids = await Promise.all(people.map((person) => startInterview(person, { question_count: "15" })));
  const listener = people.pop();
  const streamed = ids.pop();
  let over = false;
  t.after(() => (over = true));
  const talks = people.map((person, i) => keepAnswering(person, ids[i], () => over));
  const visits = Array.from({ length: VISITORS }, () => keepVisiting(() => over));

  await press(listener, await openChat(listener, streamed), "say", "I am a backend developer, five years of Python.");
  const words = Array.from({ length: 80 }, (_, i) => `word${i}`).join(" ");
  const { interviewer } = model.parts;
  model.parts.interviewer = (data) => (JSON.stringify(data).includes("A slow stream.")
    ? spokenText(words, { pieces: 80, pauseMs: 100 }) : interviewer(data));
  const heard = stream(listener, { ...(await openChat(listener, streamed)), id: streamed },
    "A slow stream. An index keeps the values in order.");
  await until(() => heard.text.includes("event: text"), "the first words", 30);

  const first = await upgrade();
  const second = await upgrade();
  assert.ok(second.some((pid) => !first.includes(pid)), "the first upgrade brought new processes");
  const reply = await heard.end;
  assert.equal(reply.status, 200);
  assert.match(reply.text, /word79\b[^]*<hx-partial/, "the last word came, and the page's new part");
  await until(() => [...first, ...second].every((pid) => !isAlive(pid)), "the old processes end", 40);
  over = true;

  for (const [i, talk] of talks.entries()) {
    const said = await talk;
    assert.ok(said.length > 0, "somebody answered meanwhile");
    const chat = await openChat(people[i], ids[i]);
    for (const thought of said) {
      assert.equal(chat.turns.filter((turn) => turn.isMine && turn.text === thought).length, 1, thought);
    }
  }
  for (const visit of visits) {
    assert.deepEqual([...(await visit).keys()], [200], "every visitor got the page");
  }
});

function parentOf(pid) {
  return Number(readFileSync(`/proc/${pid}/stat`, "latin1").match(/\) \w (\d+)/)[1]);
}

test("while a pool rests visitors wait, and nobody is turned away", async () => {
  const old = programsOf(instance, ["account"]);
  const pool = parentOf(parentOf(old[0].pid));
  process.kill(pool, "SIGUSR2");
  await until(() => existsSync(path.join(instance.var, "run/account.resting")), "the pool rests", 40);
  assert.deepEqual(programsOf(instance, ["account"]), []);
  let answered = false;
  const visit = stranger(instance).get("/login").finally(() => (answered = true));
  assert.equal((await stranger(instance).get("/interviews/new")).status, 303, "the other programs go on");
  assert.equal(answered, false);
  process.kill(pool, "SIGHUP");
  assert.equal((await visit).status, 200);
});

test("an upgrade of a Viva that does not run says so", async () => {
  const old = programsOf(instance, NAMES).map(({ pid }) => pid);
  const upgrading = promisify(execFile)(path.join(root, "tools/run"), ["upgrade"],
    { env: { ...process.env, VAR: path.join(instance.var, "log") } });
  await assert.rejects(upgrading, /no Viva is running with the folder/);
  assert.deepEqual(programsOf(instance, NAMES).map(({ pid }) => pid), old);
});

test("without room for the copy of a database that is to be changed the old programs stay", async () => {
  const tools = mkdtempSync(path.join(tmpdir(), "viva-df-"));
  writeFileSync(path.join(tools, "df"), "#!/bin/sh\necho Avail\necho 1000000\n", { mode: 0o755 });
  const other = await startInstance({ env: { PATH: `${tools}:${process.env.PATH}` } });
  try {
    const old = programsOf(other, NAMES).map(({ pid }) => pid);
    const edition = Number(execFileSync("sqlite3", [path.join(other.var, "viva.db"), "PRAGMA user_version"], { encoding: "utf8" }));
    execFileSync("sqlite3", [path.join(other.var, "viva.db"), `PRAGMA user_version = ${edition - 1}`]);
    const refused = await promisify(execFile)(path.join(root, "tools/run"), ["upgrade"],
      { env: { ...process.env, VAR: other.var } }).catch((error) => error);
    assert.equal(refused.code, 1);
    assert.match(other.log(), /has no room for a copy of the database/);
    assert.deepEqual(programsOf(other, NAMES).map(({ pid }) => pid), old);
  } finally {
    await other.stop();
    rmSync(tools, { recursive: true });
  }
});

test("upgrades that are asked for at once are made one after the other", async () => {
  const before = programsOf(instance, NAMES).map(({ pid }) => pid);
  await Promise.all([upgrade(), upgrade(), upgrade()]);
  await until(() => before.every((pid) => !isAlive(pid)), "the old programs end");
  assert.equal((await stranger(instance).get("/health")).status, 200);
});

test("the number that a killed Viva left is not taken for it", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "viva-stale-"));
  const other = spawn("sleep", ["60"]);
  mkdirSync(path.join(folder, "run"));
  writeFileSync(path.join(folder, "run/pid"), `${other.pid}\n`);
  const refused = await promisify(execFile)(path.join(root, "tools/run"), ["upgrade"],
    { env: { ...process.env, VAR: folder } }).catch((error) => error);
  assert.match(refused.stderr, /no Viva is running with the folder/);
  assert.ok(isAlive(other.pid), "a stranger gets no signal");
  other.kill();
  rmSync(folder, { recursive: true });
});
