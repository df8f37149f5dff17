// Nothing a user was told is saved is ever lost: programs are killed while people answer.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { renameSync } from "node:fs";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { isAlive, programsOf, until } from "./processes.mjs";
import { visibleText } from "./page.mjs";
import {
  finish,
  freshName,
  openChat,
  PASSWORD,
  press,
  register,
  reportDocument,
  startInterview,
  stranger,
} from "./story.mjs";

const PROGRAMS = ["account", "interview", "report", "admin"];
const CANDIDATES = 4;
const KILLS = 12;
const ANSWERS_BETWEEN_KILLS = 3;

let instance;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000", MAX_TURNS: "1000" } });
});
after(() => instance?.stop());

// Repeats what a person would repeat: while the connection breaks or Viva is away (503).
async function insist(request) {
  return until(async () => {
    const reply = await request().catch(() => undefined);
    return reply && reply.status < 500 ? reply : undefined;
  }, "an answer other than a breakdown");
}

function openPage(person, id) {
  return until(() => openChat(person, id).catch(() => undefined), "the chat page");
}

// Answers until told to stop and notes the texts that were acknowledged. A press that got
// no answer is repeated with the same page, as a browser's reload does.
async function keepAnswering(person, id, acknowledged, mayStop) {
  for (let i = 0; !mayStop(); i++) {
    const text = `Thought ${i} of ${person.name}: an index makes reads faster and writes slower.`;
    const chat = await openPage(person, id);
    if (!chat.isRunning) {
      break;
    }
    const reply = await insist(() => press(person, chat, "say", text));
    assert.equal(reply.status, 303, visibleText(reply.text));
    acknowledged.push(text);
  }
}

// kill -9 of one random program process, then its successor must be there.
async function killOne(names) {
  const running = await until(() => {
    const found = programsOf(instance, names);
    return found.length === 2 * names.length ? found : undefined;
  }, "all processes are back");
  const victim = running[Math.floor(Math.random() * running.length)];
  process.kill(victim.pid, "SIGKILL");
  await until(() => !isAlive(victim.pid), `the end of ${victim.name}`);
  return victim.name;
}

function database(sql) {
  return execFileSync("sqlite3", [`${instance.var}/viva.db`, sql], { encoding: "utf8" }).trim();
}

test("answers survive programs that are killed while people talk", async (t) => {
  const people = await Promise.all(Array.from({ length: CANDIDATES }, () => register(instance)));
  const ids = await Promise.all(people.map((person) => startInterview(person, { question_count: "15", type: "mixed" })));
  let over = false;
  const acknowledged = people.map(() => []);
  const talks = Promise.all(people.map((person, i) => keepAnswering(person, ids[i], acknowledged[i], () => over)));
  const answers = () => acknowledged.flat().length;
  for (let kills = 0; kills < KILLS; kills++) {
    const before = answers();
    await Promise.race([
      talks.then(() => assert.fail("the talks ended before the kills")),
      until(() => answers() >= before + ANSWERS_BETWEEN_KILLS, "people answer between the kills"),
    ]);
    await killOne(["interview"]);
  }
  over = true;
  await talks;
  t.diagnostic(`${KILLS} kills, ${answers()} answers acknowledged`);

  for (const [i, person] of people.entries()) {
    assert.ok(acknowledged[i].length > 0, "there was something to lose");
    const chat = await openPage(person, ids[i]);
    for (const text of acknowledged[i]) {
      const times = chat.turns.filter((turn) => turn.isMine && turn.text === text).length;
      assert.equal(times, 1, `"${text}" stands ${times} times in the talk`);
    }
    if (chat.isRunning) {
      await finish(person, ids[i]);
    }
    const report = await reportDocument(person, ids[i]);
    assert.equal(report.questions.length, 15);
    assert.ok(report.questions.every((q) => ["answered", "dont_know", "skipped", "unanswered"].includes(q.state)));
  }
  assert.equal(database("PRAGMA integrity_check"), "ok");
  assert.equal(database("PRAGMA foreign_key_check"), "");
});

test("every program comes back after kill -9, one after the other", async () => {
  const person = await register(instance);
  for (const name of PROGRAMS) {
    await killOne([name]);
    await until(() => programsOf(instance, [name]).length === 2, `${name} is back`);
  }
  assert.equal((await insist(() => person.get("/profile"))).status, 200);
});

test("registrations that run when SIGTERM comes are finished", async () => {
  const names = Array.from({ length: 4 }, () => freshName());
  const visitors = names.map(() => stranger(instance));
  const tokens = await Promise.all(visitors.map((visitor) => visitor.csrf("/register")));
  const old = programsOf(instance, ["account"]);
  assert.equal(old.length, 2);
  const replies = visitors.map((visitor, i) =>
    visitor.post("/register", { csrf: tokens[i], username: names[i], full_name: "", password: PASSWORD }));
  // A token is one cheap request: when it is answered, the registrations are under way.
  await stranger(instance).csrf("/login");
  old.forEach(({ pid }) => process.kill(pid, "SIGTERM"));
  for (const [i, pending] of replies.entries()) {
    const reply = await pending;
    assert.equal(reply.status, 303, visibleText(reply.text));
    assert.equal((await insist(() => visitors[i].get("/profile"))).status, 200);
  }
  await until(() => old.every(({ pid }) => !isAlive(pid)), "the old processes have ended");
  await until(() => programsOf(instance, ["account"]).length === 2, "new processes");
});

test("an answer sent while all programs are told to end is kept", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  const chat = await openChat(person, id);
  const text = "Said in the very moment of a restart: measure first, then change one thing.";
  const sent = press(person, chat, "say", text).catch(() => undefined);
  programsOf(instance, PROGRAMS).forEach(({ pid }) => process.kill(pid, "SIGTERM"));
  const first = await sent;
  const reply = first?.status === 303 ? first : await insist(() => press(person, chat, "say", text));
  assert.equal(reply.status, 303);
  const next = await openPage(person, id);
  assert.equal(next.turns.filter((turn) => turn.text === text).length, 1);
});

for (const [language, accept] of [["en", "en"], ["ru", "ru-RU,ru;q=0.9,en;q=0.8"], ["uk", "uk,ru;q=0.5"], ["en", "de,fr"]]) {
  test(`a program that is away gives a page in ${language} for "${accept}"`, async () => {
    const socket = `${instance.var}/run/interview.sock`;
    const visitor = stranger(instance, accept);
    renameSync(socket, `${socket}.away`);
    try {
      const reply = await visitor.get("/interviews/new");
      assert.equal(reply.status, 503);
      assert.ok(Number(reply.headers["retry-after"]) > 0);
      assert.match(reply.text, new RegExp(`<html lang="${language}"`));
      assert.equal(/[а-яіїєґ]/i.test(visibleText(reply.text)), language !== "en", "no page mixes languages");
      assert.equal((await visitor.get("/login")).status, 200, "the other programs go on");
    } finally {
      renameSync(`${socket}.away`, socket);
    }
    assert.equal((await visitor.get("/interviews/new")).status, 303, "and it is back");
  });
}

test("the instance survived it all", async () => {
  assert.equal(database("PRAGMA integrity_check"), "ok");
  const person = await register(instance);
  const id = await startInterview(person, { question_count: "1" });
  await finish(person, id);
  assert.equal((await person.get(`/reports/${id}`)).status, 200);
});
