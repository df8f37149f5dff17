// Impatient and forgetful people: double clicks, two tabs, drafts, a fourth interview a day.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { inputValue, roleTexts, tags, visibleText } from "./page.mjs";
import {
  act,
  answerWell,
  finish,
  freshName,
  fullAnswer,
  makeAdmin,
  openChat,
  press,
  register,
  reportDocument,
  say,
  startInterview,
  translated,
  tryToStart,
} from "./story.mjs";

let instance;

before(async () => {
  instance = await startInstance(); // three interviews a day, as delivered
});
after(() => instance?.stop());

const mine = (chat, text) => chat.turns.filter((turn) => turn.isMine && turn.text === text).length;

// Running interviews in the history panel.
async function historyRows(person) {
  const links = tags((await person.get("/profile")).text, "a").map((a) => a.href);
  return new Set(links.filter((href) => /^\/interviews\/[0-9a-f-]{36}$/.test(href))).size;
}

test("a double click on Send is one turn", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  const chat = await openChat(person, id);
  const text = fullAnswer(chat);
  const first = await press(person, chat, "say", text);
  const second = await press(person, chat, "say", text);
  assert.deepEqual([first.status, second.status], [303, 303]);
  assert.equal(second.headers.location, first.headers.location);
  const next = await openChat(person, id);
  assert.equal(mine(next, text), 1);
  assert.equal(next.position, 2, "one question on, not two");
  assert.equal(next.typed, "", "the repeated text is no draft");
});

test("eight clicks at once are one turn as well", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  const chat = await openChat(person, id);
  const text = fullAnswer(chat);
  const replies = await Promise.all(Array.from({ length: 8 }, () => press(person, chat, "say", text)));
  replies.forEach((reply) => assert.equal(reply.status, 303, visibleText(reply.text)));
  const next = await openChat(person, id);
  assert.equal(mine(next, text), 1);
  assert.equal(next.position, 2);
});

test("eight different answers at once leave one talk that makes sense", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  const chat = await openChat(person, id);
  const texts = Array.from({ length: 8 }, (_, i) => `${fullAnswer(chat)} Variant ${i}.`);
  const replies = await Promise.all(texts.map((text) => press(person, { ...chat, nonce: freshName() }, "say", text)));
  replies.forEach((reply) => assert.equal(reply.status, 303, visibleText(reply.text)));
  const next = await openChat(person, id);
  const taken = texts.filter((text) => mine(next, text) === 1);
  assert.equal(taken.length, 1, "one answer was to this question");
  assert.equal(next.position, 2);
  assert.ok(texts.includes(next.typed) && !taken.includes(next.typed), "another one is kept as the draft");
  assert.equal(next.turns.filter((turn) => turn.isQuestion).length, 2);
});

test("a double click on Hint, Skip and I do not know is one step", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  for (const [action, position] of [["hint", 1], ["skip", 2], ["dont_know", 3]]) {
    const chat = await openChat(person, id);
    await Promise.all([press(person, chat, action), press(person, chat, action)]);
    const next = await openChat(person, id);
    assert.equal(next.position, position, action);
  }
  await finish(person, id);
  const { questions } = await reportDocument(person, id);
  assert.equal(questions[0].hints_used, 1);
});

test("a double click on Start is one interview", async () => {
  const person = await register(instance);
  const nonce = freshName();
  const first = await tryToStart(person, { nonce });
  const again = await Promise.all(Array.from({ length: 6 }, () => tryToStart(person, { nonce })));
  for (const reply of again) {
    assert.equal(reply.status, 303);
    assert.equal(reply.headers.location, first.headers.location);
  }
  const atOnce = freshName();
  const replies = await Promise.all(Array.from({ length: 6 }, () => tryToStart(person, { nonce: atOnce })));
  assert.equal(new Set(replies.map((reply) => reply.headers.location)).size, 1);
  assert.equal(await historyRows(person), 2);
});

test("a second tab that lags behind keeps its text as the draft and says so", async () => {
  const person = await register(instance, { language: "ru" });
  const id = await startInterview(person);
  const lagging = await openChat(person, id);
  await answerWell(person, id);
  const text = "Ответ из второй вкладки";
  const reply = await press(person, lagging, "say", text);
  assert.equal(reply.status, 303);
  const chat = await openChat(person, id);
  assert.equal(chat.position, 2);
  assert.equal(mine(chat, text), 0, "it does not answer a question it was not meant for");
  assert.equal(chat.typed, text);
  const message = "The interview moved on in another tab. Your text is kept below as a draft.";
  assert.deepEqual(chat.messages, [translated("ru", message)]);
  assert.deepEqual((await openChat(person, id)).messages, [], "it says so once");
});

test("a lagging tab's Skip skips nothing and deletes no draft", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  const lagging = await openChat(person, id);
  const { csrf } = await answerWell(person, id);
  await person.post(`/interviews/${id}/draft`, { csrf, answer: "Typed in the newer tab" });
  await press(person, lagging, "skip");
  const chat = await openChat(person, id);
  assert.equal(chat.position, 2);
  assert.equal(chat.typed, "Typed in the newer tab");
});

test("finishing twice gives the same report", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  await answerWell(person, id);
  const confirm = await act(person, id, "stop");
  const replies = await Promise.all([
    press(person, confirm, "finish"),
    press(person, { ...confirm, nonce: freshName() }, "finish"),
    press(person, { ...confirm, nonce: freshName() }, "finish"),
  ]);
  replies.forEach((reply) => assert.equal(reply.headers.location, `/reports/${id}`, visibleText(reply.text)));
  const first = await person.get(`/reports/${id}/report.json`);
  const late = await press(person, { ...confirm, nonce: freshName() }, "finish");
  assert.equal(late.headers.location, `/reports/${id}`);
  const second = await person.get(`/reports/${id}/report.json`);
  assert.ok(first.body.equals(second.body));
});

test("an answer after the end changes nothing", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  const lagging = await openChat(person, id);
  await finish(person, id);
  const before = await person.get(`/reports/${id}/report.json`);
  const reply = await press(person, lagging, "say", fullAnswer(lagging));
  assert.equal(reply.headers.location, `/reports/${id}`);
  assert.ok(before.body.equals((await person.get(`/reports/${id}/report.json`)).body));
});

test("a confirmation left open is forgotten when the talk goes on", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  assert.ok((await act(person, id, "stop")).asksToConfirm);
  assert.ok((await openChat(person, id)).asksToConfirm, "it is still there after a reload");
  const next = await answerWell(person, id);
  assert.ok(!next.asksToConfirm);
  assert.equal(next.position, 2);
});

test("a draft is saved on the side and there after a reload", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  const { csrf } = await openChat(person, id);
  for (const answer of ["First thoughts", "First thoughts\n\n  and <more> — ещё"]) {
    const reply = await person.post(`/interviews/${id}/draft`, { csrf, answer });
    assert.equal(reply.status, 204);
    assert.equal(reply.text, "");
    assert.equal((await openChat(person, id)).typed, answer);
  }
  assert.equal((await person.post(`/interviews/${id}/draft`, { csrf, answer: "" })).status, 204);
  assert.equal((await openChat(person, id)).typed, "", "an emptied field is no draft");
  await person.post(`/interviews/${id}/draft`, { csrf, answer: "Sent in a moment" });
  assert.equal((await say(person, id, "Sent in a moment")).typed, "");
});

test("the fourth interview of a day has to wait, and the page says until when", async () => {
  const person = await register(instance, { language: "uk" });
  for (let i = 0; i < 3; i++) {
    await startInterview(person, { question_count: "1" });
  }
  const reply = await tryToStart(person, { level: "senior", job_description: "Наша вакансія" });
  assert.equal(reply.status, 429);
  const tomorrow = new Date(Date.now() + 86400000);
  const day = String(tomorrow.getUTCDate()).padStart(2, "0");
  const [text] = roleTexts(reply.text, "alert");
  assert.ok(text.includes("3"), text);
  assert.match(text, new RegExp(`\\b${day}\\b`), "the day when it is allowed again");
  assert.match(text, /00:00/);
  assert.ok(reply.text.includes("Наша вакансія"), "the form keeps what was chosen");
  assert.ok(tags(reply.text, "input").some((input) => input.value === "senior" && "checked" in input));
  assert.equal(await historyRows(person), 3);
});

test("six tries at once do not get round the limit", async () => {
  const person = await register(instance);
  const replies = await Promise.all(Array.from({ length: 6 }, () => tryToStart(person)));
  const statuses = replies.map((reply) => reply.status).sort();
  assert.deepEqual(statuses, [303, 303, 303, 429, 429, 429]);
});

test("another candidate has a day of their own, and admins have no limit", async () => {
  const admin = await makeAdmin(instance);
  for (let i = 0; i < 4; i++) {
    assert.equal((await tryToStart(admin, { question_count: "1" })).status, 303);
  }
  assert.equal((await tryToStart(await register(instance))).status, 303);
});

test("every form has a one-time value of its own", async () => {
  const person = await register(instance);
  const pages = await Promise.all([1, 2, 3].map(() => person.get("/interviews/new")));
  const nonces = pages.map((page) => inputValue(page.text, "nonce"));
  assert.equal(new Set(nonces).size, 3);
  nonces.forEach((nonce) => assert.match(nonce, /^[0-9a-f]{32}$/));
});
