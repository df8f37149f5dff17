// What the history page costs who has had 10,000 interviews, beside one who has had one.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { startInstance } from "../web/instance.mjs";
import { register, wholeInterview } from "../web/story.mjs";

const MANY = 10000;
const TRIES = 15;

const instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });

function sql(statement) {
  execFileSync("sqlite3", ["-cmd", ".timeout 60000", path.join(instance.var, "viva.db"), statement]);
}

// Copies an interview with one of its questions and the beginning of its report.
function multiply(id) {
  const columns = execFileSync("sqlite3", [path.join(instance.var, "viva.db"),
    "SELECT group_concat(name) FROM pragma_table_info('interviews')"], { encoding: "utf8" }).trim();
  const values = columns.replace(/\bid\b/, "printf('%08x-0000-4000-8000-000000000000', n)")
    .replace("start_nonce", "'n' || n").replace("created_at", "created_at - n * 1000");
  const copies = `FROM interviews i WHERE i.start_nonce LIKE 'n%' AND length(i.start_nonce) < 8`;
  sql(`
    INSERT INTO interviews (${columns}) SELECT ${values} FROM interviews,
      (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${MANY}) SELECT n FROM c) WHERE id = '${id}';
    INSERT INTO reports (id, interview_id, version, body, total_score, max_score, created_at)
      SELECT 'r' || i.id, i.id, '1', (SELECT substr(body, 1, 20000) FROM reports WHERE interview_id = '${id}'),
      i.rowid % 20, 20, 1 ${copies};
    INSERT INTO questions (id, interview_id, position, bank_id, q_type, category, snapshot, state)
      SELECT 'q' || i.id, i.id, 1, q.bank_id, q.q_type, q.category, q.snapshot, 'answered'
      FROM (SELECT * FROM questions WHERE interview_id = '${id}' LIMIT 1) q, interviews i
      WHERE i.start_nonce LIKE 'n%' AND length(i.start_nonce) < 8;`);
}

async function milliseconds(person, address) {
  const times = [];
  for (let i = 0; i < TRIES; i++) {
    const start = performance.now();
    const { status } = await person.get(address);
    times.push(performance.now() - start);
    if (status !== 200) {
      throw new Error(`${address}: ${status}`);
    }
  }
  return times.sort((a, b) => a - b)[Math.floor(TRIES / 2)];
}

try {
  const [one, many] = [await register(instance), await register(instance)];
  await wholeInterview(one);
  multiply(await wholeInterview(many));
  for (const query of ["", "?page=500", "?level=middle", "?sort=best"]) {
    const [few, lots] = [await milliseconds(one, `/history${query}`), await milliseconds(many, `/history${query}`)];
    console.log(`${`/history${query}, ${MANY} interviews / one`.padEnd(52)} ${`${lots.toFixed(1)} ms / ${few.toFixed(1)} ms`.padStart(20)}`);
  }
} finally {
  await instance.stop();
}
