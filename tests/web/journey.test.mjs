// The whole way of a candidate, in each language: register, talk, finish, read the report,
// download it; and of the recruiter, whose file has a text of theirs as well.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { decode, tags, textNodes, visibleText } from "./page.mjs";
import {
  act,
  catalogue,
  finish,
  fullAnswer,
  LANGUAGES,
  makeAdmin,
  openChat,
  press,
  recruitersPart,
  register,
  reportDocument,
  say,
  startInterview,
  thinAnswer,
  translated,
} from "./story.mjs";

const WORDS = {
  en: { name: "Ann O'Neill", stop: "stop, give me feedback", dontKnow: "I don't know" },
  ru: { name: "Анна Ёлкина", stop: "хватит, давай фидбэк", dontKnow: "не знаю" },
  uk: { name: "Ганна Їжак", stop: "досить", dontKnow: "не знаю" },
};
const HEADINGS = ["Overall assessment", "Strengths", "Growth areas", "Recommendations for development"];
const RUBRIC = { structure: 0.2, relevance: 0.2, technical_accuracy: 0.25, depth: 0.2, communication: 0.15 };

let instance, admin;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  admin = await makeAdmin(instance);
});
after(() => instance?.stop());

// --- helpers --------------------------------------------------------------------

// No text of the page, label or title may be an English one that has a translation.
function assertOneLanguage(html, language, page) {
  assert.match(html, new RegExp(`<html lang="${language}"`), page);
  const labels = [...html.matchAll(/ (?:aria-label|title|placeholder|data-saved|data-unsaved)="([^"]*)"/g)];
  const texts = new Set([...textNodes(html), ...labels.map(([, text]) => decode(text))]);
  for (const [english, translation] of language === "en" ? [] : catalogue(language)) {
    assert.ok(english === translation || !texts.has(english), `${page} in ${language} says "${english}"`);
  }
}

const near = (actual, expected, what) =>
  assert.ok(Math.abs(actual - expected) <= 0.0011, `${what}: ${actual}, expected ${expected}`);

const sum = (items, value) => items.reduce((total, item) => total + value(item), 0);

const theory = (question) => question.metrics.theory;

// One answered after the other; what was said, by position.
async function talk(person, id, language) {
  const chat = await openChat(person, id);
  const said = [];
  assertOneLanguage(chat.html, language, "the chat");
  assert.equal(chat.position, 1);
  assert.equal(chat.total, 8);

  said[1] = fullAnswer(chat);
  let next = await say(person, id, said[1]);
  assert.equal(next.position, 2, "a full answer leads to the next question");

  said[2] = thinAnswer(next);
  const questionId = next.questionId;
  const followUp = await say(person, id, said[2]);
  assert.equal(followUp.questionId, questionId, "a thin answer keeps the question active");
  assert.equal(followUp.turns.at(-1).isMine, false, "the interviewer follows up");
  next = await say(person, id, fullAnswer(next));
  assert.equal(next.position, 3, "one follow-up, then the next question");

  next = await act(person, id, "skip");
  assert.equal(next.position, 4);
  next = await say(person, id, WORDS[language].dontKnow);
  assert.equal(next.position, 5, "typed words for not knowing close the question");
  next = await act(person, id, "dont_know");
  assert.equal(next.position, 6);

  next = await act(person, id, "hint", "half a thought");
  assert.equal(next.position, 6, "a hint leaves the question active");
  assert.equal(next.typed, "half a thought", "pressing Hint keeps what was typed");
  assert.ok(next.turns.at(-1).text.includes(next.question.hint[language]), "the hint is shown");
  said[6] = fullAnswer(next);
  next = await say(person, id, said[6]);
  assert.equal(next.typed, "", "a sent answer is no draft any more");

  next = await act(person, id, "model_answer");
  said[7] = fullAnswer(next);
  assert.equal(next.position, 7);
  assert.ok(next.turns.at(-1).text.includes(said[7]), "the model answer is shown");
  next = await say(person, id, said[7]);
  assert.equal(next.position, 8);
  return said;
}

// By the button in English, by typed words in the others; first refused, then confirmed.
async function end(person, id, language) {
  const asked = language === "en" ? await act(person, id, "stop") : await say(person, id, WORDS[language].stop);
  assert.ok(asked.asksToConfirm, "the end is asked to be confirmed");
  assertOneLanguage(asked.html, language, "the confirmation");
  const goesOn = await act(person, id, "continue");
  assert.ok(goesOn.isRunning && !goesOn.asksToConfirm, "the talk goes on when it is refused");
  assert.equal(goesOn.position, 8);
  await finish(person, id);
  const over = await openChat(person, id);
  assert.ok(!over.isRunning, "the finished talk takes no more answers");
  assertOneLanguage(over.html, language, "the finished talk");
}

function assertEvidence(question) {
  const answer = Buffer.from(question.answer);
  for (const point of theory(question).key_points) {
    assert.match(point.status, /^(covered|partial|missing)$/);
    assert.equal(point.status !== "missing", point.evidence.length > 0, "credit has evidence, and only credit");
    for (const { start, end: stop, text } of point.evidence) {
      assert.equal(answer.subarray(start, stop).toString(), text, "evidence stands in the answer");
      assert.ok(text.trim());
    }
  }
}

const QUESTION_KEYS = [
  ..."question_id order q_type track level title category raw_prompt raw_llm_question metrics".split(" "),
  ..."llm_evaluation code_task code_attempts hints error_explanations".split(" "),
];
const THEORY_KEYS =
  "score max_score score_ratio verdict key_points llm_feedback_short llm_feedback_detailed rubric".split(" ");
const CODING_KEYS = [
  ..."attempts score_code max_score_code score_ratio_code public_tests_total public_tests_passed".split(" "),
  ..."hidden_tests_total hidden_tests_passed hints_used errors_count first_success_attempt".split(" "),
];

function assertKeys(object, keys, what) {
  const missing = keys.filter((key) => !(key in object));
  assert.deepEqual(missing, [], `${what} lacks keys`);
}

function assertQuestion(question, order) {
  assertKeys(question, QUESTION_KEYS, `question ${order}`);
  assertKeys(question.metrics, ["time_spent_sec", "started_at", "finished_at", "theory", "coding"], "metrics");
  assertKeys(theory(question), THEORY_KEYS, "theory");
  assertKeys(question.metrics.coding, CODING_KEYS, "coding");
  assert.equal(question.order, order);
  assert.equal(question.q_type, "theory");
  near(theory(question).score_ratio, theory(question).score / theory(question).max_score, "score_ratio");
  assertEvidence(question);
}

function assertGroup(group, questions, what) {
  near(group.score, sum(questions, (q) => theory(q).score), `${what} score`);
  near(group.max_score, sum(questions, (q) => theory(q).max_score), `${what} max_score`);
  near(group.score_ratio, group.score / group.max_score, `${what} score_ratio`);
  near(group.avg_score_per_question, group.score / questions.length, `${what} average`);
}

function assertTotals({ metrics, questions }) {
  const { overall } = metrics;
  const total = sum(questions, (q) => theory(q).score);
  assert.equal(overall.total_questions, questions.length);
  assert.equal(overall.theory_questions, questions.length);
  assert.equal(overall.coding_questions, 0);
  near(overall.total_score, total, "total_score");
  near(overall.max_total_score, sum(questions, (q) => theory(q).max_score), "max_total_score");
  near(overall.score_ratio, overall.total_score / overall.max_total_score, "score_ratio");
  near(overall.time_total_sec, sum(questions, (q) => q.metrics.time_spent_sec), "time_total_sec");
  near(overall.avg_time_per_question_sec, overall.time_total_sec / questions.length, "average time");

  assertGroup(metrics.by_type.theory, questions, "theory");
  assert.equal(metrics.by_type.coding.score_ratio, null, "the ratio of an empty group is null");
  for (const [track, group] of Object.entries(metrics.by_track)) {
    assertGroup(group, questions.filter((q) => q.track === track), track);
  }
  for (const [tag, skill] of Object.entries(metrics.by_skill)) {
    const own = questions.filter((q) => q.skill_tags.includes(tag));
    assert.equal(skill.questions, own.length, tag);
    near(skill.score_ratio, sum(own, (q) => theory(q).score) / sum(own, (q) => theory(q).max_score), tag);
  }
}

function assertRubric({ metrics, questions }) {
  const graded = questions.map((q) => theory(q).rubric).filter(Boolean);
  const overall = (rubric) => 20 * sum(Object.entries(RUBRIC), ([name, weight]) => weight * rubric[name]);
  for (const name of Object.keys(RUBRIC)) {
    const average = sum(graded, (rubric) => rubric[name]) / graded.length;
    near(metrics.rubric[name], average, `average ${name}`);
  }
  for (const rubric of graded) {
    near(rubric.overall, overall(rubric), "the rubric's formula");
  }
}

function assertDocument(report, said) {
  assertKeys(
    report,
    [
      ..."session_id owner_id track level created_at metrics questions llm_summary_candidate".split(" "),
      "next_recommendations",
    ],
    "the report",
  );
  assert.equal(report.questions.length, 8);
  report.questions.forEach((question, index) => assertQuestion(question, index + 1));
  assertTotals(report);
  assertRubric(report);
  assert.match(report.next_recommendations.difficulty, /^(decrease|same|increase)$/);
  assert.ok(Array.isArray(report.next_recommendations.tracks));
  assert.ok(report.next_recommendations.topics_to_improve.length > 0, "zeros leave something to learn");

  const [, full, followed, skipped, typed, pressed, hinted, shown, open] = [null, ...report.questions];
  assert.equal(full.answer, said[1]);
  assert.ok(theory(full).score >= 9, `a reference answer got ${theory(full).score}`);
  assert.equal(theory(full).verdict, "excellent");
  assert.ok(theory(full).key_points.every((point) => point.status === "covered"));
  assert.ok(followed.answer.startsWith(said[2]), "both parts of the answer count");
  assert.equal(followed.follow_ups, 1);
  assert.ok(theory(followed).score >= 8, `thin, then full got ${theory(followed).score}`);
  assert.deepEqual(
    [skipped, typed, pressed, open].map((question) => [question.state, theory(question).score]),
    [["skipped", 0], ["dont_know", 0], ["dont_know", 0], ["unanswered", 0]],
  );
  assert.ok(theory(hinted).score >= 8.5 && theory(hinted).score <= 9.5, `hint: ${theory(hinted).score}`);
  assert.equal(hinted.hints_used, 1);
  assert.ok(shown.model_answer_shown);
  assert.ok(theory(shown).score > 0 && theory(shown).score <= 3, `model answer: ${theory(shown).score}`);
}

// The text says the same as the document, in the interview's language.
function assertText(text, report, language) {
  for (const heading of HEADINGS) {
    const own = translated(language, heading);
    assert.ok(text.split("\n").some((line) => line.trim() === own), `no headed block "${own}"`);
    assert.ok(own === heading || !text.includes(heading), `"${heading}" in a text in ${language}`);
  }
  const flat = text.replace(/\s+/g, " ");
  const stands = (part) => assert.ok(flat.includes(part.replace(/\s+/g, " ").trim()), `the text lacks "${part}"`);
  stands(WORDS[language].name);
  stands(report.llm_summary_candidate.split("\n")[1]);
  for (const question of report.questions) {
    const { score, key_points: points } = theory(question);
    const number = String(Math.round(score * 100) / 100);
    stands(language === "en" ? number : number.replace(".", ","));
    stands(question.raw_prompt);
    points.forEach((point) => stands(point.text));
    points.flatMap((point) => point.evidence).forEach((evidence) => stands(evidence.text));
  }
}

const RECRUITERS = ["llm_summary_admin", "level_fit"];

// The recruiter's document is the candidate's and more.
function assertRecruitersDocument(theirs, own) {
  assertKeys(theirs, RECRUITERS, "the recruiter's report");
  assert.equal(theirs.metrics.anti_cheat.suspicious_events, 0);
  RECRUITERS.forEach((name) => assert.ok(!(name in own), `the candidate has ${name}`));
  assert.equal(own.metrics.anti_cheat, undefined);
  assert.deepEqual(
    theirs.questions.map((question) => [theory(question).score, theory(question).scoring]),
    own.questions.map((question) => [theory(question).score, theory(question).scoring]),
  );
}

// The built-in examiner alone gives no assessment and disputes nothing.
function assertRecruitersPart(part, report) {
  const flat = (text) => text.replace(/\s+/g, " ").replace(/[«»„“”]/g, '"').trim(); // quotations within others look otherwise
  const text = flat(report.llm_summary_admin);
  assert.equal(flat(part).slice(0, text.length), text, "the recruiter's text");
  assert.equal(report.assessment, null);
}

function assertReportPage(html, report, language) {
  assertOneLanguage(html, language, "the report");
  const answers = report.questions.map((question) => question.answer).join("\n");
  const marked = [...html.matchAll(/<mark[^>]*>([^]*?)<\/mark>/g)].map(([, text]) => decode(text));
  assert.ok(marked.length >= report.questions.filter((q) => theory(q).score > 0).length);
  marked.forEach((text) => assert.ok(answers.includes(text), `"${text}" is marked but was never said`));
  const shown = visibleText(html);
  HEADINGS.forEach((heading) => assert.ok(shown.includes(translated(language, heading)), heading));
}

// From the history panel, as the candidate finds it.
async function downloadFromProfile(person, language, id) {
  const profile = await person.get("/profile");
  assertOneLanguage(profile.text, language, "the profile");
  const link = tags(profile.text, "a").find((a) => a.href === `/reports/${id}/report.txt`);
  assert.ok(link, "the history panel has no Report button");
  return person.get(link.href);
}

// From the participants table, as the recruiter finds it.
async function downloadFromAdmin(name) {
  const table = await admin.get(`/admin?search=${encodeURIComponent(name)}`);
  const links = tags(table.text, "a").map((a) => a.href);
  const button = links.find((href) => /^\/admin\/participants\/[^/]+\/report$/.test(href));
  assert.ok(button, "the table has no Report button");
  const redirect = await admin.get(button);
  assert.equal(redirect.status, 303);
  return admin.get(redirect.headers.location);
}

// --- stories --------------------------------------------------------------------

for (const language of LANGUAGES) {
  test(`a candidate's way in ${language}`, async () => {
    const person = await register(instance, { language, fullName: WORDS[language].name });
    const start = await person.get("/interviews/new");
    assertOneLanguage(start.text, language, "the start page");
    const id = await startInterview(person, { question_count: "8", language });
    const said = await talk(person, id, language);
    await end(person, id, language);

    const page = await person.get(`/reports/${id}`);
    assert.equal(page.status, 200);
    const report = await reportDocument(person, id);
    assertDocument(report, said);
    assertReportPage(page.text, report, language);
    assert.equal(report.session_id, id);

    const own = await downloadFromProfile(person, language, id);
    assert.equal(own.status, 200);
    assert.equal(own.headers["content-type"], "text/plain; charset=utf-8");
    assert.match(own.headers["content-disposition"], /^attachment; filename="[ -~]+"; filename\*=UTF-8''\S+$/);
    assertText(own.text, report, language);
    const theirs = await downloadFromAdmin(person.name);
    assert.equal(theirs.status, 200);
    const document = await reportDocument(admin, id);
    assertRecruitersDocument(document, report);
    assertRecruitersPart(recruitersPart(own.text, theirs.text, language), document);
  });
}

test("there are translations to hold the pages against", () => {
  for (const language of ["ru", "uk"]) {
    assert.ok(catalogue(language).size > 100, `${catalogue(language).size} messages in ${language}`);
  }
});

test("the interview's language wins over the interface's on its own pages", async () => {
  const person = await register(instance, { language: "ru" });
  const id = await startInterview(person, { language: "uk", question_count: "2" });
  assertOneLanguage((await openChat(person, id)).html, "uk", "the chat");
  await finish(person, id);
  assertOneLanguage((await person.get(`/reports/${id}`)).text, "uk", "the report");
  assertOneLanguage((await person.get("/profile")).text, "ru", "the profile");
  assertOneLanguage((await admin.get(`/reports/${id}`)).text, "uk", "the report for the admin");
});

test("the language follows the visitor's wish and the account", async () => {
  const person = await register(instance, { language: "uk" });
  const reply = await person.postForm("/profile", { language: "ru", back: "/profile" }, { action: "/language" });
  assert.equal(reply.headers.location, "/profile");
  assertOneLanguage((await person.get("/profile")).text, "ru", "the profile");
  person.cookies.delete("viva_lang");
  assertOneLanguage((await person.get("/interviews/new")).text, "ru", "the start page of the account");
});

test("the last answer ends the interview by itself", async () => {
  const person = await register(instance);
  const id = await startInterview(person, { question_count: "1" });
  const chat = await openChat(person, id);
  const reply = await press(person, chat, "say", fullAnswer(chat));
  assert.equal(reply.status, 303);
  assert.equal(reply.headers.location, `/reports/${id}`);
  const report = await reportDocument(person, id);
  assert.ok(report.metrics.overall.score_ratio >= 0.9, `${report.metrics.overall.score_ratio}`);
});

test("a participant without a finished interview has no report, and the admin is told so", async () => {
  const person = await register(instance);
  await startInterview(person);
  const table = await admin.get(`/admin?search=${person.name}`);
  const [, button] = table.text.match(/href="(\/admin\/participants\/[^"/]+\/report)"/);
  const redirect = await admin.get(button);
  assert.equal(redirect.headers.location, "/admin");
  const page = await admin.get("/admin");
  assert.match(visibleText(page.text), /no finished interview yet/);
});

for (const type of ["hr", "case", "mixed"]) {
  test(`a whole ${type} interview scores full answers`, async () => {
    const person = await register(instance);
    const id = await startInterview(person, { type, question_count: "3" });
    for (let chat = await openChat(person, id); chat.isRunning; chat = await openChat(person, id)) {
      assert.ok(chat.question, "the question is not one of the bank");
      assert.equal((await press(person, chat, "say", fullAnswer(chat))).status, 303);
    }
    const report = await reportDocument(person, id);
    assert.equal(report.questions.length, 3);
    report.questions.forEach((q) => assert.ok(theory(q).score >= 9, `${q.bank_id}: ${theory(q).score}`));
  });
}
