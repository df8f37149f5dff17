// A report that was made anew: it says so and why, shows what became different, and gives out what
// it was before, signed, to its reader and nobody else.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { visibleText } from "./page.mjs";
import { makeAdmin, register, reportDocument, wholeInterview } from "./story.mjs";

const REASON = "The scorer <b>counts</b> more now.";

let instance, person, admin, id, first;

const sql = (statement) => execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"), statement], {
  encoding: "utf8",
}).trim();

before(async () => {
  instance = await startInstance();
  person = await register(instance);
  admin = await makeAdmin(instance);
  // As an examiner of before would have graded: lower than it is graded now.
  sql(`CREATE TRIGGER graded_before AFTER INSERT ON evaluations WHEN new.score > 1 BEGIN
    UPDATE evaluations SET score = 0.5, verdict = 'incorrect', version = 'builtin-1' WHERE question_id = new.question_id; END`);
  id = await wholeInterview(person);
  sql("DROP TRIGGER graded_before");
  first = await reportDocument(person, id);
  await instance.cli("rescore", id, "--reason", REASON);
});
after(() => instance?.stop());

// What `viva verify` says of a file.
async function verified(text) {
  const file = path.join(instance.var, "downloaded.json");
  writeFileSync(file, text);
  return instance.cli("verify", file).then(({ stdout }) => stdout, ({ stdout }) => `NOT RIGHT ${stdout}`);
}

test("a first report speaks of no revisions", async () => {
  const own = await wholeInterview(person);
  const page = await person.get(`/reports/${own}`);
  assert.doesNotMatch(page.text, /\/revisions/);
  assert.match(visibleText((await person.get(`/reports/${own}/revisions`)).text), /Revision 1 .*The interview was finished\./s);
});

test("the report says that it was made anew, and why", async () => {
  for (const reader of [person, admin]) {
    const page = await reader.get(`/reports/${id}`);
    assert.match(visibleText(page.text), /Revision 2 of 2, made anew on [\d.: ]+ because the answers were graded anew\. Reason: The scorer <b>counts/);
    assert.ok(page.text.includes(`/reports/${id}/revisions"`));
    assert.match((await reader.get(`/reports/${id}/report.txt`)).text, /Revision 2 of 2, .* Reason: The scorer <b>counts<\/b> more now\./);
  }
  const latest = await reportDocument(person, id);
  assert.deepEqual([latest.revision.number, latest.revision.cause, latest.revision.note], [2, "rescored", REASON]);
  assert.ok(latest.metrics.overall.total_score > first.metrics.overall.total_score);
});

test("the page of the revisions shows what became different", async () => {
  for (const reader of [person, admin]) {
    const reply = await reader.get(`/reports/${id}/revisions`);
    assert.equal(reply.status, 200);
    const text = visibleText(reply.text);
    assert.match(text, /Revision 2[\s\S]*Reason: The scorer <b>counts[\s\S]*Revision 1[\s\S]*The interview was finished/);
    assert.match(text, /Score of the interview\s+[\d.]+\s+[\d.]+/);
    assert.match(text, /Question \d, score\s+0\.5\s+/);
    assert.match(text, /Question \d, verdict\s+Not there yet\s+Excellent/);
  }
});

test("an earlier revision can be had as it was, and is signed", async () => {
  const own = await person.get(`/reports/${id}/revisions/1/report.json`);
  assert.equal(own.status, 200);
  assert.match(own.headers["content-disposition"], /revision-1\.json/);
  const { signature, ...document } = JSON.parse(own.text);
  const { signature: then, ...was } = first;
  assert.deepEqual(document, was);
  assert.ok(signature.value && then.value);
  assert.ok(!own.text.includes("llm_summary_admin"), "the candidate's");
  assert.match(await verified(own.text), /the signature is right/);
  const theirs = await admin.get(`/reports/${id}/revisions/1/report.json`);
  assert.ok(JSON.parse(theirs.text).llm_summary_admin, "the recruiter's");
  assert.equal(theirs.text, sql(`SELECT body FROM report_revisions WHERE interview_id = '${id}'`), "to the byte");
  assert.match(await verified(theirs.text.replace('"total_score"', '"total_score" ')), /NOT RIGHT what it says was signed, but not these bytes/);
});

test("what is no revision, or another's, is not there", async () => {
  const other = await register(instance);
  for (const number of ["0", "3", "01", "-1", "x", "1e0", "99999999999999999999"]) {
    assert.equal((await person.get(`/reports/${id}/revisions/${number}/report.json`)).status, 404, number);
  }
  for (const page of ["", "/1/report.json"]) {
    assert.equal((await other.get(`/reports/${id}/revisions${page}`)).status, 404);
  }
});

test("an earlier revision that was changed in the database is not given out", async () => {
  sql(`UPDATE report_revisions SET body = replace(body, '"total_score":', '"total_score":1') WHERE interview_id = '${id}'`);
  assert.equal((await person.get(`/reports/${id}/revisions/1/report.json`)).status, 500);
  assert.equal((await person.get(`/reports/${id}`)).status, 200, "the newest is");
});
