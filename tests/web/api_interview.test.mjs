// A whole interview by a program: what it may see and when, and marks equal to the pages'.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiLogIn, apiRegister, assertProblem } from "./api.mjs";
import { startInstance } from "./instance.mjs";
import { bank, bankQuestion, LANGUAGES, logIn } from "./story.mjs";

let instance;

before(async () => {
  instance = await startInstance({
    env: { VIVA_INTERVIEWS_PER_DAY: "1000", VIVA_API_PER_MINUTE: "100000", VIVA_API_STRANGERS_PER_MINUTE: "100000" },
  });
});
after(() => instance?.stop());

const WISH = { role_id: "backend", level: "mid", type: "technical", question_count: 3 };

async function start(program, wish = {}) {
  const reply = await program.post("/interviews", { ...WISH, ...wish });
  assert.equal(reply.status, 201, reply.text);
  return reply.json;
}

async function questions(program, id) {
  const reply = await program.get(`/interviews/${id}/questions`);
  assert.equal(reply.status, 200, reply.text);
  return reply.json.questions;
}

async function active(program, id) {
  return (await questions(program, id)).find(({ state }) => state === "active");
}

// Says the bank's reference answer to the active question; follow-ups get the same once more.
async function answerRight(program, id, language) {
  const question = await active(program, id);
  const text = [bankQuestion(question.text, language).reference_answer[language]].flat()[0];
  for (let said = 0; said < 3; said++) {
    const reply = await program.post(`/interviews/${id}/answers`, { question_id: question.id, answer_text: text });
    assert.equal(reply.status, 200, reply.text);
    if (reply.json.question.state !== "active") {
      return reply.json;
    }
  }
  return assert.fail("the question stays open");
}

for (const language of LANGUAGES) {
  test(`an interview from start to report in ${language}`, async () => {
    const program = await apiRegister(instance, { language });
    const session = await start(program, { language });
    assert.deepEqual(
      [session.level, session.language, session.status, session.progress],
      ["mid", language, "in_progress", { current_question: 1, total_questions: 3, answered: 0 }],
    );
    assert.equal(session.overall_score, null);
    let outcome;
    for (let number = 1; number <= 3; number++) {
      outcome = await answerRight(program, session.id, language);
      const { question } = outcome;
      assert.equal(question.position, number);
      assert.ok(question.score >= 8, `${question.text}: ${question.score}`);
      assert.deepEqual(outcome.scores_json, question.scores_json);
      assert.ok(outcome.feedback_json.strengths.length > 0 && outcome.feedback_json.strengths.length <= 3);
      assert.ok(outcome.feedback_json.weaknesses.length <= 5 && outcome.feedback_json.improvements.length <= 3);
      assert.ok(outcome.feedback_json.model_answer.length > 20);
      assert.equal(outcome.turns[0].author, "candidate");
      assert.equal(outcome.turns.at(-1).author, "interviewer");
    }
    assert.equal(outcome.is_completed, true);
    assert.equal(outcome.next_question, null);
    const finished = await program.post(`/interviews/${session.id}/finish`, {});
    const again = await program.post(`/interviews/${session.id}/finish`, {});
    assert.equal(finished.status, 200, finished.text);
    assert.deepEqual(again.json, finished.json);
    const score = (await questions(program, session.id)).reduce((sum, question) => sum + question.score, 0);
    assert.ok(Math.abs(finished.json.total_score - score) < 0.01);
    assert.ok(Math.abs(finished.json.overall_score - (100 * score) / 30) < 0.05);

    const person = await logIn(instance, program.name);
    const document = JSON.parse((await person.get(`/reports/${session.id}/report.json`)).text);
    assert.ok(Math.abs(document.metrics.overall.total_score - score) < 0.01);
    const { json: listed } = await program.get("/interviews");
    assert.deepEqual([listed.interviews.length, listed.interviews[0].id], [1, session.id]);
    assert.equal(listed.interviews[0].overall_score, finished.json.overall_score);
  });
}

test("nothing tells how to answer before the question is closed", async () => {
  const program = await apiRegister(instance);
  const { id } = await start(program);
  const first = await active(program, id);
  await program.post(`/interviews/${id}/answers`, { question_id: first.id, answer_text: "I would look at it." });
  const seen = [];
  for (const path of ["", "/questions", "/turns"]) {
    seen.push((await program.get(`/interviews/${id}${path}`)).text);
  }
  seen.push((await program.get("/interviews")).text);
  const open = (await questions(program, id)).filter(({ state }) => state === "planned" || state === "active");
  assert.ok(open.length >= 2);
  for (const question of open) {
    assert.deepEqual([question.score, question.scores_json, question.feedback_json], [null, null, null]);
    assert.equal(question.state === "planned", question.text === null);
  }
  const known = new Set((await questions(program, id)).filter(({ score }) => score !== null).map(({ text }) => text));
  for (const entry of bank) {
    if ([...known].some((text) => text.includes(entry.question.en))) {
      continue;
    }
    for (const secret of [[entry.reference_answer.en].flat()[0], entry.key_points[0].text.en]) {
      assert.ok(seen.every((text) => !text.includes(JSON.stringify(secret).slice(1, -1))), entry.id);
    }
  }
});

test("problems are in the reader's language, the talk in its own", async () => {
  const program = await apiRegister(instance, { language: "uk" });
  const { id } = await start(program, { language: "ru" });
  const words = assertProblem(await program.post(`/interviews/${id}/answers`, { question_id: "x" }), 400);
  const step = await program.post(`/interviews/${id}/skip`, { question_id: "x" });
  assertProblem(step, 409);
  assert.deepEqual([words.errors[0].pointer, step.headers["content-language"]], ["/answer_text", "uk"]);
  const { json } = await program.get(`/interviews/${id}/turns`);
  assert.ok(json.turns.some(({ text }) => /[ыэъё]/.test(text)), "Russian has letters that Ukrainian lacks");
});

test("buttons are steps: hint, skip, don't know, model answer", async () => {
  const program = await apiRegister(instance);
  const { id } = await start(program);
  const first = await active(program, id);
  const hint = await program.post(`/interviews/${id}/hint`, { question_id: first.id });
  assert.deepEqual([hint.status, hint.json.question.hint_used], [200, true]);
  const shown = await program.post(`/interviews/${id}/model-answer`, { question_id: first.id });
  assert.equal(shown.json.question.model_answer_shown, true);
  const skipped = await program.post(`/interviews/${id}/skip`, { question_id: first.id });
  assert.equal(skipped.json.question.state, "skipped");
  assert.notEqual(skipped.json.next_question.id, first.id);
  assertProblem(await program.post(`/interviews/${id}/skip`, { question_id: first.id }), 409);
  const next = skipped.json.next_question;
  const unknown = await program.post(`/interviews/${id}/dont-know`, { question_id: next.id });
  assert.equal(unknown.json.question.state, "dont_know");
  for (const { json } of [hint, shown, skipped, unknown]) {
    assert.deepEqual([json.scores_json, json.feedback_json], [json.question.scores_json, json.question.feedback_json]);
  }
  assert.equal(unknown.json.question.score ?? 0, 0);
});

test("an answer must fit, and costs nothing when it does not", async () => {
  const program = await apiRegister(instance);
  const { id } = await start(program);
  const { id: question } = await active(program, id);
  const turns = async () => (await program.get(`/interviews/${id}/turns`)).json.turns.length;
  const before_ = await turns();
  for (const body of [
    {},
    { question_id: question },
    { question_id: question, answer_text: "" },
    { question_id: question, answer_text: "x".repeat(20001) },
    { question_id: question, answer_text: 5 },
    { question_id: question, answer_text: " \n\t " },
    { question_id: question, answer_text: "x", time_seconds: -1 },
    { question_id: question, answer_text: "x", score: 10 },
  ]) {
    const { errors } = assertProblem(await program.post(`/interviews/${id}/answers`, body), 400);
    assert.ok(errors.length > 0 && errors.every(({ pointer, detail }) => pointer.startsWith("/") && detail));
  }
  assertProblem(
    await program.post(`/interviews/${id}/answers`, { question_id: "other", answer_text: "An answer." }), 409);
  assert.equal(await turns(), before_);
});

test("the same POST twice with an Idempotency-Key is one turn, also at once", async () => {
  const program = await apiRegister(instance);
  const created = await Promise.all(
    [1, 2, 3].map(() => program.post("/interviews", WISH, { "Idempotency-Key": "start-1" })));
  const ids = new Set(created.filter(({ status }) => status === 201).map(({ json }) => json.id));
  assert.equal(ids.size, 1);
  assert.ok(created.every(({ status }) => status === 201 || status === 409));
  const [id] = ids;
  const { id: question } = await active(program, id);
  const body = { question_id: question, answer_text: "Idempotent requests can be repeated safely." };
  const key = { "Idempotency-Key": "answer-1" };
  const first = await program.post(`/interviews/${id}/answers`, body, key);
  const second = await program.post(`/interviews/${id}/answers`, body, key);
  assert.equal(second.headers["idempotency-replayed"], "true");
  assert.deepEqual(second.json, first.json);
  const { turns } = (await program.get(`/interviews/${id}/turns`)).json;
  assert.equal(turns.filter(({ author }) => author === "candidate").length, 1);
});

test("the list comes in pages, newest first, and can be narrowed", async () => {
  const program = await apiRegister(instance);
  const ids = [];
  for (let i = 0; i < 5; i++) {
    ids.unshift((await start(program, { question_count: 1 })).id);
  }
  await program.post(`/interviews/${ids[2]}/finish`, {});
  const seen = [];
  let cursor = "";
  do {
    const { json } = await program.get(`/interviews?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...json.interviews.map(({ id }) => id));
    cursor = json.next_cursor ?? "";
  } while (cursor);
  assert.deepEqual(seen, ids);
  const { json: done } = await program.get("/interviews?status=completed");
  assert.deepEqual(done.interviews.map(({ id }) => id), [ids[2]]);
  assertProblem(await program.get("/interviews?status=lost"), 400);
  assertProblem(await program.get("/interviews?cursor=abc"), 400);
  assertProblem(await program.get("/interviews?limit=0"), 400);
});

test("the fourth start of a day is told when the next is allowed", async () => {
  const limited = await startInstance({ env: { VIVA_API_STRANGERS_PER_MINUTE: "100000" } });
  try {
    const program = await apiRegister(limited);
    for (let i = 0; i < 3; i++) {
      await start(program);
    }
    const reply = await program.post("/interviews", WISH);
    const problem = assertProblem(reply, 429);
    const wait = Date.parse(problem.retry_at) - Date.now();
    assert.ok(wait > 0 && wait <= 86400000, problem.retry_at);
    assert.ok(Math.abs(Number(reply.headers["retry-after"]) * 1000 - wait) < 5000);
  } finally {
    await limited.stop();
  }
});

test("another's interview is not there, whatever is asked of it", async () => {
  const owner = await apiRegister(instance);
  const other = await apiRegister(instance);
  const { id } = await start(owner);
  const { id: question_id } = await active(owner, id);
  for (const path of ["", "/questions", "/turns"]) {
    assertProblem(await other.get(`/interviews/${id}${path}`), 404);
  }
  const posts = {
    answers: { question_id, answer_text: "Mine." },
    skip: { question_id },
    "dont-know": { question_id },
    hint: { question_id },
    "model-answer": { question_id },
    finish: {},
    events: { events: [] },
  };
  for (const [path, body] of Object.entries(posts)) {
    assertProblem(await other.post(`/interviews/${id}/${path}`, body), 404);
  }
  assertProblem(await other.post("/interviews", { ...WISH, profile_id: owner.id }), 404);
  assert.equal((await other.get("/interviews")).json.interviews.length, 0);
  const again = await apiLogIn(instance, owner.name);
  assert.equal((await again.get(`/interviews/${id}`)).json.progress.answered, 0);
});

test("what the page saw can be told", async () => {
  const program = await apiRegister(instance);
  const { id } = await start(program);
  const told = await program.post(`/interviews/${id}/events`, { events: [{ kind: "focus_lost", ms: 9000 }] });
  assert.equal(told.status, 204);
  for (const body of [{}, { events: "x" }, { events: [{ kind: "smile" }] }, { events: [{ kind: "focus_lost", ms: -1 }] }]) {
    assertProblem(await program.post(`/interviews/${id}/events`, body), 400);
  }
});
