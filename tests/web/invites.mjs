// Invitations in the words of those who make and take them.
import assert from "node:assert/strict";
import { inputValue, tags, visibleText } from "./page.mjs";

export const CHOICE = {
  title: "Backend, spring",
  role: "backend",
  level: "middle",
  type: "technical",
  language: "en",
  question_count: "4",
  time_limit_min: "",
  job_description: "",
  coding_percent: "0",
  code_language: "python",
  most_uses: "",
  days: "7",
};

// The hidden and readonly fields of a page's form for invitations.
function hiddenFields(html) {
  return Object.fromEntries(tags(html, "input").filter(({ type }) => type === "hidden").map(({ name, value }) => [name, value ?? ""]));
}

// Fills in the form and gives the preview: { reply, fields, questions }.
export async function preview(admin, choice = {}) {
  const form = await admin.get("/admin/invite");
  const reply = await admin.post("/admin/invite", {
    csrf: inputValue(form.text, "csrf"),
    nonce: inputValue(form.text, "nonce"),
    draw: inputValue(form.text, "draw"),
    ...CHOICE,
    ...choice,
    action: "preview",
  });
  return read(reply);
}

export function read(reply) {
  const [, list = ""] = reply.text.match(/<ol class="fixed"[^>]*>([\s\S]*?)<\/ol>/) ?? [];
  const questions = [...list.matchAll(/<li>([\s\S]*?) <small/g)].map(([, text]) => visibleText(text).trim());
  const [, form = ""] = reply.text.match(/(<form method="post" action="\/admin\/invite"[\s\S]*?<\/form>)/) ?? [];
  return { reply, questions, fields: hiddenFields(form) };
}

// Presses a button of the preview.
export function choose(admin, { fields }, action) {
  return admin.post("/admin/invite", { ...fields, action });
}

// Issues an invitation; gives { id, path, questions } with the path of its link.
export async function invite(admin, choice) {
  const shown = await preview(admin, choice);
  assert.equal(shown.reply.status, 200, visibleText(shown.reply.text));
  const reply = await choose(admin, shown, "issue");
  assert.equal(reply.status, 303, visibleText(reply.text));
  const { text } = await admin.get(reply.headers.location);
  const [, path] = text.match(/value="http:\/\/[^/"]+(\/invitations\/[0-9a-f]{64})"/) ?? [];
  assert.ok(path, "the page has the link");
  return { id: reply.headers.location.split("/").at(-1), path, questions: shown.questions };
}

// Takes it; gives the interview's id.
export async function take(person, path) {
  const reply = await person.postForm(path, {});
  assert.equal(reply.status, 303, visibleText(reply.text));
  const [, id] = reply.headers.location.match(/^\/interviews\/([0-9a-f-]{36})$/) ?? [];
  assert.ok(id, reply.headers.location);
  return id;
}
