// The question bank in the hands of a recruiter: looked at, edited under its own rules, tried out,
// taken in and out as files; and the catalogue of roles.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { buildFolder, root, startInstance } from "./instance.mjs";
import { bank, makeAdmin, register, startInterview } from "./story.mjs";
import { inputValue, roleTexts, textareaValue, visibleText } from "./page.mjs";

let instance, admin;

before(async () => {
  instance = await startInstance();
  admin = await makeAdmin(instance);
});
after(() => instance?.stop());

function ask(statement) {
  const args = ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement];
  return execFileSync("sqlite3", args, { encoding: "utf8" }).trim();
}

const viva = (...args) =>
  execFileSync(`${buildFolder()}/viva`, args, { cwd: root, env: { ...process.env, VIVA_VAR: instance.var }, encoding: "utf8" });

const sample = bank.find(({ type }) => type === "technical");
const editions = () => Number(ask(`SELECT max(number) FROM editions WHERE role_id = '${sample.roles[0]}'`));
const audited = (action) => Number(ask(`SELECT count(*) FROM audit WHERE action = '${action}'`));

async function edit(id, change) {
  const page = `/admin/bank/${id}/edit`;
  const { text } = await admin.get(page);
  const item = JSON.parse(textareaValue(text, "text"));
  change(item);
  return admin.postForm(page, { text: JSON.stringify(item, null, 2), seen: inputValue(text, "seen") });
}

test("the list filters and searches, and its pages keep the filters", async () => {
  const all = visibleText((await admin.get("/admin/bank")).text);
  assert.match(all, new RegExp(`${Number(ask("SELECT count(*) FROM bank_questions"))} items found`));
  const found = (await admin.get("/admin/bank?search=idempotency&kind=theory")).text;
  assert.match(visibleText(found), /backend-http-idempotency/);
  const senior = (await admin.get("/admin/bank?level=senior")).text;
  assert.equal((senior.match(/class="row-title"/g) ?? []).length,
    Math.min(25, Number(ask("SELECT count(*) FROM bank_questions WHERE level = 'senior'"))));
  const page = await admin.get("/admin/bank?page=2&kind=theory");
  assert.match(page.text, /kind=theory&amp;[^"]*page=1"/);
  assert.match(visibleText((await admin.get("/admin/bank?search=%25no-such%25")).text), /Nothing found/);
});

test("an item shows what candidates see and what they do not, in each language", async () => {
  for (const language of ["en", "ru", "uk"]) {
    const words = visibleText((await admin.get(`/admin/bank/${sample.id}?language=${language}`)).text);
    assert.ok(words.includes(sample.question[language]), language);
    assert.ok(words.includes(sample.key_points[0].text[language]), language);
    assert.ok(words.includes(sample.key_points[0].aliases[language][0]), language);
  }
  assert.equal((await admin.get("/admin/bank/no-such-item")).status, 404);
});

test("a test run grades an answer with evidence and stores nothing", async () => {
  const before = ask("SELECT count(*) FROM evaluations");
  const page = `/admin/bank/${sample.id}`;
  const good = await admin.postForm(page, { answer: sample.reference_answer.ru[0], language: "ru" }, { action: `${page}/try` });
  assert.equal(good.status, 200);
  assert.match(visibleText(good.text), /(9\.[0-9]|10) \/ 10/);
  assert.ok((good.text.match(/<mark>/g) ?? []).length >= 3);
  const empty = await admin.postForm(page, { answer: " ", language: "en" }, { action: `${page}/try` });
  assert.equal(empty.status, 400);
  assert.deepEqual(roleTexts(empty.text, "alert"), ["Write an answer of at most 20,000 characters."]);
  assert.equal(ask("SELECT count(*) FROM evaluations"), before);
});

test("an edited question is asked in its new words, and imports leave it alone", async () => {
  const number = editions();
  const reply = await edit(sample.id, (item) => (item.hint.en = "A hint that a recruiter wrote."));
  assert.equal(reply.status, 303, visibleText(reply.text));
  assert.equal(editions(), number + 1, "the role has a new edition");
  assert.equal(audited("bank.edit"), 1);
  assert.match(visibleText((await admin.get(`/admin/bank/${sample.id}`)).text), /A hint that a recruiter wrote/);
  assert.match(viva("bank", "import"), /1 roles and questions stay as an admin edited them/);
  assert.match(ask(`SELECT body FROM bank_questions WHERE id = '${sample.id}'`), /A hint that a recruiter wrote/);
  assert.doesNotMatch(viva("bank", "import", "--overwrite"), /stay as/);
  assert.equal(viva("bank", "import", "--if-changed"), "", "nothing became different since");
  assert.doesNotMatch(ask(`SELECT body FROM bank_questions WHERE id = '${sample.id}'`), /recruiter wrote/);
});

test("what breaks the bank's rules is not saved, and what was typed stays", async () => {
  const before = ask(`SELECT body_hash FROM bank_questions WHERE id = '${sample.id}'`);
  const reply = await edit(sample.id, (item) => {
    item.reference_answer.uk = ["Ні."];
    item.level = "guru";
  });
  assert.equal(reply.status, 400);
  assert.match(visibleText(reply.text), /unknown level/);
  assert.equal(JSON.parse(textareaValue(reply.text, "text")).level, "guru");
  const other = await edit(sample.id, (item) => (item.id = "another-id"));
  assert.match(visibleText(other.text), /the id must stay/);
  const places = { "{ no": "line 1, column 4", '{\n  "id": "їжак" "type": 1\n}': "line 2, column 16", '{"a":\n"\\u0000"}': "line 2, column 3" };
  for (const [text, place] of Object.entries(places)) {
    const broken = await admin.postForm(`/admin/bank/${sample.id}/edit`, { text });
    assert.match(visibleText(broken.text), new RegExp(`not a JSON object: it breaks near ${place} `), text);
  }
  const slips = await edit(sample.id, (item) => {
    Object.assign(item, { mistakez: item.mistakes, mistakes: undefined, track: "backned" });
    item.hint.uk += "\u202e";
    item.hint.de = "Auch das noch.";
    item.key_points[1].alias = {};
  });
  for (const fault of ["mistakez: unknown member", "no mistakes: a list without any is written []", 'no role has the track "backned"',
    "hint: a control character or mark of direction (U+202E)", "hint.de: unknown member", "key_points.alias: unknown member"])
    assert.ok(visibleText(slips.text).includes(fault), fault);
  assert.equal(ask(`SELECT body_hash FROM bank_questions WHERE id = '${sample.id}'`), before);
});

test("an item can be checked and looked at without being saved", async () => {
  const page = `/admin/bank/${sample.id}/edit`;
  const { text } = await admin.get(page);
  assert.match(visibleText(text), /key_points\.aliases.*other wordings/s);
  const item = JSON.parse(textareaValue(text, "text"));
  item.hint.uk = "Підказка, якої ще немає.";
  const form = { text: JSON.stringify(item), seen: inputValue(text, "seen"), action: "check" };
  const good = await admin.postForm(page, form);
  assert.equal(good.status, 200);
  assert.match(visibleText(good.text), /Nothing is wrong with it\. It is not saved yet\..*Підказка, якої ще немає/s);
  assert.equal(textareaValue(good.text, "text"), form.text);
  const bad = await admin.postForm(page, { ...form, text: JSON.stringify({ ...item, level: "guru" }) });
  assert.equal(bad.status, 400);
  assert.doesNotMatch(visibleText(bad.text), /Nothing is wrong/);
  assert.doesNotMatch(ask(`SELECT body FROM bank_questions WHERE id = '${sample.id}'`), /якої ще немає/);
});

test("of two recruiters who edit one item the second is told", async () => {
  const page = `/admin/bank/${sample.id}/edit`;
  const { text } = await admin.get(page);
  const stale = { text: textareaValue(text, "text"), seen: inputValue(text, "seen") };
  assert.equal((await edit(sample.id, (item) => (item.hint.en = "The first was faster."))).status, 303);
  const reply = await admin.postForm(page, stale);
  assert.equal(reply.status, 409);
  assert.match(visibleText(reply.text), /Somebody else changed this item meanwhile/);
  assert.match(ask(`SELECT body FROM bank_questions WHERE id = '${sample.id}'`), /The first was faster/);
});

test("a form that is sent twice is told the same twice", async () => {
  const page = `/admin/bank/${sample.id}/edit`;
  const { text } = await admin.get(page);
  const item = { ...JSON.parse(textareaValue(text, "text")), estimated_answer_time_min: 7 };
  const form = { text: JSON.stringify(item), seen: inputValue(text, "seen") };
  const number = editions();
  const twins = await Promise.all([admin.postForm(page, form), admin.postForm(page, form)]);
  assert.deepEqual(twins.map(({ status }) => status), [303, 303]);
  assert.equal((await admin.postForm(page, form)).status, 303);
  assert.equal(editions(), number + 1, "it was stored once");
  const fresh = { text: JSON.stringify({ ...item, id: "sent-twice" }) };
  for (let i = 0; i < 2; i++) {
    const reply = await admin.postForm("/admin/bank/new", fresh);
    assert.equal(reply.status, 303, visibleText(reply.text));
    assert.match(reply.headers.location, /\/admin\/bank\/sent-twice$/);
  }
});

test("a new question enters the sets of its roles; switched off it is asked no more", async () => {
  const item = { ...structuredClone(sample), id: "a-recruiter-wrote-this" };
  const reply = await admin.postForm("/admin/bank/new", { text: JSON.stringify(item) });
  assert.equal(reply.status, 303, visibleText(reply.text));
  const inSet = () => ask(`SELECT count(*) FROM edition_questions WHERE question_id = '${item.id}' AND number = ${editions()}`);
  assert.equal(inSet(), String(item.roles.length));
  const other = { ...item, estimated_answer_time_min: 9 };
  assert.match(visibleText((await admin.postForm("/admin/bank/new", { text: JSON.stringify(other) })).text), /already/);
  const off = await admin.postForm(`/admin/bank/${item.id}`, { state: "disabled" }, { action: `/admin/bank/${item.id}/state` });
  assert.equal(off.status, 303);
  assert.equal(inSet(), "0");
  viva("bank", "import");
  assert.equal(ask(`SELECT enabled FROM bank_questions WHERE id = '${item.id}'`), "0");
});

test("a coding task is stored with the answers of its reference, or not at all", { timeout: 120_000 }, async () => {
  const id = ask("SELECT id FROM bank_questions WHERE q_type = 'coding' AND body LIKE '%\"function\"%' AND body NOT LIKE '%\"variants\"%' ORDER BY id LIMIT 1");
  const good = await edit(id, (item) => (item.estimated_answer_time_min = 17));
  assert.equal(good.status, 303, visibleText(good.text));
  const body = JSON.parse(ask(`SELECT body FROM bank_questions WHERE id = '${id}'`));
  assert.ok([...body.public_tests, ...body.hidden_tests].every((one) => "expected" in one));
  const bad = await edit(id, (item) => (item.languages.python.reference = "raise SystemExit(1)"));
  assert.equal(bad.status, 400, visibleText(bad.text));
  const shown = await admin.get(`/admin/bank/${id}`);
  assert.match(visibleText(shown.text), /What candidates do not see/);
  const run = await admin.postForm(`/admin/bank/${id}`, { code_language: "python", answer: body.languages.python.reference },
    { action: `/admin/bank/${id}/try` });
  const total = body.public_tests.length + body.hidden_tests.length;
  assert.match(visibleText(run.text), new RegExp(`${total} / ${total}`));
});

test("a trial of endless code ends after two tests, and waits for candidates", { timeout: 120_000 }, async () => {
  const id = ask("SELECT id FROM bank_questions WHERE q_type = 'coding' AND body LIKE '%\"function\"%' AND body NOT LIKE '%\"variants\"%' ORDER BY id LIMIT 1");
  const trial = () => admin.postForm(`/admin/bank/${id}`, { code_language: "python", answer: "while True:\n    pass\n" },
    { action: `/admin/bank/${id}/try` });
  const times = [...(await trial()).text.matchAll(/<td>([\d.,]+)<\/td><\/tr>/g)].map(([, cpu]) => Number(cpu));
  assert.ok(times.length >= 7, "a row a test");
  assert.ok(times.filter((cpu) => cpu > 0).length <= 2, times.join());
  ask("CREATE TRIGGER stays BEFORE UPDATE ON submissions WHEN old.id = 'waiting' BEGIN SELECT raise(IGNORE); END");
  const waiting = await startInterview(await register(instance), { role: sample.roles[0], type: "technical" });
  ask(`INSERT INTO submissions (id, question_id, owner_id, kind, code_language, code, state, attempt_number, slot, nonce, created_at)
    SELECT 'waiting', q.id, i.owner_id, 'run', 'python', 'pass', 'running', 0, 0, 'n', 1 FROM questions q
    JOIN interviews i ON i.id = q.interview_id WHERE i.id = '${waiting}' LIMIT 1`);
  const refused = await trial();
  assert.deepEqual(roleTexts(refused.text, "alert"), ["Candidates are waiting for the judge. Try again in a moment."]);
  ask("DROP TRIGGER stays; DELETE FROM submissions WHERE id = 'waiting'");
});

test("the bank goes out as a file and comes in again, all of it or nothing", { timeout: 120_000 }, async () => {
  const reply = await admin.get("/admin/transfer/bank.json?kind=theory");
  assert.match(reply.headers["content-disposition"], /viva-bank\.json/);
  const items = JSON.parse(reply.text);
  assert.equal(items.length, Number(ask("SELECT count(*) FROM bank_questions WHERE q_type = 'theory'")));
  const send = async (list) => admin.postMultipart("/admin/transfer", {
    csrf: await admin.csrf("/admin/transfer"),
    file: { filename: "bank.json", type: "application/json", data: Buffer.from(JSON.stringify(list)) },
  });
  const [first, second] = items;
  first.hint.en = "Came in as a file.";
  const half = await send([first, { ...second, level: "guru" }]);
  assert.equal(half.status, 400);
  assert.match(visibleText(half.text), new RegExp(`${second.id}.*unknown level`, "s"));
  assert.equal((await send([first, first])).status, 400);
  assert.doesNotMatch(ask(`SELECT body FROM bank_questions WHERE id = '${first.id}'`), /Came in as a file/);
  assert.equal((await send([first, second])).status, 303);
  assert.match(ask(`SELECT body FROM bank_questions WHERE id = '${first.id}'`), /Came in as a file/);
  assert.equal((await send({ not: "an array" })).status, 400);
  const whole = JSON.parse((await admin.get("/admin/transfer/bank.json")).text);
  assert.ok(whole.filter(({ kind }) => kind !== undefined).length > 20, "more tasks than may change");
  const [task] = whole.filter(({ kind }) => kind === "function");
  whole.find(({ id }) => id === second.id).hint.en = "Changed in the whole bank.";
  task.estimated_answer_time_min = 21;
  const before = ask("SELECT count(*) FROM bank_questions WHERE edited_at IS NOT NULL");
  const disabled = ask("SELECT count(*) FROM bank_questions WHERE enabled = 0");
  const all = await send(whole);
  assert.equal(all.status, 303, visibleText(all.text));
  assert.match(visibleText((await admin.get(all.headers.location)).text), new RegExp(`changed: 2 of ${whole.length}`));
  assert.ok(Number(ask("SELECT count(*) FROM bank_questions WHERE edited_at IS NOT NULL")) <= Number(before) + 2);
  assert.equal(ask("SELECT count(*) FROM bank_questions WHERE enabled = 0"), disabled);
  assert.match(ask(`SELECT body FROM bank_questions WHERE id = '${task.id}'`), /"expected"/);
  for (const one of whole) one.estimated_answer_time_min = 13;
  assert.match(visibleText((await send(whole)).text), /More than 20 coding tasks are new or changed/);
});

test("a new role is offered to candidates, a disabled one is not", async () => {
  const role = { id: "site-reliability", track: "backend", title_en: "Site reliability engineer", title_ru: "Инженер по надёжности",
    title_uk: "Інженер з надійності", tags: "linux, observability" };
  assert.equal((await admin.postForm("/admin/roles/new", { ...role, tags: "Not a tag!" })).status, 400);
  assert.equal((await admin.postForm("/admin/roles/new", role)).status, 303);
  assert.equal((await admin.postForm("/admin/roles/new", role)).status, 303, "sent twice");
  assert.equal((await admin.postForm("/admin/roles/new", { ...role, tags: "linux" })).status, 409);
  const seen = inputValue((await admin.get("/admin/roles/site-reliability")).text, "seen");
  const person = await register(instance, { language: "ru" });
  assert.match(visibleText((await person.get("/interviews/new")).text), /Инженер по надёжности/);
  assert.ok(await startInterview(person, { role: role.id, type: "hr" }), "universal questions serve it");
  assert.equal((await admin.postForm("/admin/roles/site-reliability", { ...role, title_ru: "Инженер надёжности", seen })).status, 303);
  const stale = await admin.postForm("/admin/roles/site-reliability", { ...role, title_en: "Stale", seen });
  assert.equal(stale.status, 409);
  assert.match(visibleText(stale.text), /Somebody else changed this role meanwhile/);
  await admin.postForm("/admin/roles/site-reliability", { state: "disabled" }, { action: "/admin/roles/site-reliability/state" });
  assert.doesNotMatch(visibleText((await person.get("/interviews/new")).text), /Инженер надёжности/);
  assert.equal(audited("role.add") + audited("role.edit") + audited("role.disable"), 3);
});
