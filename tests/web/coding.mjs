// What candidates do with coding tasks: a small bank for tests, the page of a task, its forms.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./instance.mjs";
import { inputValue, tags, textareaValue, visibleText } from "./page.mjs";
import { startInterview } from "./story.mjs";

// Stands in the hidden tests only: their inputs and answers.
export const MARKER = "hidden-marker-7c1f";

const three = (text) => ({ en: text, ru: text, uk: text });

const TASK = {
  track: "backend",
  roles: ["backend"],
  category: "algo",
  level: "middle",
  difficulty: "INTERMEDIATE",
  topic: "strings",
  skill_tags: ["algorithms", "strings"],
  estimated_answer_time_min: 10,
  hints: [three("A nudge."), three("The approach."), three("The outline.")],
};

const hidden = (make) => [1, 2, 3, 4, 5, 6, 7].map((n) => make(`${MARKER}-${n}`, n));

export const SHOUT = {
  ...TASK,
  id: "task-test-shout",
  kind: "function",
  title: three("Shout"),
  description: three("Give `text` in **capitals**. <script>alert(1)</script>\n\n[a](javascript:alert)"),
  function_signature: "shout(text: string) -> string",
  public_tests: [{ args: ["abc"] }, { args: ["<b>&amp;</b>"] }],
  hidden_tests: hidden((text) => ({ args: [text] })),
  languages: {
    python: { starter: "def shout(text):\n    return ''\n", reference: "def shout(text):\n    return text.upper()\n" },
    javascript: {
      starter: "function shout(text) {\n  return '';\n}\n",
      reference: "function shout(text) {\n  return text.toUpperCase();\n}\n",
    },
  },
};

export const ECHO = {
  ...TASK,
  id: "task-test-echo",
  kind: "stdin",
  title: three("Echo"),
  description: three("Print what you read."),
  compare: "exact",
  public_tests: [{ stdin: "one\ntwo\nthree\n" }, { stdin: "four\n" }],
  hidden_tests: hidden((text) => ({ stdin: `${text}\n` })),
  languages: {
    python: { starter: "import sys\n", reference: "import sys\nsys.stdout.write(sys.stdin.read())\n" },
  },
};

export const NAMES = {
  ...TASK,
  id: "task-test-names",
  kind: "sql",
  title: three("Names"),
  description: three("List the names."),
  compare: "exact",
  schema: "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);",
  public_tests: [{ setup: "INSERT INTO customers VALUES (1, 'Ann');" }, { setup: "INSERT INTO customers VALUES (1, 'Bob');" }],
  hidden_tests: hidden((text) => ({ setup: `INSERT INTO customers VALUES (1, '${text}');` })),
  languages: { sql: { starter: "SELECT 1;\n", reference: "SELECT name FROM customers;\n" } },
};

// Puts a bank with only these tasks in place of the one that the instance has.
export async function importTasks(instance, tasks) {
  const folder = mkdtempSync(path.join(tmpdir(), "viva-bank-"));
  cpSync(path.join(root, "bank/roles.json"), path.join(folder, "roles.json"));
  cpSync(path.join(root, "bank/questions"), path.join(folder, "questions"), { recursive: true });
  mkdirSync(path.join(folder, "tasks"));
  writeFileSync(path.join(folder, "tasks/test.json"), JSON.stringify(tasks));
  await instance.cli("bank", "import", folder);
  rmSync(folder, { recursive: true });
}

// Starts an interview of coding tasks only; gives the interview's id.
export function startCoding(person, choice) {
  return startInterview(person, { question_count: "1", coding_percent: "100", code_language: "python", ...choice });
}

// The id of the coding question that the talk asks now.
export async function codingQuestion(person, interview) {
  const page = await person.get(`/interviews/${interview}`);
  const [, id] = page.text.match(/href="\/code\/([0-9a-f-]{36})"/) ?? [];
  assert.ok(id, visibleText(page.text));
  return id;
}

// What the page's form would send with its button.
export function fieldsOf(html) {
  const values = (names) => Object.fromEntries(names.map((name) => [name, inputValue(html, name)]));
  return {
    ...values(["csrf", "nonce", "code_language", "saved_at"]),
    code: textareaValue(html, "code"),
    custom_input: textareaValue(html, "custom_input") ?? "",
  };
}

export async function openCode(person, id, query = "") {
  const reply = await person.get(`/code/${id}${query}`);
  assert.equal(reply.status, 200, visibleText(reply.text));
  return { id, html: reply.text, fields: fieldsOf(reply.text), text: visibleText(reply.text) };
}

// Presses a button of the page after these changes; the reply as it comes.
export function pressCode(person, page, button, changes = {}) {
  const [form, action] = button.split(" ");
  const fields = { ...page.fields, ...changes, ...(action && { action }) };
  return person.post(`/code/${page.id}/${form}`, fields);
}

// Sends code and waits for what comes of it; gives the page then. `kind`: run, submit.
export async function judgeCode(person, id, kind, changes) {
  const page = await openCode(person, id);
  const reply = await pressCode(person, page, `runs ${kind}`, changes);
  assert.equal(reply.status, 303, visibleText(reply.text));
  return waitForResult(person, id);
}

// The page once nothing is pending; a page that waits loads itself anew.
export async function waitForResult(person, id) {
  for (;;) {
    const page = await openCode(person, id);
    if (!page.html.includes("data-pending")) {
      assert.ok(!tags(page.html, "meta").some((meta) => meta["http-equiv"] === "refresh"));
      return page;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
