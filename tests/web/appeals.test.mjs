// What persons decide about marks: candidates point at words that were not found, reviewers decide,
// admins set scores; the report is made anew and says so, and the examiner's own mark stays.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { readGraded } from "../../tools/score/graded.mjs";
import { appeal as appealTo, BESIDE, missingPoint as missingOf, pointsOf, thinInterview } from "./appeal.mjs";
import { startInstance } from "./instance.mjs";
import { inputValue, roleTexts, visibleText } from "./page.mjs";
import { makeAdmin, openChat, register, reportDocument, startInterview } from "./story.mjs";

let instance, admin, candidate, id;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  admin = await makeAdmin(instance);
});
after(() => instance?.stop());

beforeEach(async () => {
  candidate = await register(instance, { fullName: "Ann Candidate" });
  id = await thinInterview(candidate);
});

function sql(statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"), statement],
    { encoding: "utf8" }).trim();
}

const audited = (action) => Number(sql(`SELECT count(*) FROM audit a JOIN audit_names n ON n.number = a.subject
  WHERE a.action = '${action}' AND n.interview_id = '${id}'`));

async function firstQuestion(person = candidate) {
  return (await reportDocument(person, id)).questions[0];
}

const missingPoint = () => missingOf(candidate, id);
const appeal = (choice) => appealTo(candidate, id, choice);
const appealId = () => sql(`SELECT a.id FROM appeals a JOIN questions q ON q.id = a.question_id WHERE q.interview_id = '${id}'`);

async function decide(decision, reply, reviewer = admin) {
  const address = `/admin/appeals/${appealId()}`;
  const csrf = inputValue((await reviewer.get(address)).text, "csrf") ?? (await reviewer.csrf("/settings"));
  return reviewer.post(address, { csrf, decision, reply });
}

// --- appealing -----------------------------------------------------------------------------

test("points that were not found can be appealed against from the report, by their candidate alone", async () => {
  const question = await firstQuestion();
  const links = (html) => [...html.matchAll(/appeals\/([\w-]+)"/g)].map(([, point]) => point);
  const { text } = await candidate.get(`/reports/${id}`);
  const open = question.metrics.theory.key_points.filter((point) => point.status !== "covered").map((point) => point.id);
  assert.deepEqual(links(text).sort(), open.sort());
  assert.ok(open.length > 0 && open.length < question.metrics.theory.key_points.length);
  assert.deepEqual(links((await admin.get(`/reports/${id}`)).text), []);
  const { form, folder } = await missingPoint();
  const covered = pointsOf(question, "covered")[0].id;
  const csrf = await candidate.csrf("/profile");
  for (const [who, address] of [[admin, form], [await register(instance), form], [candidate, `${folder}/${covered}`],
    [candidate, `${folder}/none`], [candidate, form.replace(question.question_id, id)]]) {
    assert.equal((await who.get(address)).status, 404, address);
  }
  assert.equal((await candidate.post(`${folder}/${covered}`, { csrf, from: "1", to: "", comment: "" })).status, 404);
  assert.equal((await candidate.post(form, { csrf, from: "1", span_start: "0" })).status, 400);
  assert.equal(sql(`SELECT count(*) FROM appeals a JOIN questions q ON q.id = a.question_id WHERE q.interview_id = '${id}'`), "0");
});

test("what is chosen wrongly is said, and what was typed stays", async () => {
  const wrong = [{ from: "" }, { from: "0" }, { from: "99" }, { from: "x" }, { from: "3", to: "2" }, { to: "4711" }, { comment: "x".repeat(1001) }];
  for (const choice of wrong) {
    const reply = await appeal({ comment: "my own <words>", ...choice });
    assert.equal(reply.status, 400, JSON.stringify(choice));
    assert.equal(roleTexts(reply.text, "alert").length, 1, visibleText(reply.text));
    assert.ok(reply.text.includes(choice.comment ?? "my own &lt;words&gt;"));
  }
  assert.equal(appealId(), "");
});

test("an appeal waits on the report and in the text file, and the signed document knows nothing of it", async () => {
  const before = await reportDocument(candidate, id);
  const first = await appeal({ from: "1", to: "2", comment: "Tea is the <point>" });
  assert.equal(first.status, 303, visibleText(first.text));
  assert.equal(first.headers.location, `/reports/${id}#question-1`);
  const { form } = await missingPoint();
  const again = await candidate.post(form, { csrf: await candidate.csrf("/profile"), from: "3", to: "", comment: "" });
  assert.equal(again.status, 303);
  assert.equal(sql(`SELECT substr(CAST(q.answer AS BLOB), span_start + 1, span_end - span_start) FROM appeals a
    JOIN questions q ON q.id = a.question_id WHERE a.id = '${appealId()}'`), BESIDE);
  const page = visibleText((await candidate.get(`/reports/${id}`)).text);
  const txt = (await candidate.get(`/reports/${id}/report.txt`)).text;
  for (const shown of [page, txt, visibleText((await admin.get(`/reports/${id}`)).text)]) {
    assert.match(shown, /it waits for a decision/);
    assert.ok(shown.includes("Tea is the <point>") && shown.includes("We had tea then!"));
  }
  assert.deepEqual(await reportDocument(candidate, id), before);
  assert.equal((await candidate.get(form)).headers.location, `/reports/${id}#question-1`, "one for each point");
});

test("appeals are limited in number and time", async () => {
  const { form } = await missingPoint();
  const question = (await firstQuestion()).question_id;
  sql(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
    INSERT INTO appeals (id, question_id, key_point_id, span_start, span_end, state, status_before, created_at)
    SELECT '${id}-' || i, '${question}', 'other-' || i, 0, 1, 'waiting', 'missing', 1 FROM n`);
  const refused = await candidate.get(form);
  assert.equal(refused.status, 409);
  assert.ok(!refused.text.includes('name="from"'), "no form that leads nowhere");
  const post = async () => candidate.post(form, { csrf: await candidate.csrf("/profile"), from: "1", to: "", comment: "" });
  assert.equal((await post()).status, 409);
  const isOffered = async () => (await candidate.get(`/reports/${id}`)).text.includes("/appeals/");
  assert.ok(await isOffered());
  sql(`DELETE FROM appeals WHERE question_id = '${question}'`);
  sql(`UPDATE interviews SET finished_at = finished_at - 91 * 86400000 WHERE id = '${id}'`);
  assert.equal((await post()).status, 409);
  assert.ok(!(await isOffered()), "nothing is offered that would be refused");
  assert.equal(appealId(), "");
});

// --- deciding ------------------------------------------------------------------------------

test("an accepted appeal raises the score as it was announced, and everybody reads why", async () => {
  const before = await firstQuestion();
  await appeal({ comment: "Here it is" });
  const list = visibleText((await admin.get("/admin/appeals?state=waiting")).text);
  assert.ok(list.includes("Ann Candidate"));
  const page = await admin.get(`/admin/appeals/${appealId()}`);
  assert.match(page.text, /<mark class="claimed">We had tea then!<\/mark>/);
  const [, announced] = visibleText(page.text).match(/Accepted as said\s+([\d.]+) \/ 10/);
  assert.ok(Number(announced) > before.metrics.theory.score);
  const evaluation = sql(`SELECT * FROM evaluations WHERE question_id = '${before.question_id}'`);
  const reply = await decide("covered", "Tea it is");
  assert.equal(reply.status, 303, visibleText(reply.text));
  const [own, theirs] = [await firstQuestion(), await firstQuestion(admin)];
  assert.equal(own.metrics.theory.score, Number(announced));
  assert.equal(own.ruling.score_by_examiner, before.metrics.theory.score);
  assert.equal(own.ruling.appeals[0].evidence.text, "We had tea then!");
  assert.equal(theirs.ruling.appeals[0].by, admin.name);
  assert.ok(!("by" in own.ruling.appeals[0]) && !JSON.stringify(own).includes(admin.name));
  const granted = own.metrics.theory.key_points.find((point) => point.id === own.ruling.appeals[0].key_point_id);
  assert.deepEqual([granted.status, granted.decided_by, granted.evidence[0].text], ["covered", "person", "We had tea then!"]);
  assert.equal(sql(`SELECT * FROM evaluations WHERE question_id = '${before.question_id}'`), evaluation, "the examiner's mark stays");
  const txt = (await candidate.get(`/reports/${id}/report.txt`)).text;
  for (const shown of [visibleText((await candidate.get(`/reports/${id}`)).text), txt]) {
    assert.ok(shown.includes("counts as said.") && shown.includes("Tea it is") && !shown.includes(admin.name));
  }
  assert.equal(sql(`SELECT revision || cause FROM reports WHERE interview_id = '${id}'`), "2appeal");
  assert.equal(audited("appeal.accept"), 1);
  await instance.cli("verify", id); // rejects when a number of any revision cannot be found again
  const total = (await reportDocument(candidate, id)).metrics.overall.total_score;
  assert.equal(Number(sql(`SELECT total_score FROM reports WHERE interview_id = '${id}'`)), total);
});

test("decisions become labels that scorers are measured against", async () => {
  await appeal();
  await decide("partial", "Half of it");
  const { ruling, question_id: question, answer } = await firstQuestion();
  const lines = (await instance.cli("appeals", "labels")).stdout.trim().split("\n");
  assert.equal(lines.length, Number(sql("SELECT count(*) FROM appeals WHERE state <> 'waiting'")));
  const label = JSON.parse(lines.at(-1));
  const [{ key_point_id: point, evidence }] = ruling.appeals;
  assert.deepEqual(label.appeal, { key_point: point, examiner: "missing", person: "partial", accepted: true, span: [evidence.start, evidence.end] });
  assert.deepEqual([label.question_id, label.lang, label.answer, label.points[point]],
    [sql(`SELECT bank_id FROM questions WHERE id = '${question}'`), "en", answer, "partial"]);
  assert.ok(!lines.join().includes(admin.name) && !lines.join().includes("Ann Candidate"));
  const file = path.join(instance.var, "labels.jsonl");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const read = readGraded(file).at(-1);
  assert.equal(read.ours.points.find(({ id: key }) => key === point).status, "missing", "what the scorer says stands beside it");
});

test("who reviews blind decides without the name, also where the candidate wrote it", async () => {
  const blind = await makeAdmin(instance);
  sql(`UPDATE users SET is_blind = 1 WHERE username = '${blind.name}'`);
  sql(`UPDATE users SET full_name = 'Zyxwva Zyxwvova' WHERE username = '${candidate.name}'`);
  await appeal({ comment: "As Zyxwva I say: here" });
  const { address } = await scorePage();
  const paths = ["/admin/appeals", `/admin/appeals/${appealId()}`, address, `/reports/${id}`, `/reports/${id}/report.txt`];
  for (const path of paths) {
    const { status, text } = await blind.get(path);
    assert.equal(status, 200, path);
    assert.ok(!text.includes("Zyxwv") && !text.includes(candidate.name), path);
    assert.ok((await admin.get(path)).text.includes("Zyxwva") || path === address, path);
  }
  assert.match((await blind.get(paths[1])).text, /<mark class="claimed">We had tea then!<\/mark>/);
  assert.equal((await decide("covered", "Yes", blind)).status, 303);
  assert.ok(!(await blind.get(`/reports/${id}`)).text.includes("Zyxwv"), "a ruling is no decision about the person");
});

test("declining needs words; the decision stands when another reviewer comes later", async () => {
  const before = await firstQuestion();
  await appeal();
  const other = await makeAdmin(instance);
  const silent = await decide("decline", "  ");
  assert.equal(silent.status, 400);
  assert.equal(roleTexts(silent.text, "alert").length, 1);
  assert.equal((await decide("perhaps", "x")).status, 400);
  const long = await decide("covered", "y".repeat(2001));
  assert.ok(long.status === 400 && long.text.includes("y".repeat(2001)), "what was typed stays");
  assert.equal((await decide("decline", "That is about tea")).status, 303);
  assert.equal((await decide("decline", "That is about tea")).status, 303, "pressed twice");
  const late = await decide("covered", "I think so", other);
  assert.equal(late.status, 409);
  assert.ok(visibleText(late.text).includes("That is about tea"));
  const after = await firstQuestion();
  assert.equal(after.metrics.theory.score, before.metrics.theory.score);
  assert.equal(after.ruling.appeals[0].state, "declined");
  assert.ok(visibleText((await candidate.get(`/reports/${id}`)).text).includes("That is about tea"));
  assert.deepEqual([audited("appeal.decline"), audited("appeal.accept")], [1, 0]);
  assert.equal((await admin.get("/admin/appeals?state=declined&page=1")).status, 200);
  assert.equal((await admin.get("/admin/appeals?state=nonsense&page=-4")).status, 200);
});

// --- setting scores --------------------------------------------------------------------------

async function scorePage(person = admin) {
  const { question_id: question } = await firstQuestion();
  const address = `/admin/interviews/${id}/questions/${question}/score`;
  const page = await person.get(address);
  assert.equal(page.status, 200, visibleText(page.text));
  const fields = { csrf: inputValue(page.text, "csrf"), newest: inputValue(page.text, "newest") };
  return { address, page, set: (choice) => person.post(address, { ...fields, score: "7.5", reason: "Said aloud", ...choice }) };
}

test("an admin's score counts instead of the examiner's, with its reason, until it is withdrawn", async () => {
  const before = await firstQuestion();
  const { address, set } = await scorePage();
  const first = await set({ score: "7,5", reason: "Said <aloud>" });
  assert.equal(first.status, 303, visibleText(first.text));
  assert.equal(first.headers.location, `/reports/${id}#question-1`);
  assert.equal((await set({ score: "7,5", reason: "Said <aloud>" })).status, 303, "pressed twice");
  assert.equal(sql(`SELECT count(*) FROM overrides WHERE question_id = '${before.question_id}'`), "1");
  const [own, theirs] = [await firstQuestion(), await firstQuestion(admin)];
  assert.deepEqual([own.metrics.theory.score, own.metrics.theory.score_ratio, own.metrics.theory.verdict], [7.5, 0.75, "good"]);
  assert.deepEqual([own.ruling.score_by_examiner, own.ruling.override.reason], [before.metrics.theory.score, "Said <aloud>"]);
  assert.deepEqual([own.ruling.override.by, theirs.ruling.override.by], [undefined, admin.name]);
  const page = visibleText((await candidate.get(`/reports/${id}`)).text);
  assert.ok(page.includes("A person set the score to 7.5 on") && page.includes("Said <aloud>"));
  const pdf = (await candidate.get(`/reports/${id}/report.pdf`)).body;
  const paper = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf }).toString();
  assert.match(paper, /Revision +2\n[^]*7\.5 \/[^]*A person set the score to 7\.5 on[^]*Reason: Said <aloud>/);
  assert.ok(!paper.includes(admin.name), "who decided is for recruiters");
  assert.equal((await reportDocument(candidate, id)).metrics.overall.total_score, 7.5);
  assert.deepEqual([sql(`SELECT revision || cause FROM reports WHERE interview_id = '${id}'`), audited("score.override")], ["2override", 1]);
  await instance.cli("verify", id);
  const csrf = await admin.csrf(address);
  const newest = inputValue((await admin.get(address)).text, "newest");
  assert.equal((await admin.post(`${address}/withdraw`, { csrf, newest })).status, 303);
  assert.equal((await admin.post(`${address}/withdraw`, { csrf, newest })).status, 303, "pressed twice");
  const after = await firstQuestion();
  assert.deepEqual([after.metrics.theory.score, after.ruling], [before.metrics.theory.score, null]);
  assert.equal(audited("score.withdraw"), 1);
  assert.ok(visibleText((await admin.get(address)).text).includes("withdrawn on"), "its history stays");
});

test("a wrong score changes nothing, and one that somebody else set is not overwritten unseen", async () => {
  const { set } = await scorePage();
  for (const choice of [{ score: "" }, { score: "-1" }, { score: "10.1" }, { score: "seven" }, { score: "1e1" }, { score: "1.2.3" },
    { reason: "" }, { reason: " " }, { reason: "x".repeat(2001) }]) {
    const reply = await set({ reason: "kept words", ...choice });
    assert.equal(reply.status, 400, JSON.stringify(choice));
    assert.ok(reply.text.includes(choice.reason ?? "kept words"));
  }
  const other = await makeAdmin(instance);
  assert.equal((await (await scorePage(other)).set({ score: "2", reason: "Their reason" })).status, 303);
  const late = await set({ score: "9" });
  assert.equal(late.status, 409);
  assert.ok(visibleText(late.text).includes("Their reason"));
  const { address, page } = await scorePage(other);
  assert.equal((await (await scorePage()).set({ score: "3", reason: "A newer one" })).status, 303);
  const stale = { csrf: inputValue(page.text, "csrf"), newest: inputValue(page.text, "newest") };
  const withdrawn = await other.post(`${address}/withdraw`, stale);
  assert.equal(withdrawn.status, 409, "nobody withdraws what they have not seen");
  assert.ok(visibleText(withdrawn.text).includes("A newer one"));
  assert.equal((await firstQuestion()).metrics.theory.score, 3);
  assert.equal(audited("score.override"), 2);
  assert.equal(audited("score.withdraw"), 0);
});

test("of an interview that still runs there is nothing to set", async () => {
  const running = await startInterview(candidate);
  const question = (await openChat(candidate, running)).questionId;
  assert.equal((await admin.get(`/admin/interviews/${running}/questions/${question}/score`)).status, 409);
  assert.equal((await admin.get(`/admin/interviews/${id}/questions/${question}/score`)).status, 404);
});
