// What the recruiter's list costs with 100,000 candidates and 1,000,000 interviews, beside one
// with 1,000 and 10,000: side by side, the same pages in turn.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { root, startInstance } from "../web/instance.mjs";
import { makeAdmin } from "../web/story.mjs";

const [FEW, MANY, EACH, TRIES] = [1000, Number(process.env.BENCH_PEOPLE ?? 100000), 10, 25];

const FIRST = ["анна", "борис", "олена", "ivan", "maria", "тарас", "peter"];
const LAST = ["коваленко", "шевчук", "ivanov", "smith", "бондаренко", "ткаченко", "кравчук", "мельник"];
const ROLES = JSON.parse(readFileSync(path.join(root, "bank/roles.json"), "utf8")).map(({ id }) => id);
const choose = (words, n) => `CASE ${n} ${words.map((word, i) => `WHEN ${i} THEN '${word}'`).join(" ")} END`;

// Starts are spread over a year, levels, types, roles and scores evenly; a tenth still runs.
function fill(instance, people) {
  const statement = `PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA foreign_keys = ON; BEGIN;
    INSERT INTO users (id, username, username_key, full_name, name_key, password_hash, language, role, disabled_at, created_at)
      SELECT printf('%08x-0000-4000-8000-000000000000', n), 'user' || n, 'user' || n, f || ' ' || l, 'user' || n || ' ' || f || ' ' || l,
      '', 'en', 'candidate', CASE WHEN n * 1000 / ${people} = 500 AND n % 10 = 0 THEN 1 END, n
      FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${people})
        SELECT n, ${choose(FIRST, "n % 7")} AS f, ${choose(LAST, "n * 31 % 8")} AS l FROM c);
    INSERT INTO interviews (id, owner_id, role_id, level, type, language, edition, question_count, status, difficulty, max_turns,
      start_nonce, created_at, finished_at)
      SELECT printf('%08x-%04x-4000-9000-000000000000', p.number, k), p.user_id,
      ${choose(ROLES, `(p.number * 31 + k * 17) % ${ROLES.length}`)},
      ${choose(["junior", "middle", "senior"], "(p.number * 13 + k * 7) % 3")},
      ${choose(["technical", "hr", "case", "mixed"], "(p.number * 5 + k * 3) % 4")}, 'en', 1, 10,
      CASE WHEN (p.number + k) % 10 = 0 THEN 'in_progress' ELSE 'completed' END, 1, 80, 'n' || k,
      1760000000000 + (p.number * 7919123 + k * 104729) % 31536000 * 1000,
      CASE WHEN (p.number + k) % 10 > 0 THEN 1760003000000 + (p.number * 7919123 + k * 104729) % 31536000 * 1000 END
      FROM (WITH RECURSIVE c (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < ${EACH}) SELECT k FROM c), participants p;
    INSERT INTO reports (id, interview_id, version, body, total_score, max_score, created_at)
      SELECT 'r' || id, id, '1', '{}', rowid * 7919 % 1001 / 10.0, 100, finished_at FROM interviews WHERE status = 'completed';
    COMMIT; PRAGMA wal_checkpoint(TRUNCATE);`;
  execFileSync("sqlite3", ["-cmd", ".timeout 60000", path.join(instance.var, "viva.db"), statement], { stdio: ["ignore", "ignore", "inherit"] });
}

const WHAT = {
  "by name": "sort=name", "by name, backwards": "sort=name&order=desc",
  "by interviews": "sort=interviews&order=asc", "by interviews, most first": "sort=interviews",
  "by last interview, oldest first": "order=asc", "by last interview": "",
  "by score, lowest first": "sort=score&order=asc", "by score": "sort=score",
  "a page in the middle": "sort=name&after=500",
  "search, frequent: олена": "search=олена", "search, rare: user777": "search=user777",
  "search, nobody": "search=zzzz", "search, two letters: ко": "search=ко", "search, one letter: p": "search=p",
  "search, long: мельник": "search=мельник",
  "role": "role=backend", "level": "level=senior", "type": "type=hr", "finished": "status=finished",
  "not finished": "status=running", "no interviews": "status=none", "disabled": "state=disabled",
  "enabled": "state=enabled", "score from 50 to 70": "score_from=50&score_to=70", "score 100": "score_from=100",
  "three months": "from=2026-01-01&to=2026-03-31", "one day": "from=2026-01-05&to=2026-01-05",
  "role, level, type, status": "role=backend&level=senior&type=hr&status=finished&sort=score",
  "role, score, three months": "role=backend&score_from=50&from=2026-01-01&to=2026-03-31",
  "search, level, score": "search=олена&level=senior&score_from=50&sort=name",
};

async function time(admin, query) {
  const start = performance.now();
  const { status } = await admin.get(`/admin?${encodeURI(query)}`);
  if (status !== 200) {
    throw new Error(`${query}: ${status}`);
  }
  return performance.now() - start;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const instances = [];
try {
  for (const people of [FEW, MANY]) {
    const instance = await startInstance();
    instances.push(instance);
    instance.admin = await makeAdmin(instance);
    fill(instance, people);
  }
  console.log(`the list of participants, ${MANY} / ${FEW}`);
  for (const [name, query] of Object.entries(WHAT)) {
    const times = instances.map(() => []);
    for (let i = 0; i < TRIES; i++) {
      for (const [n, { admin }] of instances.entries()) {
        times[n].push(await time(admin, query));
      }
    }
    const [few, many] = times.map(median);
    console.log(`${name.padEnd(52)} ${(many / few).toFixed(2).padStart(12)}   bar: 1.3 (${many.toFixed(1)} / ${few.toFixed(1)} ms)`);
  }
} finally {
  for (const instance of instances) {
    await instance.stop();
  }
}
