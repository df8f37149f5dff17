// The recruiter's list of participants, a participant's page with notes, tables for spreadsheets.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { inputValue, tags, textareaValue, visibleText } from "./page.mjs";
import { finish, freshName, makeAdmin, register, startInterview, wholeInterview } from "./story.mjs";

const FORMULA = `=cmd|'/c calc'!A1`;

let instance, admin, ann, bob, idle, finished, early, list;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  admin = await makeAdmin(instance);
  ann = await register(instance, { fullName: FORMULA });
  bob = await register(instance, { fullName: "Борис Ґудзь" });
  idle = await register(instance, { fullName: `"${FORMULA}` });
  finished = await wholeInterview(ann, { role: "backend", level: "senior" });
  early = await startInterview(ann, { role: "frontend", level: "junior", question_count: "5" });
  await finish(ann, early);
  await startInterview(bob, { level: "junior" });
  list = { ann: ann.name, bob: bob.name, idle: idle.name };
});
after(() => instance?.stop());

const sql = (statement) => execFileSync("sqlite3", [path.join(instance.var, "viva.db"), statement], { encoding: "utf8" }).trim();
const idOf = (person) => sql(`SELECT id FROM users WHERE username = '${person.name}'`);

// Who of the three is in the list that the address asks for.
async function found(query, status = 200) {
  const page = await admin.get(`/admin?${query}`);
  assert.equal(page.status, status, visibleText(page.text));
  const links = tags(page.text, "a").map(({ href }) => href);
  const people = Object.entries({ ann, bob, idle });
  return people.filter(([, person]) => links.includes(`/admin/participants/${idOf(person)}`)).map(([name]) => name).join(" ");
}

test("every filter is in the address and finds who has an interview that fits", async () => {
  assert.equal(await found(""), "ann bob idle");
  assert.equal(await found("status=finished"), "ann");
  assert.equal(await found("status=running"), "bob");
  assert.equal(await found("status=none"), "idle");
  assert.equal(await found("role=frontend"), "ann");
  assert.equal(await found("level=junior"), "ann bob");
  assert.equal(await found("level=junior&status=finished"), "ann");
  assert.equal(await found("type=hr"), "");
  assert.equal(await found("role=backend&level=senior&score_from=1"), "ann");
  assert.equal(await found("role=frontend&score_from=1"), "", "one interview has to fit all of it");
  assert.equal(await found("score_to=0"), "ann", "the one that was ended at once");
  const day = new Date().toISOString().slice(0, 10);
  assert.equal(await found(`from=2020-01-01&to=${day}`), "ann bob");
  assert.equal(await found("to=2020-01-01"), "");
  assert.equal(await found(`search=${encodeURIComponent("ґуд")}`), "bob");
  assert.equal(await found("invitation=none"), "ann bob idle", "an invitation that there is not");
  sql(`UPDATE users SET disabled_at = 1 WHERE username = '${idle.name}'`);
  assert.equal(await found("state=disabled"), "idle");
  assert.equal(await found("state=enabled"), "ann bob");
  sql(`UPDATE users SET disabled_at = NULL WHERE username = '${idle.name}'`);
});

test("what cannot be is said, and stays as it was typed", async () => {
  assert.equal(await found("score_from=90&score_to=10", 400), "");
  const page = await admin.get("/admin?score_from=90&score_to=10&from=yesterday&role=frontend");
  assert.equal(page.status, 400);
  assert.equal(inputValue(page.text, "score_from"), "90");
  assert.equal(inputValue(page.text, "from"), "yesterday");
  assert.match(page.text, /<option value="frontend" selected>/);
  assert.equal((await admin.get("/admin?after=99999999999999999999&before=x&sort=password_hash")).status, 200);
});

test("pages go on and back, in every order, and show everybody once", async () => {
  const names = Array.from({ length: 60 }, (_, i) => `page-${String(i).padStart(2, "0")}`);
  sql(names.map((name, i) => `INSERT INTO users (id, username, username_key, name_key, password_hash, language, role, created_at)
    VALUES ('00000000-0000-4000-8000-0000000000${i + 10}', '${name}', '${name}', '${name} ', '', 'en', 'candidate', ${i});`).join("\n"));
  const shown = (text) => [...text.matchAll(/>(page-\d\d)</g)].map(([, name]) => name);
  const link = (text, way) => tags(text, "a").map(({ href }) => href).find((href) => href?.includes(`${way}=`));
  for (const [order, expected] of [["asc", names], ["desc", [...names].reverse()]]) {
    const seen = [];
    let page = await admin.get(`/admin?search=page-&sort=name&order=${order}`);
    for (; link(page.text, "after"); page = await admin.get(link(page.text, "after"))) {
      seen.push(...shown(page.text));
    }
    seen.push(...shown(page.text));
    assert.deepEqual(seen, expected);
    const back = await admin.get(link(page.text, "before"));
    assert.deepEqual(shown(back.text), expected.slice(25, 50));
    assert.deepEqual(shown((await admin.get(link(back.text, "before"))).text), expected.slice(0, 25));
  }
  sql("DELETE FROM users WHERE username LIKE 'page-%'");
});

test("the page of a participant tells what was not asked", async () => {
  const page = await admin.get(`/admin/participants/${idOf(ann)}`);
  assert.match(visibleText(page.text), /4 questions were never asked/);
  assert.ok(page.text.includes(`href="/reports/${finished}/report.json"`));
});

test("notes are kept once, shown to recruiters, and deleted by who wrote them", async () => {
  const address = `/admin/participants/${idOf(ann)}`;
  const page = await admin.get(address);
  const note = { nonce: inputValue(page.text, "nonce"), note: "Asked <b>good</b> questions.\nCall her.", interview_id: finished };
  for (let click = 0; click < 2; click++) {
    assert.equal((await admin.postForm(address, note, { action: `${address}/notes` })).status, 303);
  }
  const text = (await admin.get(address)).text;
  assert.equal(text.split("Asked &lt;b&gt;good&lt;/b&gt; questions.\nCall her.").length, 2);
  assert.ok(!(await ann.get(`/reports/${finished}`)).text.includes("Call her"), "not for the candidate's pages");
  const [{ action }] = tags(text, "form").filter((form) => /notes\/[^/]+\/delete$/.test(form.action));
  const colleague = await makeAdmin(instance);
  assert.equal((await colleague.postForm(address, {}, { action })).status, 404, "not one's own");
  assert.equal((await admin.postForm(address, {}, { action })).status, 303);
  assert.ok(!(await admin.get(address)).text.includes("Call her"));
});

test("a note that cannot be is refused and stays in the form", async () => {
  const address = `/admin/participants/${idOf(ann)}`;
  const long = "é".repeat(4001);
  const reply = await admin.postForm(address, { nonce: freshName(), note: long }, { action: `${address}/notes` });
  assert.equal(reply.status, 400);
  assert.equal(textareaValue(reply.text, "note"), long);
  const empty = await admin.postForm(address, { nonce: freshName(), note: "  " }, { action: `${address}/notes` });
  assert.equal(empty.status, 400);
  const other = { nonce: freshName(), note: "About whom?", interview_id: finished };
  const wrong = await admin.postForm(address, other, { action: `/admin/participants/${idOf(bob)}/notes` });
  assert.equal(wrong.status, 404, "an interview of somebody else");
  assert.equal(sql("SELECT count(*) FROM notes"), "0");
});

// Cells as a program with a CSV reader of its own gets them.
function cells(text) {
  const script = "import csv, json, sys; print(json.dumps(list(csv.reader(open(0, newline='', encoding='utf-8-sig')))))";
  return JSON.parse(execFileSync("python3", ["-c", script], { input: text, encoding: "utf8" }));
}

async function table(name, query = "") {
  const reply = await admin.get(`/admin/${name}.csv?${query}`);
  assert.equal(reply.status, 200);
  assert.match(reply.headers["content-disposition"], new RegExp(`^attachment; filename="${name}_\\d{8}_\\d{6}\\.csv"`));
  assert.ok(reply.text.startsWith("\uFEFF"), "a byte order mark");
  assert.ok(!/[^\r]\n/.test(reply.text.replace(/"[^"]*"/g, "")), "CRLF");
  const [head, ...rows] = cells(reply.text);
  rows.flat().forEach((cell) => assert.ok(!/^["'\s]*[=+@]/.test(cell) || cell.includes("'="), `a formula: ${cell}`));
  return rows.map((row) => Object.fromEntries(head.map((column, i) => [column, row[i]])));
}

test("tables for spreadsheets have what the filters find, and no formulas", async () => {
  const people = await table("participants", "sort=name");
  assert.deepEqual(people.map((row) => row.username).sort(), Object.values(list).sort());
  const row = people.find(({ username }) => username === ann.name);
  assert.equal(row.full_name, `'${FORMULA}`);
  assert.equal(people.find(({ username }) => username === idle.name).full_name, `"'${FORMULA}`);
  assert.equal(people.find(({ username }) => username === bob.name).full_name, "Борис Ґудзь");
  assert.equal(row.interviews, "2");
  assert.match(row.last_start, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.deepEqual((await table("participants", "status=running")).map(({ username }) => username), [bob.name]);
  const results = await table("results", "role=frontend");
  assert.equal(results.length, 5);
  results.forEach((result) => assert.equal(result.interview_id, early));
  assert.ok((await table("results", "status=finished&score_from=1")).some(({ score }) => Number(score) > 0));
  assert.deepEqual(await table("events"), []);
  await table("usage", "period=month");
  assert.equal((await admin.get("/admin/results.csv?score_from=200")).status, 400);
  assert.ok(Number(sql("SELECT count(*) FROM audit WHERE action = 'export.csv'")) >= 6);
});

test("the health page has a word on each part, and no secrets", async () => {
  const page = await admin.get("/admin/health");
  assert.equal(page.status, 200);
  const lines = [...page.text.matchAll(/<td class="row-title">(.*?)<\/td>\n<td>(.*?)<\/td>\n<td>(.*?)<\/td>/g)].map(([, ...line]) => line);
  const line = (title) => lines.find(([name]) => name === title) ?? assert.fail(title);
  assert.equal(line("Edition of the database")[1], sql("PRAGMA user_version"));
  assert.match(line("Protection of the judge")[1], /^(A1|A2|B|C)$/);
  assert.match(line("Size of the database")[1], /^[\d.]+ MiB$/);
  assert.equal(line("Newest row of the audit log")[1], sql("SELECT max(number) FROM audit"));
  assert.ok(!page.text.includes(sql("SELECT value FROM settings WHERE name = 'csrf_key'")));
  assert.equal(line("Last round of the housekeeping")[2], "In order");
  sql("UPDATE settings SET value = '1 ' WHERE name = 'health_housekeeping'");
  const worse = (await admin.get("/admin/health")).text;
  assert.match(worse, /<p class="fault" role="status">\d+ lines? needs? a look/);
});
