// Reviews as a person does them, and time that passes for them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { inputValue, roleTexts, textareaValue, visibleText } from "./page.mjs";
import { act, bank, finish, openChat, startInterview } from "./story.mjs";

export function sql(instance, statement) {
  const file = path.join(instance.var, "viva.db");
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", file, statement], { encoding: "utf8" }).trim();
}

// Lets days pass for every card of the person: all of them move into the past.
export function letDaysPass(instance, person, days) {
  const ms = Math.round(days * 86400000);
  sql(instance, `UPDATE review_cards SET due_at = due_at - ${ms}, last_at = last_at - ${ms}
    WHERE user_id = (SELECT id FROM users WHERE username = '${person.name}')`);
}

export function cards(instance, person) {
  const rows = sql(instance, `SELECT json_group_array(json_object('bank_id', bank_id, 'point', key_point_id,
    'stability', stability, 'repetitions', repetitions, 'lapses', lapses, 'due_at', due_at, 'last_at', last_at))
    FROM review_cards WHERE user_id = (SELECT id FROM users WHERE username = '${person.name}')`);
  return JSON.parse(rows);
}

// An interview whose one question is given up; gives its id and the bank's question.
export async function missedInterview(person, choice = {}) {
  const id = await startInterview(person, { question_count: "2", ...choice });
  const { question } = await openChat(person, id);
  await act(person, id, "dont_know");
  await finish(person, id);
  return { id, question };
}

// The question of a review session as it is asked now; `question` is null when it is over.
export async function openSession(person, address = "/review/session") {
  const reply = await person.get(address);
  assert.equal(reply.status, 200, visibleText(reply.text));
  return readSession(reply.text);
}

export function readSession(html) {
  const [, action] = html.match(/<form class="answer" method="post" action="([^"]*)"/) ?? [];
  const question = action ? bank.find(({ id }) => action.endsWith(`/${id}`)) : null;
  return {
    html,
    action,
    question,
    csrf: inputValue(html, "csrf"),
    nonce: inputValue(html, "nonce"),
    since: inputValue(html, "since"),
    typed: textareaValue(html, "answer"),
    faults: roleTexts(html, "alert"),
    messages: roleTexts(html, "status"),
    text: visibleText(html),
  };
}

// Presses a button: "say", "dont_know", "skip".
export function answer(person, session, action, text = "", more = {}) {
  const { csrf, nonce, since } = session;
  return person.post(session.action, { csrf, nonce, since, action, answer: text, ...more });
}

// Two questions given up, one of them reviewed since: { answer: its id, question: the due one }.
export async function reviewedOne(instance, person) {
  await missedInterview(person);
  await missedInterview(person, { type: "hr" });
  await person.get("/review");
  letDaysPass(instance, person, 1);
  const { headers } = await answer(person, await openSession(person), "dont_know");
  const [, id] = headers.location.match(/^\/review\/answers\/([0-9a-f-]{36})/);
  return { answer: id, question: (await openSession(person)).question.id };
}
