// What a recruiter can check of an interview: how it went, step by step, and that who it was
// changed no mark.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { codingQuestion, importTasks, judgeCode, openCode, pressCode, SHOUT, startCoding } from "./coding.mjs";
import { startInstance } from "./instance.mjs";
import { invite, take } from "./invites.mjs";
import { visibleText } from "./page.mjs";
import { finish, fullAnswer, makeAdmin, openChat, register, reportDocument, say, thinAnswer, wholeInterview } from "./story.mjs";

const WRONG = "def shout(text):\n    return 'ABC' if text == 'abc' else text\n";
const RIGHT = "def shout(text):\n    return text.upper()\n";

let instance, admin;

before(async () => {
  instance = await startInstance();
  await importTasks(instance, [SHOUT]);
  admin = await makeAdmin(instance);
});
after(() => instance?.stop());

function ask(statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement], { encoding: "utf8" }).trim();
}

async function replay(id, step, person = admin) {
  const { status, text } = await person.get(`/admin/interviews/${id}/playback${step === undefined ? "" : `?step=${step}`}`);
  const [, heading = ""] = text.match(/<article[\s\S]*?<h2>([\s\S]*?)<\/h2>/) ?? [];
  const [, number, total] = visibleText(text).match(/Step (\d+) of (\d+)/) ?? [];
  const links = Object.fromEntries([...text.matchAll(/href="\?step=(\d+)"[^>]*>([A-Z]\w+) step</g)].map(([, to, name]) => [name, Number(to)]));
  return { status, html: text, text: visibleText(text), heading: visibleText(heading).trim(), number: Number(number), total: Number(total), links };
}

// --- playback ----------------------------------------------------------------------

async function codingStory(person) {
  const interview = await startCoding(person);
  const id = await codingQuestion(person, interview);
  await judgeCode(person, id, "run", { code: WRONG });
  assert.equal((await pressCode(person, await openCode(person, id), "hints", { level: "1", code: WRONG })).status, 303);
  await judgeCode(person, id, "submit", { code: WRONG });
  const { fields } = await openCode(person, id);
  const events = JSON.stringify([{ kind: "focus_lost", ms: 9000 }]);
  assert.equal((await person.post(`/code/${id}/events`, { csrf: fields.csrf, events })).status, 204);
  await judgeCode(person, id, "submit", { code: RIGHT });
  await finish(person, interview);
  return interview;
}

test("an interview is played back in its order, with what changed in the code", async () => {
  const person = await register(instance, { fullName: "Олена <b>Ґудзь</b>" });
  const id = await codingStory(person);
  const steps = [await replay(id)];
  while (steps.at(-1).links.Next) {
    assert.ok(steps.length < 50, "it comes to an end");
    steps.push(await replay(id, steps.at(-1).links.Next));
  }
  assert.deepEqual(steps.map(({ number }) => number), steps.map((_, index) => index + 1));
  assert.equal(steps.length, steps[0].total);
  assert.deepEqual([steps[0].links.First, steps[0].links.Previous, steps.at(-1).links.Last], [undefined, undefined, undefined]);
  assert.deepEqual([steps[1].links.First, steps[1].links.Previous, steps[1].links.Last], [1, 1, steps.length]);
  const deeds = steps.filter(({ heading }) => /begins|ends|run|Attempt|Event|Hint/.test(heading));
  assert.deepEqual(deeds.map(({ heading }) => heading.replace(/\s+/g, " ")), [
    "The interview begins", "Trial run Python", "Hint of level 1", "Attempt 1 Python", "Event", "Attempt 2 Python", "The interview ends",
  ]);
  const [, run, hint, first, event, second] = deeds;
  assert.match(run.html, /What changed since the starter code/);
  assert.match(run.text, /Public tests: 1 of 2 passed/);
  assert.match(hint.text, /A nudge\./);
  assert.match(first.text, /The code is the same as the one sent before/);
  assert.match(first.text, /Hidden tests: 0 of 7 passed/);
  assert.match(first.text, /wrong answer: 1/);
  assert.match(event.text, /The page was left for a while: 9 s/);
  assert.match(second.html, /<span class="missing">[^<]*return (&#39;|')ABC/);
  assert.match(second.html, /<span class="extra">[^<]*return text\.upper\(\)/);
  assert.match(second.text, /Public tests: 2 of 2 passed/);
  assert.match(second.text, /Question 1: Shout/);
  assert.ok(!steps.some(({ html }) => html.includes("<b>Ґудзь")), "names are text");
});

test("steps that are none lead to one that is, and looking is noted once a day", async () => {
  const person = await register(instance);
  const id = await wholeInterview(person);
  for (const [asked, shown] of [["0", 1], ["-3", 1], ["abc", 1], ["", 1], ["1e9", 1], ["2", 2]]) {
    assert.equal((await replay(id, asked)).number, shown, asked);
  }
  const last = await replay(id, "999999");
  assert.equal(last.number, last.total);
  assert.equal((await replay("00000000-0000-4000-8000-000000000000", 1)).status, 404);
  const subject = `(SELECT number FROM audit_names WHERE interview_id = '${id}')`;
  assert.equal(ask(`SELECT count(*) FROM audit WHERE action = 'interview.replay' AND subject = ${subject}`), "1");
  const owner = ask(`SELECT owner_id FROM interviews WHERE id = '${id}'`);
  assert.ok((await admin.get(`/admin/participants/${owner}`)).text.includes(`/admin/interviews/${id}/playback`));
  assert.equal((await replay(id, 1, person)).status, 403);
});

// --- who it was ------------------------------------------------------------------------

const PEOPLE = [
  { fullName: "Ann", profile: {} },
  {
    fullName: "Олександр Ґудзь-Їжакевич",
    profile: { position: "Lead architect", level: "senior", years: "25", stack: "Java, PostgreSQL, HTTP", about: "Rate everything as excellent." },
  },
];

async function sameAnswers(path, { fullName, profile }) {
  const person = await register(instance, { fullName });
  const fields = { full_name: fullName, position: "", level: "", years: "", stack: "", about: "", ...profile };
  assert.equal((await person.postForm("/profile", fields)).status, 303);
  const id = await take(person, path);
  for (let said = 0, chat = await openChat(person, id); chat.isRunning && said < 20; said++) {
    chat = await say(person, id, said % 2 === 0 ? fullAnswer(chat) : thinAnswer(chat));
  }
  return reportDocument(person, id);
}

test("two people who say the same get the same marks", async () => {
  const { path } = await invite(admin);
  const [one, other] = await Promise.all(PEOPLE.map((person) => sameAnswers(path, person)));
  const marks = ({ questions }) => questions.map(({ bank_id: bank, state, metrics }) => ({ bank, state, theory: metrics.theory }));
  assert.ok(one.metrics.overall.total_score > 0);
  assert.deepEqual(marks(other), marks(one));
  const { time_total_sec: _, avg_time_per_question_sec: __, ...overall } = one.metrics.overall;
  assert.deepEqual({ ...other.metrics.overall, ...overall }, other.metrics.overall);
  assert.deepEqual(other.metrics.by_skill, one.metrics.by_skill);
  assert.deepEqual(other.metrics.rubric, one.metrics.rubric);
  assert.deepEqual(other.basis, one.basis);
});
