// What a page with a log-in costs when a million log-ins, 100,000 interviews and a million
// answers are in the database, beside a thousand, a hundred and a thousand: the same requests in
// turn. The databases are made once and kept in build/bench.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildFolder, root, startInstance } from "../web/instance.mjs";
import { act, openChat, register, startInterview, thinAnswer, wholeInterview } from "../web/story.mjs";

const [FEW, MANY, TRIES] = [1000, Number(process.env.BENCH_SESSIONS ?? 1000000), 60];
const kept = path.join(root, buildFolder(), "bench");

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const numbers = (count) => `(WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${count}) SELECT n FROM c)`;
const id = (kind, n) => `printf('%08x-0000-4000-${kind}000-000000000000', ${n})`;

// So many log-ins and answers; a tenth as many people and interviews.
function fill(file, count) {
  const tenth = count / 10;
  execFileSync("sqlite3", [file, `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN;
    INSERT INTO users (id, username, username_key, name_key, password_hash, language, role, created_at)
      SELECT ${id(8, "n")}, 'user' || n, 'user' || n, 'user' || n || ' ', '', 'en', 'candidate', n FROM ${numbers(tenth)};
    INSERT INTO web_sessions (token_hash, id, user_id, created_at, seen_at, expires_at)
      SELECT hex(randomblob(32)), ${id(9, "n")}, ${id(8, `n % ${tenth} + 1`)}, n, n, 4000000000000 FROM ${numbers(count)};
    INSERT INTO interviews (id, owner_id, role_id, level, type, language, edition, question_count, status, difficulty,
      max_turns, start_nonce, created_at)
      SELECT ${id("a", "n")}, ${id(8, "n")}, 'backend', 'middle', 'technical', 'en', 1, 10, 'in_progress', 1, 80, 'n' || n,
      1760000000000 + n FROM ${numbers(tenth)};
    INSERT INTO questions (id, interview_id, position, bank_id, q_type, category, snapshot, state)
      SELECT ${id("b", "n")}, ${id("a", `(n - 1) / 10 + 1`)}, (n - 1) % 10 + 1, 'bench-' || ((n - 1) % 10), 'theory', 'core', '{}', 'unanswered'
      FROM ${numbers(count)};
    INSERT INTO turns (interview_id, seq, author, kind, body, question_id, created_at)
      SELECT ${id("a", `(n - 1) / 10 + 1`)}, (n - 1) % 10 + 1, 'candidate', 'answer', 'An answer of some words, number ' || n,
      ${id("b", "n")}, 1760000000000 + n FROM ${numbers(count)};
    COMMIT; PRAGMA journal_mode = WAL;`], { stdio: ["ignore", "ignore", "inherit"] });
}

// The filled database, which an earlier run may have left.
async function filled(count) {
  const file = path.join(kept, `sessions-${count}.db`);
  const newest = Math.max(statSync(path.join(root, "schema.sql")).mtimeMs, statSync(new URL(import.meta.url)).mtimeMs);
  if (existsSync(file) && statSync(file).mtimeMs > newest) {
    return file;
  }
  const instance = await startInstance();
  await instance.cli("bank", "statistics"); // whatever a program does first is done
  execFileSync("sqlite3", [path.join(instance.var, "viva.db"), `VACUUM INTO '${file}.new'`]);
  await instance.stop();
  fill(`${file}.new`, count);
  copyFileSync(`${file}.new`, file);
  rmSync(`${file}.new`);
  return file;
}

async function begin(count) {
  const folder = mkdtempSync(path.join(tmpdir(), "viva-"));
  copyFileSync(await filled(count), path.join(folder, "viva.db"));
  const instance = await startInstance({ var: folder, env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  const person = await register(instance);
  const report = await wholeInterview(person);
  const talk = await startInterview(person, { question_count: "15" });
  return { instance, folder, person, report, talk, times: {} };
}

async function timed(world, name, work) {
  const start = performance.now();
  await work();
  (world.times[name] ??= []).push(performance.now() - start);
}

async function get(world, address) {
  const { status } = await world.person.get(address);
  if (status !== 200) {
    throw new Error(`${address}: ${status}`);
  }
}

async function measure(world, nth) {
  await timed(world, "profile page", () => get(world, "/profile"));
  await timed(world, "history page", () => get(world, "/history"));
  await timed(world, "talk", () => get(world, `/interviews/${world.talk}`));
  await timed(world, "report", () => get(world, `/reports/${world.report}`));
  if (nth % 6 === 0) {
    const chat = await openChat(world.person, world.talk);
    if (chat.isRunning && chat.question) {
      await timed(world, "answer to the next page", () => act(world.person, world.talk, "say", thinAnswer(chat)));
    }
    await timed(world, "start of an interview", () => startInterview(world.person));
  }
}

const worlds = [];
try {
  for (const count of [FEW, MANY]) {
    worlds.push(await begin(count));
  }
  for (let i = 0; i < TRIES; i++) {
    for (const world of worlds) {
      await measure(world, i);
    }
  }
  for (const name of Object.keys(worlds[0].times)) {
    const [few, many] = worlds.map(({ times }) => median(times[name]));
    console.log(`${`${name}, ${MANY} / ${FEW} log-ins and answers`.padEnd(52)} ${(many / few).toFixed(2).padStart(12)}   ` +
      `bar: 1.3 (${many.toFixed(1)} / ${few.toFixed(1)} ms)`);
  }
} finally {
  for (const { instance, folder } of worlds) {
    await instance.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
