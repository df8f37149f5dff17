// The progress page: what all interviews show together, in the reader's language.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { tags, visibleText } from "./page.mjs";
import { letDaysPass, missedInterview, sql } from "./review.mjs";
import {
  act,
  answerWell,
  finish,
  fullAnswer,
  openChat,
  register,
  reportDocument,
  say,
  startInterview,
  translated,
  wholeInterview,
} from "./story.mjs";

let instance;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
});
after(() => instance?.stop());

async function progressOf(person) {
  const reply = await person.get("/progress");
  assert.equal(reply.status, 200, visibleText(reply.text));
  return reply.text;
}

// The rows of a chart's table, [label, value, detail].
function rows(html, id) {
  const [, figure] = html.match(new RegExp(`<figure [^>]*id="${id}">([^]*?)</figure>`));
  return [...figure.matchAll(/<tr><th scope="row">([^]*?)<\/tr>/g)].map(([, row]) =>
    row.split(/<\/th><td>|<\/td><td>|<\/td>/).slice(0, -1).map(visibleText),
  );
}

// Rounded as by hand: a half goes up, whatever the nearest binary fraction is.
const percent = (ratio) => `${Math.round(ratio * 1000 + 1e-9) / 10}%`;

function weakPoints(html) {
  const [, list] = html.match(/<ol class="weak">([^]*?)<\/ol>/) ?? [, ""];
  return [...list.matchAll(/<li>([^]*?)<\/li>/g)].map(([, item]) => ({
    text: visibleText(item.match(/<p class="point">([^]*?)<\/p>/)[1]),
    link: tags(item, "a")[0].href,
    all: visibleText(item),
  }));
}

// Makes that question of the bank the first of the interview, wherever it was planned.
function askFirst(id, question) {
  sql(instance, `UPDATE questions SET bank_id = 'spare' WHERE interview_id = '${id}' AND bank_id = '${question.id}';
    UPDATE questions SET bank_id = '${question.id}', snapshot = (SELECT body FROM bank_questions
    WHERE id = '${question.id}') WHERE interview_id = '${id}' AND position = 1`);
}

test("a newcomer reads what will be here", async () => {
  const person = await register(instance, { language: "ru" });
  const html = await progressOf(person);
  assert.ok(!html.includes("<svg"));
  assert.ok(html.includes('class="empty"'));
  assert.ok(visibleText(html).includes(translated("ru", "Start an interview")));
});

test("an interview under way is not counted yet", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  await answerWell(person, id);
  assert.ok(!(await progressOf(person)).includes("<svg"));
});

test("scores, tracks and skills are those of the reports", async () => {
  const person = await register(instance);
  const documents = [];
  for (const choice of [{ answers: 2 }, { answers: 1, type: "hr" }]) {
    documents.push(await reportDocument(person, await wholeInterview(person, choice)));
  }
  const html = await progressOf(person);
  const scores = rows(html, "scores");
  assert.deepEqual(scores.map(([, value]) => value), documents.map(({ metrics }) => percent(metrics.overall.score_ratio)));
  // What was never reached counts in a report, and not here.
  const answered = documents.flatMap(({ questions }) => questions).filter(({ state }) => state === "answered");
  const byTag = new Map();
  for (const { skill_tags: names, metrics: { theory } } of answered) {
    for (const tag of names) {
      const sum = byTag.get(tag) ?? { score: 0, max: 0, questions: 0 };
      byTag.set(tag, { score: sum.score + theory.score, max: sum.max + theory.max_score, questions: sum.questions + 1 });
    }
  }
  const skills = rows(html, "skills");
  assert.equal(skills.length, byTag.size);
  assert.deepEqual(
    skills.map(([, value, detail]) => `${value} ${parseInt(detail)}`).sort(),
    [...byTag.values()].map(({ score, max, questions }) => `${percent(score / max)} ${questions}`).sort(),
  );
  assert.equal(rows(html, "rubric").length, 5);
  assert.ok(visibleText(html).includes("Finished interviews 2"));
  assert.ok(visibleText(html).includes("1 day"), "answered today");
});

test("a key point is counted over sessions and languages and told in the reader's", async () => {
  const person = await register(instance, { language: "en" });
  const first = await missedInterview(person, { language: "uk" });
  const { question } = first;
  const again = await startInterview(person, { language: "ru", question_count: "2" });
  askFirst(again, question);
  await act(person, again, "skip");
  await finish(person, again);
  const html = await progressOf(person);
  const weak = weakPoints(html);
  assert.deepEqual(weak.map(({ text }) => text).sort(), question.key_points.map(({ text }) => text.en).sort());
  for (const { link, all } of weak) {
    assert.equal(link, `/reports/${again}#question-1`, "the last time");
    assert.ok(all.includes("not said 2, half said 0, said 0"), all);
    assert.ok(all.includes(question.question.en));
  }
  assert.ok((await person.get(weak[0].link.split("#")[0])).text.includes('id="question-1"'));
  await person.postForm("/progress", { language: "ru", back: "/progress" }, { action: "/language" });
  const translatedPoints = weakPoints(await progressOf(person)).map(({ text }) => text);
  assert.deepEqual(translatedPoints.sort(), question.key_points.map(({ text }) => text.ru).sort());
});

test("a point that was said the last time is weak no more", async () => {
  const person = await register(instance);
  const { question } = await missedInterview(person);
  const id = await startInterview(person, { question_count: "2" });
  const chat = await openChat(person, id);
  askFirst(id, question);
  await say(person, id, fullAnswer({ ...chat, question }));
  await finish(person, id);
  const html = await progressOf(person);
  assert.deepEqual(weakPoints(html), []);
  assert.ok(visibleText(html).includes(`${question.key_points.length} key points that were missed before were said`));
});

test("what is copied from the model answer mends no weak point", async () => {
  const person = await register(instance);
  const { question } = await missedInterview(person);
  const id = await startInterview(person, { question_count: "2" });
  const chat = await openChat(person, id);
  askFirst(id, question);
  await act(person, id, "model_answer");
  await say(person, id, fullAnswer({ ...chat, question }));
  await finish(person, id);
  const html = await progressOf(person);
  const weak = weakPoints(html);
  assert.deepEqual(weak.map(({ text }) => text).sort(), question.key_points.map(({ text }) => text.en).sort());
  weak.forEach(({ all }) => assert.ok(all.includes("not said 2, half said 0, said 0"), all));
  assert.ok(!visibleText(html).includes("that were missed before were said"));
});

// What was missed long enough ago to be due, before any page that tells of it was opened.
async function missedYesterday(choice) {
  const person = await register(instance, choice);
  const missed = await missedInterview(person);
  sql(instance, `UPDATE interviews SET finished_at = finished_at - 86400000 WHERE id = '${missed.id}'`);
  return { person, ...missed };
}

test("the history tells of what is due though no other page was opened before", async () => {
  const { person, question } = await missedYesterday();
  const { text } = await person.get("/history");
  assert.ok(text.includes(`${question.key_points.length} key points are due for review.`));
});

test("a review session can be the first page of all", async () => {
  const { person, question } = await missedYesterday();
  const reply = await person.get("/review/session");
  assert.equal(reply.status, 200);
  assert.ok(visibleText(reply.text).includes(question.question.en));
});

test("what is due is told, and nobody else's counts", async () => {
  const person = await register(instance);
  const { question } = await missedInterview(person);
  assert.ok(!(await progressOf(person)).includes("due for review"));
  letDaysPass(instance, person, 1);
  assert.ok((await progressOf(person)).includes(`${question.key_points.length} key points are due for review.`));
  assert.ok((await person.get("/history")).text.includes('href="/review"'), "in the history too");
  assert.ok(!(await progressOf(await register(instance))).includes("due for review"));
});

test("days in a row end at the reader's midnight", async () => {
  const person = await register(instance);
  const id = await wholeInterview(person, { answers: 3 });
  const midnight = new Date().setUTCHours(0, 0, 0, 0);
  // Answers of three days in UTC: today, one second before, and the day before that.
  [midnight, midnight - 1000, midnight - 86400000 - 1000].forEach((ms, i) =>
    sql(instance, `UPDATE questions SET finished_at = ${ms} WHERE interview_id = '${id}' AND position = ${i + 1}`));
  assert.ok(visibleText(await progressOf(person)).includes("Days in a row 3 days"));
  sql(instance, `UPDATE users SET time_zone = 'Atlantic/Cape_Verde' WHERE username = '${person.name}'`);
  assert.match(visibleText(await progressOf(person)), /Days in a row 2 days/, "an hour to the west they are of two");
});

test("charts have no styles, a name, a description and a table", async () => {
  const person = await register(instance);
  await wholeInterview(person);
  const html = await progressOf(person);
  const charts = tags(html, "svg").filter(({ role }) => role === "img");
  assert.deepEqual(charts.map((svg) => svg["aria-labelledby"]), [
    "scores-title scores-desc", "tracks-title tracks-desc", "rubric-title rubric-desc", "skills-title skills-desc"]);
  for (const id of charts.flatMap((svg) => svg["aria-labelledby"].split(" "))) {
    assert.equal(html.split(`id="${id}"`).length, 2, id);
  }
  assert.doesNotMatch(html, /style=|<style|<script(?! src)/);
});
