// A finished interview of which marks can be appealed against, and one that was.
import assert from "node:assert/strict";
import { inputValue, visibleText } from "./page.mjs";
import { act, finish, openChat, reportDocument, startInterview } from "./story.mjs";

// Said beside the matter: two sentences.
export const BESIDE = "I remember a rainy day at my first job. We had tea then!";

// The first answer says one point of several, behind two sentences beside the matter; the interview's id.
export async function thinInterview(person, choice = {}) {
  const id = await startInterview(person, { question_count: "2", ...choice });
  const chat = await openChat(person, id);
  const said = `${BESIDE}\n${chat.question.key_points[0].text[chat.language]}`;
  const next = await act(person, id, "say", said);
  if (next.position === chat.position) {
    await act(person, id, "skip");
  }
  await finish(person, id);
  return id;
}

export const pointsOf = (question, status) => question.metrics.theory.key_points.filter((point) => point.status === status);

// A point of the first answer that was not found, and where its forms are.
export async function missingPoint(person, id) {
  const question = (await reportDocument(person, id)).questions[0];
  const point = pointsOf(question, "missing").find(({ id: key }) =>
    !(question.ruling?.appeals ?? []).some((appeal) => appeal.key_point_id === key));
  assert.ok(point, "nothing is missing");
  const folder = `/reports/${id}/questions/${question.question_id}/appeals`;
  return { point, question, folder, form: `${folder}/${point.id}` };
}

// Appeals by the second sentence, or as chosen; the reply.
export async function appeal(person, id, choice = {}) {
  const { form } = await missingPoint(person, id);
  const page = await person.get(form);
  assert.equal(page.status, 200, visibleText(page.text));
  const csrf = inputValue(page.text, "csrf");
  return person.post(form, { csrf, from: "2", to: "", comment: "", ...choice });
}

// { interview, question, id, point }: an appeal that waits, and a point of the same answer that can follow.
export async function appealed(person, reviewer) {
  const interview = await thinInterview(person);
  const { question } = await missingPoint(person, interview);
  const missing = pointsOf(question, "missing").map((point) => point.id);
  assert.ok(missing.length > 1, "one point is not enough");
  assert.equal((await appeal(person, interview)).status, 303);
  const list = (await reviewer.get("/admin/appeals?state=waiting")).text;
  const [, id] = [...list.matchAll(/\/admin\/appeals\/([0-9a-f-]{36})"/g)].at(-1);
  return { interview, question: question.question_id, id, point: missing[1] };
}
