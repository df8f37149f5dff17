// Tasks in variants: candidates get equal but different tasks. And how the time of their code grows.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { codingQuestion, importTasks, judgeCode, openCode, startCoding } from "./coding.mjs";
import { startInstance } from "./instance.mjs";
import { inputValue, textareaValue, visibleText } from "./page.mjs";
import { finish, makeAdmin, register, reportDocument } from "./story.mjs";

const three = (text) => ({ en: text, ru: text, uk: text });
const BOUNDS = { above: 10, over: 20, past: 30, beyond: 40 };

const TASK = {
  id: "task-test-count",
  kind: "function",
  track: "backend",
  roles: ["backend"],
  category: "algo",
  level: "junior",
  difficulty: "BASIC",
  topic: "counting",
  skill_tags: ["algorithms"],
  estimated_answer_time_min: 10,
  title: three("Numbers {{name}} a bound"),
  description: { en: "Count {{things}} over {{bound}}.\n\n```\n{{sample}}\n```", ru: "Число {{things}}.\n\n```\n{{sample}}\n```", uk: "Кількість {{things}}.\n\n```\n{{sample}}\n```" },
  function_signature: "{{name}}(nums: int[]) -> int",
  public_tests: [{ args: ["{{sample}}"] }, { args: [[]] }],
  hidden_tests: [[5], [15], [25], [35], [45, 45]].map((nums) => ({ args: [nums] })),
  languages: {
    python: { starter: "def {{name}}(nums):\n    return 0\n", reference: "def {{name}}(nums):\n    return sum(1 for n in nums if n > {{bound}})\n" },
    javascript: { starter: "function {{name}}(nums) {\n  return 0;\n}\n", reference: "function {{name}}(nums) {\n  return nums.filter((n) => n > {{bound}}).length;\n}\n" },
  },
  hints: [three("A nudge."), three("The approach."), three("The outline.")],
  growth: { complexity: "n", sizes: [1000, 2000, 4000, 8000, 40000, 200000], arguments: [{ integers: "n", from: 0, to: 50 }] },
  variants: Object.entries(BOUNDS).map(([name, bound]) => ({
    name,
    bound,
    sample: [1, bound + 1, bound + 2],
    things: { en: `${name}-things`, ru: `${name}-вещей`, uk: `${name}-речей` },
  })),
};

const QUICK = (name) => `def ${name}(nums):\n    return sum(1 for n in nums if n > ${BOUNDS[name]})\n`;
const SLOW = (name) => `def ${name}(nums):\n    for n in nums:\n        sorted(nums) if len(nums) < 9 else sum(m for m in nums)\n    return sum(1 for n in nums if n > ${BOUNDS[name]})\n`;
const FRAGILE = (name) => `def ${name}(nums):\n    if len(nums) > 5000:\n        raise ValueError(\"boom-%d\" % len(nums))\n    return sum(1 for n in nums if n > ${BOUNDS[name]})\n`;

let instance, admin;
const started = [];
let slow, fragile; // of these

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  await importTasks(instance, [TASK]);
  admin = await makeAdmin(instance);
});
after(() => instance?.stop());

const ask = (statement) =>
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement], { encoding: "utf8" }).trim();

const named = (text) => text.match(/(\w+)\(nums: int\[\]\)/)[1];

async function begin(person) {
  const interview = await startCoding(person ?? (person = await register(instance)));
  const id = await codingQuestion(person, interview);
  const { text } = await openCode(person, id);
  return { person, interview, id, text, name: named(text) };
}

test("candidates get the task in different variants, one row of the bank", async () => {
  for (let i = 0; i < 6; i++) {
    started.push(await begin());
  }
  for (const { text, name } of started) {
    assert.ok(text.includes(`Count ${name}-things over ${BOUNDS[name]}.`), text);
    assert.ok(text.includes(`[1, ${BOUNDS[name] + 1}, ${BOUNDS[name] + 2}]`), text);
    assert.ok(!text.includes("{{"));
  }
  const names = new Set(started.map(({ name }) => name));
  assert.ok(names.size > 1, `all of ${started.length} got ${[...names]}`);
  assert.equal(ask("SELECT count(*) FROM bank_questions WHERE q_type = 'coding' AND enabled"), "1");
  assert.equal(ask("SELECT DISTINCT bank_id FROM questions"), TASK.id);
  assert.equal(ask("SELECT count(*) FROM questions WHERE snapshot LIKE '%variant_answers%' OR snapshot LIKE '%\"variants\"%'"), "0");
});

test("each variant is judged by its own answers, and its time is measured", async () => {
  const [first] = started, other = started.find(({ name }) => name !== first.name);
  [slow, fragile] = started.filter((one) => one !== first && one !== other);
  const foreign = await judgeCode(other.person, other.id, "submit", { code: QUICK(first.name).replaceAll(`${first.name}(`, `${other.name}(`) });
  assert.doesNotMatch(foreign.text, /Hidden tests: 5 of 5 passed/);
  assert.doesNotMatch(foreign.text, /Processor time/, "what fails is not measured");
  for (const { person, id, name } of [first, other]) {
    const page = await judgeCode(person, id, "submit", { code: QUICK(name) });
    assert.match(page.text, /Public tests: 2 of 2 passed\. Hidden tests: 5 of 5 passed\./);
    assert.match(page.text, /(Processor time grew like n or n log n between the sizes 1,000 and 200,000, as the task asks|cannot be told)/);
    assert.match(page.text, /The score does not depend on it\./);
    assert.match(page.text, /Size of the input/);
  }
});

test("slow code is told so and keeps its points", async () => {
  const { person, id, name } = slow;
  const page = await judgeCode(person, id, "submit", { code: SLOW(name) });
  assert.match(page.text, /Hidden tests: 5 of 5 passed\./);
  assert.match(page.text, /(grew like n²[^.]*; the task asks for n|cannot be told)/);
  assert.match(page.text, /Larger inputs took too long\./);
  assert.match(page.text, /Score so far: 10 \/ 10/);
});

test("code that fails on large inputs only passes all the same", async () => {
  const { person, id, name } = fragile;
  const page = await judgeCode(person, id, "submit", { code: FRAGILE(name) });
  assert.match(page.text, /Hidden tests: 5 of 5 passed\./);
  assert.match(page.text, /With larger inputs the code failed\./);
  assert.doesNotMatch(page.text, /boom-\d/, "inputs stay unknown, and what they lead to");
  assert.match(page.text, /Score so far: 10 \/ 10/);
});

test("the report tells how time grew; recruiters see which variant it was", async () => {
  const { person, interview, name } = slow;
  await finish(person, interview);
  const own = await reportDocument(person, interview), theirs = await reportDocument(admin, interview);
  const number = Object.keys(BOUNDS).indexOf(name) + 1;
  assert.equal(theirs.questions[0].code_task.variant, number);
  assert.ok(!("variant" in own.questions[0].code_task));
  assert.equal(own.questions[0].code_attempts[0].growth.asked, "n");
  assert.deepEqual(own.questions[0].code_attempts[0].growth, theirs.questions[0].code_attempts[0].growth);
  assert.equal(own.questions[0].metrics.coding.score_code, 10);
  const page = visibleText((await admin.get(`/reports/${interview}`)).text);
  assert.match(page, new RegExp(`Variant ${number} of the task`));
  assert.match(page, /The score does not depend on it\./);
  assert.doesNotMatch(visibleText((await person.get(`/reports/${interview}`)).text), /Variant \d of the task/);
  assert.match((await person.get(`/reports/${interview}/report.txt`)).text, /1,000: [\d.]+ ms/);
  assert.match((await instance.cli("verify", interview)).stdout, /revision 1: right/);
});

test("who takes it all again gets the same variant", async () => {
  const { person, interview, name } = slow;
  const { text } = await person.get("/history");
  const fields = { csrf: inputValue(text, "csrf"), nonce: inputValue(text, "nonce"), questions: "all" };
  const reply = await person.post(`/interviews/${interview}/retry`, fields);
  assert.equal(reply.status, 303, visibleText(reply.text));
  const again = reply.headers.location.match(/[0-9a-f-]{36}/)[0];
  assert.equal(named((await openCode(person, await codingQuestion(person, again))).text), name);
});

test("an admin looks at each variant, tries code on it and edits the task as one", async () => {
  const shown = visibleText((await admin.get(`/admin/bank/${TASK.id}?variant=3`)).text);
  assert.match(shown, /past-things over 30/);
  assert.match(visibleText((await admin.get(`/admin/bank?search=${TASK.id}`)).text), /Numbers above a bound/);
  const tried = await admin.postForm(`/admin/bank/${TASK.id}?variant=3`, { language: "en", variant: "3", code_language: "python", answer: QUICK("past") }, { action: `/admin/bank/${TASK.id}/try` });
  assert.match(visibleText(tried.text), /7 \/ 7/);
  const page = `/admin/bank/${TASK.id}/edit`, { text } = await admin.get(page);
  const item = JSON.parse(textareaValue(text, "text")), seen = inputValue(text, "seen");
  assert.deepEqual(item, JSON.parse(JSON.stringify(TASK)), "as the file has it");
  item.variants[1].sample = ["no", "numbers"];
  const refused = await admin.postForm(page, { text: JSON.stringify(item), seen });
  assert.equal(refused.status, 400);
  assert.match(visibleText(refused.text), /variant 2: public_tests: test 1 does not fit the signature/);
  item.variants[1].sample = [21, 22, 23];
  assert.equal((await admin.postForm(page, { text: JSON.stringify(item), seen })).status, 303);
  const { variant_answers: answers } = JSON.parse(ask(`SELECT body FROM bank_questions WHERE id = '${TASK.id}'`));
  assert.deepEqual(answers.map(({ public: [first] }) => first), [2, 3, 2, 2]);
});
