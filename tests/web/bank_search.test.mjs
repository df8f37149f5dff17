// The bank is searched by words in three languages, tells what interviews say of its items, and
// leads from a question to others like it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { buildFolder, root, startInstance } from "./instance.mjs";
import { invite, take } from "./invites.mjs";
import { inputValue, tags, textareaValue, visibleText } from "./page.mjs";
import {
  act, answerWell, bank, finish, freshName, makeAdmin, openChat, register, reportDocument, startInterview, wholeInterview,
} from "./story.mjs";

let instance, admin;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "3" } });
  admin = await makeAdmin(instance);
});
after(() => instance?.stop());

function ask(statement) {
  const args = ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement];
  return execFileSync("sqlite3", args, { encoding: "utf8" }).trim();
}

const viva = (...args) => execFileSync(`${buildFolder()}/viva`, args, {
  cwd: root, env: { ...process.env, VIVA_VAR: instance.var }, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"],
});

async function list(query) {
  const reply = await admin.get(`/admin/bank?${new URLSearchParams(query)}`);
  assert.equal(reply.status, 200, visibleText(reply.text));
  const rows = [...reply.text.matchAll(/<tr>\s*<td class="row-title">[^]*?<\/tr>/g)].map(([html]) => ({
    id: html.match(/admin\/bank\/([^"]+)"/)[1],
    cells: [...html.matchAll(/<td[^>]*>([^]*?)<\/td>/g)].map(([, cell]) => visibleText(cell)),
  }));
  return { html: reply.text, rows, ids: rows.map(({ id }) => id) };
}

// --- search ------------------------------------------------------------------------------

const sample = bank.find(({ id }) => id === "backend-http-idempotency") ?? bank.find(({ type }) => type === "technical");

async function addQuestion(id, texts) {
  const item = structuredClone(sample);
  delete item.answers;
  item.id = id;
  for (const language of Object.keys(texts)) {
    item.question[language] += ` ${texts[language]}`;
  }
  const reply = await admin.postForm("/admin/bank/new", { text: JSON.stringify(item), seen: "" });
  assert.equal(reply.status, 303, visibleText(reply.text));
}

test("what is saved is found at once, by other forms of its words, in three languages", async () => {
  await addQuestion("made-up-one", { en: "Think of glockenspiels.", ru: "Подумайте о глокеншпиле.", uk: "Подумайте про дзвіночки." });
  for (const search of ["glockenspiel", "GLOCKENSPIELS", "глокеншпилями", "дзвіночків", "glocken"]) {
    assert.deepEqual((await list({ search })).ids, ["made-up-one"], search);
  }
  assert.match((await list({ search: "ГЛОКЕНШПИЛЬ" })).html, /lang="ru">[^]*<mark>глокеншпиле<\/mark>/);
  for (const search of ["made-up-one", "made-up", "MADE-UP-O"]) {
    assert.equal((await list({ search })).ids[0], "made-up-one", search);
  }
  assert.deepEqual((await list({ search: "glockenspiel", kind: "coding" })).ids, []);
  const { text } = await admin.get("/admin/bank/made-up-one/edit");
  const item = JSON.parse(textareaValue(text, "text"));
  item.question.en = item.question.en.replace("glockenspiels", "xylophones");
  const fields = { text: JSON.stringify(item), seen: inputValue(text, "seen") };
  assert.equal((await admin.postForm("/admin/bank/made-up-one/edit", fields)).status, 303);
  assert.deepEqual((await list({ search: "xylophone" })).ids, ["made-up-one"]);
  assert.deepEqual((await list({ search: "glockenspiel" })).ids, []);
});

test("whatever is typed is words", async () => {
  const typed = ['"', '""', "*", "a*", "NEAR(a b)", "AND", "NOT xylophone OR", "-xylophone", "words:x", "(", "🙂", "'", "\\", "%", "^x",
    '"; DROP TABLE bank_search; --', "\u0001", "ё".repeat(100), '"*(-^:+\'aZ9 '.repeat(20)];
  for (const search of typed) {
    const { html } = await list({ search });
    assert.match(visibleText(html), /items? found/, search);
  }
  assert.deepEqual((await list({ search: '"xylophone' })).ids, ["made-up-one"]);
  assert.match((await list({ search: "<b>\"x" })).html, /value="&lt;b&gt;&quot;x"/);
  assert.doesNotMatch(instance.log?.() ?? "", /fts5|syntax error/);
});

// --- statistics --------------------------------------------------------------------------

const sums = () => ask(`SELECT bank_id, key_point_id, asked, answered, round(share, 9), round(rest, 9), round(product, 9), last_at
  FROM item_statistics ORDER BY 1, 2`);

test("a finished interview counts once, and not when it repeats another or is an admin's", async () => {
  const person = await register(instance);
  const id = await wholeInterview(person, { answers: 2 });
  const { questions } = await reportDocument(person, id);
  await person.get(`/reports/${id}`);
  const asked = questions.filter(({ metrics }) => metrics.started_at);
  const known = sums();
  assert.equal(Number(ask("SELECT sum(asked) FROM item_statistics WHERE key_point_id = ''")), asked.length);
  assert.equal(Number(ask("SELECT sum(answered) FROM item_statistics WHERE key_point_id = ''")), 2);
  assert.equal(Number(ask(`SELECT share FROM item_statistics WHERE key_point_id = '' AND bank_id = '${questions[0].bank_id}'`)),
    questions[0].metrics.theory.score / questions[0].metrics.theory.max_score);
  const again = await person.postForm("/history", { questions: "all", nonce: freshName() }, { action: `/interviews/${id}/retry` });
  const child = again.headers.location.split("/").at(-1);
  await answerWell(person, child);
  await answerWell(person, child);
  await finish(person, child);
  await person.get(`/reports/${child}`);
  const own = await wholeInterview(admin, { answers: 2 });
  await admin.get(`/reports/${own}`);
  assert.equal(sums(), known);
  const printed = viva("bank", "statistics", "--rebuild");
  assert.equal(sums(), known);
  assert.match(printed, new RegExp(`^${questions[0].bank_id} +1 +1 `, "m"));
  const csv = viva("bank", "statistics", "--csv");
  assert.match(csv, /^\ufeff?"question","key_point","asked"/);
  assert.ok(csv.split("\r\n").length > bank.length);
  const [first] = (await list({ sort: "asked" })).rows;
  assert.equal(first.cells[4], "1");
  assert.equal(first.cells[6], "–");
  const page = visibleText((await admin.get(`/admin/bank/${questions[0].bank_id}`)).text);
  assert.match(page, /Times asked 1 · last on/);
  assert.match(page, /Discrimination Too few answers/);
});

test("items that mislead, and those that nobody gets, are flagged", async () => {
  const [hard, wrong] = bank.filter(({ id }) => id !== sample.id).map(({ id }) => id).slice(0, 2);
  ask(`DELETE FROM item_statistics;
    INSERT INTO item_statistics VALUES ('${hard}', '', 30, 25, 0.5, 0.1, 12, 8, 0.3, 1);
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 39)
    INSERT INTO item_statistics SELECT '${wrong}', '', 40, 40, sum(1 - i / 39.0), sum((1 - i / 39.0) * (1 - i / 39.0)),
      sum(i / 39.0), sum(i / 39.0 * i / 39.0), sum(i / 39.0 * (1 - i / 39.0)), 1 FROM n;`);
  const flagged = await list({ state: "flagged", sort: "telling" });
  assert.deepEqual(flagged.ids.slice(0, 2).sort(), [hard, wrong].sort());
  assert.equal(flagged.ids[0], wrong);
  assert.match(flagged.rows[0].cells[6], /^-1 \(-1 to -1\)$/);
  assert.match(visibleText((await admin.get(`/admin/bank/${wrong}`)).text), /Misleading: who is better elsewhere/);
  assert.match(visibleText((await admin.get(`/admin/bank/${hard}`)).text), /Nobody gets it/);
  assert.equal((await list({ sort: "hard" })).ids[0], hard);
});

// --- similar questions -------------------------------------------------------------------

async function similarPage(person, interview) {
  const report = (await person.get(`/reports/${interview}`)).text;
  const links = tags(report, "a").map(({ href }) => href).filter((href) => href?.includes("/similar/"));
  const path = links[0];
  return { links, path, html: path ? (await person.get(path)).text : "" };
}

const formOf = (html) => ({ csrf: inputValue(html, "csrf"), nonce: inputValue(html, "nonce"), questions: inputValue(html, "questions") });

test("a report leads to similar questions, and they can be practised", async () => {
  const person = await register(instance, { language: "uk" });
  const id = await wholeInterview(person, { answers: 1, level: "junior" });
  const document = await reportDocument(person, id);
  const { links, path, html } = await similarPage(person, id);
  assert.equal(links.length, document.questions.length);
  const fields = formOf(html);
  const ids = fields.questions.split(" ");
  assert.ok(ids.length >= 1 && ids.length <= 5 && !ids.includes(document.questions[0].bank_id), fields.questions);
  const words = visibleText(html);
  for (const other of ids) {
    const item = bank.find((question) => question.id === other) ?? sample;
    assert.ok(words.includes(item.question.uk.slice(0, 40)), other);
    assert.ok(!words.includes(item.key_points[0].text.uk), "key points stay unsaid");
  }
  const started = await Promise.all([1, 2, 3].map(() => person.post(path, fields)));
  const [first] = started;
  assert.equal(first.status, 303, visibleText(first.text));
  assert.ok(started.every((reply) => reply.headers.location === first.headers.location), "one click or three");
  const practice = first.headers.location.split("/").at(-1);
  assert.equal((await openChat(person, practice)).total, ids.length);
  const planned = () => ask(`SELECT group_concat(bank_id, ' ') FROM (SELECT bank_id FROM questions
    WHERE interview_id = '${practice}' ORDER BY position)`);
  assert.equal(planned(), fields.questions);
  // What waits to be asked is not shown beforehand.
  const meanwhile = formOf((await person.get(path)).text).questions ?? "";
  assert.ok(ids.slice(1).every((other) => !meanwhile.split(" ").includes(other)), meanwhile);
  for (let i = 0; i < ids.length - 1; i++) {
    await act(person, practice, "skip");
  }
  assert.equal(planned(), fields.questions, "no question is swapped for a nearer one");
  await finish(person, practice);
  assert.match(visibleText((await person.get("/history")).text), new RegExp("Запитання, схожі на|Questions similar to one"));
  // It was one of the day: three are the limit.
  await wholeInterview(person);
  const refused = await person.post(path, { ...fields, nonce: freshName() });
  assert.equal(refused.status, 429);
});

test("similar questions are for the owner's finished practice only", async () => {
  const person = await register(instance);
  const other = await register(instance);
  const id = await wholeInterview(person);
  const { path, html } = await similarPage(person, id);
  assert.equal((await other.get(path)).status, 404);
  assert.equal((await other.post(path, { ...formOf(html), csrf: await other.csrf("/profile") })).status, 404);
  // A form made by hand chooses nothing else of the bank.
  const far = ask(`SELECT id FROM bank_questions WHERE q_type = 'coding' LIMIT 1`);
  const forged = await person.post(path, { ...formOf(html), questions: `${far} no-such "` });
  assert.equal(forged.status, 409);
  const running = await startInterview(person);
  const question = ask(`SELECT id FROM questions WHERE interview_id = '${running}' LIMIT 1`);
  assert.equal((await person.get(`/interviews/${running}/similar/${question}`)).status, 404);
  const theirs = ask(`SELECT id FROM questions WHERE interview_id <> '${id}' LIMIT 1`);
  assert.equal((await person.get(`/interviews/${id}/similar/${theirs}`)).status, 404);
  const invited = await take(other, (await invite(admin)).path);
  await act(other, invited, "skip");
  await finish(other, invited);
  assert.deepEqual((await similarPage(other, invited)).links, []);
  const asked = ask(`SELECT id FROM questions WHERE interview_id = '${invited}' AND q_type = 'theory' LIMIT 1`);
  assert.equal((await other.get(`/interviews/${invited}/similar/${asked}`)).status, 404);
});

test("who takes an invited interview again is not told what else the invitation asks", async () => {
  const guest = await register(instance);
  const { path: link } = await invite(admin);
  const invited = await take(guest, link);
  await finish(guest, invited);
  const again = await guest.post(`/interviews/${invited}/retry`, { csrf: await guest.csrf("/profile"), questions: "all", nonce: freshName() });
  const copy = again.headers.location.split("/").at(-1);
  await finish(guest, copy);
  const { path, html } = await similarPage(guest, copy);
  const [told] = formOf(html).questions.split(" ");
  ask(`UPDATE invitation_questions SET bank_id = '${told}' WHERE position = 2
    AND invitation_id = (SELECT invitation_id FROM interviews WHERE id = '${invited}')`);
  assert.ok(!(await guest.get(path)).text.includes(told));
});

test("a near-duplicate shows on an item's page", async () => {
  await addQuestion("made-up-two", { en: "Think of tubas.", ru: "Подумайте о тубах.", uk: "Подумайте про туби." });
  const { text } = await admin.get("/admin/bank/made-up-two");
  const similar = visibleText(text.slice(text.indexOf('id="similar"')));
  assert.match(similar, /made-up-one · \d/);
});
