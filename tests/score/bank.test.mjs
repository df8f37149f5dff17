// The bank in the repository proves itself: shape, stored answers, and the tasks that changed.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { build, root } from "../../tools/score/viva.mjs";

// { status, output } of viva bank check.
function check(...args) {
  return new Promise((resolve) => {
    execFile(path.join(build, "viva"), ["bank", "check", ...args], { cwd: root, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => resolve({ status: error?.code ?? 0, output: `${stdout}${stderr}` }));
  });
}

// A bank of some questions of the repository's, changed, checked.
async function checkChanged(change, { targets, args = [] } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "viva-bank-"));
  try {
    const questions = JSON.parse(await readFile(path.join(root, "bank/questions/backend.json"), "utf8")).slice(0, 5);
    await cp(path.join(root, "bank/roles.json"), path.join(folder, "roles.json"));
    await cp(path.join(root, "bank/questions"), path.join(folder, "questions"), { recursive: true, filter: (file) => !file.endsWith(".json") });
    change(questions);
    await writeFile(path.join(folder, "questions/some.json"), JSON.stringify(questions));
    if (targets !== undefined) {
      await writeFile(path.join(folder, "targets.json"), targets);
    }
    return await check(...args, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("the bank has no faults", async () => {
  const { status, output } = await check();
  assert.equal(status, 0, output);
  assert.match(output, /, 0 faults$/m);
});

const FAULTS = {
  "a good answer that says little": [({ answers }) => (answers.good.ru = answers.thin.ru), /ru: the good answer scores only/],
  "a thin answer that says much": [({ answers, reference_answer: full }) => (answers.thin.uk = full.uk[0]), /uk: the thin answer scores/],
  "a mistake that is none": [({ mistakes, answers }) => (mistakes[0].claim.en = [answers.good.en.split(". ")[0]]), /added to the good answer costs nothing|good answer scores only/],
  "no stored answers": [(question) => delete question.answers, /no stored answers/],
  "a language without its stored answer": [({ answers }) => delete answers.good.uk, /uk/],
  "an answer to another question": [({ answers }, other) => (answers.good = other.answers.good), /the good answer scores only/],
  "a question that stands there already": [(question, other) => (question.question = other.question), /it asks nearly what/],
};

for (const [name, [change, fault]] of Object.entries(FAULTS)) {
  test(`the gate sees ${name}`, async () => {
    const { status, output } = await checkChanged((questions) => change(questions[0], questions[1]));
    assert.equal(status, 1, output);
    assert.match(output, fault);
  });
}

const TARGETS = {
  "more than there is": ['{ "technical": 6 }', /^technical: fewer than 6$/m],
  "a name that means nothing": ['{ "tehcnical": 1 }', /tehcnical: not a target with a number/],
  "a number in quotes": ['{ "technical": "6" }', /technical: not a target with a number/],
  "a list": ["[]", /targets\.json: it cannot be read/],
};

for (const [name, [targets, fault]] of Object.entries(TARGETS)) {
  test(`a bank is not held against nothing: targets of ${name}`, async () => {
    const { status, output } = await checkChanged(() => {}, { targets, args: ["--whole"] });
    assert.equal(status, 1, output);
    assert.match(output, fault);
  });
}

// Reports, charts and pages name them in three languages.
test("every track, skill tag and topic of the bank has its words", async () => {
  const read = async (file) => readFile(path.join(root, file), "utf8");
  const codes = async (file) => [...(await read(file)).matchAll(/^\s*\{ "([a-z0-9-]+)", (?:N_\()?"/gm)].map(([, code]) => code);
  const known = new Set([...(await codes("lib/report/terms_tags.c")), ...(await codes("lib/report/terms.c"))]);
  const files = (await Promise.all(["questions", "tasks"].map(async (folder) =>
    (await readdir(path.join(root, "bank", folder))).map((file) => `bank/${folder}/${file}`)))).flat();
  const items = (await Promise.all(["bank/roles.json", ...files].map(async (file) => JSON.parse(await read(file))))).flat();
  const said = new Set(items.flatMap(({ track, topic, skill_tags }) => [track, topic, ...skill_tags]).filter(Boolean));
  assert.deepEqual([...said].filter((code) => !known.has(code)).sort(), []);
});
