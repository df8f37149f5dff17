// A model as interviewer and examiner, through the real programs and nginx: what it adds,
// what it may not do, and that none of its faults costs an interview.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { hang, raw, head } from "../llm/fake.mjs";
import { ASSESSMENT, FEEDBACK, LEAD_IN, modelEnv, PARTS, scriptedModel } from "../llm/model.mjs";
import { startInstance } from "./instance.mjs";
import { visibleText } from "./page.mjs";
import { act, answerWell, finish, fullAnswer, makeAdmin, openChat, register, reportDocument, say, startInterview, writtenReport } from "./story.mjs";

const MODEL = "scripted-1";

let model, instance;

before(async () => {
  model = await scriptedModel();
  instance = await startInstance({ env: modelEnv(model, { VIVA_LLM_STEP_S: "3", LITELLM_MAX_RETRIES: "0" }) });
});

after(async () => {
  await instance?.stop();
  await model?.close();
});

// Registers and starts; the introduction is skipped unless the test wants it.
async function begin(choice = {}, { introduction = false } = {}) {
  const person = await register(instance);
  const id = await startInterview(person, { question_count: "2", ...choice });
  if (!introduction) {
    await act(person, id, "skip");
  }
  return { person, id };
}

const theory = (report) => report.questions.filter(({ q_type: type }) => type === "theory");

// Every credited point names the recorded call in which the model quoted its words.
function assertCalls(questions, calls) {
  for (const question of questions) {
    for (const { status, evidence, matched } of question.metrics.theory.key_points) {
      if (status === "missing") {
        assert.equal(matched, null);
        continue;
      }
      const call = calls.find(({ id }) => matched === `call ${id}`);
      assert.equal(call?.agent, "evaluator", matched);
      assert.equal(call.question_id, question.question_id);
      assert.ok(call.reply.includes(JSON.stringify(evidence[0].text).slice(1, -1)), `${call.reply}: ${evidence[0].text}`);
    }
  }
}

test("a model speaks, grades and writes; every mark has its quotation", async () => {
  const { person, id } = await begin();
  const chat = await answerWell(person, id);
  assert.ok(chat.turns.some((turn) => turn.text.includes(LEAD_IN)), "the model's words stand in the chat");
  assert.ok(chat.turns.at(-1).text.includes(chat.question.question.en), "the question is the bank's");
  await answerWell(person, id);
  const report = await writtenReport(person, id);
  for (const question of theory(report)) {
    const { graded_by: grader, key_points: points, llm_feedback_short: feedback, score } = question.metrics.theory;
    assert.equal(grader, MODEL);
    assert.ok(feedback.includes(FEEDBACK));
    const said = { covered: 1, partial: 0.5, missing: 0 };
    const share = points.reduce((sum, point) => sum + said[point.status], 0) / points.length;
    assert.ok(Math.abs(score - Math.round(share * 100) / 10) < 0.051, `${score} is not ${share}`);
    for (const point of points.filter(({ status }) => status !== "missing")) {
      assert.ok(point.evidence.length > 0);
    }
  }
  assert.ok(report.llm_summary_candidate.includes(ASSESSMENT));
  const admin = await makeAdmin(instance);
  assertCalls(theory(report), JSON.parse((await admin.get(`/admin/interviews/${id}/detailed.json`)).text).calls);
  const page = visibleText((await person.get(`/reports/${id}`)).text);
  assert.ok(page.includes(MODEL), "the page says who graded");
  assert.ok(page.includes("Quoted by the model; the quotation stands in the answer."));
});

test("an introduction is asked for and learnt from", async () => {
  const { person, id } = await begin({}, { introduction: true });
  const opened = await openChat(person, id);
  assert.equal(opened.questionId, "");
  const chat = await say(person, id, "I am a developer and work with Python.");
  assert.ok(chat.question, "the first question follows");
  assert.equal(model.of("profile_extractor").length > 0, true);
});

test("points without a quotation in the answer count nothing and are shown as unproved", async () => {
  model.parts.evaluator = (data) => ({
    ...PARTS.evaluator(data),
    points: data.key_points.map((point, index) => (index === 0
      ? { ...PARTS.evaluator(data).points[0], status: "covered" }
      : { id: point.id, status: "covered", quote: "words that the candidate never said at all" })),
  });
  const { person, id } = await begin({ question_count: "1" });
  await answerWell(person, id);
  const [shown] = theory(await writtenReport(person, id));
  model.parts.evaluator = PARTS.evaluator;
  const admin = await makeAdmin(instance);
  const [question] = theory(await reportDocument(admin, id));
  const { score, key_points: points, builtin_score: own, unproved_points: unproved } = question.metrics.theory;
  assert.ok(score > 0 && score <= 5, `${score}: one point is proved`);
  assert.ok(own >= 8, "the built-in verdict stands beside it");
  assert.equal(unproved.length, points.length - 1);
  const { builtin_score: second, scoring, ...theirs } = shown.metrics.theory;
  assert.deepEqual([second, scoring], [undefined, undefined], "the second opinion is the recruiter's");
  assert.equal(theirs.score, score);
  assert.deepEqual(theirs.unproved_points, unproved);
  const page = visibleText((await admin.get(`/reports/${id}`)).text);
  assert.match(page, /person should look/i);
  assert.doesNotMatch(visibleText((await person.get(`/reports/${id}`)).text), /person should look/i);
});

test("an answer that takes too long is taken over by the built-in examiner in time", async () => {
  const parts = { ...model.parts };
  Object.assign(model.parts, { observer: hang, evaluator: hang, interviewer: hang });
  const { person, id } = await begin({ question_count: "2" });
  const started = Date.now();
  const chat = await answerWell(person, id);
  assert.ok(Date.now() - started < 12000, "the step's budget is three seconds");
  assert.ok(!chat.turns.some((turn) => turn.text.includes(LEAD_IN)));
  Object.assign(model.parts, parts);
  await finish(person, id);
  const [first] = theory(await writtenReport(person, id));
  assert.equal(first.metrics.theory.graded_by, "builtin");
  assert.equal(first.metrics.theory.fallback, "model_failed");
  const [theirs] = theory(await reportDocument(await makeAdmin(instance), id));
  assert.match(theirs.metrics.theory.fallback, /^(timeout|not_ready)$/);
});

test("nonsense is not believed, and the model takes over again afterwards", { timeout: 120000 }, async () => {
  const page = () => raw(head(200, { "Content-Type": "text/html", Connection: "close" }), "<html>welcome</html>", { end: "fin" });
  model.parts.observer = page;
  const { person, id } = await begin({ question_count: "3" });
  await answerWell(person, id);
  model.parts.observer = PARTS.observer;
  const until = Date.now() + 60000;
  let health;
  do {
    health = JSON.parse((await person.get("/health")).text);
    await new Promise((resolve) => setTimeout(resolve, 500));
  } while (health.model !== "ready" && Date.now() < until);
  const chat = await answerWell(person, id);
  assert.ok(chat.turns.at(-1).text.includes(LEAD_IN), "the model speaks again");
});

test("the key is in no log and no page", async () => {
  const folder = path.join(instance.var, "log");
  const logs = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8")).join("\n");
  assert.ok(logs.length > 0);
  assert.ok(!logs.includes("sk-test-secret"));
  assert.ok(!instance.log().includes("sk-test-secret"));
});

test("viva replay builds the same report from the records", async () => {
  const { person, id } = await begin();
  await answerWell(person, id);
  await answerWell(person, id);
  await writtenReport(person, id);
  const asked = model.requests.length;
  const { stdout } = await instance.cli("replay", id, { env: { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" } });
  assert.match(stdout, /same/);
  assert.equal(model.requests.length, asked, "the endpoint was not asked");
});

test("the endpoint dies after the third question; the report is complete", async () => {
  const dying = await scriptedModel();
  const own = await startInstance({ env: modelEnv(dying) });
  try {
    const person = await register(own);
    const id = await startInterview(person, { question_count: "5" });
    await act(person, id, "skip");
    for (let i = 0; i < 3; i++) {
      await answerWell(person, id);
    }
    await dying.close();
    await answerWell(person, id);
    await say(person, id, fullAnswer(await openChat(person, id)));
    const report = await writtenReport(person, id);
    assert.deepEqual(theory(report).map(({ metrics }) => metrics.theory.graded_by), [MODEL, MODEL, MODEL, "builtin", "builtin"]);
    assert.ok(report.llm_summary_candidate.length > 200);
    assert.equal(theory(report).length, 5);
  } finally {
    await own.stop();
  }
});

test("the facts are there at once; the model's texts are the next revision", async () => {
  const { person, id } = await begin();
  await answerWell(person, id);
  let write;
  const wish = new Promise((resolve) => {
    write = resolve;
  });
  model.parts.candidate_writer = async () => {
    await wish;
    return PARTS.candidate_writer();
  };
  await finish(person, id);
  const facts = await reportDocument(person, id);
  assert.deepEqual([facts.revision.number, facts.revision.cause, facts.revision.texts_follow], [1, "finished", true]);
  assert.equal(facts.written_by.candidate.engine, "builtin");
  const early = await person.get(`/reports/${id}`);
  assert.match(early.text, /<meta http-equiv="refresh"/);
  assert.match(visibleText(early.text), /The model is writing its texts/);
  write();
  const whole = await writtenReport(person, id);
  model.parts.candidate_writer = PARTS.candidate_writer;
  assert.deepEqual([whole.revision.number, whole.revision.cause], [2, "texts"]);
  assert.ok(whole.llm_summary_candidate.includes(ASSESSMENT));
  assert.deepEqual(whole.metrics, facts.metrics, "no number changes with the words");
  const page = await person.get(`/reports/${id}`);
  assert.doesNotMatch(page.text, /http-equiv="refresh"/);
  assert.ok(visibleText(page.text).includes(ASSESSMENT));
});

test("an interview costs no more requests than the operator allows", async () => {
  const own = await startInstance({ env: modelEnv(model, { VIVA_LLM_REQUESTS: "4" }) });
  try {
    const person = await register(own);
    const asked = model.requests.length;
    const id = await startInterview(person, { question_count: "4" });
    await act(person, id, "skip");
    for (let i = 0; i < 4; i++) {
      await answerWell(person, id);
    }
    const report = await writtenReport(person, id);
    assert.ok(model.requests.length - asked <= 6, `${model.requests.length - asked} requests`);
    assert.equal(theory(report).at(-1).metrics.theory.graded_by, "builtin");
    assert.equal(theory(report).at(-1).metrics.theory.fallback, "model_failed");
    const theirs = await reportDocument(await makeAdmin(own), id);
    assert.equal(theory(theirs).at(-1).metrics.theory.fallback, "not_ready");
  } finally {
    await own.stop();
  }
});
