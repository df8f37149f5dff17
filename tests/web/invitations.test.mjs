// A recruiter invites: everybody with the link is asked the same, once, and nobody reads ahead.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { apiLogIn } from "./api.mjs";
import { startInstance } from "./instance.mjs";
import { choose, invite, preview, read, take } from "./invites.mjs";
import { inputValue, visibleText } from "./page.mjs";
import {
  act, answerWell, bank, finish, freshName, fullAnswer, makeAdmin, openChat, PASSWORD, register, reportDocument,
  shareReport, startInterview, stranger, tryToStart,
} from "./story.mjs";

let instance, admin;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1" } });
  admin = await makeAdmin(instance);
});
after(() => instance?.stop());

function ask(statement) {
  const args = ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement];
  return execFileSync("sqlite3", args, { encoding: "utf8" }).trim();
}

// --- making -----------------------------------------------------------------------

test("the questions are seen before anybody gets the link, and can be chosen again", async () => {
  const first = await preview(admin);
  assert.equal(first.questions.length, 4);
  assert.equal(ask("SELECT count(*) FROM invitations"), "0", "nothing is stored by looking");
  let again = first;
  for (let i = 0; i < 5 && String(again.questions) === String(first.questions); i++) {
    again = read(await choose(admin, again, "again"));
  }
  assert.notDeepEqual(again.questions, first.questions);
  const edit = await choose(admin, again, "edit");
  assert.equal(inputValue(edit.text, "title"), "Backend, spring");
  const issued = await choose(admin, again, "issue");
  const twice = await choose(admin, again, "issue");
  assert.equal(issued.headers.location, twice.headers.location, "a double click is one invitation");
  const page = await admin.get(issued.headers.location);
  assert.deepEqual(read(page).questions, again.questions);
  assert.match(page.text, /<svg class="qr"/);
});

test("other questions than those that were shown are never issued", async () => {
  const shown = await preview(admin);
  const reply = await choose(admin, { fields: { ...shown.fields, shown: "backend-other" } }, "issue");
  assert.equal(reply.status, 409);
  assert.deepEqual(read(reply).questions, shown.questions, "it is shown what it would be now");
});

for (const [field, value] of Object.entries({
  title: "x".repeat(121), role: "none", level: "guru", type: "none", question_count: "16", time_limit_min: "-1",
  coding_percent: "33", code_language: "cobol", most_uses: "1001", days: "91", job_description: "x".repeat(10001),
})) {
  test(`a form with a wrong ${field} is shown again as it was filled in`, async () => {
    const { reply } = await preview(admin, { title: "Kept <title>", [field]: value });
    assert.equal(reply.status, 400);
    assert.match(reply.text, /role="alert"/);
    if (field !== "title") {
      assert.equal(inputValue(reply.text, "title"), "Kept <title>");
    }
  });
}

// --- taking -------------------------------------------------------------------------

test("a stranger sees what awaits, registers, comes back and starts", async () => {
  const { path } = await invite(admin, { time_limit_min: "45", title: "Вакансія «Тест»" });
  const visitor = stranger(instance, "uk");
  const landing = await visitor.get(path);
  assert.equal(landing.status, 200);
  assert.match(landing.text, /<html lang="uk">/);
  assert.match(visibleText(landing.text), /Вакансія «Тест»/);
  for (const address of [path, `/register?next=${path}`, `/login?next=${path}`]) {
    const { text } = await visitor.get(address);
    const ways = [...text.matchAll(/href="\/(?:login|register)([^"]*)"/g)].map(([, query]) => query);
    assert.ok(ways.length >= 2 && ways.every((query) => query === `?next=${encodeURIComponent(path)}`), `${address}: ${ways}`);
  }
  const [, register_] = landing.text.match(/href="(\/register\?next=[^"]+)"/);
  const [, logIn] = landing.text.match(/href="(\/login\?next=[^"]+)"/);
  assert.equal(inputValue((await visitor.get(logIn)).text, "next"), path);
  const form = await visitor.get(register_);
  assert.match(form.text, new RegExp(`/login\\?next=${encodeURIComponent(path)}`), "the other form knows the way as well");
  const name = freshName();
  const bad = await visitor.post("/register", { csrf: inputValue(form.text, "csrf"), username: name, full_name: "", password: "1", next: path });
  assert.equal(inputValue(bad.text, "next"), path, "a fault does not lose the way");
  const reply = await visitor.post("/register", { csrf: inputValue(bad.text, "csrf"), username: name, full_name: "", password: PASSWORD, next: path });
  assert.equal(reply.headers.location, path);
  const id = await take(Object.assign(visitor, { name }), path);
  assert.equal((await visitor.get(path)).headers.location, `/interviews/${id}`, "the link leads on");
  await finish(visitor, id);
  assert.equal((await visitor.get(path)).headers.location, `/reports/${id}`);
  assert.equal((await visitor.postForm("/profile", {}, { action: path })).headers.location, `/reports/${id}`);
  const log = readFileSync(`${instance.var}/log/personal.log`, "utf8");
  assert.ok(!log.includes(path) && log.includes(`${path.slice(0, "/invitations/".length + 6)}… `), "the log invites nobody");
});

test("a way back that is not ours is none", async () => {
  for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    const visitor = stranger(instance);
    const reply = await visitor.postForm("/register", { username: freshName(), full_name: "", password: PASSWORD, next });
    assert.equal(reply.headers.location, "/profile", next);
  }
});

test("everybody is asked the same in the same order, however well they answer", async () => {
  const { path, questions } = await invite(admin, { question_count: "5", level: "junior" });
  for (const answersWell of [true, false]) {
    const person = await register(instance);
    const id = await take(person, path);
    for (const question of questions) {
      const chat = await openChat(person, id);
      assert.equal(chat.question.question.en, question);
      await (answersWell ? act(person, id, "say", fullAnswer(chat)) : act(person, id, "dont_know"));
    }
    assert.equal((await person.get(path)).headers.location, `/reports/${id}`);
    const document = await reportDocument(person, id);
    assert.deepEqual(document.invitation, { title: "Backend, spring" });
    assert.deepEqual(document.questions.map(({ raw_prompt: text }) => text), questions);
  }
});

test("an invited interview does not count for the day, and practice does not close the link", async () => {
  const { path } = await invite(admin);
  const person = await register(instance);
  await take(person, path);
  await startInterview(person); // the one of the day
  assert.equal((await tryToStart(person)).status, 429);
  await take(person, (await invite(admin)).path);
});

test("of two who take the last use at once one gets it", async () => {
  const { path } = await invite(admin, { most_uses: "1" });
  const people = await Promise.all([register(instance), register(instance), register(instance)]);
  const tokens = await Promise.all(people.map((person) => person.csrf(path)));
  const replies = await Promise.all(people.map((person, i) => person.post(path, { csrf: tokens[i] })));
  assert.deepEqual(replies.map(({ status }) => status).sort(), [303, 410, 410]);
  const loser = replies.findIndex(({ status }) => status === 410);
  for (const other of people.filter((person, i) => i !== loser)) {
    assert.ok(!replies[loser].text.includes(other.name), "nobody is told who had it");
  }
  assert.equal((await stranger(instance).get(path)).status, 410);
});

test("a double click starts one interview", async () => {
  const { id, path } = await invite(admin, { most_uses: "3" });
  const person = await register(instance);
  const csrf = await person.csrf(path);
  const replies = await Promise.all([1, 2, 3].map(() => person.post(path, { csrf })));
  assert.equal(new Set(replies.map(({ headers }) => headers.location)).size, 1);
  assert.equal(ask(`SELECT uses FROM invitations WHERE id = '${id}'`), "1");
});

test("unknown, revoked and expired links say so, and nobody can start by them", async () => {
  const person = await register(instance);
  const { id, path } = await invite(admin);
  const unknown = path.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
  const csrf = await person.csrf("/profile");
  assert.equal((await person.get(unknown)).status, 404);
  assert.equal((await person.post(unknown, { csrf })).status, 404);
  const early = await register(instance);
  const running = await take(early, path);
  ask(`UPDATE invitations SET expires_at = 1 WHERE id = '${id}'`);
  const expired = await person.get(path);
  assert.equal(expired.status, 410);
  assert.match(visibleText(expired.text), /has expired/);
  assert.equal((await person.post(path, { csrf })).status, 410);
  ask(`UPDATE invitations SET expires_at = 9000000000000 WHERE id = '${id}'`);
  const revoke = () => admin.postForm(`/admin/invitations/${id}`, {}, { action: `/admin/invitations/${id}/revoke` });
  assert.equal((await revoke()).status, 303);
  const revokedAt = ask(`SELECT revoked_at FROM invitations WHERE id = '${id}'`);
  const token = await admin.csrf("/profile");
  assert.equal((await admin.post(`/admin/invitations/${id}/revoke`, { csrf: token })).status, 303);
  assert.equal(ask(`SELECT revoked_at FROM invitations WHERE id = '${id}'`), revokedAt, "revoked once");
  assert.match(visibleText((await person.get(path)).text), /withdrawn/);
  assert.equal((await person.post(path, { csrf })).status, 410);
  assert.equal((await early.get(path)).headers.location, `/interviews/${running}`, "who began goes on");
  await answerWell(early, running);
  const actions = ask("SELECT a.action FROM audit a JOIN audit_names n ON n.number = a.subject"
    + ` WHERE n.other_id = 'invitation ${id}' ORDER BY a.number`);
  assert.deepEqual(actions.split("\n"), ["invitation.create", "invitation.revoke"]);
});

test("who deletes the interview cannot take it again, and gives no use back", async () => {
  const { id, path } = await invite(admin, { most_uses: "2" });
  const person = await register(instance, { fullName: "Somebody Unforgettable" });
  const interview = await take(person, path);
  await finish(person, interview);
  await person.postForm(`/history/${interview}/delete`, {});
  const again = await person.get(path);
  assert.equal(again.status, 410);
  assert.match(visibleText(again.text), /already taken/);
  assert.equal((await person.postForm("/profile", {}, { action: path })).status, 410);
  assert.match(visibleText((await admin.get(`/admin/invitations/${id}`)).text), /Deleted by the candidate/);
  const form = await person.get("/settings/delete");
  const gone = await person.post("/settings/delete", { csrf: inputValue(form.text, "csrf"), username: person.name, password: PASSWORD });
  assert.equal(gone.status, 303, visibleText(gone.text));
  const page = visibleText((await admin.get(`/admin/invitations/${id}`)).text);
  assert.ok(!page.includes("Unforgettable"), "no name is left");
  assert.match(page, /1 \/ 2/, "the use is not given back");
});

// --- reading ahead -----------------------------------------------------------------------

test("who finishes at once learns neither the questions nor how to answer them", async () => {
  const { path, questions } = await invite(admin, { question_count: "6", type: "mixed", coding_percent: "25", code_language: "python" });
  const person = await register(instance);
  const id = await take(person, path);
  await answerWell(person, id);
  await act(person, id, "skip");
  await finish(person, id);
  const asked = questions.slice(0, 3), coming = questions.slice(3);
  const secrets = coming.flatMap((text) => {
    const question = bank.find(({ question: texts }) => texts.en === text);
    return question
      ? [text, question.id, ...question.key_points.map(({ text: texts }) => texts.en), question.reference_answer.en[0]]
      : [text];
  });
  const program = await apiLogIn(instance, person.name);
  const links = [await shareReport(person, id), await shareReport(person, id, { scope: "transcript", days: "90" })];
  const readings = {
    figures: (await stranger(instance).get(`/shared/${links[0]}`)).text,
    figuresFile: (await stranger(instance).get(`/shared/${links[0]}/report.json`)).text,
    transcript: (await stranger(instance).get(`/shared/${links[1]}`)).text,
    transcriptFile: (await stranger(instance).get(`/shared/${links[1]}/report.json`)).text,
    page: (await person.get(`/reports/${id}`)).text,
    txt: (await person.get(`/reports/${id}/report.txt`)).text,
    json: (await person.get(`/reports/${id}/report.json`)).text,
    api: (await program.get(`/interviews/${id}/report`)).text,
    questions: (await program.get(`/interviews/${id}/questions`)).text,
    turns: (await program.get(`/interviews/${id}/turns`)).text,
    export: (await person.postForm("/settings", {}, { action: "/settings/export" })).text,
    progress: (await person.get("/progress")).text,
    review: (await person.get("/review")).text,
    talk: (await person.get(`/interviews/${id}`)).text,
  };
  for (const [where, text] of Object.entries(readings)) {
    const plain = visibleText(text).replace(/\s+/g, " ");
    for (const secret of secrets) {
      const words = secret.replace(/\s+/g, " ");
      assert.ok(!plain.includes(words) && !text.includes(JSON.stringify(secret).slice(1, -1)), `${where} tells "${secret}"`);
    }
  }
  const own = JSON.parse(readings.json);
  assert.equal(own.questions.length, 6, "that there were more is no secret");
  assert.deepEqual(own.questions.slice(0, 3).map(({ title }) => title.slice(0, 20)), asked.map((text) => text.slice(0, 20)));
  const stored = JSON.parse((await admin.get(`/reports/${id}/report.json`)).text);
  assert.deepEqual(stored.questions.map(({ title }) => title.slice(0, 20)), questions.map((text) => text.slice(0, 20)), "the recruiter knows them");
  assert.ok(stored.questions.slice(3).every((question) => question.model_answer === null));
  const skills = new Set(stored.questions.slice(0, 3).flatMap(({ skill_tags: tags }) => tags));
  assert.ok(Object.keys(stored.metrics.by_skill).length > skills.size, "some come with the coming questions alone");
  assert.deepEqual(Object.keys(own.metrics.by_skill), [...skills].sort());

  for (const which of ["all", "mistakes"]) {
    ask("DELETE FROM interview_starts");
    const page = await person.get(`/reports/${id}`);
    const reply = await person.post(`/interviews/${id}/retry`, { csrf: inputValue(page.text, "csrf"), nonce: freshName(), questions: which });
    assert.equal(reply.status, 303, visibleText(reply.text));
    const retry = reply.headers.location.split("/").at(-1);
    const repeated = ask(`SELECT group_concat(bank_id) FROM questions WHERE interview_id = '${retry}'`).split(",");
    const first = ask(`SELECT group_concat(bank_id) FROM (SELECT bank_id FROM questions WHERE interview_id = '${id}' ORDER BY position LIMIT 3)`);
    assert.ok(repeated.every((bankId) => first.split(",").includes(bankId)), `${which}: ${repeated}`);
    assert.equal(ask(`SELECT invitation_id IS NULL FROM interviews WHERE id = '${retry}'`), "1", "it is practice");
  }
});
