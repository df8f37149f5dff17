// `make bench`: what a large bank costs. The start of an interview, the recruiter's list of the bank
// with its figures, a search in it and a page of similar questions, with 50 and with 600 questions
// of 20 KB in the role's set.
import { execFileSync } from "node:child_process";
import { buildFolder, root, startInstance } from "../web/instance.mjs";
import { inputValue, tags } from "../web/page.mjs";
import { bank, makeAdmin, register, wholeInterview } from "../web/story.mjs";

const SIZES = [50, 600];
const BYTES = 20000;
const ROUNDS = 15;

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function timed(work, status) {
  const start = process.hrtime.bigint();
  const reply = await work();
  if (reply.status !== status) {
    throw new Error(`status ${reply.status}`);
  }
  return Number(process.hrtime.bigint() - start) / 1e6;
}

async function medianOf(work, status = 200) {
  const times = [];
  for (let i = 0; i < ROUNDS; i++) {
    times.push(await timed(await work(), status));
  }
  return median(times);
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
const WORDS = ["lock", "index", "queue", "cache", "token", "branch", "graph", "socket", "page", "thread"];

// Questions that differ in words; every category and difficulty of technical talks.
function madeUp(number) {
  const item = structuredClone(bank.find(({ type }) => type === "technical"));
  delete item.answers;
  item.id = `bench-${String(number).padStart(4, "0")}`;
  item.roles = ["backend"];
  item.category = ["core", "advanced", "practical"][number % 3];
  for (const language of ["en", "ru", "uk"]) {
    item.question[language] = `${WORDS[number % 10]} ${WORDS[Math.floor(number / 10) % 10]} ${number}: ${item.question[language]}`;
  }
  item.padding = " ".repeat(Math.max(0, BYTES - JSON.stringify(item).length));
  return item;
}

function fill(instance, from, until) {
  const rows = [];
  for (let number = from; number < until; number++) {
    const item = madeUp(number);
    rows.push(`INSERT INTO bank_questions (id, type, track, category, level, difficulty, body, body_hash)
      VALUES (${quoted(item.id)}, 'technical', 'backend', ${quoted(item.category)}, 'middle', ${number % 4},
      ${quoted(JSON.stringify(item))}, 'bench');`);
  }
  const database = `${instance.var}/viva.db`;
  execFileSync("sqlite3", [database], { input: `.timeout 10000\nBEGIN;${rows.join("\n")}
    INSERT INTO editions SELECT 'backend', max(number) + 1, 'bench-${until}', 1 FROM editions WHERE role_id = 'backend';
    INSERT INTO edition_questions SELECT 'backend', (SELECT max(number) FROM editions WHERE role_id = 'backend'), id
      FROM bank_questions WHERE track = 'backend' AND q_type = 'theory';
    COMMIT;` });
  execFileSync(`${buildFolder()}/viva`, ["migrate"], { cwd: root, env: { ...process.env, VIVA_VAR: instance.var }, stdio: "ignore" });
}

async function measure(instance, admin) {
  const person = await register(instance);
  const report = (await person.get(`/reports/${await wholeInterview(person)}`)).text;
  const similar = tags(report, "a").map(({ href }) => href).find((href) => href?.includes("/similar/"));
  const start = await medianOf(async () => {
    const { text } = await person.get("/interviews/new");
    const fields = { csrf: inputValue(text, "csrf"), nonce: inputValue(text, "nonce"), role: "backend", level: "middle", type: "technical",
      language: "en", question_count: "10" };
    return () => person.post("/interviews", fields);
  }, 303);
  const page = (path, who = admin) => medianOf(() => () => who.get(path));
  return [start, await page("/admin/bank?sort=hard"), await page("/admin/bank?search=cache+page"), await page(similar, person)];
}

const instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
try {
  const admin = await makeAdmin(instance);
  const figures = [];
  let filled = 12;
  for (const size of SIZES) {
    fill(instance, filled, size);
    filled = size;
    figures.push(await measure(instance, admin));
  }
  ["start of an interview", "recruiter's list of the bank, sorted", "search in the bank", "similar questions"].forEach((name, i) => {
    const [few, many] = figures.map((figure) => figure[i]);
    console.log(`${`${name}, 600 / 50 questions`.padEnd(52)} ${(many / few).toFixed(2).padStart(12)}   ${many.toFixed(1)} / ${few.toFixed(1)} ms`);
  });
} finally {
  await instance.stop();
}
