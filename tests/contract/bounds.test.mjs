// What the document allows is not refused: values at their bounds, and every choice.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { operations, resolve } from "./document.mjs";
import { apiRegister, importTasks, SHOUT, startViva } from "./world.mjs";

// Members whose values a list of the server decides, too; their bounds only keep them short.
const LISTED = ["role_id", "code_language", "time_zone", "profile_id", "runCode language", "submitCode language",
  "runCode custom_input"];

const FEW = 5; // numbers of so small a range are all tried, in their order

let viva;

before(async () => {
  viva = await startViva();
  await importTasks(viva, [SHOUT]);
});
after(() => viva?.stop());

// Of many different characters, as a password must be.
const filler = (length) => randomBytes(length).toString("base64url").replaceAll(/[-_]/g, "x").slice(0, length);

function boundsOf(schema) {
  const values = [...(schema.enum ?? [])];
  if (schema.enum === undefined && schema.type === "string") {
    values.push(...[schema.minLength, schema.maxLength].filter((length) => length !== undefined).map(filler));
  }
  const { minimum, maximum } = schema;
  if (maximum - minimum <= FEW) {
    return Array.from({ length: maximum - minimum + 1 }, (_, index) => minimum + index);
  }
  return [...values, ...[minimum, maximum].filter((value) => value !== undefined)];
}

const RIGHT = {
  startInterview: { role_id: "backend", level: "mid", type: "technical", question_count: 1 },
  register: () => ({ username: filler(12), password: filler(20) }),
};

const isListed = (id, name) => LISTED.includes(name) || LISTED.includes(`${id} ${name}`);

// Of a candidate whose only question is a coding task.
async function pathOf(operation) {
  const program = await apiRegister(viva);
  const { json: session } = await program.post("/interviews", { ...RIGHT.startInterview, coding_percent: 100, code_language: "python" });
  const { json } = await program.get(`/interviews/${session.id}/questions`);
  const path = operation.path.replace("{interview}", session.id).replace("{question}", json.questions[0].id);
  return { program, path: path.slice("/api".length) };
}

for (const operation of operations.filter(({ body }) => body)) {
  test(`${operation.method} ${operation.path} takes what is allowed`, async () => {
    const { program, path } = await pathOf(operation);
    for (const [name, member] of Object.entries(resolve(operation.body).properties ?? {})) {
      for (const value of isListed(operation.id, name) ? [] : boundsOf(resolve(member))) {
        const right = RIGHT[operation.id] ?? {};
        const body = { ...(typeof right === "function" ? right() : right), [name]: value };
        const reply = await program.request(operation.method, path, body);
        const told = `${name} ${JSON.stringify(value).slice(0, 60)}: ${reply.status} ${reply.text.slice(0, 300)}`;
        assert.ok(reply.status < 500, told);
        assert.ok(!(reply.json?.errors ?? []).some(({ pointer }) => pointer === `/${name}`), told);
      }
    }
  });
}

for (const operation of operations.filter(({ method, path }) => method === "GET" && !path.includes("{") && !path.includes("admin"))) {
  test(`${operation.path} takes every allowed query`, async () => {
    const program = await apiRegister(viva);
    for (const { name, schema } of operation.parameters.filter((one) => one.in === "query" && one.name !== "cursor")) {
      for (const value of boundsOf(resolve(schema))) {
        const reply = await program.get(`${operation.path.slice("/api".length)}?${name}=${value}`);
        assert.equal(reply.status, 200, `${name}=${value}: ${reply.text}`);
      }
    }
  });
}
