// What people do with Viva, told in their words: register, start an interview, answer,
// finish, read the report. Answers come from the question bank's own reference answers.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { Client } from "./client.mjs";
import { inputValue, roleTexts, tags, textareaValue, turns, visibleText } from "./page.mjs";

export const PASSWORD = "correct horse battery staple";
export const LANGUAGES = ["en", "ru", "uk"];

const root = new URL("../../", import.meta.url);

// --- the bank -------------------------------------------------------------------

export const bank = readdirSync(new URL("bank/questions/", root))
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(readFileSync(new URL(`bank/questions/${file}`, root), "utf8")));

// The bank's question whose text stands in `text`.
export function bankQuestion(text, language) {
  return bank.find((question) => text.includes(question.question[language]));
}

// --- translations ---------------------------------------------------------------

function poString(lines) {
  return [...lines.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => JSON.parse(`"${part}"`)).join("");
}

// The catalogue of a language, English text -> translation; empty while there is none.
export function catalogue(language) {
  const file = new URL(`locale/${language}.po`, root);
  const found = new Map();
  if (!existsSync(file)) {
    return found;
  }
  for (const entry of readFileSync(file, "utf8").split(/\n\s*\n/)) {
    const id = entry.match(/^msgid ((?:"[^\n]*"\n?)+)/m);
    const text = entry.match(/^msgstr ((?:"[^\n]*"\n?)+)/m);
    if (id && text && poString(id[1]) && poString(text[1])) {
      found.set(poString(id[1]), poString(text[1]));
    }
  }
  return found;
}

// A message in a language; English where it is not translated.
export function translated(language, message) {
  return catalogue(language).get(message) ?? message;
}

// --- people ---------------------------------------------------------------------

let count = 0;

export function freshName(prefix = "user") {
  count += 1;
  return `${prefix}-${process.pid}-${count}`;
}

export function stranger(instance, language = "en", headers = {}) {
  return new Client(instance.url, { "Accept-Language": language, ...headers });
}

// A new candidate, logged in.
export async function register(instance, { name = freshName(), fullName = "", language = "en" } = {}) {
  const person = stranger(instance, language);
  const reply = await person.postForm("/register", { username: name, full_name: fullName, password: PASSWORD });
  assert.equal(reply.status, 303, visibleText(reply.text));
  return Object.assign(person, { name, language });
}

// Logs in from a browser of its own.
export async function logIn(instance, name, { password = PASSWORD, language = "en" } = {}) {
  const person = stranger(instance, language);
  const reply = await person.postForm("/login", { username: name, password });
  assert.equal(reply.status, 303, visibleText(reply.text));
  return Object.assign(person, { name, language });
}

// An admin, made by the operator's command.
export async function makeAdmin(instance, name = freshName("admin")) {
  await instance.cli("admin", "create", name, { input: `${PASSWORD}\n` });
  return logIn(instance, name);
}

// --- interviews -----------------------------------------------------------------

// Presses the start button; the reply as it comes.
export async function tryToStart(person, choice = {}) {
  const form = await person.get("/interviews/new");
  return person.post("/interviews", {
    csrf: inputValue(form.text, "csrf"),
    nonce: inputValue(form.text, "nonce"),
    role: "backend",
    level: "middle",
    type: "technical",
    language: person.language,
    question_count: "5",
    ...choice,
  });
}

// Starts an interview and gives its id.
export async function startInterview(person, choice) {
  const reply = await tryToStart(person, choice);
  assert.equal(reply.status, 303, visibleText(reply.text));
  const [, id] = reply.headers.location.match(/^\/interviews\/([0-9a-f-]{36})$/) ?? [];
  assert.ok(id, reply.headers.location);
  return id;
}

function readChat(id, html) {
  const said = turns(html);
  const asked = said.filter((turn) => turn.isQuestion).at(-1);
  const language = html.match(/<html lang="(\w+)"/)[1];
  const progress = tags(html, "progress")[0];
  return {
    id,
    html,
    language,
    turns: said,
    csrf: inputValue(html, "csrf"),
    nonce: inputValue(html, "nonce"),
    questionId: inputValue(html, "question_id"),
    question: asked && bankQuestion(asked.text, language),
    position: progress && Number(progress.value),
    total: progress && Number(progress.max),
    typed: textareaValue(html, "answer"),
    isRunning: html.includes(`action="/interviews/${id}/turns"`),
    asksToConfirm: html.includes('value="finish"'),
    faults: roleTexts(html, "alert"),
    messages: roleTexts(html, "status"),
  };
}

// The chat page as the candidate sees it now.
export async function openChat(person, id) {
  const reply = await person.get(`/interviews/${id}`);
  assert.equal(reply.status, 200, visibleText(reply.text));
  return readChat(id, reply.text);
}

// Presses a button of a chat page: "say", "hint", "skip", ...
export function press(person, chat, action, answer = "") {
  return person.post(`/interviews/${chat.id}/turns`, {
    csrf: chat.csrf,
    nonce: chat.nonce,
    question_id: chat.questionId,
    answer,
    action,
  });
}

// Presses a button and gives the chat page that follows.
export async function act(person, id, action, answer) {
  const reply = await press(person, await openChat(person, id), action, answer);
  assert.equal(reply.status, 303, visibleText(reply.text));
  return openChat(person, id);
}

export function say(person, id, text) {
  return act(person, id, "say", text);
}

// A full answer to the active question.
export function fullAnswer(chat) {
  return chat.question.reference_answer[chat.language][0];
}

// One key point only: too little.
export function thinAnswer(chat) {
  return chat.question.key_points[0].text[chat.language];
}

export async function answerWell(person, id) {
  return say(person, id, fullAnswer(await openChat(person, id)));
}

// The Finish button and its confirmation; gives the report page's address.
export async function finish(person, id) {
  const asked = await act(person, id, "stop");
  assert.ok(asked.asksToConfirm, "finishing is not asked to be confirmed");
  const reply = await press(person, asked, "finish");
  assert.equal(reply.status, 303, visibleText(reply.text));
  assert.equal(reply.headers.location, `/reports/${id}`);
  return reply.headers.location;
}

// An interview from start to report with some answers; gives its id.
export async function wholeInterview(person, { answers = 1, ...choice } = {}) {
  const id = await startInterview(person, { question_count: String(answers + 1), ...choice });
  for (let i = 0; i < answers; i++) {
    await answerWell(person, id);
  }
  await finish(person, id);
  return id;
}

// What a recruiter's text has and a candidate's has not: one block, under its own heading, at
// the place where the candidate's text goes on without it.
export function recruitersPart(own, theirs, language) {
  const rule = `\n\n${"=".repeat(60)}\n`;
  const heading = `${rule}\n${translated(language, "For the recruiter")}\n`;
  const start = theirs.indexOf(heading);
  assert.ok(start > 0, "no block for the recruiter");
  const end = theirs.indexOf(rule, start + heading.length);
  assert.ok(end > start, "the block does not end");
  assert.equal(theirs.slice(0, start) + theirs.slice(end), own, "the rest is the candidate's text");
  const part = theirs.slice(start + heading.length, end);
  const sentences = part.split("\n").filter((line) => line.endsWith(".") && line.length > 40);
  assert.ok(sentences.length >= 3, `sentences for the recruiter: ${sentences.length}`);
  for (const sentence of sentences) {
    assert.ok(!own.includes(sentence), `the candidate reads "${sentence}"`);
  }
  return part;
}

export async function reportDocument(person, id) {
  const reply = await person.get(`/reports/${id}/report.json`);
  assert.equal(reply.status, 200);
  return JSON.parse(reply.text);
}

// A link to the report of the person's finished interview; gives its id.
export async function shareReport(person, interview, { scope = "numbers", days = "30" } = {}) {
  const page = `/reports/${interview}/share`;
  const { text } = await person.get(page);
  const before = sharesOn(text);
  const reply = await person.post(page, { csrf: inputValue(text, "csrf"), nonce: inputValue(text, "nonce"), scope, days });
  assert.equal(reply.status, 303, visibleText(reply.text));
  const after = sharesOn((await person.get(page)).text);
  const [made] = after.filter((id) => !before.includes(id));
  assert.ok(made, "a link was made");
  return made;
}

// The links that are open, by the addresses on the page.
export function sharesOn(html) {
  return [...html.matchAll(/value="http[^"]*\/shared\/([0-9a-f]{32})"/g)].map(([, id]) => id);
}

// The report with the texts of the model, which are written while the facts are shown.
export async function writtenReport(person, id) {
  for (let tries = 0; tries < 200; tries++) {
    const report = await reportDocument(person, id);
    if (!report.revision.texts_follow) {
      return report;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("no texts after 20 s");
}
