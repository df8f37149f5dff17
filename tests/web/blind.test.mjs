// Blind review: a recruiter who switched it on reads what was said and written, and nowhere by
// whom, until there is a decision. Every page, download and answer of the API that an admin can
// ask for is walked.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { apiLogIn } from "./api.mjs";
import { appeal, thinInterview } from "./appeal.mjs";
import { codingQuestion, judgeCode, startCoding } from "./coding.mjs";
import { startInstance } from "./instance.mjs";
import { invite, take } from "./invites.mjs";
import { inputValue, visibleText } from "./page.mjs";
import { written } from "./pdf.mjs";
import { routes } from "./routes.mjs";
import { act, finish, freshName, fullAnswer, makeAdmin, openChat, register, reportDocument, say, startInterview } from "./story.mjs";

const PERSON = { name: "zdenka.brz-77", fullName: "Zdenka Brzobohata-Квітославська" };
const PROFILE = {
  full_name: PERSON.fullName,
  position: "Gyroscope engineer",
  level: "middle",
  years: "7",
  stack: "Quetzalcoatl",
  about: "Born in Xochimilco",
};
const SECRETS = ["zdenka", "brzobohat", "квітославськ", "gyroscope", "quetzalcoatl", "xochimilco", "wunderlich"];
const SIGNED = "So much from Zdenka Brzobohata, or Квітославська.";
const CODE = "# by Zdenka Brzobohata\ndef zdenka(x):\n    return x\n";

let instance, candidate, admin, program, userId, talked, coded, invited, invitation, thin, appealId, question, answer;

before(async () => {
  instance = await startInstance({
    env: {
      VIVA_INTERVIEWS_PER_DAY: "100",
      VIVA_API_PER_MINUTE: "100000",
      VIVA_WEBHOOK_URL: "http://127.0.0.1:9/nobody",
      VIVA_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
    },
  });
  candidate = await register(instance, PERSON);
  admin = await makeAdmin(instance);
  const csrf = await candidate.csrf("/profile");
  assert.equal((await candidate.post("/profile", { csrf, ...PROFILE })).status, 303);
  const file = { filename: "Wunderlich.pdf", type: "application/pdf", data: written(["Zdenka Brzobohata", "Wunderlich University", "Skills: Python"]) };
  await candidate.postMultipart("/profile/cv", { csrf: await candidate.csrf("/profile/cv"), file });
  talked = await startInterview(candidate, { question_count: "2" });
  await say(candidate, talked, `${fullAnswer(await openChat(candidate, talked))} ${SIGNED}`);
  const pasted = { csrf: await candidate.csrf("/profile"), events: JSON.stringify([{ kind: "large_paste", chars: 300, excerpt: "Zdenka" }]) };
  assert.equal((await candidate.post(`/interviews/${talked}/events`, pasted)).status, 204);
  await act(candidate, talked, "skip");
  coded = await startCoding(candidate);
  question = await codingQuestion(candidate, coded);
  await judgeCode(candidate, question, "submit", { code: CODE });
  thin = await thinInterview(candidate);
  assert.equal((await appeal(candidate, thin, { comment: "Zdenka did say it." })).status, 303);
  [, appealId] = (await admin.get("/admin/appeals")).text.match(/\/admin\/appeals\/([0-9a-f-]{36})"/);
  invitation = await invite(admin, { question_count: "1" });
  invited = await take(candidate, invitation.path);
  for (const id of [talked, coded, invited]) {
    await finish(candidate, id).catch(() => {}); // the last answer may have ended it already
  }
  ({ owner_id: userId } = await reportDocument(admin, talked));
  // As if a model and the built-in examiner had disagreed: the usage page lists it.
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", `${instance.var}/viva.db`,
    "UPDATE evaluations SET builtin_score = CASE WHEN score > 5 THEN 0 ELSE 10 END, builtin_verdict = 'good'"]);
  program = await apiLogIn(instance, admin.name);
  const notes = await admin.get(`/admin/participants/${userId}`);
  await admin.post(`/admin/participants/${userId}/notes`, { csrf: inputValue(notes.text, "csrf"), nonce: freshName(), note: "Zdenka called." });
  answer = (await reportDocument(candidate, talked)).questions.find((item) => item.answer.includes("Zdenka"));
  // Colleagues who do not review blind write the name, too.
  const csrf2 = await admin.csrf("/settings");
  const score = `/admin/interviews/${talked}/questions/${answer.question_id}/score`;
  assert.equal((await admin.post(score, { csrf: csrf2, score: "7", reason: "Zdenka explained it aloud.", newest: "0" })).status, 303);
  assert.equal((await admin.post(`/admin/appeals/${appealId}`, { csrf: csrf2, decision: "decline", reply: "No, Zdenka." })).status, 303);
});
after(() => instance?.stop());

async function review(blind) {
  const page = await admin.get("/admin/blind");
  const reply = await admin.post("/admin/blind", { csrf: inputValue(page.text, "csrf"), blind });
  assert.equal(reply.headers.location, "/admin", visibleText(reply.text));
}

async function decide(id, fields) {
  const page = await admin.get(`/admin/interviews/${id}/decision`);
  return admin.post(`/admin/interviews/${id}/decision`, { csrf: inputValue(page.text, "csrf"), seen: inputValue(page.text, "seen") ?? "0", ...fields });
}

function assertNobody(reply, where) {
  const headers = Object.entries(reply.headers).map(([name, value]) => `${name}: ${decodeURIComponent(String(value).replace(/%(?![0-9a-f]{2})/gi, "%25"))}`);
  const text = `${headers.join("\n")}\n${reply.text}`.toLowerCase();
  for (const secret of SECRETS) {
    const at = text.indexOf(secret);
    assert.equal(at, -1, `${where} tells "${secret}": …${text.slice(Math.max(0, at - 60), at + 60)}…`);
  }
}

// What an admin may GET, with this person's ids in it.
const isReport = (path) => path.startsWith("/reports/") || /^\/api\/interviews\/\*\/report/.test(path);
const walked = routes.filter(({ method, who, path }) => method === "GET" && (who === "ADMIN" || isReport(path)));

function addresses(path) {
  return [talked, coded, thin].map((interview) => path
    .replace(/(participants)\/\*/, `$1/${userId}`)
    .replace(/(interviews|reports)\/\*/, `$1/${interview}`)
    .replace(/(questions)\/\*/, `$1/${interview === coded ? question : answer.question_id}`)
    .replace(/(appeals)\/\*/, `$1/${appealId}`)
    .replace(/(invitations)\/\*/, `$1/${invitation.id}`)
    .replaceAll("*", "1"));
}

async function walk() {
  let found = 0;
  for (const { path } of walked) {
    for (const address of new Set(addresses(path))) {
      const reply = path.startsWith("/api/") ? await program.get(address.slice("/api".length)) : await admin.get(address);
      assertNobody(reply, address);
      found += reply.status === 200;
    }
  }
  return found;
}

test("before the switch the recruiter reads the name", async () => {
  for (const path of ["/admin", `/admin/participants/${userId}`, `/reports/${talked}`, `/reports/${talked}/report.txt`]) {
    assert.ok(visibleText((await admin.get(path)).text).includes("Zdenka Brzobohata"), path);
  }
});

test("while an interview is undecided no answer to a blind reviewer has a byte of the person", async () => {
  await review("on");
  assert.ok(await walk() >= 40);
  for (const path of ["/admin", "/admin/participants.csv", "/admin/events.csv", "/admin/results.csv", "/admin/usage", "/admin/webhooks", "/admin/appeals",
    "/admin/audit", `/admin/invitations/${invitation.id}`, "/api/admin/participants", "/api/admin/usage"]) {
    const reply = path.startsWith("/api") ? await program.get(path.slice("/api".length)) : await admin.get(path);
    assert.match(reply.text, /Candidate [0-9A-F]{6}/, `the person is there, in disguise: ${path}`);
  }
  const { text } = await admin.get("/admin/audit?action=report");
  assertNobody({ headers: {}, text }, "the audit log");
});

test("the same person has the same alias everywhere, and file names have it too", async () => {
  const document = await reportDocument(admin, talked);
  assert.match(document.participant, /^Candidate [0-9A-F]{6}$/);
  for (const path of ["/admin", `/admin/participants/${userId}`, `/reports/${talked}`, `/reports/${coded}/report.txt`]) {
    assert.ok((await admin.get(path)).text.includes(document.participant), path);
  }
  const { headers } = await admin.get(`/reports/${talked}/report.txt`);
  assert.match(headers["content-disposition"], new RegExp(document.participant.replace(" ", "_")));
});

test("the mask moves no evidence: offsets are those of the stored answer", async () => {
  const document = await reportDocument(admin, talked);
  const masked = document.questions.find((item) => item.question_id === answer.question_id);
  assert.equal(Buffer.byteLength(masked.answer), Buffer.byteLength(answer.answer));
  assert.ok(masked.answer.endsWith("So much from ****** **********, or ·············."), masked.answer);
  for (const [index, point] of answer.metrics.theory.key_points.entries()) {
    const spans = (list) => list.map(({ start, end }) => [start, end]);
    assert.deepEqual(spans(masked.metrics.theory.key_points[index].evidence), spans(point.evidence));
  }
});

test("names can neither be searched nor sorted by", async () => {
  const rows = async (query) => visibleText((await admin.get(`/admin?${query}`)).text).includes((await reportDocument(admin, talked)).participant);
  assert.ok(await rows("search=nobody-is-called-so"), "the search is off: all are listed");
  for (const query of ["search=zdenka", "sort=name"]) {
    assert.equal((await program.get(`/admin/participants?${query}`)).status, 400);
  }
});

test("what an admin does to the account shows no name either", async () => {
  const other = await register(instance, { name: "zdenka-two", fullName: "Wunderlich" });
  const id = JSON.parse((await other.post("/settings/export", { csrf: await other.csrf("/settings") })).text).tables.users[0].id;
  const csrf = inputValue((await admin.get("/admin/blind")).text, "csrf");
  for (const action of ["disable", "enable", "reset"]) {
    assertNobody(await admin.post(`/admin/participants/${id}/${action}`, { csrf }), action);
  }
});

test("the candidate and an admin who does not review blind see the name all the while", async () => {
  const other = await makeAdmin(instance);
  assert.equal((await reportDocument(other, talked)).participant, PERSON.fullName);
  assert.equal((await reportDocument(candidate, talked)).participant, PERSON.fullName);
  assert.ok((await other.get("/admin")).text.includes("Zdenka"));
});

test("a decision needs a verdict and a reason, and keeps what was typed", async () => {
  for (const [fields, fault] of [
    [{ reason: "A reason that stays." }, "Choose what comes next."],
    [{ verdict: "later", reason: "A reason that stays." }, "Choose what comes next."],
    [{ verdict: "hold", reason: "   " }, "Please give a reason"],
    [{ verdict: "hold", reason: "x".repeat(2001) }, "Please give a reason"],
  ]) {
    const reply = await decide(talked, fields);
    assert.equal(reply.status, 400);
    assert.ok(visibleText(reply.text).includes(fault));
    assert.ok(reply.text.includes(fields.reason), "what was typed is kept");
    assertNobody(reply, "a refused decision");
  }
  assert.equal((await decide("none", { verdict: "hold", reason: "r" })).status, 404);
});

test("a decision shows the person on that interview's pages, and on no others", async () => {
  const reply = await decide(talked, { verdict: "advance", reason: "Knows <b>HTTP</b>." });
  assert.equal(reply.headers.location, `/reports/${talked}`);
  const report = visibleText((await admin.get(`/reports/${talked}`)).text);
  for (const words of ["Zdenka Brzobohata", "Advance", "reviewed blind", "Knows <b>HTTP</b>."]) {
    assert.ok(report.includes(words), words);
  }
  assert.equal((await reportDocument(admin, talked)).participant, PERSON.fullName);
  assert.ok((await admin.get(`/admin/interviews/${talked}/log.json`)).text.includes("Zdenka"));
  for (const path of ["/admin", `/admin/participants/${userId}`, `/reports/${coded}`, `/reports/${coded}/report.json`]) {
    assertNobody(await admin.get(path), path);
  }
});

test("what a colleague decided in the meantime is shown, not replaced unseen", async () => {
  const late = await decide(talked, { verdict: "reject", reason: "Never saw the other.", seen: "0" });
  assert.equal(late.status, 409);
  for (const words of ["Somebody else has decided in the meantime", "Advance", "Knows <b>HTTP</b>.", "Never saw the other."]) {
    assert.ok(visibleText(late.text).includes(words), words);
  }
  const twice = await decide(talked, { verdict: "advance", reason: "Knows <b>HTTP</b>.", seen: "0" });
  assert.equal(twice.status, 303, "pressed twice");
});

test("the person's own page follows when all is decided, and hides again with a new interview", async () => {
  for (const id of [coded, thin, invited]) {
    assert.equal((await decide(id, { verdict: "hold", reason: "It does nothing." })).status, 303);
  }
  const page = visibleText((await admin.get(`/admin/participants/${userId}`)).text);
  for (const words of [PERSON.fullName, PERSON.name, PROFILE.position, PROFILE.stack]) {
    assert.ok(page.includes(words), words);
  }
  assert.ok((await admin.get("/admin")).text.includes("Zdenka"));
  const again = await startInterview(candidate, { question_count: "1" });
  await finish(candidate, again);
  assertNobody(await admin.get(`/admin/participants/${userId}`), "the page with a new interview");
  assertNobody(await admin.get(`/reports/${again}`), "the new report");
  assert.equal((await reportDocument(admin, coded)).participant, PERSON.fullName);
});

test("the decision is in the person's export, without who decided", async () => {
  const reply = await candidate.post("/settings/export", { csrf: await candidate.csrf("/settings") });
  const rows = JSON.parse(reply.text).tables.decisions;
  assert.equal(rows.length, 4);
  assert.equal(rows[0].reason, "Knows <b>HTTP</b>.");
  assert.ok(rows.every((row) => !("author_id" in row)));
});

test("switching it off is possible and noted", async () => {
  assert.ok(visibleText((await admin.get("/admin/blind")).text).includes("shows the names of interviews that are not decided"));
  await review("off");
  assert.ok((await admin.get("/admin")).text.includes("Zdenka"));
  const log = visibleText((await admin.get("/admin/audit?action=blind")).text);
  assert.ok(log.includes("blind.on") && log.includes("blind.off"), log);
});

test("a name that is a word of the pages breaks none of them", async () => {
  const odd = await register(instance, { name: freshName("covered"), fullName: "Covered Python Report" });
  const id = await startInterview(odd, { question_count: "1" });
  await finish(odd, id);
  await review("on");
  const page = await admin.get(`/reports/${id}`);
  assert.equal(page.status, 200);
  assert.match(visibleText(page.text), /Candidate [0-9A-F]{6}/);
});
