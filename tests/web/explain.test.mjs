// Every mark says how it came about: on the report page, in its files, and to the operator.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { modelEnv, scriptedModel } from "../llm/model.mjs";
import { startInstance } from "./instance.mjs";
import { visibleText } from "./page.mjs";
import {
  act,
  answerWell,
  bankQuestion,
  finish,
  fullAnswer,
  LANGUAGES,
  makeAdmin,
  openChat,
  register,
  reportDocument,
  say,
  startInterview,
  translated,
} from "./story.mjs";

const WRITTEN = { tries: 200, pauseMs: 100 }; // a report that a model writes

let instance, witnessed, model;
const talks = {}; // by language: { person, id, report }

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  for (const language of LANGUAGES) {
    talks[language] = await talk(language);
  }
});
after(async () => {
  await instance?.stop();
  await witnessed?.stop();
  await model?.close();
});

// --- helpers --------------------------------------------------------------------------

function sql(statement) {
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"), statement]);
}

// Goes on to the next question, whatever the interviewer asks in between.
async function leave(person, id, position) {
  const chat = await openChat(person, id);
  if (chat.position === position) {
    await act(person, id, "skip");
  }
}

// A half answer with a hint and a false claim; key words; "I don't know"; one that is not reached.
async function talk(language, beforeTheEnd = () => {}) {
  const person = await register(instance, { language });
  const id = await startInterview(person, { question_count: "4", language });
  const chat = await openChat(person, id);
  const full = fullAnswer(chat);
  const [mistake] = bankQuestion(visibleText(chat.html), language).mistakes;
  await act(person, id, "hint");
  await say(person, id, `${full.slice(0, full.indexOf(". ", full.length / 2) + 1)} ${mistake.claim[language][0]}.`);
  await leave(person, id, 1);
  const words = fullAnswer(await openChat(person, id)).split(/[\s.,;:()]+/).filter((word) => word.length > 5);
  await say(person, id, words.slice(0, 25).join(", "));
  await leave(person, id, 2);
  await act(person, id, "dont_know");
  beforeTheEnd(id);
  await finish(person, id);
  return { person, id, report: await reportDocument(person, id) };
}

async function explain(where, ...args) {
  const { code: status = 0, stdout, stderr } = await where.cli("explain", ...args).catch((error) => error);
  return { status, stdout, stderr };
}

const theory = (question) => question.metrics.theory;

// The points of a scorer's explanation, by the formula of the scorer, before anything is taken off.
function recomputed(scoring) {
  const sum = (value) => scoring.key_points.reduce((total, point) => total + value(point), 0);
  const weight = sum((point) => point.weight);
  const points = sum((point) => point.weight * point.credit) / weight;
  const denied = sum((point) => (point.denied ? point.weight : 0)) / weight;
  const mixed = scoring.point_share * points + (1 - scoring.point_share) * scoring.likeness;
  const share = Math.min(mixed ** scoring.power * (1 - scoring.penalty * denied), scoring.cap);
  return Math.round(share * scoring.max_score * 10) / 10;
}

const decimal = (number, language) => String(number).replace(".", language === "en" ? "." : ",");

// --- the report -----------------------------------------------------------------------

for (const language of LANGUAGES) {
  test(`the ${language} report has the arithmetic of every answer`, async () => {
    const { person, id, report } = talks[language];
    const [half, list, unknown, unreached] = report.questions.map(theory);
    for (const graded of [half, list]) {
      assert.equal(graded.scoring.version, report.scoring.version);
      assert.equal(recomputed(graded.scoring), graded.scoring.score);
      assert.equal(graded.scoring.key_points.length, graded.key_points.length);
    }
    assert.equal(half.scoring.hints, 1);
    assert.equal(half.score, Math.round((half.scoring.score - 0.5) * 10) / 10);
    assert.ok(half.scoring.denied > 0, "the false claim is in the arithmetic");
    for (const { scoring } of [half, list]) {
      assert.equal(scoring.cap < 1, scoring.flags.some((flag) => flag !== "contradiction"), scoring.flags.join());
    }
    assert.equal(unknown.scoring, undefined);
    assert.equal(unreached.scoring, undefined);

    const { text } = await person.get(`/reports/${id}`);
    assert.equal(text.split('<details class="how">').length - 1, 2);
    const seen = visibleText(text);
    assert.ok(seen.includes(translated(language, "How this mark came about")));
    assert.ok(seen.includes(`${decimal(half.score, language)} / 10`));
    const txt = (await person.get(`/reports/${id}/report.txt`)).text;
    assert.ok(txt.includes(`${translated(language, "The mark:")} ${decimal(list.score, language)} / 10`));
  });

  test(`each quoted word of the ${language} explanation leads to its place in the answer`, async () => {
    const { person, id, report } = talks[language];
    const { text } = await person.get(`/reports/${id}`);
    const links = [...text.matchAll(/href="[^"]*#(answer-\d+-\d+)"/g)].map(([, anchor]) => anchor);
    assert.ok(links.length >= 4, text);
    for (const anchor of links) {
      assert.ok(text.includes(`<mark id="${anchor}"`), anchor);
    }
    const denials = theory(report.questions[0]).scoring.key_points.map((point) => point.denial).filter(Boolean);
    assert.ok(denials.length >= 1);
    for (const { start } of denials) {
      assert.match(text, new RegExp(`<mark id="answer-1-${start}"[^>]* class="denied"`));
    }
  });
}

// --- the operator ---------------------------------------------------------------------

test("viva explain tells points, places, and a sum that ends in the mark", async () => {
  for (const language of LANGUAGES) {
    const { id, report } = talks[language];
    const { status, stdout } = await explain(instance, id, "1");
    const { scoring, score, key_points: points } = theory(report.questions[0]);
    assert.equal(status, 0);
    for (const point of points) {
      assert.ok(stdout.includes(point.text), point.text);
    }
    for (const { start, end, text } of scoring.key_points.flatMap((point) => point.evidence)) {
      assert.ok(stdout.includes(`${start}-${end}: "${text}"`), text);
    }
    assert.equal(stdout.trim().split("\n").at(-1), `${translated(language, "The mark:")} ${decimal(score, language)} / 10`);
  }
});

test("viva explain --json has the numbers as they were stored", async () => {
  const { id, report } = talks.en;
  const question = report.questions[1];
  const { stdout } = await explain(instance, id, question.question_id, "--json");
  const document = JSON.parse(stdout);
  assert.equal(document.interview_id, id);
  assert.equal(document.order, 2);
  assert.deepEqual(document.scoring, theory(question).scoring);
  assert.equal(document.score, theory(question).score);
  assert.ok(document.lines.some(({ sum }) => sum.includes("^0.8 = ")), stdout);
});

test("viva explain says what cannot be explained", async () => {
  const { id } = talks.en;
  const refused = async (pattern, ...args) => {
    const { status, stdout, stderr } = await explain(instance, ...args);
    assert.equal(stdout, "");
    assert.match(stderr, pattern);
    return status;
  };
  assert.equal(await refused(/no such interview/, "nonsense", "1"), 1);
  assert.equal(await refused(/no such question/, id, "99"), 1);
  assert.equal(await refused(/no such question/, id, "0"), 1);
  assert.equal(await refused(/no such question/, id, "nonsense"), 1);
  assert.equal(await refused(/not graded \(dont_know\)/, id, "3"), 1);
  assert.equal(await refused(/^usage: /, id, "1", "--wrong"), 2);
  assert.equal(await refused(/^usage: /, id), 2);
});

test("viva explain sends readers of a coding task to its report", async () => {
  const person = await register(instance);
  const id = await startInterview(person, { question_count: "1", coding_percent: "100", code_language: "python" });
  const { status, stderr } = await explain(instance, id, "1");
  assert.equal(status, 1);
  assert.match(stderr, /coding task/);
});

test("viva replay finds the report of explained grades the same", async () => {
  const { stdout } = await instance.cli("replay", talks.ru.id);
  assert.match(stdout, /^all the same$/m);
});

test("a grade of a version that kept no arithmetic says so", async () => {
  const { person, id, report } = await talk("en", (interview) => {
    const ours = `question_id IN (SELECT id FROM questions WHERE interview_id = '${interview}')`;
    sql(`UPDATE evaluations SET steps = NULL, version = 'builtin-1' WHERE ${ours}`);
  });
  assert.equal(theory(report.questions[0]).scoring, undefined);
  const text = visibleText((await person.get(`/reports/${id}`)).text);
  assert.ok(text.includes("The version that graded this answer did not keep its arithmetic."), text);
  const { status, stderr } = await explain(instance, id, "1");
  assert.equal(status, 1);
  assert.match(stderr, /builtin builtin-1 graded it and did not keep its arithmetic/);
});

// --- beside a model -------------------------------------------------------------------

async function writtenReport(person, id) {
  for (let i = 0; i < WRITTEN.tries; i++) {
    const reply = await person.get(`/reports/${id}/report.json`);
    if (reply.status === 200) {
      return JSON.parse(reply.text);
    }
    await new Promise((resolve) => setTimeout(resolve, WRITTEN.pauseMs));
  }
  throw new Error("no report");
}

test("beside a model's grade the built-in examiner explains its own", async () => {
  model = await scriptedModel();
  witnessed = await startInstance({ env: modelEnv(model) });
  const recruiter = await makeAdmin(witnessed);
  const person = await register(witnessed);
  const id = await startInterview(person, { question_count: "3" });
  await act(person, id, "skip");
  await answerWell(person, id);
  await finish(person, id);
  const own = await writtenReport(person, id);
  assert.ok(own.questions.every((question) => theory(question).scoring === undefined), "it is the recruiter's");
  const report = await writtenReport(recruiter, id);
  const graded = report.questions.map(theory).find((part) => part.graded_by);
  const { order } = report.questions.find((question) => theory(question).graded_by);
  assert.notEqual(graded.graded_by, "builtin");
  assert.equal(recomputed(graded.scoring), graded.scoring.score);
  assert.equal(graded.scoring.score, graded.builtin_score);

  const title = "How the built-in examiner would mark this answer";
  assert.ok(!visibleText((await person.get(`/reports/${id}`)).text).includes(title));
  assert.ok(visibleText((await recruiter.get(`/reports/${id}`)).text).includes(title));
  const { stdout } = await explain(witnessed, id, String(order));
  assert.ok(stdout.includes(title), stdout);
  assert.match(stdout, /Score by the model’s marks/);
  assert.equal(stdout.trim().split("\n").at(-1), `The mark: ${graded.builtin_score} / 10`);
});
