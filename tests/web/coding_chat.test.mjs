// The chat of an interview with coding tasks: the start form's share, the editor's link, the
// buttons of a task, the shown solution, what the page reports.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { tags, visibleText } from "./page.mjs";
import { openChat, press, register, startInterview, tryToStart } from "./story.mjs";

let instance;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
});
after(() => instance?.stop());

const ALL_TASKS = { question_count: "3", coding_percent: "100", code_language: "python" };

function actions(html) {
  return tags(html, "button").filter((button) => button.name === "action").map((button) => button.value);
}

test("the start form offers shares and the judge's languages, and keeps what was chosen", async () => {
  const person = await register(instance);
  const form = await person.get("/interviews/new");
  const shares = tags(form.text, "input").filter((input) => input.name === "coding_percent");
  assert.deepEqual(shares.map(({ value }) => value), ["0", "25", "50", "75", "100"]);
  assert.deepEqual(shares.filter((input) => "checked" in input).map(({ value }) => value), ["0"]);
  assert.match(form.text, /<option value="python" selected>/);
  assert.doesNotMatch(form.text, /<option value="sql"/);

  const refused = await tryToStart(person, { ...ALL_TASKS, coding_percent: "50", code_language: "go", role: "none" });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /<option value="go" selected>/);
  assert.match(refused.text, /name="coding_percent" value="50" checked/);
});

test("shares and languages that nobody offers are refused", async () => {
  const person = await register(instance);
  for (const choice of [{ coding_percent: "33" }, { coding_percent: "-1" }, { code_language: "sql" }, { code_language: "" }]) {
    const reply = await tryToStart(person, { ...ALL_TASKS, ...choice });
    assert.equal(reply.status, 400, JSON.stringify(choice));
  }
});

test("a task is announced with a link to its editor and the buttons that make sense there", async () => {
  const person = await register(instance);
  const chat = await openChat(person, await startInterview(person, ALL_TASKS));
  assert.equal(chat.total, 3);
  assert.ok(chat.html.includes(`href="/code/${chat.questionId}"`));
  assert.deepEqual(actions(chat.html), ["say", "skip", "stop"]);

  const editor = await person.get(`/code/${chat.questionId}`);
  assert.equal(editor.status, 200, visibleText(editor.text));
});

test("words are kept and answered, and leave the task where it is", async () => {
  const person = await register(instance);
  const chat = await openChat(person, await startInterview(person, ALL_TASKS));
  assert.equal((await press(person, chat, "say", "I would sort the list <b>first</b>.")).status, 303);
  const now = await openChat(person, chat.id);
  assert.equal(now.questionId, chat.questionId);
  assert.deepEqual(now.turns.slice(-2).map((turn) => turn.isMine), [true, false]);
  assert.equal(now.turns.at(-2).text, "I would sort the list <b>first</b>.");
});

test("a solution that is shown keeps its lines, as code", async () => {
  const person = await register(instance);
  const chat = await openChat(person, await startInterview(person, ALL_TASKS));
  assert.equal((await press(person, chat, "model_answer")).status, 303);
  const { html } = await openChat(person, chat.id);
  const [, code] = html.match(/<pre><code>([^]*?)<\/code><\/pre>/) ?? [];
  assert.match(code ?? "", /^(def|class|import|from|SELECT|WITH)\b[^]*\n/);
  assert.doesNotMatch(html, /```/);
});

test("theory comes first, and after the last task the report", async () => {
  const person = await register(instance);
  const id = await startInterview(person, { question_count: "2", coding_percent: "50", code_language: "python" });
  let chat = await openChat(person, id);
  assert.ok(chat.question, "a theory question");
  await press(person, chat, "skip");
  chat = await openChat(person, id);
  assert.ok(chat.html.includes(`href="/code/${chat.questionId}"`));
  const last = await press(person, chat, "skip");
  assert.equal(last.headers.location, `/reports/${id}`);
  assert.equal((await person.get(`/reports/${id}`)).status, 200);
});

test("what the page reports is taken or refused as a whole", async () => {
  const person = await register(instance);
  const chat = await openChat(person, await startInterview(person, ALL_TASKS));
  const report = (events) => person.post(`/interviews/${chat.id}/events`, { csrf: chat.csrf, events });
  assert.equal((await report('[{"kind":"focus_lost","ms":5000}]')).status, 204);
  for (const events of ["", "{}", "[1]", '[{"kind":"identical_code"}]', `[${" ".repeat(9000)}]`]) {
    assert.equal((await report(events)).status, 400, events.slice(0, 30));
  }
});
