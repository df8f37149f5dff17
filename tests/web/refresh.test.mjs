// New questions from a model: what is believed, what is dropped, and what candidates see of it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { agentOf, dataOf, fake, json, text } from "../llm/fake.mjs";
import { modelEnv } from "../llm/model.mjs";
import { startInstance } from "./instance.mjs";
import { visibleText } from "./page.mjs";
import { act, bank, LANGUAGES, register, startInterview, translated } from "./story.mjs";

const STALE = "The questions for this role were renewed since you were last here. Those of this interview are from an " +
  "older edition and may be out of date.";
const NAMES = { English: "en", Russian: "ru", Ukrainian: "uk" };

// Questions that the role backend does not have, for the model to come up with.
const others = bank.filter(({ roles }) => !roles.includes("backend") && (roles.includes("frontend") || roles.includes("data-science")));

let model, instance, ordered, answerFor;

// SQL on the database behind the programs' back; the answer as text.
function sql(statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"), statement], {
    encoding: "utf8",
  }).trim();
}

const inLanguage = (value, code) => (Array.isArray(value) ? value.map((item) => inLanguage(item, code))
  : value !== null && typeof value === "object"
    ? code in value ? value[code] : Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inLanguage(item, code)]))
    : value);

// A question of the bank as a model writes it down in one language.
function asDocument(question, code, { category, level, difficulty } = question) {
  const { question: asked, skill_tags, estimated_answer_time_min, max_score, key_points, reference_answer, mistakes, follow_ups,
    hint } = inLanguage(question, code);
  return { question: asked, track: "backend", category, level, difficulty, skill_tags, estimated_answer_time_min, max_score,
    key_points, reference_answer: reference_answer[0], mistakes, follow_ups, hint };
}

// Plays the generator: the nth order gets the nth question of `others`; a translation is
// found by its English text.
function generate(data, request) {
  const [, name] = /into (\w+)\./.exec(request.json.messages[0].content) ?? [];
  if (name) {
    const { question } = data;
    return asDocument(bank.find((item) => item.question.en === question.question), NAMES[name], question);
  }
  ordered.push(data);
  return answerFor(ordered.length - 1, data);
}

const good = (nth, data) => asDocument(others[nth], "en", data);

// The command's outcome, also when it fails.
async function refresh(...args) {
  try {
    return { status: 0, ...(await instance.cli("refresh-questions", "--role", "backend", ...args)) };
  } catch (error) {
    return { status: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

function play(answer) {
  ordered = [];
  answerFor = answer;
}

before(async () => {
  play(good);
  model = await fake({
    on: async (request) => {
      const parts = { question_generator: generate, task_generator: (data) => task(data) };
      const said = await parts[agentOf(request)]?.(dataOf(request), request);
      return typeof said === "object" && !said.steps ? json(said) : said ?? text("…");
    },
  });
  instance = await startInstance({ env: modelEnv(model, { LITELLM_MAX_RETRIES: "0" }) });
});

after(async () => {
  await instance?.stop();
  await model?.close();
});

const editionOf = () => Number(sql("SELECT max(number) FROM editions WHERE role_id = 'backend'"));
const lastRefresh = () => JSON.parse(sql("SELECT json_object('edition', edition, 'kept', kept, 'dropped', json(dropped)," +
  " 'model', model) FROM refreshes ORDER BY id DESC LIMIT 1") || "null");
const enabled = () => sql("SELECT id FROM bank_questions WHERE source = 'llm' AND enabled = 1 ORDER BY id").split("\n").filter(Boolean);

test("a dry run stores nothing", async () => {
  const before = editionOf();
  const { status, stdout } = await refresh("--dry-run", "--count", "10");
  assert.equal(status, 0, stdout);
  assert.equal((stdout.match(/^backend: kept /gm) ?? []).length, 10);
  assert.deepEqual([editionOf(), enabled(), lastRefresh()], [before, [], null]);
});

test("too few good questions change nothing, and the row says why", async () => {
  const before = editionOf();
  const injected = (nth, data) => {
    const first = bank.find(({ id }) => id === "backend-http-idempotency");
    const documents = [
      () => asDocument(first, "en", data), // there already
      () => ({ ...good(1, data), reference_answer: "It depends on the team, the deadline and on what people there prefer to do." }),
      () => ({ ...good(2, data), key_points: good(2, data).key_points.slice(0, 2) }),
      () => ({ ...good(3, data), hint: "Подумайте, что произойдёт с запросом." }),
      () => ({ question: "Too little of everything?" }),
      () => text("I would rather talk about the weather."),
    ];
    return (documents[nth >= 12 ? 99 : Math.floor(nth / 2)] ?? (() => good(nth, data)))();
  };
  play(injected);
  const { status, stderr } = await refresh("--count", "11");
  assert.equal(status, 1);
  assert.match(stderr, /nothing was changed/);
  const row = lastRefresh();
  assert.deepEqual([row.edition, row.kept], [null, 0]);
  assert.equal(row.dropped.duplicate, 1);
  assert.equal(row.dropped.uncovered, 1);
  assert.equal(row.model, "scripted-1");
  assert.deepEqual([editionOf(), enabled()], [before, []]);
});

test("good questions make a new edition, of all kinds and difficulties", async () => {
  const before = editionOf();
  play(good);
  const { status, stdout, stderr } = await refresh();
  assert.equal(status, 0, stderr);
  assert.equal(editionOf(), before + 1);
  assert.match(stdout, new RegExp(`edition ${before + 1}`));
  const count = (name) => ordered.reduce((found, order) => ({ ...found, [order[name]]: (found[order[name]] ?? 0) + 1 }), {});
  assert.deepEqual(count("type"), { technical: 5, hr: 5, case: 5 });
  assert.deepEqual(count("category"), { core: 3, advanced: 1, practical: 1, behavioural: 2, situational: 2,
    role_specific: 1, problem_solving: 3, system_design: 2 });
  assert.ok(Object.values(count("difficulty")).every((number) => number >= 3));
  assert.equal(lastRefresh().kept, 15);
  assert.equal(enabled().length, 15);
  assert.ok(enabled().every((id) => /^llm-backend-[0-9a-f]{12}$/.test(id)));
  assert.equal(Number(sql("SELECT count(*) FROM edition_questions WHERE role_id = 'backend' AND number = " + (before + 1))),
    15 + Number(sql("SELECT count(*) FROM edition_questions WHERE role_id = 'backend' AND number = " + before)));
  const body = JSON.parse(sql(`SELECT body FROM bank_questions WHERE id = '${enabled()[0]}'`));
  for (const language of LANGUAGES) {
    assert.ok(body.question[language].length > 20 && body.key_points[0].aliases[language].length > 0);
  }
});

test("importing the bank keeps the generated questions", async () => {
  const [edition, kept] = [editionOf(), enabled()];
  await instance.cli("bank", "import");
  assert.deepEqual([editionOf(), enabled()], [edition, kept]);
});

test("whoever returns to an interview of an older edition is told so, until they go on", async () => {
  const people = [];
  for (const language of LANGUAGES) {
    const person = await register(instance, { language });
    const id = await startInterview(person, { question_count: "3", language });
    people.push({ person, id, language });
    assert.ok(!visibleText((await person.get(`/interviews/${id}`)).text).includes(translated(language, STALE)));
  }
  const earlier = enabled();
  play((nth, data) => asDocument(others[nth + 3], "en", data));
  assert.equal((await refresh("--count", "12")).status, 0);
  assert.notDeepEqual(enabled(), earlier, "earlier generated ones are disabled");
  assert.equal(enabled().length, 12);
  for (const { person, id, language } of people) {
    assert.ok(visibleText((await person.get(`/interviews/${id}`)).text).includes(translated(language, STALE)), language);
    await act(person, id, "skip");
    assert.ok(!visibleText((await person.get(`/interviews/${id}`)).text).includes(translated(language, STALE)), language);
  }
});

test("an endpoint without an answer costs no edition", async () => {
  const before = editionOf();
  const { status, stderr } = await instance.cli("refresh-questions", "--role", "backend", "--count", "10", {
    env: { OPENAI_BASE_URL: "http://127.0.0.1:1/v1", VIVA_LLM_STEP_S: "1" },
  }).then(() => ({ status: 0 }), ({ code, stderr: said }) => ({ status: code, stderr: said }));
  assert.equal(status, 1, stderr);
  assert.equal(editionOf(), before);
  assert.ok(lastRefresh().dropped.no_answer > 0);
});

test("two runs at once are one", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  play(async (nth, data) => {
    await held;
    return good(nth, data);
  });
  const first = refresh("--dry-run", "--count", "1");
  while (ordered.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const second = await refresh("--dry-run", "--count", "1");
  release();
  await first;
  assert.equal(second.status, 1);
  assert.match(second.stderr, /another refresh is running/);
  assert.equal(ordered.length, 1);
});

test("a run that is ended changes nothing", async () => {
  const before = [editionOf(), enabled(), lastRefresh()];
  let child;
  play(() => {
    process.kill(child, "SIGTERM");
    return text("never read");
  });
  const { spawn } = await import("node:child_process");
  const { root, buildFolder } = await import("./instance.mjs");
  const run = spawn(path.join(root, buildFolder(), "viva"), ["refresh-questions", "--role", "backend"], {
    cwd: root, env: { ...process.env, VIVA_HOME: root, VIVA_VAR: instance.var, ...modelEnv(model) }, stdio: "ignore",
  });
  child = run.pid;
  const signal = await new Promise((resolve) => run.on("close", (code, name) => resolve(name)));
  assert.equal(signal, "SIGTERM");
  assert.deepEqual([editionOf(), enabled(), lastRefresh()], before);
  play(good);
  assert.equal((await refresh("--dry-run", "--count", "10")).status, 0, "the lock went with the process");
});

test("without a model there is nothing to do, and that is no failure", async () => {
  const empty = mkdtempSync(path.join(tmpdir(), "viva-empty-"));
  try {
    const { stdout, stderr } = await instance.cli("refresh-questions", {
      env: { OPENAI_BASE_URL: "", LITELLM_BASE_URL: "", VIVA_VAR: empty },
    });
    assert.match(stdout, /nothing to do/);
    assert.equal(stderr, "");
  } finally {
    rmSync(empty, { recursive: true });
  }
});

test("wrong arguments are told", async () => {
  for (const args of [["--count", "0"], ["--count", "16"], ["--tasks", "x"], ["--role"], ["more"]]) {
    await assert.rejects(instance.cli("refresh-questions", ...args), ({ code, stderr }) => code === 2 && /usage:/.test(stderr));
  }
  await assert.rejects(instance.cli("refresh-questions", "--role", "none"), ({ code, stderr }) => code === 1 && /no such role/.test(stderr));
});

// --- coding tasks ---------------------------------------------------------------

const WORDS = {
  en: { title: "Longest quiet stretch", task: "A sensor gives a list of readings. Return how many of them in a row are below a limit, at most.",
    hint: "Count while the readings stay below the limit." },
  ru: { title: "Самый длинный тихий отрезок", task: "Датчик выдаёт список показаний. Верните, сколько их подряд, самое большее, ниже порога.",
    hint: "Считайте, пока показания остаются ниже порога." },
  uk: { title: "Найдовший тихий відрізок", task: "Датчик видає список показів. Поверніть, скільки їх поспіль, щонайбільше, нижчі за поріг.",
    hint: "Лічіть, доки покази лишаються нижчими за поріг." },
};
const HIDDEN = [[[], 3], [[3], 3], [[2], 3], [[2, 2, 2], 3], [[2, 3, 2, 2], 3], [[1, 1, 5, 1], 2], [[5, 1, 1, 1], 2], [[-1, -2, 0, 7], 0],
  [[1, 5, 1, 1, 5, 1, 1, 1], 4], [[4, 4, 4], 4], [[1, 1, 1, 9, 1], 4], [[0], 1], [[1, 2, 1, 2, 1], 2], [[9, 9, 1], 5]];

function task({ category, level, difficulty }) {
  const tests = (list) => list.map((args) => ({ args: JSON.stringify(args) }));
  return {
    track: "backend", category, level, difficulty, topic: "arrays", skill_tags: ["algorithms"], estimated_answer_time_min: 10,
    function_signature: "longest_quiet(readings: int[], limit: int) -> int", compare: "exact",
    public_tests: tests([[[1, 2, 9, 1], 5], [[9, 9], 5]]), hidden_tests: tests(HIDDEN),
    python: {
      starter: "def longest_quiet(readings, limit):\n    return 0\n",
      reference: "def longest_quiet(readings, limit):\n    best = 0\n    run = 0\n    for value in readings:\n" +
        "        run = run + 1 if value < limit else 0\n        best = max(best, run)\n    return best\n",
    },
    javascript: {
      starter: "function longestQuiet(readings, limit) {\n  return 0;\n}\n",
      reference: "function longestQuiet(readings, limit) {\n  let best = 0;\n  let run = 0;\n  for (const value of readings) {\n" +
        "    run = value < limit ? run + 1 : 0;\n    best = Math.max(best, run);\n  }\n  return best;\n}\n",
    },
    ...Object.fromEntries(LANGUAGES.map((language) => [language, {
      title: WORDS[language].title,
      description: `${WORDS[language].task}\n\n\`\`\`\n[1, 2, 9, 1], 5 -> 2\n\`\`\`\n`,
      hints: [1, 2, 3].map((number) => `${WORDS[language].hint} (${number})`),
    }])),
  };
}

test("a coding task enters when its references run clean and its tests are sharp", async () => {
  play(good);
  const { status, stdout, stderr } = await refresh("--tasks", "2");
  assert.equal(status, 0, stderr);
  const rows = sql("SELECT id FROM bank_questions WHERE source = 'llm' AND q_type = 'coding' AND enabled = 1").split("\n");
  assert.equal(rows.length, 1, stdout);
  const body = JSON.parse(sql(`SELECT body FROM bank_questions WHERE id = '${rows[0]}'`));
  assert.deepEqual(body.hidden_tests.slice(0, 3).map(({ expected }) => expected), [0, 0, 1]);
  assert.equal(lastRefresh().dropped.duplicate, 1, "the second one was the same");
  play(good);
  const questions = await refresh();
  assert.equal(questions.status, 0);
  assert.equal(sql("SELECT count(*) FROM bank_questions WHERE source = 'llm' AND q_type = 'coding' AND enabled = 1"), "1",
    "a refresh without tasks keeps those there are");
});
