// The restore drill: a backup is made while people answer, and they go on elsewhere.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync,
  writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { buildFolder, root, startInstance } from "./instance.mjs";
import { visibleText } from "./page.mjs";
import { until } from "./processes.mjs";
import { finish, makeAdmin, openChat, press, register, reportDocument, say, startInterview, wholeInterview } from "./story.mjs";

const CANDIDATES = 4;
const EACH_TALK = 5;
const env = { VIVA_INTERVIEWS_PER_DAY: "1000", MAX_TURNS: "1000" };

let folder; // of all copies
let instance;
let second; // the one that goes on
let people; // [{ person, ids, acknowledged: [{ id, text }] }]
let admin;
let report; // of before: { id, document }
let backup; // the file
let saidBefore; // of each person: what was acknowledged when the backup began

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "viva-drill-"));
  instance = await startInstance({ env });
  admin = await makeAdmin(instance);
});
after(async () => {
  await second?.stop();
  await instance?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function sql(file, statement) {
  return execFileSync("sqlite3", [file], { input: statement, encoding: "utf8" }).trim();
}

// Runs the operator's command on the drill's folder; a refusal is a result like another.
async function viva(...args) {
  const run = await instance.cli(...args).catch((error) => error);
  return { status: run.code ?? 0, stdout: run.stdout, stderr: run.stderr };
}

// Answers until told to stop: EACH_TALK answers in one interview, then in the next.
async function keepAnswering({ person, ids, acknowledged }, mayStop) {
  for (let i = 0; !mayStop(); i++) {
    if (i % EACH_TALK === 0) {
      ids.push(await startInterview(person, { question_count: "15" }));
    }
    const text = `Thought ${i} of ${person.name}: an index makes reads faster and writes slower.`;
    const reply = await press(person, await openChat(person, ids.at(-1)), "say", text);
    assert.equal(reply.status, 303, visibleText(reply.text));
    acknowledged.push({ id: ids.at(-1), text });
  }
}

// The same browser, with its cookies, at the address of the other instance.
function elsewhere(person) {
  person.url = second.url;
  return person;
}

test("a backup is made while people answer, and none of them waits for it", async () => {
  const author = await register(instance);
  report = { author, id: await wholeInterview(author) };
  report.document = await reportDocument(author, report.id);
  people = await Promise.all(Array.from({ length: CANDIDATES }, async () => (
    { person: await register(instance), ids: [], acknowledged: [] })));
  let over = false;
  const talks = Promise.all(people.map((talk) => keepAnswering(talk, () => over)));
  while (people.some(({ acknowledged }) => acknowledged.length < 2)) {
    await Promise.race([talks, new Promise((resolve) => setTimeout(resolve, 20))]);
  }
  saidBefore = people.map(({ acknowledged }) => [...acknowledged]);
  const { status, stdout, stderr } = await viva("backup", path.join(folder, "drill.backup"));
  over = true;
  await talks;
  assert.equal(status, 0, stderr);
  assert.match(stdout, /drill\.backup: [\d.]+ MiB, edition \d+, \d+ rows, SHA-256 of the database [0-9a-f]{64}\n$/);
  backup = path.join(folder, "drill.backup");
  assert.equal(statSync(backup).mode & 0o777, 0o600);
  assert.ok(!existsSync(`${backup}.part`));
  assert.ok(people.every(({ acknowledged }, i) => acknowledged.length >= saidBefore[i].length));
});

test("a backup is checked without restoring it, and a damaged one is refused", async () => {
  const check = await viva("backup", "--check", backup);
  assert.deepEqual([check.status, check.stderr], [0, ""]);
  assert.match(check.stdout, new RegExp(`the file is whole: .*\nits newest report, of interview ${report.id}, is right\nits keys fit the signatures\n`));
  const bytes = readFileSync(backup);
  const target = path.join(folder, "untouched");
  mkdirSync(target);
  for (const [name, spoil, words] of [
    ["cut", (copy) => copy.subarray(0, copy.length - 1000), /no backup of Viva, or its end is missing/],
    ["flipped", (copy) => copy.fill(copy[copy.length >> 1] ^ 1, copy.length >> 1, (copy.length >> 1) + 1), /its database is not as it was written/],
    ["foreign", () => Buffer.from("ustar  ../../etc/passwd".repeat(400)), /no backup of Viva/],
    ["database", (copy) => copy.subarray(0, 4096), /no backup of Viva/],
  ]) {
    const file = path.join(folder, `${name}.backup`);
    writeFileSync(file, spoil(Buffer.from(bytes)));
    for (const args of [["backup", "--check", file], ["restore", file, "--into", target]]) {
      const { status, stderr } = await viva(...args);
      assert.equal(status, 1, args.join(" "));
      assert.match(stderr, words);
    }
    assert.deepEqual(readdirSync(target).filter((left) => left !== "locks"), [], name);
  }
});

test("nothing is restored where programs run", async () => {
  const { status, stderr } = await viva("restore", backup, "--force");
  assert.equal(status, 1);
  assert.match(stderr, /programs of Viva run with that folder: stop them first\nviva: nothing was changed\n/);
});

test("people go on in another folder: log-ins, answers, interviews, signatures", async () => {
  const target = path.join(folder, "elsewhere");
  const restored = await viva("restore", backup, "--into", target);
  assert.equal(restored.status, 0, restored.stderr);
  assert.match(restored.stdout, /its keys fit the signatures\n.*viva\.db is as it was at 20/);
  // As if the installation had begun two days ago: a backup is due.
  sql(path.join(target, "viva.db"), `UPDATE signing_keys SET created_at = ${Date.now() - 2 * 86400000}`);
  second = await startInstance({ var: target, env: { ...env, VIVA_BACKUP_DAILY: "1" } });
  for (const [i, { person, ids: [id] }] of people.entries()) {
    const moved = elsewhere(person);
    for (const said of saidBefore[i]) {
      const chat = await openChat(moved, said.id); // the cookie of before: no new log-in
      assert.equal(chat.turns.filter((turn) => turn.isMine && turn.text === said.text).length, 1, said.text);
    }
    await say(moved, id, "And so it goes on: measure first, then change one thing.");
    await finish(moved, id);
    assert.equal((await reportDocument(moved, id)).questions.length, 15);
  }
  assert.equal((await elsewhere(admin).get("/admin/health")).status, 200);
  admin.url = instance.url;
  assert.deepEqual(await reportDocument(elsewhere(report.author), report.id), report.document);
  const all = await second.cli("verify", "--all");
  assert.match(all.stdout, new RegExp(`^${CANDIDATES + 1} reports in \\d+ revisions verified: 0 not right$`, "m"));
  const file = path.join(folder, "report.json");
  writeFileSync(file, sql(path.join(instance.var, "viva.db"), `SELECT body FROM reports WHERE interview_id = '${report.id}'`));
  assert.match((await second.cli("verify", file)).stdout, /the signature is right/);
  assert.match((await second.cli("audit", "list", "--rows", "60")).stdout, /database\.restore/);
  await second.cli("audit", "verify");
  const daily = await until(() => existsSync(path.join(target, "backup")) &&
    readdirSync(path.join(target, "backup")).find((name) => name.endsWith(".backup")), "the daily backup");
  await second.cli("backup", "--check", path.join(target, "backup", daily));
});

test("the health page says how old the newest backup is", async () => {
  const line = async () => visibleText((await admin.get("/admin/health")).text).match(/Newest backup\s+(.*?)\s+(In order|Needs a look)/);
  assert.match((await line())[1], /^none yet$/);
  const shelf = path.join(instance.var, "backup");
  mkdirSync(shelf);
  copyFileSync(backup, path.join(shelf, "viva-20260101T000000Z.backup"));
  assert.deepEqual((await line()).slice(1), [`01.01.2026 00:00, ${(statSync(backup).size / 2 ** 20).toFixed(1)} MiB`, "Needs a look"]);
  const made = await viva("backup", "--daily");
  assert.equal(made.status, 0, made.stderr);
  assert.equal((await line())[2], "In order");
  assert.equal(readdirSync(shelf).length, 2, "the one of another month stays");
});

test("a database that is there is put aside, never deleted, and a backup of the future is refused", async () => {
  const target = path.join(folder, "again");
  const first = await viva("restore", backup, "--into", target);
  assert.equal(first.status, 0, first.stderr);
  const refused = await viva("restore", backup, "--into", target);
  assert.match(refused.stderr, /there is a database already; --force puts it aside\nviva: nothing was changed/);
  sql(path.join(target, "viva.db"), "PRAGMA user_version = 1000; INSERT INTO settings VALUES ('mine', 'kept')");
  const future = path.join(folder, "future.backup");
  const made = await instance.cli("backup", future, { env: { VIVA_VAR: target } });
  assert.match(made.stdout, /edition 1000/);
  assert.match((await viva("restore", future, "--into", path.join(folder, "never"))).stderr, /made by a newer Viva/);
  const forced = await viva("restore", backup, "--into", target, "--force");
  assert.equal(forced.status, 0, forced.stderr);
  const [, aside] = forced.stdout.match(/what was there before is (\S+)\n/);
  assert.equal(sql(aside, "SELECT value FROM settings WHERE name = 'mine'"), "kept");
  assert.equal(sql(path.join(target, "viva.db"), "SELECT count(*) FROM settings WHERE name = 'mine'"), "0");
});

test("a backup of an older edition is brought up to date on the way", async () => {
  const old = path.join(folder, "old");
  const target = path.join(folder, "newer");
  mkdirSync(old);
  sql(path.join(old, "viva.db"), `${readFileSync(`${root}/tests/unit/data/schema-1.sql`, "utf8")}; PRAGMA user_version = 1;
    INSERT INTO settings VALUES ('mine', 'kept')`);
  const file = path.join(folder, "old.backup");
  assert.match((await instance.cli("backup", file, { env: { VIVA_VAR: old } })).stdout, /edition 1,/);
  assert.match((await viva("backup", "--check", file)).stdout, /verified when it is restored, after the upgrade/);
  const { status, stdout, stderr } = await viva("restore", file, "--into", target);
  assert.equal(status, 0, stderr);
  const edition = sql(path.join(instance.var, "viva.db"), "PRAGMA user_version");
  assert.match(stdout, new RegExp(`brought from edition 1 to ${edition}\n`));
  assert.equal(sql(path.join(target, "viva.db"), "SELECT value FROM settings WHERE name = 'mine'"), "kept");
  assert.deepEqual(readdirSync(target).sort(), ["locks", "viva.db"]);
});

// Gives a disk of so many bytes to `use`; skips the test where that cannot be had.
async function withDisk(t, bytes, use) {
  const small = path.join(folder, "small");
  mkdirSync(small, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "none", small], { stdio: "ignore" });
  } catch {
    t.skip("no right to mount a small disk");
    return;
  }
  try {
    await use(small);
  } finally {
    execFileSync("umount", [small]);
    chmodSync(small, 0o700);
  }
}

// Takes all room that is left.
function fillUp(file) {
  const bytes = Buffer.alloc(1 << 16, "x");
  const descriptor = openSync(file, "w");
  try {
    for (;;) {
      writeSync(descriptor, bytes);
    }
  } catch (error) {
    assert.equal(error.code, "ENOSPC");
  } finally {
    closeSync(descriptor);
  }
}

test("a full disk leaves no half backup", (t) => withDisk(t, 1 << 20, async (small) => {
  const { status, stderr } = await viva("backup", small);
  assert.equal(status, 1);
  assert.match(stderr, /no backup was made: .*the disk has no room for it/);
  assert.deepEqual(readdirSync(small), []);
}));

test("nor does one that fills up in the midst of it", (t) => {
  const database = path.join(instance.var, "viva.db");
  const room = [database, `${database}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 6 << 20);
  return withDisk(t, room, async (small) => {
    const backing = spawn(path.join(root, buildFolder(), "viva"), ["backup", small], {
      env: { ...process.env, VIVA_HOME: root, VIVA_VAR: instance.var },
    });
    const said = [];
    backing.stderr.on("data", (data) => said.push(data));
    const ended = once(backing, "close");
    await until(() => readdirSync(small).some((name) => name.endsWith(".part")), "the file is begun");
    backing.kill("SIGSTOP");
    fillUp(path.join(small, "foreign"));
    backing.kill("SIGCONT");
    assert.deepEqual([await ended, Buffer.concat(said).toString()], [[1, null], "viva: no backup was made: the disk is full\n"]);
    assert.deepEqual(readdirSync(small), ["foreign"]);
  });
});

test("backups that are made at once do not take one another's files away", async () => {
  const target = path.join(folder, "crowd");
  mkdirSync(target);
  const runs = await Promise.all([1, 2, 3].map(() => viva("backup", target)));
  const made = runs.filter(({ status }) => status === 0);
  assert.ok(made.length > 0);
  for (const { status, stderr } of runs) {
    assert.ok(status === 0 || /a backup is being made already|there is such a file already/.test(stderr), stderr);
  }
  assert.equal(readdirSync(target).length, made.length);
});
