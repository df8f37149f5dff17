// `make bench`: the progress and review pages of somebody with 1,000 finished interviews of ten
// questions, each a copy of one that was really held.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { startInstance } from "../web/instance.mjs";
import { register, wholeInterview } from "../web/story.mjs";

const INTERVIEWS = 1000;
const REQUESTS = 30;

const percentile = (numbers, share) => numbers.slice().sort((a, b) => a - b)[Math.ceil(numbers.length * share) - 1];

function row(name, value, bar) {
  console.log(`${name.padEnd(52)} ${value.padStart(12)}   ${bar}`);
}

// Copies the rows of the interview, a day earlier each time; every second point is missing.
function multiply(instance, id) {
  const copies = `WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${INTERVIEWS - 1})`;
  const columns = (table, changed) => {
    const names = sql(`SELECT group_concat(name) FROM pragma_table_info('${table}')`).split(",");
    return `INSERT INTO ${table} (${names}) ${copies} SELECT ${names.map((name) => changed[name] ?? `t.${name}`)} FROM ${table} t, n`;
  };
  const sql = (statement) => execFileSync("sqlite3", [path.join(instance.var, "viva.db")], { input: `${statement};`, encoding: "utf8" }).trim();
  const own = `t.question_id IN (SELECT id FROM questions WHERE interview_id = '${id}')`;
  const earlier = (name) => `t.${name} - n * 86400000`;
  sql(`UPDATE marks SET status = 'missing', first_span = NULL WHERE position % 2 = 1;
    BEGIN;
    ${columns("interviews", { id: "t.id || '-' || n", start_nonce: "t.start_nonce || n", created_at: earlier("created_at"), finished_at: earlier("finished_at") })} WHERE t.id = '${id}';
    ${columns("questions", { id: "t.id || '-' || n", interview_id: "t.interview_id || '-' || n", asked_at: earlier("asked_at"), finished_at: earlier("finished_at") })} WHERE t.interview_id = '${id}';
    ${columns("evaluations", { question_id: "t.question_id || '-' || n" })} WHERE ${own};
    ${columns("marks", { question_id: "t.question_id || '-' || n" })} WHERE ${own};
    ${columns("evidence", { question_id: "t.question_id || '-' || n" })} WHERE ${own};
    ${columns("reports", { id: "t.id || '-' || n", interview_id: "t.interview_id || '-' || n" })} WHERE t.interview_id = '${id}';
    COMMIT`);
}

async function timed(person, address) {
  const start = process.hrtime.bigint();
  const { status, body } = await person.get(address);
  if (status !== 200) {
    throw new Error(`${address}: ${status}`);
  }
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, size: body.length };
}

const instance = await startInstance();
try {
  const person = await register(instance);
  multiply(instance, await wholeInterview(person, { answers: 10 }));
  const first = await timed(person, "/review");
  row(`${INTERVIEWS} finished interviews entered in the cards, s`, (first.ms / 1000).toFixed(1), "once");
  for (const address of ["/progress", "/review"]) {
    const results = [];
    for (let i = 0; i < REQUESTS; i++) {
      results.push(await timed(person, address));
    }
    const times = results.map(({ ms }) => ms);
    row(`${address} after ${INTERVIEWS} interviews, ms (median)`, percentile(times, 0.5).toFixed(1), `p95 ${percentile(times, 0.95).toFixed(1)}, ${Math.round(results[0].size / 1024)} KB`);
  }
} finally {
  await instance.stop();
}
