// With a model as examiner and writer, answers and reports are as the document says, too.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { modelEnv, scriptedModel } from "../llm/model.mjs";
import { bankQuestion } from "../web/story.mjs";
import { ApiClient, apiRegister, makeAdminProgram, startProxy, startViva } from "./world.mjs";

const WRITTEN_MS = 60000;

let model, viva, proxy;

before(async () => {
  model = await scriptedModel();
  viva = await startViva(modelEnv(model));
  proxy = await startProxy(viva);
});
after(async () => {
  await proxy?.stop();
  await viva?.stop();
  await model?.close();
});

const told = (reply) => `${reply.status} ${reply.text.slice(0, 1500)}`;

// The report with the model's texts: until they are written it has the facts, and says so.
async function writtenReport(program, interview) {
  const deadline = Date.now() + WRITTEN_MS;
  for (;;) {
    const reply = await program.get(`/interviews/${interview}/report`);
    assert.equal(reply.status, 200, told(reply));
    if (!reply.json.report.revision.texts_follow || Date.now() > deadline) {
      return reply.json.report;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

test("an interview with a model, from the introduction to the two readers' reports", async () => {
  const program = await apiRegister(proxy);
  const wish = { role_id: "backend", level: "mid", type: "technical", question_count: 2 };
  const { json: session } = await program.post("/interviews", wish);
  const path = `/interviews/${session.id}`;
  assert.equal(session.stage, "introduction");
  const skipped = await program.post(`${path}/skip`, { question_id: "" });
  assert.equal(skipped.status, 200, told(skipped));
  const { next_question: question } = skipped.json;
  const answered = await program.post(`${path}/answers`, {
    question_id: question.id,
    answer_text: bankQuestion(question.text, "en").reference_answer.en[0],
  });
  assert.equal(answered.status, 200, told(answered));
  assert.ok(answered.json.scores_json.overall > 0);
  const finished = await program.post(`${path}/finish`, {});
  assert.ok([200, 202].includes(finished.status), told(finished));

  const own = await writtenReport(program, session.id);
  const { token } = await makeAdminProgram(viva);
  const theirs = await writtenReport(new ApiClient(proxy, { token }), session.id);
  const graded = (report) => report.questions[0].metrics.theory;
  assert.equal(graded(own).graded_by, graded(theirs).graded_by);
  assert.notEqual(graded(own).graded_by, "builtin");
  assert.deepEqual([graded(own).builtin_score, graded(own).scoring], [undefined, undefined]);
  assert.ok(graded(theirs).builtin_score >= 0 && graded(theirs).scoring.score >= 0);
  assert.deepEqual(Object.keys(own.assessment), ["roadmap"]);
  assert.ok(theirs.assessment.hire_recommendation);

  const usage = await new ApiClient(proxy, { token }).get("/admin/usage");
  assert.equal(usage.status, 200, told(usage));
  assert.ok(usage.json.calls.length > 0);
});

test("finished many times at once, everybody is told that it is finished, or when to ask again", async () => {
  const program = await apiRegister(proxy);
  const { json: session } = await program.post("/interviews", { role_id: "backend", level: "mid", type: "technical", question_count: 1 });
  const path = `/interviews/${session.id}`;
  const { json: { next_question: question } } = await program.post(`${path}/skip`, { question_id: "" });
  const answer_text = bankQuestion(question.text, "en").reference_answer.en[0].slice(0, 60);
  await program.post(`${path}/answers`, { question_id: question.id, answer_text });
  const replies = await Promise.all(Array.from({ length: 6 }, () => program.post(`${path}/finish`, {})));
  for (const reply of replies) {
    assert.ok([200, 202, 503].includes(reply.status), told(reply));
    assert.ok(reply.status === 200 || Number(reply.headers["retry-after"]) > 0, told(reply));
  }
  assert.ok(replies.some(({ status }) => status !== 503));
  await writtenReport(program, session.id);
  assert.equal((await program.post(`${path}/finish`, {})).status, 200);
});
