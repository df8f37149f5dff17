// A link of the owner's shows a report to whoever has it: what the owner chose, as long as the
// owner wants, and nothing of the recruiter's.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { inputValue, visibleText } from "./page.mjs";
import { freshName, makeAdmin, register, sharesOn, shareReport, startInterview, stranger, wholeInterview } from "./story.mjs";
import { verifier } from "./verifier.mjs";

let instance, owner, admin, interview, report;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000", VIVA_TRUST_PROXY: "1" } });
  owner = await register(instance, { fullName: "Олена <b>Share</b>" });
  admin = await makeAdmin(instance);
  interview = await wholeInterview(owner);
  report = JSON.parse((await admin.get(`/reports/${interview}/report.json`)).text);
});
after(() => instance?.stop());

function sql(statement) {
  const file = path.join(instance.var, "viva.db");
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", "-cmd", "PRAGMA foreign_keys = ON", file, statement], {
    encoding: "utf8",
  }).trim();
}

let visitors = 0;

// Each from a network of their own.
function visitor(language = "en") {
  visitors += 1;
  return stranger(instance, language, { "X-Forwarded-For": `203.0.113.${visitors}` });
}

async function revoke(id) {
  return owner.postForm(`/reports/${interview}/share`, {}, { action: `/reports/${interview}/share/${id}/revoke` });
}

const keys = async () => JSON.parse((await owner.get("/keys.json")).text).keys;

// What `viva verify` says of a file, line by line.
async function verified(text) {
  const file = path.join(instance.var, "shared.json");
  writeFileSync(file, text);
  const { stdout } = await instance.cli("verify", file).catch((error) => error);
  return stdout.trim().split("\n");
}

test("viva verify names each figure of a link that was changed", async () => {
  const { text } = await visitor().get(`/shared/${await shareReport(owner, interview)}/report.json`);
  const forged = JSON.parse(text);
  forged.metrics.overall.total_score += 1;
  forged.questions[0].score += 1;
  forged.questions[0].verdict = "forged";
  const said = (await verified(JSON.stringify(forged))).filter((line) => /^ {2}\w/.test(line));
  assert.deepEqual(said, ["  facts: metrics.overall.total_score", "  facts: questions[0].score", "  facts: questions[0].verdict"]);
});

// Every text and number of a document.
function values(value) {
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(values) : [value];
}

test("figures only: scores and titles, signed, and no word of the talk", async () => {
  const id = await shareReport(owner, interview);
  const page = await visitor().get(`/shared/${id}`);
  const text = visibleText(page.text);
  assert.equal(page.status, 200);
  assert.equal(page.headers["x-robots-tag"], "noindex, nofollow");
  assert.equal(page.headers["referrer-policy"], "no-referrer");
  assert.match(text, /Олена <b>Share<\/b>/);
  assert.match(page.text, /<meta name="robots" content="noindex, nofollow">/);
  const file = await visitor().get(`/shared/${id}/report.json`);
  const document = JSON.parse(file.text);
  assert.equal((await verifier.judge(file.body, await keys())).state, "valid");
  assert.deepEqual(await verified(file.text), ["the signature is right", `${interview} revision 1: right`]);
  assert.deepEqual(document.metrics.overall, report.metrics.overall);
  assert.deepEqual(document.questions.map(({ title }) => title), report.questions.map(({ title }) => title));
  assert.ok(text.includes(document.signature.key_id));
  const said = new Set(values(document));
  for (const question of report.questions) {
    for (const secret of [question.answer, question.model_answer, question.metrics.theory?.llm_feedback_short]) {
      assert.ok(!secret || (!said.has(secret) && !text.includes(secret)), secret);
    }
  }
  assert.ok(!said.has(report.owner_id) && !page.text.includes(report.owner_id));
  const log = readFileSync(path.join(instance.var, "log", "personal.log"), "utf8");
  assert.ok(!log.includes(id) && log.includes(`/shared/${id.slice(0, 6)}…/report.json`), "the log opens no report");
});

test("with the transcript: the candidate's document, nothing of the recruiter's", async () => {
  const id = await shareReport(owner, interview, { scope: "transcript", days: "90" });
  const page = visibleText((await visitor().get(`/shared/${id}`)).text);
  const file = await visitor().get(`/shared/${id}/report.json`);
  const document = JSON.parse(file.text);
  const mine = JSON.parse((await owner.get(`/reports/${interview}/report.json`)).text);
  assert.equal((await verifier.judge(file.body, await keys())).state, "valid");
  assert.deepEqual(await verified(file.text), ["the signature is right", `${interview} revision 1: right`]);
  const { signature, scope, ...shared } = document;
  const { signature: other, owner_id: ownerId, ...own } = mine;
  delete own.revision.note;
  assert.deepEqual(shared, own);
  assert.equal(scope, "transcript");
  assert.ok(!("llm_summary_admin" in shared) && report.llm_summary_admin);
  for (const { answer } of report.questions.filter((question) => question.answer)) {
    assert.ok(page.includes(answer.split("\n")[0].trim().slice(0, 40)), answer);
  }
  for (const paragraph of report.llm_summary_admin.split("\n").filter((line) => line.length > 40)) {
    assert.ok(!page.includes(paragraph), paragraph);
  }
});

test("a link ends by its time, by its owner, with the account and with the interview", async () => {
  const gone = async (id, why) => {
    for (const address of [`/shared/${id}`, `/shared/${id}/report.json`]) {
      const { status, text, headers } = await visitor().get(address);
      assert.equal(status, 404, why);
      assert.match(visibleText(text), /This link opens nothing It may have run out/, why);
      assert.equal(headers["x-robots-tag"], "noindex, nofollow");
    }
  };
  const person = await register(instance);
  const theirs = await wholeInterview(person);
  await person.get(`/reports/${theirs}`);
  const [expired, kept] = [await shareReport(person, theirs), await shareReport(person, theirs)];
  const revoked = await shareReport(owner, interview);
  sql(`UPDATE shares SET expires_at = 1 WHERE id = '${expired}'`);
  await gone(expired, "expired");
  assert.equal((await revoke(revoked)).status, 303);
  assert.equal((await revoke(revoked)).status, 303, "the second click");
  await gone(revoked, "revoked");
  await gone("0".repeat(32), "unknown");
  await gone("%27%20OR%201=1", "no id at all");
  assert.equal((await visitor().get(`/shared/${kept}`)).status, 200);
  sql(`UPDATE users SET disabled_at = 1 WHERE username = '${person.name}'`);
  await gone(kept, "the account is disabled");
  sql(`UPDATE users SET disabled_at = NULL WHERE username = '${person.name}'`);
  await person.postForm(`/history/${theirs}/delete`, {});
  await gone(kept, "the interview is deleted");
  assert.equal(sql(`SELECT count(*) FROM shares WHERE id = '${kept}'`), "0");
});

test("only the owner makes links, only of finished interviews, and one a click", async () => {
  const page = `/reports/${interview}/share`;
  const running = await startInterview(owner);
  const other = await register(instance);
  const csrf = inputValue((await owner.get(page)).text, "csrf");
  const before = sql("SELECT count(*) FROM shares");
  assert.equal((await owner.get(`/reports/${running}/share`)).status, 404);
  for (const person of [admin, other]) {
    assert.equal((await person.get(page)).status, 404);
    const fields = { scope: "numbers", days: "7", nonce: freshName() };
    assert.equal((await person.postForm("/profile", fields, { action: page })).status, 404);
  }
  for (const wrong of [{ scope: "all" }, { days: "36500" }, { days: "" }, { nonce: "" }]) {
    const reply = await owner.post(page, { csrf, scope: "numbers", days: "7", nonce: freshName(), ...wrong });
    assert.equal(reply.status, 400, JSON.stringify(wrong));
    assert.match(reply.text, /role="alert"/);
  }
  assert.equal(sql("SELECT count(*) FROM shares"), before);
  const fields = { csrf, scope: "numbers", days: "7", nonce: freshName() };
  await Promise.all([owner.post(page, fields), owner.post(page, fields)]);
  assert.equal(Number(sql("SELECT count(*) FROM shares")), Number(before) + 1);
  const mine = sharesOn((await owner.get(page)).text)[0];
  const theirs = await other.postForm("/profile", {}, { action: `${page}/${mine}/revoke` });
  assert.equal(theirs.status, 404);
  assert.equal((await visitor().get(`/shared/${mine}`)).status, 200, "nobody else ends it");
});

test("a report has twenty open links at most", async () => {
  const page = `/reports/${interview}/share`;
  while (sharesOn((await owner.get(page)).text).length < 20) {
    await shareReport(owner, interview);
  }
  const { text } = await owner.get(page);
  assert.match(visibleText(text), /as many links as it may have/);
  const reply = await owner.post(page, { csrf: inputValue(text, "csrf"), scope: "numbers", days: "7", nonce: freshName() });
  assert.equal(reply.status, 409);
  for (const id of sharesOn(text).slice(1)) {
    await revoke(id);
  }
});

test("views are counted, the owner's own are not, and the log names no link", async () => {
  const id = await shareReport(owner, interview);
  await visitor().get(`/shared/${id}`);
  await visitor("ru").get(`/shared/${id}/report.json`);
  await visitor().request("HEAD", `/shared/${id}`);
  await owner.get(`/shared/${id}`);
  assert.equal(sql(`SELECT views, seen_at > 0 FROM shares WHERE id = '${id}'`), "2|1");
  await revoke(id);
  const log = sql(`SELECT a.action FROM audit a JOIN audit_names n ON n.number = a.subject
    WHERE n.interview_id = '${interview}' AND a.action LIKE 'share.%'`).split("\n");
  assert.deepEqual([log.filter((action) => action === "share.create").length > 3, log.at(-1)], [true, "share.revoke"]);
  assert.equal(sql(`SELECT count(*) FROM audit_names WHERE other_id LIKE '%${id}%'`), "0");
});

test("who guesses addresses has to wait, others do not", async () => {
  const id = await shareReport(owner, interview);
  const guesser = visitor();
  const seen = [];
  for (let i = 0; i < 31; i++) {
    seen.push((await guesser.get(`/shared/${String(i).padStart(32, "a")}`)).status);
  }
  assert.deepEqual([seen.slice(0, 30).every((status) => status === 404), seen[30]], [true, 429]);
  assert.equal((await guesser.get(`/shared/${id}`)).status, 200, "a right address is no guess");
  assert.equal((await visitor().get("/shared/x")).status, 404);
});

test("the page is in the report's language", async () => {
  const person = await register(instance, { language: "uk" });
  const theirs = await wholeInterview(person);
  await person.get(`/reports/${theirs}`);
  const id = await shareReport(person, theirs);
  const { text } = await visitor("en").get(`/shared/${id}`);
  assert.match(text, /<html lang="uk">/);
});
