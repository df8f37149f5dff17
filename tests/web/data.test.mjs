// What is mine: taken along complete and without what would spoil an interview, deleted without
// a trace.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { codingQuestion, importTasks, MARKER as HIDDEN, openCode, SHOUT, startCoding, waitForResult } from "./coding.mjs";
import { buildFolder, namesBelow, startInstance } from "./instance.mjs";
import { roleTexts, visibleText } from "./page.mjs";
import { programsOf, until } from "./processes.mjs";
import {
  answerWell,
  bank,
  finish,
  freshName,
  logIn,
  makeAdmin,
  openChat,
  PASSWORD,
  press,
  register,
  say,
  startInterview,
  stranger,
  wholeInterview,
} from "./story.mjs";

// Stands in everything that a person ever wrote.
const MARK = "zqmarkerzq";

let instance;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  await importTasks(instance, [SHOUT]);
});
after(() => instance?.stop());

function sql(statement) {
  const file = path.join(instance.var, "viva.db");
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", "-cmd", "PRAGMA foreign_keys = ON", file, statement], {
    encoding: "utf8",
  }).trim();
}

const rows = (statement) => sql(statement).split("\n").filter(Boolean).map((line) => line.split("|"));
const idOf = (person) => sql(`SELECT id FROM users WHERE username = '${person.name}'`);

// --- which tables there are, found out from the database itself ----------------------------

// { table: condition } of every table whose rows go with a user, for the user with that id.
function tablesOf(userId) {
  const names = rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").map(([name]) => name);
  const keysOf = (name) => {
    const keys = new Map();
    for (const [id, , parent, from, to, , onDelete] of rows(`PRAGMA foreign_key_list(${name})`)) {
      const key = keys.get(id) ?? { parent, onDelete, from: [], to: [] };
      keys.set(id, { ...key, from: [...key.from, from], to: [...key.to, to] });
    }
    return [...keys.values()].filter(({ onDelete }) => onDelete === "CASCADE");
  };
  const conditions = { users: `id = '${userId}'` };
  for (let found = true; found; ) {
    found = false;
    for (const name of names.filter((table) => !(table in conditions))) {
      const ways = keysOf(name).filter(({ parent }) => parent in conditions);
      if (ways.length > 0) {
        conditions[name] = ways.map(({ parent, from, to }) =>
          `(${from}) IN (SELECT ${to} FROM ${parent} WHERE ${conditions[parent]})`).join(" OR ");
        found = true;
      }
    }
  }
  return conditions;
}

function counts(conditions) {
  const statement = Object.entries(conditions)
    .map(([table, condition]) => `SELECT '${table}', count(*) FROM ${table} WHERE ${condition}`).join(" UNION ALL ");
  return Object.fromEntries(rows(statement).map(([table, count]) => [table, Number(count)]));
}

// --- people with something in every table ---------------------------------------------------

async function sendCode(person, question, action, code) {
  const { fields } = await openCode(person, question);
  const reply = await person.post(`/code/${question}/runs`, { ...fields, code, action });
  assert.equal(reply.status, 303, visibleText(reply.text));
  return waitForResult(person, question);
}

// Right code, the same for everybody but for the names in it; long enough to be compared.
const codeOf = (mark) => `def shout(text):
    ${mark} = ""
    for letter in text:
        if letter.islower():
            ${mark} += letter.upper()
        else:
            ${mark} += letter
    if len(${mark}) == 0:
        return ""
    return ${mark}
`;

// A finished interview of code with a run, an attempt, a hint and a draft.
async function finishCoding(person, mark) {
  const id = await startCoding(person);
  const question = await codingQuestion(person, id);
  await sendCode(person, question, "run", codeOf(mark));
  await sendCode(person, question, "submit", codeOf(mark));
  const { fields } = await openCode(person, question);
  await person.post(`/code/${question}/hints`, { ...fields, level: "1" });
  await person.post(`/code/${question}/drafts`, { ...(await openCode(person, question)).fields, code: `# ${mark}` });
  await finish(person, id);
  await person.get(`/reports/${id}`);
  return id;
}

// What the pages of other subjects store, put there directly.
function fillOtherTables(userId, interview, mark) {
  const [t, uuid] = [Date.now(), (n) => `${userId.slice(0, -2)}0${n}`];
  const values = {
    interview_starts: `NULL, '${userId}', ${t}`,
    login_challenges: `'h-${uuid(1)}', '${userId}', 0, ${t}`,
    recovery_codes: `'${userId}', 'h-${uuid(2)}', NULL`,
    token_families: `'f-${userId}', '${userId}', '${mark}', ${t}, ${t}, ${t + 1e9}, NULL`,
    refresh_tokens: `'h-${uuid(3)}', 'f-${userId}', ${t}, NULL`,
    personal_tokens: `'p-${userId}', '${userId}', '${mark}', 'h-${uuid(4)}', 'read', ${t}, NULL, ${t + 1e9}`,
    idempotency_keys: `'${userId}', '${mark}', 'h', 200, '', '{"${mark}":1}', ${t}`,
    cvs: `'${userId}', '${mark}.pdf', '${mark}', '{"position":"${mark}"}', 'builtin', ${t}, NULL`,
    review_cards: `'${userId}', 'bank', '${mark}', 1, 5, 1, 0, ${t}, ${t}`,
    review_answers: `'r-${userId}', '${userId}', 'bank', 'en', 'Why?', '${mark}', '{}', 'n', ${t}`,
    review_drafts: `'${userId}', 'bank', '${mark}', ${t}`,
    invitation_uses: `'shared', '${userId}', ${t}`,
    interview_facts: `'${interview}', 'position', '${mark}', 'builtin', ${t}`,
    trace_exports: `'${interview}', 0, 0, 0, 0, 0`,
    decisions: `'${interview}', 'hold', '${mark}', NULL, 0, ${t}`,
    audit_names: `NULL, 's-${userId}', '${userId}', NULL, NULL`,
    drafts: `'${interview}', '${mark}', ${t}`,
    overrides: `NULL, (SELECT id FROM questions WHERE interview_id = '${interview}' AND position = 1), 5, '${mark}', NULL, ${t}, NULL`,
    appeals: `'a-${interview}', (SELECT id FROM questions WHERE interview_id = '${interview}' AND position = 1), 'p', 0, 1, '${mark}', 'waiting', '', 'missing', '', NULL, ${t}, NULL`,
    shares: `'${userId.replaceAll("-", "")}', '${interview}', 1, ${t}, ${t + 1e9}, NULL, 0, NULL`,
    notes: `'n-${userId}', '${userId}', NULL, NULL, '${mark}', 'n-${userId}', ${t}`,
    webhook_deliveries: `'w-${interview}', '${interview}', 'interview.completed', '{"name":"${mark}"}', 'waiting', 0, ${t + 1e9}, 0, '', ${t}, NULL`,
  };
  sql(`INSERT OR IGNORE INTO invitations (id, token, title, role_id, level, type, language, edition, coding_percent,
    code_language, time_limit_min, most_uses, nonce, created_at, expires_at)
    VALUES ('shared', 'shared', 'Spring', 'backend', 'middle', 'hr', 'en', 1, 0, '', 0, 0, 'shared', ${t}, ${t})`);
  const columns = (table) => rows(`PRAGMA table_info(${table})`).slice(0, values[table].split(", ").length).map(([, name]) => name);
  sql(Object.entries(values).map(([table, list]) => `INSERT OR IGNORE INTO ${table} (${columns(table)}) VALUES (${list});`).join("\n"));
  sql(`INSERT INTO password_resets (code_hash, user_id, created_at, expires_at) VALUES ('h-${uuid(5)}', '${userId}', ${t}, ${t})`);
  sql(`INSERT INTO report_revisions SELECT interview_id, revision + 8, version, body, total_score, max_score, created_at, cause, note,
    key_id, signature, records, '[]' FROM reports WHERE interview_id = '${interview}'`);
  for (const [subject, id] of [["interview_id", interview], ["user_id", userId]]) {
    sql(`INSERT INTO llm_calls (${subject}, agent, model, prompt_hash, prompt, parameters, reply, reasoning, prompt_tokens,
      completion_tokens, latency_ms, outcome, requests, created_at)
      VALUES ('${id}', 'evaluator', 'm', 'h', '["${mark}"]', '{}', '${mark}', '${mark}', 1, 1, 1, 'ok', 1, ${t})`);
  }
}

// Somebody with a finished talk, finished code, and rows in all tables.
async function fullPerson(mark = MARK) {
  const name = freshName(mark);
  const person = await register(instance, { name, fullName: `${mark} Full` });
  await person.postForm("/profile", { full_name: `${mark} Full`, position: mark, level: "middle", stack: mark, about: `${mark} <b>` });
  const theory = await startInterview(person, { question_count: "3", job_description: `${mark} wanted` });
  await say(person, theory, `${mark}. I am not sure about that one.`);
  await answerWell(person, theory);
  await person.post(`/interviews/${theory}/events`, {
    csrf: await person.csrf("/profile"),
    events: JSON.stringify([{ kind: "large_paste", chars: 300, excerpt: mark }]),
  });
  await finish(person, theory);
  await person.get(`/reports/${theory}`);
  await finishCoding(person, mark);
  const id = sql(`SELECT id FROM users WHERE username = '${name}'`);
  fillOtherTables(id, theory, mark);
  return Object.assign(person, { id, theory });
}

async function exportOf(person) {
  const reply = await person.postForm("/settings", {}, { action: "/settings/export" });
  assert.equal(reply.status, 200, visibleText(reply.text));
  return { reply, text: reply.text, document: JSON.parse(reply.text) };
}

// --- the export ------------------------------------------------------------------------------

test("the export has every row of every table that belongs to me, and nobody else's", async () => {
  const person = await fullPerson();
  const other = await fullPerson();
  const { reply, text, document } = await exportOf(person);
  assert.equal(reply.headers["content-type"], "application/json");
  assert.match(reply.headers["content-disposition"], /^attachment; filename="viva_export_zqmarkerzq-/);
  assert.equal(reply.headers["cache-control"], "no-store");
  const stored = counts(tablesOf(person.id));
  const exported = Object.fromEntries(Object.entries(document.tables).map(([table, list]) => [table, list.length]));
  assert.deepEqual(exported, stored);
  assert.ok(Object.values(stored).every((count) => count > 0), `something in every table: ${JSON.stringify(stored)}`);
  assert.ok(!text.includes(other.id) && !text.includes(other.name), "nothing of another person");
  assert.deepEqual(document.running_interviews, []);
});

test("every column is there but secrets and what is for others", async () => {
  const person = await fullPerson();
  const { document } = await exportOf(person);
  const missing = Object.keys(document.tables).flatMap((table) => rows(`PRAGMA table_info(${table})`)
    .map(([, column]) => column)
    .filter((column) => !(column in document.tables[table][0]))
    .map((column) => `${table}.${column}`));
  assert.deepEqual(missing.sort(), [
    "appeals.decided_by",
    "audit_names.salt",
    "decisions.author_id",
    "idempotency_keys.body",
    "idempotency_keys.headers",
    "idempotency_keys.request_hash",
    "idempotency_keys.user_id",
    "login_challenges.token_hash",
    "login_challenges.user_id",
    "notes.author_id",
    "notes.nonce",
    "notes.user_id",
    "overrides.author_id",
    "participants.name_key",
    "participants.number",
    "participants.user_id",
    "password_resets.code_hash",
    "password_resets.issued_by",
    "password_resets.user_id",
    "personal_tokens.token_hash",
    "personal_tokens.user_id",
    "recovery_codes.code_hash",
    "recovery_codes.user_id",
    "refresh_tokens.token_hash",
    "token_families.user_id",
    "users.name_key",
    "users.password_hash",
    "users.totp_secret",
    "users.totp_step",
    "users.username_key",
    "web_sessions.token_hash",
    "web_sessions.user_id",
  ]);
});

test("what was said, written and marked is in it as it was", async () => {
  const person = await fullPerson();
  const { tables } = (await exportOf(person)).document;
  assert.equal(tables.users[0].username, person.name);
  assert.equal(tables.users[0].about, `${MARK} <b>`);
  assert.ok(tables.turns.some(({ author, body }) => author === "candidate" && body.includes(MARK)));
  assert.ok(tables.submissions.some(({ code, kind }) => kind === "submit" && code.includes(MARK)));
  assert.ok(tables.submissions.find(({ state }) => state === "done").result.public.length > 0, "JSON is JSON, not text");
  const graded = tables.questions.find(({ id }) => id === tables.evaluations[0].question_id);
  assert.ok(graded.snapshot.reference_answer, "of a finished interview the reference answer");
  const report = tables.reports.find(({ interview_id: id }) => id === person.theory);
  const { signature, ...own } = JSON.parse((await person.get(`/reports/${person.theory}/report.json`)).text);
  assert.deepEqual(report.body, own, "the report is the candidate's own");
});

test("hidden tests, solutions, others' names and recruiters' texts are never in it", async () => {
  const [first, second] = [await fullPerson(), await fullPerson()];
  const events = sql(`SELECT count(*) FROM events WHERE evidence LIKE '%${first.id}%'`);
  assert.ok(Number(events) > 0, "their code is equal");
  sql(`INSERT INTO llm_calls (interview_id, agent, model, prompt_hash, prompt, parameters, reply, prompt_tokens,
    completion_tokens, latency_ms, outcome, requests, created_at)
    VALUES ('${second.theory}', 'recruiter_writer', 'm', 'h', '["recruiters-secret"]', '{}', 'recruiters-secret', 1, 1, 1, 'ok', 1, 1)`);
  const { text, document } = await exportOf(second);
  const coding = document.tables.questions.find(({ q_type: type }) => type === "coding");
  assert.ok(coding.snapshot.public_tests.length > 0);
  assert.ok(!text.toLowerCase().includes(HIDDEN), "no hidden test");
  assert.ok(!("hidden_tests" in coding.snapshot));
  assert.deepEqual(Object.values(coding.snapshot.languages).filter((language) => "reference" in language), []);
  assert.ok(!text.includes("recruiters-secret") && !text.includes("llm_summary_admin"));
  assert.ok(!text.includes(first.id) && !text.includes(first.name), "not who wrote the same code");
  assert.ok(document.tables.events.some(({ kind }) => kind === "identical_code"), "but that somebody did");
  const hash = sql(`SELECT password_hash FROM users WHERE id = '${second.id}'`);
  for (const secret of [hash, `h-${second.id.slice(0, -2)}`, second.cookies.get("viva_session")]) {
    assert.ok(!text.includes(secret), secret);
  }
});

// --- an interview that still runs --------------------------------------------------------------

// Texts in the language of the talk that would tell how to answer.
function tellTales(question) {
  return [
    ...question.reference_answer.en,
    ...question.key_points.flatMap(({ id, text, aliases }) => [text.en, ...aliases.en, `"${id}"`]),
    ...question.mistakes.flatMap(({ claim, fact }) => [...claim.en, fact.en]),
    question.hint.en,
  ].filter((text) => text.length > 25 || text.startsWith('"'));
}

test("who takes an interview learns nothing from the export that they were not told", async () => {
  const person = await register(instance);
  const theory = await startInterview(person, { question_count: "4" });
  await answerWell(person, theory);
  const chat = await openChat(person, theory);
  const coding = await startCoding(person);
  const question = await codingQuestion(person, coding);
  await sendCode(person, question, "submit", "def shout(text):\n    return ''\n");
  const id = idOf(person);
  sql(`INSERT INTO llm_calls (interview_id, agent, model, prompt_hash, prompt, parameters, reply, prompt_tokens,
    completion_tokens, latency_ms, outcome, requests, created_at)
    VALUES ('${theory}', 'evaluator', 'm', 'h', '["calls-secret"]', '{}', 'calls-secret', 1, 1, 1, 'ok', 1, 1)`);
  const { text, document } = await exportOf(person);
  const { tables } = document;
  assert.deepEqual(document.running_interviews.sort(), [theory, coding].sort());
  assert.ok(document.notes.some((note) => note.includes("running_interviews")), "it says what is withheld");
  const stored = counts(tablesOf(id));
  assert.ok(stored.evaluations > 0 && stored.marks > 0, "there is something to hide");
  for (const table of ["evaluations", "marks", "evidence", "llm_calls"]) {
    assert.deepEqual(tables[table], [], table);
  }
  for (const table of Object.keys(stored).filter((name) => !["evaluations", "marks", "evidence", "llm_calls"].includes(name))) {
    assert.equal(tables[table].length, stored[table], table);
  }
  assert.ok(!text.includes("calls-secret"));
  assert.ok(!text.toLowerCase().includes(HIDDEN));
  assert.ok(!text.includes(SHOUT.hints[0].en) && !text.includes("The outline."), "no hint that was not asked for");
  assert.ok(tables.turns.every(({ observation }) => observation === null));
  for (const [asked] of rows(`SELECT bank_id FROM questions q JOIN interviews i ON i.id = q.interview_id
      WHERE i.owner_id = '${id}' AND q.q_type = 'theory'`)) {
    const source = bank.find((one) => one.id === asked);
    const said = visibleText(chat.html);
    for (const tale of tellTales(source).filter((words) => !said.includes(words))) {
      assert.ok(!text.includes(JSON.stringify(tale).slice(1, -1)) || tale.startsWith('"') && said.includes(tale), `${asked}: ${tale}`);
    }
  }
  const coming = tables.questions.filter(({ state }) => state === "planned");
  assert.ok(coming.length > 0);
  for (const row of coming) {
    assert.deepEqual([row.snapshot, row.bank_id, row.category, row.q_type], [null, null, null, null], "nothing of what comes");
  }
  await finish(person, theory);
  const after = (await exportOf(person)).document;
  assert.deepEqual(after.running_interviews, [coding]);
  assert.ok(after.tables.evaluations.length > 0, "afterwards it is all there");
  assert.ok(after.tables.llm_calls.length > 0);
});

const questionsOf = ({ tables }, interview) => tables.questions.filter(({ interview_id: id }) => id === interview);

test("hints that were not paid for stay out, also of a task that was never asked", async () => {
  const person = await register(instance);
  const interview = await finishCoding(person, "letters");
  const { text, document } = await exportOf(person);
  const tasks = questionsOf(document, interview).filter(({ q_type: type }) => type === "coding");
  assert.ok(tasks.length > 0);
  for (const { snapshot, state } of tasks) {
    assert.ok(!("hints" in snapshot), state);
  }
  assert.equal(document.tables.hints.length, 1, "the one that was shown is there");
  assert.ok(!text.includes("The outline."));
});

test("what is asked again in a running interview is not told by the finished one", async () => {
  const person = await register(instance);
  const finished = await wholeInterview(person);
  const before = (await exportOf(person)).document;
  assert.ok(questionsOf(before, finished).every(({ snapshot }) => snapshot.reference_answer));
  assert.ok(before.tables.marks.length > 0);
  const retry = await person.postForm("/history", { questions: "all", nonce: freshName() }, { action: `/interviews/${finished}/retry` });
  assert.equal(retry.status, 303, visibleText(retry.text));
  const { tables } = (await exportOf(person)).document;
  for (const { snapshot } of questionsOf({ tables }, finished)) {
    assert.ok(snapshot.question, "what was asked is mine");
    for (const name of ["reference_answer", "key_points", "mistakes", "hint"]) {
      assert.ok(!(name in snapshot), name);
    }
  }
  for (const table of ["evaluations", "marks", "evidence"]) {
    assert.deepEqual(tables[table], [], table);
  }
});

// Peak of resident memory of the programs named account since the last `reset`, KiB.
function peakOfAccount({ reset = false } = {}) {
  const pids = programsOf(instance, ["account"]).map(({ pid }) => pid);
  assert.ok(pids.length > 0);
  if (reset) {
    pids.forEach((pid) => writeFileSync(`/proc/${pid}/clear_refs`, "5"));
  }
  return Math.max(...pids.map((pid) => Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmHWM:\s+(\d+)/m)[1])));
}

test("the export goes out row by row: a large one does not grow the program", async () => {
  const person = await register(instance);
  const id = await wholeInterview(person);
  sql(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
    INSERT INTO llm_calls (interview_id, agent, model, prompt_hash, prompt, parameters, reply, prompt_tokens,
    completion_tokens, latency_ms, outcome, requests, created_at)
    SELECT '${id}', 'evaluator', 'm', 'h', '[]', '{}', hex(randomblob(100000)), 1, 1, 1, 'ok', 1, 1 FROM n`);
  const csrf = await person.csrf("/settings");
  const before = peakOfAccount({ reset: true });
  const reply = await person.post("/settings/export", { csrf });
  assert.ok(reply.body.length > 40_000_000);
  assert.equal(JSON.parse(reply.text).tables.llm_calls.length, 200);
  const grown = peakOfAccount() - before;
  // Sanitizers keep what was freed for a while.
  assert.ok(grown < (buildFolder().endsWith("san") ? 300_000 : 10_000), `grown by ${grown} KiB`);
});

// --- the deletion --------------------------------------------------------------------------------

const deletion = (person, password) =>
  person.postForm("/settings/delete", { username: person.name, password });

// Files of the instance that hold the word.
function filesWith(word) {
  return namesBelow(instance.var)
    .filter((name) => statSync(path.join(instance.var, name)).isFile())
    .filter((name) => readFileSync(path.join(instance.var, name)).includes(word));
}

test("the page says what goes, and a wrong password deletes nothing", async () => {
  const person = await register(instance);
  const page = await person.get("/settings/delete");
  assert.match(visibleText(page.text), /cannot be undone/);
  for (const password of ["", "wrong password!"]) {
    const reply = await deletion(person, password);
    assert.equal(reply.status, 403);
    assert.deepEqual(roleTexts(reply.text, "alert"), ["The password is wrong."]);
  }
  assert.equal((await person.get("/settings")).status, 200);
});

test("after the deletion no byte of mine is in any file, and others lose nothing", async () => {
  const gone = "zqgonezq";
  const deleted = Number(sql("SELECT coalesce(max(value), 0) FROM settings WHERE name = 'deleted_accounts'"));
  const person = await fullPerson(gone);
  const stays = await fullPerson();
  assert.ok(Number(sql(`SELECT count(*) FROM events WHERE evidence LIKE '%${gone}%'`)) > 0, "others are told of equal code");
  const phone = await logIn(instance, person.name);
  await stranger(instance).postForm("/login", { username: person.name, password: "wrong password!" });
  const before = counts(tablesOf(stays.id));
  assert.ok(filesWith(gone).length > 0, "this looks into the right files");
  const reply = await deletion(person, PASSWORD);
  assert.equal(reply.status, 303, visibleText(reply.text));
  assert.equal(reply.headers.location, "/");
  assert.deepEqual(filesWith(gone), []);
  assert.match(roleTexts((await person.get("/")).text, "status").join(), /deleted/);
  for (const browser of [person, phone]) {
    assert.equal((await browser.get("/settings")).status, 303, "logged out");
  }
  assert.deepEqual(filesWith(person.id).filter((name) => name.includes("viva.db")), [], "not even the id");
  const left = counts(tablesOf(person.id));
  assert.deepEqual(Object.entries(left).filter(([, count]) => count > 0), []);
  assert.deepEqual(counts(tablesOf(stays.id)), before, "others keep every row");
  assert.equal(Number(sql("SELECT value FROM settings WHERE name = 'deleted_accounts'")), deleted + 1);
  assert.equal(sql("PRAGMA integrity_check"), "ok");
  assert.equal(sql("PRAGMA foreign_key_check"), "");
  assert.equal((await stranger(instance).postForm("/login", { username: person.name, password: PASSWORD })).status, 401);
});

test("code that is being judged and answers on their way bring nothing back", async () => {
  const person = await register(instance);
  const id = idOf(person);
  const [talk, coding] = [await startInterview(person), await startCoding(person)];
  const question = await codingQuestion(person, coding);
  const { fields } = await openCode(person, question);
  const code = "def shout(text):\n    while True:\n        pass\n";
  assert.equal((await person.post(`/code/${question}/runs`, { ...fields, code, action: "submit" })).status, 303);
  await until(() => sql(`SELECT state FROM submissions WHERE owner_id = '${id}'`) === "running", "the judge has it");
  const chat = await openChat(person, talk);
  const answers = [1, 2, 3, 4].map((n) => press(person, { ...chat, nonce: freshName() }, "say", `Answer ${n} of many words.`));
  const [deleted, ...replies] = await Promise.all([deletion(person, PASSWORD), ...answers]);
  assert.equal(deleted.status, 303);
  for (const { status } of replies) {
    assert.ok([303, 401, 403, 404, 409].includes(status), `status ${status}`);
  }
  await until(() => programsOf(instance, ["judge-box"]).length === 0, "the judge is done");
  assert.deepEqual(Object.entries(counts(tablesOf(id))).filter(([, count]) => count > 0), []);
  assert.equal(sql(`SELECT count(*) FROM submissions WHERE owner_id = '${id}'`), "0");
  const next = await finishCoding(await register(instance), "mark");
  assert.match(next, /^[0-9a-f-]{36}$/, "the judge works on");
});

test("the last admin stays, one of two may go", async () => {
  const [first, second] = [await makeAdmin(instance), await makeAdmin(instance)];
  assert.equal((await deletion(first, PASSWORD)).status, 303);
  const reply = await deletion(second, PASSWORD);
  assert.equal(reply.status, 409);
  assert.match(roleTexts(reply.text, "alert").join(), /last admin/);
  assert.equal((await second.get("/admin")).status, 200);
});
