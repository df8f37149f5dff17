// Coding tasks by a program: the task, runs, attempts, hints, the answer, and the end.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiRegister, assertProblem } from "./api.mjs";
import { importTasks, MARKER, NAMES, SHOUT } from "./coding.mjs";
import { startInstance } from "./instance.mjs";

let instance;

before(async () => {
  instance = await startInstance({
    env: { VIVA_INTERVIEWS_PER_DAY: "1000", VIVA_API_PER_MINUTE: "100000", VIVA_API_STRANGERS_PER_MINUTE: "100000" },
  });
  await importTasks(instance, [SHOUT]);
});
after(() => instance?.stop());

const WISH = {
  role_id: "backend",
  level: "mid",
  type: "technical",
  question_count: 1,
  coding_percent: 100,
  code_language: "python",
};
const RIGHT = "def shout(text):\n    return text.upper()\n";
const WRONG = "def shout(text):\n    return text\n";

// A program at a coding question: { program, path } of the question's routes.
async function openTask() {
  const program = await apiRegister(instance);
  const { json: session } = await program.post("/interviews", WISH);
  const { json } = await program.get(`/interviews/${session.id}/questions`);
  const [question] = json.questions;
  assert.deepEqual([question.q_type, question.title], ["coding", SHOUT.title.en]);
  return { program, session, question, path: `/interviews/${session.id}/questions/${question.id}` };
}

// Sends code and waits for its verdicts.
async function send({ program, path }, kind, code, language = "python") {
  const sent = await program.post(`${path}/${kind}`, { code, language });
  assert.ok([200, 202].includes(sent.status), sent.text);
  const place = sent.headers.location.replace(/^\/api/, "");
  for (;;) {
    const reply = await program.get(place);
    if (reply.status === 200) {
      return reply.json;
    }
    assert.equal(reply.status, 202);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test("a task is told without what would solve it", async () => {
  const { program, path } = await openTask();
  const { json: task, text } = await program.get(`${path}/task`);
  assert.equal(task.function_signature, SHOUT.function_signature);
  assert.equal(task.description_markdown, SHOUT.description.en);
  assert.deepEqual(task.sample_inputs[0], { input: ["abc"], expected: "ABC" });
  assert.equal(task.hidden_tests_total, SHOUT.hidden_tests.length);
  assert.deepEqual([task.reference_solution, task.hints, task.attempts], [null, [], 0]);
  assert.equal(task.next_hint.level, 1);
  assert.ok(!text.includes(MARKER) && !text.includes("text.upper"));
});

test("a run, a wrong attempt, a right one, and the report counts them", async () => {
  const open = await openTask();
  const { program, path, session } = open;
  const run = await send(open, "runs", WRONG);
  assert.deepEqual([run.kind, run.attempt_number, run.public.length, run.hidden], ["run", null, 2, []]);
  assert.equal(run.public[0].verdict, "wrong_answer");
  const wrong = await send(open, "submissions", WRONG);
  assert.deepEqual([wrong.kind, wrong.attempt_number, wrong.hidden_passed], ["submit", 1, 0]);
  assert.deepEqual(wrong.hidden[0], { verdict: "failed" });
  const right = await send(open, "submissions", RIGHT);
  assert.deepEqual([right.public_passed, right.hidden_passed], [2, SHOUT.hidden_tests.length]);
  const all = await program.get(`${path}/submissions`);
  assert.deepEqual(all.json.submissions.map(({ id }) => id), [right.id, wrong.id, run.id]);
  assert.ok(!all.text.includes(MARKER));
  const { json: task } = await program.get(`${path}/task`);
  assert.deepEqual([task.attempts, task.score], [2, { score: 9.8, max_score: 10 }]);
  const done = await program.post(`${path}/done`, {});
  assert.deepEqual([done.status, done.json.is_completed, done.json.session.status], [200, true, "completed"]);
  assert.deepEqual([done.json.question.id, done.json.question.score], [open.question.id, 9.8]);
  assert.ok(done.json.turns.length > 0);
  assert.equal(done.json.next_question, null);
  const finished = await program.post(`/interviews/${session.id}/finish`, {});
  assert.equal(finished.json.overall_score, 98);
  assertProblem(await program.post(`${path}/submissions`, { code: RIGHT, language: "python" }), 409);
});

test("hints come one after the other and cost what they say", async () => {
  const { program, path } = await openTask();
  assertProblem(await program.post(`${path}/hints`, { level: 2 }), 400);
  assertProblem(await program.post(`${path}/hints`, { level: 4 }), 400);
  const { json } = await program.post(`${path}/hints`, { level: 1 });
  assert.deepEqual(json.hints, [{ level: 1, text: SHOUT.hints[0].en, price: 0.5 }]);
  assert.equal(json.next_hint.level, 2);
  const again = await program.post(`${path}/hints`, { level: 1 });
  assert.equal(again.json.hints.length, 1);
});

test("the answer is shown on demand, and caps the score", async () => {
  const open = await openTask();
  const { program, path } = open;
  const shown = await program.post(`${path}/answer`, {});
  assert.match(shown.json.reference_solution, /text\.upper/);
  await send(open, "submissions", RIGHT);
  assert.equal((await program.get(`${path}/task`)).json.score.score, 3);
});

test("code that was never submitted is left behind only when that is confirmed", async () => {
  const open = await openTask();
  const { program, path } = open;
  await send(open, "runs", RIGHT);
  assertProblem(await program.post(`${path}/done`, {}), 409);
  const { errors } = assertProblem(await program.post(`${path}/done`, { confirmed: "yes" }), 400);
  assert.equal(errors[0].pointer, "/confirmed");
  assert.equal((await program.post(`${path}/done`, { confirmed: true })).status, 200);
});

test("what cannot be code is refused and stored nowhere", async () => {
  const { program, path } = await openTask();
  for (const body of [
    {},
    { code: "", language: "python" },
    { code: RIGHT },
    { code: RIGHT, language: "cobol" },
    { code: RIGHT, language: "sql" },
    { code: "x".repeat(256 * 1024 + 1), language: "python" },
    { code: RIGHT, language: "python", attempt: 1 },
  ]) {
    assertProblem(await program.post(`${path}/submissions`, body), 400);
  }
  assert.deepEqual((await program.get(`${path}/submissions`)).json.submissions, []);
});

test("a fault is told where it is, and lengths are those of bytes", async () => {
  const { program, path } = await openTask();
  const code = { code: RIGHT, language: "python" };
  for (const [pointer, body] of [
    ["/custom_input", { ...code, custom_input: "no list" }],
    ["/custom_input", { ...code, custom_input: "[1, 2]" }],
    ["/custom_input", { ...code, custom_input: JSON.stringify(["ї".repeat(40000)]) }],
    ["/code", { ...code, code: "ї".repeat(140000) }],
    ["/language", { ...code, language: "cobol" }],
  ]) {
    const { errors } = assertProblem(await program.post(`${path}/runs`, body), 400);
    assert.deepEqual(errors.map((error) => error.pointer), [pointer]);
  }
});

test("another's task is not there, nor one of another interview of mine", async () => {
  const owner = await openTask();
  const other = await openTask();
  const sent = await send(owner, "runs", RIGHT);
  const paths = [owner.path, `/interviews/${other.session.id}/questions/${owner.question.id}`];
  for (const path of paths) {
    for (const end of ["task", "submissions", `submissions/${sent.id}`]) {
      assertProblem(await other.program.get(`${path}/${end}`), 404);
    }
    for (const [end, body] of Object.entries({
      runs: { code: RIGHT, language: "python" },
      submissions: { code: RIGHT, language: "python" },
      hints: { level: 1 },
      answer: {},
      done: {},
    })) {
      assertProblem(await other.program.post(`${path}/${end}`, body), 404);
    }
  }
  assertProblem(await other.program.get(`${other.path}/submissions/${sent.id}`), 404);
});

test("code sent twice with one key is judged once", async () => {
  const { program, path } = await openTask();
  const body = { code: RIGHT, language: "python" };
  const key = { "Idempotency-Key": "code-1" };
  const first = await program.post(`${path}/submissions`, body, key);
  const second = await program.post(`${path}/submissions`, body, key);
  assert.equal(second.json.id, first.json.id);
  assert.equal((await program.get(`${path}/submissions`)).json.submissions.length, 1);
});

test("a task in SQL is solved in SQL, whatever language the interview was started with", async () => {
  const own = await startInstance();
  try {
    await importTasks(own, [NAMES]);
    const program = await apiRegister(own);
    const { json: session } = await program.post("/interviews", WISH);
    const { json } = await program.get(`/interviews/${session.id}/questions`);
    const path = `/interviews/${session.id}/questions/${json.questions[0].id}`;
    assert.deepEqual((await program.get(`${path}/task`)).json.languages, ["sql"]);
    const solved = await send({ program, path }, "submissions", "SELECT name FROM customers;", "sql");
    assert.deepEqual([solved.language, solved.public_passed, solved.hidden_passed], ["sql", 2, NAMES.hidden_tests.length]);
    assertProblem(await program.post(`${path}/runs`, { code: RIGHT, language: "python" }), 400);
  } finally {
    await own.stop();
  }
});
