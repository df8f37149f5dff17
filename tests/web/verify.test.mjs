// viva verify and viva rescore: of many finished interviews every number comes out the same; what
// is changed behind the programs' back is named, whichever record, column or byte it is.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { buildFolder, prepareFolder, root } from "./instance.mjs";

const COUNT = 40;
const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), "viva-verify-"));
const env = { ...process.env, VIVA_VAR: folder, VIVA_HOME: root, VIVA_INTERVIEWS_PER_DAY: "1000" };
const program = (name) => path.join(root, buildFolder(), name);

// { status, stdout, lines: the JSON lines of it }
async function viva(...words) {
  const options = { env, cwd: root, maxBuffer: 1 << 28 };
  const { code: status, stdout } = await run(program("viva"), words, options).then(
    (done) => ({ code: 0, ...done }),
    (error) => error,
  );
  const lines = words.includes("--json") ? stdout.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];
  return { status, stdout, lines };
}

// As one who can write to the file can: no trigger, no constraint and no key is in the way.
function sql(statement) {
  const loose = ["PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON"].flatMap((text) => ["-cmd", text]);
  return execFileSync("sqlite3", [...loose, path.join(folder, "viva.db"), statement], { encoding: "utf8" }).trim();
}

before(async () => {
  await prepareFolder(folder);
  await run(program("tools/finished"), [`${COUNT}`, "7"], { env, cwd: root });
}, { timeout: 120000 });

after(() => rmSync(folder, { recursive: true, force: true }));

test("of finished interviews every number comes out the same", { timeout: 120000 }, async () => {
  const { status, stdout } = await viva("verify", "--all");
  assert.match(stdout, new RegExp(`^${COUNT} reports in \\d+ revisions verified: 0 not right$`, "m"), stdout.slice(0, 2000));
  assert.equal(status, 0);
  assert.ok(Number(sql("SELECT count(*) FROM report_revisions")) > 0, "some were made anew");
});

test("a file is what was signed, or it is not", async () => {
  const [id, body] = sql("SELECT interview_id, body FROM reports WHERE revision = 1 ORDER BY interview_id LIMIT 1").split(/\|(.*)/s);
  const file = path.join(folder, "report.json");
  writeFileSync(file, body);
  const right = await viva("verify", file);
  assert.equal(right.status, 0, right.stdout);
  assert.match(right.stdout, /signature is right/);
  assert.match(right.stdout, new RegExp(`${id} revision 1: right`));
  for (const at of [body.indexOf("total_score") + 14, Math.floor(body.length / 3), body.length - 20]) {
    writeFileSync(file, `${body.slice(0, at)}${body[at] === "7" ? "8" : "7"}${body.slice(at + 1)}`);
    assert.notEqual((await viva("verify", file)).status, 0, `byte ${at}`);
  }
  writeFileSync(file, `${body}\n`);
  assert.match((await viva("verify", file)).stdout, /not these bytes/);
  assert.equal((await viva("verify", "no-such-file")).status, 2);
});

// --- what is changed ------------------------------------------------------------------------

// How the rows of a table are called: SQL of a row `r` and its question `q`.
const names = {
  evaluations: "'evaluation of question ' || q.position",
  marks: "'mark ' || r.position || ' of question ' || q.position",
  evidence: "'evidence of mark ' || r.position || ' of question ' || q.position || ' at byte ' || r.span_start",
  submissions: "'submission ' || r.id",
  questions: "'question ' || r.position",
  turns: "'turn ' || r.seq",
  hints: "'hint ' || r.level || ' of question ' || q.position",
  events: "'event ' || r.id",
  interviews: "'interview'",
  overrides: "'override ' || r.id",
};

// What may rightly be another after a report, and what only says where a row belongs.
const free = new Set(["id", "question_id", "interview_id", "owner_id", "seq", "submissions.slot", "submissions.worker",
  "submissions.nonce", "submissions.code_hash", "submissions.started_at", "submissions.explanation",
  "submissions.explanation_engine", "submissions.explanation_asks", "interviews.difficulty", "interviews.stop_requested",
  "interviews.start_nonce", "interviews.stage", "interviews.parent_id", "interviews.in_review", "interviews.invitation_id",
  "interviews.share", "interviews.role_title", // no report tells it
  "overrides.author_id", "overrides.withdrawn_at",
  "questions.position"]); // it is what a question is called by: see below

const columnsOf = (table) => sql(`PRAGMA table_info(${table})`).split("\n").map((line) => line.split("|"))
  .map(([, name, type]) => ({ name, type }))
  .filter(({ name }) => !free.has(name) && !free.has(`${table}.${name}`));

const interviewIdOf = (table) => ({ interviews: "r.id", questions: "r.interview_id", turns: "r.interview_id", events: "r.interview_id" })[table] ??
  "q.interview_id";
const questionOf = (table) => (table === "questions" || table === "interviews" ? "NULL" : "r.question_id");

// The n-th row of a table, as many interviews as there are first, and again from the first one when
// there are fewer: { rowid, interview, name }.
function nthRow(table, n) {
  const of = interviewIdOf(table);
  const counts = table === "overrides" ? "WHERE r.withdrawn_at IS NULL" : "";
  const [rowid, interview, name] = sql(`WITH rows AS (SELECT r.rowid AS n, ${of} AS interview, ${names[table]} AS name,
    row_number() OVER (PARTITION BY ${of} ORDER BY r.rowid) AS place
    FROM ${table} r LEFT JOIN questions q ON q.id = ${questionOf(table)} ${counts})
    SELECT n, interview, name FROM rows WHERE name NOT NULL ORDER BY place, interview
    LIMIT 1 OFFSET ${n} % (SELECT max(count(*), 1) FROM rows WHERE name NOT NULL)`).split("|");
  assert.ok(rowid, `row ${n} of ${table}`);
  return { interview, rowid, name };
}

// What is found of each interview: id -> ["records: turn 7 was changed", ...]
async function findings() {
  const { lines } = await viva("verify", "--all", "--json");
  const found = new Map();
  for (const { interview_id: id, revision, findings: list } of lines.filter((line) => line.findings)) {
    found.set(id, [...(found.get(id) ?? []), ...list.map(({ part, what }) => `${revision} ${part}: ${what}`)]);
  }
  return found;
}

function check(found, expected) {
  for (const { interview, pattern, what } of expected) {
    assert.ok((found.get(interview) ?? []).some((text) => pattern.test(text)), `${what} of ${interview}: ${found.get(interview)}`);
  }
  const touched = new Set(expected.map(({ interview }) => interview));
  assert.deepEqual([...found.keys()].filter((id) => !touched.has(id)), [], "and nothing else is named");
}

// A copy of the database for the test to spoil.
async function during(act) {
  const file = path.join(folder, "viva.db");
  sql("PRAGMA wal_checkpoint(TRUNCATE)");
  const whole = readFileSync(file);
  try {
    return await act();
  } finally {
    sql("PRAGMA wal_checkpoint(TRUNCATE)");
    writeFileSync(file, whole);
  }
}

test("every column of every record that was changed is named", { timeout: 120000 }, () => during(async () => {
  for (const name of sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'").split("\n")) {
    sql(`DROP TRIGGER ${name}`);
  }
  const expected = Object.keys(names).flatMap((table) => columnsOf(table).map(({ name: column, type }, n) => {
    const { interview, rowid, name } = nthRow(table, n);
    return { interview, pattern: new RegExp(`records: ${name} (was changed|is missing)$`), what: `${table}.${column}`, table, rowid, column, type };
  }));
  sql(expected.map(({ table, rowid, column, type }, n) => `UPDATE ${table} SET ${column} =
    ${type === "TEXT" ? `coalesce(${column}, '') || ${n % 2 ? "'x'" : "char(0) || 'x'"}` : `coalesce(${column}, 0) + 40`} WHERE rowid = ${rowid};`).join("\n"));
  check(await findings(), expected);
}));

test("what is missing, what was added and what was changed of the report itself is named", { timeout: 120000 }, () => during(async () => {
  const columns = ["version", "body", "total_score", "max_score", "created_at", "cause", "note", "key_id", "signature", "records"];
  const expected = Object.keys(names).filter((table) => !["interviews", "questions"].includes(table)).map((table) => {
    const { interview, rowid, name } = nthRow(table, 0);
    return { interview, rowid, what: table, pattern: new RegExp(`records: ${name} is missing$`) };
  });
  sql(expected.map(({ what, rowid }) => `DELETE FROM ${what} WHERE rowid = ${rowid};`).join("\n"));

  const { interview: fuller } = nthRow("turns", 20);
  sql(`INSERT INTO turns (interview_id, seq, author, kind, body, created_at) VALUES ('${fuller}', 999, 'candidate', 'answer', 'more', 1)`);
  expected.push({ interview: fuller, pattern: /records: turn 999 was added/, what: "a turn" });
  const { interview: moved } = nthRow("questions", 19);
  sql(`UPDATE questions SET position = position + 40 WHERE interview_id = '${moved}' AND position = 1`);
  expected.push({ interview: moved, pattern: /records: question 41 was changed/, what: "a place" });
  for (const [n, column] of columns.entries()) {
    const { interview } = nthRow("turns", 21 + n);
    const value = ["total_score", "max_score", "created_at"].includes(column) ? `${column} + 5000`
      : column === "body" ? `replace(body, '"questions":', '"questions": ')` : `${column} || 'x'`;
    sql(`UPDATE reports SET ${column} = ${value} WHERE interview_id = '${interview}'`);
    expected.push({ interview, pattern: column === "body" ? /signature: the text is not/ : column === "records" ? /list of its records was changed/ : new RegExp(`row: ${column}`), what: `reports.${column}` });
  }
  const [older] = sql(`SELECT interview_id FROM report_revisions WHERE grades LIKE '%"evaluation"%' ORDER BY 1 DESC LIMIT 1`).split("\n");
  sql(`UPDATE report_revisions SET grades = replace(grades, '"score":', '"score":1') WHERE interview_id = '${older}'`);
  expected.push({ interview: older, pattern: /^1 records: evaluation of question \d was changed/, what: "kept grades" });
  check(await findings(), expected);
}));

test("a forged report of its own is none: number, hash and signature hold each other", () => during(async () => {
  const [rowid, interview] = sql(`SELECT e.rowid, r.interview_id FROM evaluations e JOIN questions q ON q.id = e.question_id
    JOIN reports r ON r.interview_id = q.interview_id WHERE r.revision = 1 AND e.score BETWEEN 1 AND 8 LIMIT 1`).split("|");
  sql(`UPDATE evaluations SET score = max_score, verdict = 'excellent' WHERE rowid = ${rowid}`);
  const { stdout, status } = await viva("verify", interview);
  assert.equal(status, 1);
  assert.match(stdout, /records: evaluation of question \d was changed/);
  assert.match(stdout, /grades: question \d: score\n +stored: +10\n +recomputed: /);
  assert.match(stdout, /facts: metrics\.overall\.total_score\n/);
}));

// --- what was made, and in which order -------------------------------------------------------

const untied = () => sql("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit%'").split("\n").map((name) => `DROP TRIGGER ${name};`).join("");

test("revisions and reports that were taken away are named, one by one and of all", { timeout: 60000 }, () => during(async () => {
  const [twice, other] = sql("SELECT interview_id FROM reports WHERE revision = 2 ORDER BY 1").split("\n");
  const [bare, unmade, replaced] = sql("SELECT interview_id FROM reports WHERE revision = 1 ORDER BY 1").split("\n");
  sql(`DELETE FROM report_revisions WHERE interview_id = '${twice}'; DELETE FROM reports WHERE interview_id IN ('${other}', '${bare}', '${unmade}');
    ${untied()} DELETE FROM audit_names WHERE interview_id = '${unmade}';
    UPDATE reports SET (body, key_id, signature) = (SELECT body, key_id, signature FROM reports WHERE interview_id = '${twice}') WHERE interview_id = '${replaced}'`);
  for (const [interview, pattern] of [
    [twice, /: NOT right\n {2}revisions: revision 1 is missing\n/],
    [other, /: NOT right\n {2}revisions: revision 2 is missing\n {2}revisions: the report is missing\n/],
    [bare, /: NOT right\n {2}revisions: revision 1 is missing\n {2}revisions: the report is missing\n/],
    [replaced, /log: the audit log knows another report of this number/],
  ]) {
    const { stdout, status } = await viva("verify", interview);
    assert.deepEqual([status, pattern.test(stdout)], [1, true], stdout);
  }
  const none = await viva("verify", unmade);
  assert.deepEqual([none.status, none.stdout], [0, `${unmade}: right\n  note: no report was made yet\n`]);
  const all = await viva("verify", "--all", "--json");
  assert.deepEqual(all.lines.at(-1), { reports: COUNT - 3, revisions: all.lines.at(-1).revisions, without_report: 1, not_right: 4 });
}));

test("the report of before does not come back as the newest one", () => during(async () => {
  const interview = sql("SELECT interview_id FROM reports WHERE revision = 2 LIMIT 1");
  const columns = "revision, version, body, total_score, max_score, created_at, cause, note, key_id, signature, records";
  sql(`UPDATE reports SET (${columns}) = (SELECT ${columns} FROM report_revisions r WHERE r.interview_id = '${interview}') WHERE interview_id = '${interview}';
    DELETE FROM report_revisions WHERE interview_id = '${interview}'`);
  const { stdout, status } = await viva("verify", interview);
  assert.equal(status, 1);
  assert.match(stdout, /revision 2 is missing\n {2}revisions: the report is revision 1, but revision 2 was made last\n/);
}));

test("reports of before there were keys are signed once, by the migration", { timeout: 60000 }, () => during(async () => {
  const strip = (where) => `UPDATE reports SET key_id = '', signature = '', body = json_remove(body, '$.signature') ${where};`;
  sql(`${untied()} ${strip("")} DELETE FROM signing_keys; DELETE FROM audit WHERE action = 'report.made';
    DELETE FROM report_revisions; UPDATE reports SET revision = 1, cause = 'finished', note = '', records = '[]',
    texts_due = 0, body = json_remove(body, '$.revision', '$.records', '$.basis', '$.questions[0].ruling')`);
  assert.equal((await viva("migrate")).status, 0);
  const signed = await viva("verify", "--all");
  assert.match(signed.stdout, new RegExp(`^${COUNT} reports in ${COUNT} revisions verified: 0 not right$`, "m"), signed.stdout.slice(0, 2000));
  const [forged, whole] = sql("SELECT interview_id FROM reports ORDER BY 1").split("\n");
  const replayed = await viva("replay", whole);
  assert.match(replayed.stdout, /report questions: same \(1 members are not in the stored report\)\n[^]*all the same\n$/);
  sql(`${strip(`WHERE interview_id = '${forged}'`)} UPDATE reports SET created_at = 1 WHERE interview_id = '${forged}'`);
  for (const keys of ["", "DELETE FROM signing_keys"]) {
    sql(keys);
    assert.equal((await viva("migrate")).status, 0);
    assert.match((await viva("verify", forged)).stdout, /NOT right\n {2}signature: it has no signature\n/);
    assert.equal((await viva("verify", whole)).status, keys === "" ? 0 : 1);
  }
}));

// --- graded anew -----------------------------------------------------------------------------

test("rescoring keeps what was, says why, and changes nothing twice", () => during(async () => {
  const [rowid, interview] = sql(`SELECT e.rowid, r.interview_id FROM evaluations e JOIN questions q ON q.id = e.question_id
    JOIN reports r ON r.interview_id = q.interview_id WHERE r.revision = 1 AND e.score > 1 LIMIT 1`).split("|");
  const unchanged = await viva("rescore", interview);
  assert.match(unchanged.stdout, /1 reports graded anew, 0 changed/);
  const before = sql(`SELECT body FROM reports WHERE interview_id = '${interview}'`);
  sql(`UPDATE evaluations SET score = 0.1, version = 'builtin-1', verdict = 'incorrect' WHERE rowid = ${rowid}`);
  const { stdout, status } = await viva("rescore", interview, "--reason", " A better scorer. ");
  assert.equal(status, 0, stdout);
  assert.match(stdout, /question \d: 0\.1 of 10 by builtin builtin-1 -> /);
  const [revision, cause, note] = sql(`SELECT revision, cause, note FROM reports WHERE interview_id = '${interview}'`).split("|");
  assert.deepEqual([Number(revision) > 1, cause, note], [true, "rescored", "A better scorer."]);
  assert.equal(sql(`SELECT body FROM report_revisions WHERE interview_id = '${interview}' AND revision = ${revision} - 1`), before);
  assert.match((await viva("rescore", interview)).stdout, /1 reports graded anew, 0 changed/);
  const verified = await viva("verify", interview);
  assert.match(verified.stdout, new RegExp(`revision ${revision}: right`), "the new one is");
  assert.match(verified.stdout, new RegExp(`revision ${revision - 1}: NOT right`), "the old one has the forged grade");
  assert.equal(sql("SELECT action FROM audit ORDER BY number DESC LIMIT 1"), "report.rescore");
  assert.equal((await viva("rescore", "none")).status, 1);
}));
