// Looking back: the list of interviews, taking one again, deleting, comparing two.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { codingQuestion, judgeCode, openCode, pressCode, startCoding } from "./coding.mjs";
import { startInstance } from "./instance.mjs";
import { decode, inputValue, roleTexts, tags, textareaValue, visibleText } from "./page.mjs";
import {
  act,
  answerWell,
  finish,
  fullAnswer,
  freshName,
  makeAdmin,
  openChat,
  press,
  register,
  reportDocument,
  say,
  startInterview,
  thinAnswer,
  translated,
  tryToStart,
  wholeInterview,
} from "./story.mjs";

let limited, instance;

function sql(statement) {
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"), statement]);
}

before(async () => {
  [limited, instance] = await Promise.all([
    startInstance(), // three interviews a day, as delivered
    startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } }),
  ]);
});
after(() => Promise.all([limited?.stop(), instance?.stop()]));

async function historyPage(person, query = "") {
  const reply = await person.get(`/history${query}`);
  assert.equal(reply.status, 200, visibleText(reply.text));
  return reply.text;
}

// The rows of the list as { id, text, html }.
function rowsOf(html) {
  const body = html.match(/<tbody>([^]*)<\/tbody>/)?.[1] ?? "";
  return [...body.matchAll(/<tr>([^]*?)<\/tr>/g)].map(([, row]) => ({
    id: row.match(/\/history\/([0-9a-f-]{36})\/delete/)[1],
    text: visibleText(row),
    html: row,
  }));
}

async function idsOf(person, query) {
  return rowsOf(await historyPage(person, query)).map((row) => row.id);
}

// Presses "Retry all" or "Practise mistakes" of a row as a page shows it.
function retry(person, html, id, questions) {
  const fields = { csrf: inputValue(html, "csrf"), nonce: inputValue(html, "nonce"), questions };
  return person.post(`/interviews/${id}/retry`, fields);
}

function startedId(reply) {
  assert.equal(reply.status, 303, visibleText(reply.text));
  return reply.headers.location.match(/^\/interviews\/([0-9a-f-]{36})$/)[1];
}

// Finished: the first question well answered, the second thinly, the third not at all.
async function mixedInterview(person, choice) {
  const id = await startInterview(person, { question_count: "3", ...choice });
  await answerWell(person, id);
  await say(person, id, thinAnswer(await openChat(person, id)));
  await act(person, id, "skip");
  await finish(person, id);
  return id;
}

const bankIds = ({ questions }) => questions.map((question) => question.bank_id);

// --- the list ---------------------------------------------------------------------------

test("who has no interview yet is shown the way to the first one", async () => {
  const person = await register(instance, { language: "ru" });
  const html = await historyPage(person);
  assert.ok(tags(html, "a").some((a) => a.href === "/interviews/new"));
  assert.equal(rowsOf(html).length, 0);
  assert.ok(!tags(html, "a").some((a) => a.href === "/history/clear"), "nothing can be cleared");
  assert.equal((await person.get("/history/clear")).headers.location, "/history");
});

test("a row says what it was and leads to its report, and a running one back to the talk", async () => {
  const person = await register(instance);
  const finished = await wholeInterview(person, { level: "senior" });
  const running = await startInterview(person, { type: "hr", language: "uk" });
  const rows = rowsOf(await historyPage(person));
  assert.deepEqual(rows.map((row) => row.id), [running, finished], "newest first");
  const links = (row) => tags(row.html, "a").map((a) => a.href);
  assert.ok(links(rows[0]).includes(`/interviews/${running}`));
  assert.match(rows[0].text, /українська/i);
  assert.match(rows[0].text, /\(0 \/ 5\)/);
  assert.ok(links(rows[1]).includes(`/reports/${finished}/report.txt`));
  assert.match(rows[1].text, /Senior/);
  const { metrics } = await reportDocument(person, finished);
  assert.ok(rows[1].text.includes(`/ ${metrics.overall.max_total_score}`), rows[1].text);
  const report = await person.get(`/reports/${finished}/report.txt`);
  assert.match(report.headers["content-disposition"], /^attachment/);
});

test("filters and the order stand in the address, in the form and in the links between pages", async () => {
  const person = await register(instance);
  const senior = await startInterview(person, { level: "senior", question_count: "1" });
  for (let i = 0; i < 21; i++) {
    await startInterview(person, { level: "junior", question_count: "1", language: i % 2 ? "ru" : "en" });
  }
  assert.deepEqual(await idsOf(person, "?level=senior"), [senior]);
  assert.deepEqual(await idsOf(person, "?level=senior&language=ru"), []);
  assert.equal((await idsOf(person, "?language=ru")).length, 10);
  assert.equal((await idsOf(person, "?status=completed")).length, 0);
  assert.equal((await idsOf(person, "?role=backend&type=technical&period=7")).length, 20);
  const first = await historyPage(person, "?level=junior&sort=oldest");
  assert.ok(tags(first, "option").some((option) => option.value === "junior" && "selected" in option));
  const [next] = tags(first, "a").filter((a) => a.href?.endsWith("page=2"));
  assert.equal(next.href, "/history?level=junior&sort=oldest&page=2");
  const rest = await person.get(next.href);
  assert.equal(rowsOf(rest.text).length, 1);
  const all = [...rowsOf(first), ...rowsOf(rest.text)].map((row) => row.id);
  assert.equal(new Set(all).size, 21, "each once");
  assert.deepEqual(await idsOf(person, "?level=junior&sort=oldest&page=999"), rowsOf(rest.text).map((row) => row.id));
});

test("an address that nobody made shows everything and breaks nothing", async () => {
  const person = await register(instance);
  const id = await startInterview(person, { question_count: "1" });
  for (const query of ["?level=%27--", "?role=<b>", "?sort=x&page=-1", "?page=99999999999999", "?period=1000000", "?level=senior&level=junior", "?%ff"]) {
    assert.deepEqual(await idsOf(person, query), [id], query);
  }
});

test("the profile shows the latest five and leads to all", async () => {
  const person = await register(instance);
  for (let i = 0; i < 6; i++) {
    await startInterview(person, { question_count: "1" });
  }
  const links = tags((await person.get("/profile")).text, "a").map((a) => a.href);
  assert.equal(links.filter((href) => /^\/interviews\/[0-9a-f-]{36}$/.test(href)).length, 5);
  assert.ok(links.includes("/history"));
});

// --- taking an interview again ------------------------------------------------------------

test("Retry all asks the same questions of a clean slate, and both reports stay", async () => {
  const person = await register(instance);
  const parent = await mixedInterview(person);
  const before = await reportDocument(person, parent);
  const child = startedId(await retry(person, await historyPage(person), parent, "all"));
  assert.equal((await openChat(person, child)).total, 3);
  await finish(person, child);
  const after = await reportDocument(person, child);
  assert.deepEqual(bankIds(after), bankIds(before));
  assert.ok(after.questions.every((question) => question.hints_used === 0));
  assert.deepEqual(await reportDocument(person, parent), before);
  const [row] = rowsOf(await historyPage(person));
  assert.equal(row.id, child);
  assert.match(row.text, /Repeats the interview of/);
});

test("Practise mistakes asks what had not the full score", async () => {
  const person = await register(instance, { language: "ru" });
  const parent = await mixedInterview(person);
  const { questions } = await reportDocument(person, parent);
  const missed = questions.filter(({ metrics }) => metrics.theory.score_ratio < 1);
  assert.ok(missed.length >= 2, "a thin answer and a skipped one are not full");
  const child = startedId(await retry(person, await historyPage(person), parent, "mistakes"));
  assert.equal((await openChat(person, child)).total, missed.length);
  await finish(person, child);
  assert.deepEqual(bankIds(await reportDocument(person, child)), missed.map((question) => question.bank_id));
});

test("an interview without a mistake has none to practise", async () => {
  const person = await register(instance);
  let perfect;
  for (let i = 0; i < 6 && !perfect; i++) {
    const id = await startInterview(person, { question_count: "1" });
    await press(person, await openChat(person, id), "say", fullAnswer(await openChat(person, id)));
    const { metrics } = await reportDocument(person, id);
    perfect = metrics.overall.score_ratio === 1 ? id : undefined;
  }
  assert.ok(perfect, "no reference answer got the full score");
  const html = await historyPage(person);
  const row = rowsOf(html).find(({ id }) => id === perfect);
  assert.ok(!row.html.includes('value="mistakes"'), "the button is not offered");
  const reply = await retry(person, html, perfect, "mistakes");
  assert.equal(reply.status, 409);
  assert.match(visibleText(reply.text), /Every question of this interview has its full score/);
});

test("a running interview is continued, another's or a made-up one is not there", async () => {
  const person = await register(instance);
  const other = await register(instance);
  const running = await startInterview(person);
  const finished = await mixedInterview(person);
  const html = await historyPage(person);
  assert.equal((await retry(person, html, running, "all")).headers.location, `/interviews/${running}`);
  const fields = { csrf: await other.csrf("/profile"), nonce: freshName(), questions: "all" };
  assert.equal((await other.post(`/interviews/${finished}/retry`, fields)).status, 404);
  const own = { csrf: inputValue(html, "csrf"), nonce: freshName() };
  assert.equal((await person.post(`/interviews/${freshName()}/retry`, { ...own, questions: "all" })).status, 404);
  const all = { ...own, questions: "all" };
  for (const wrong of [{ ...own, questions: "some" }, { ...all, nonce: "" }, { ...all, nonce: "n".repeat(65) }]) {
    assert.equal((await person.post(`/interviews/${finished}/retry`, wrong)).status, 400);
  }
  assert.equal((await idsOf(person)).length, 2, "nothing was started");
});

test("a double click on Retry, or the page once more, is one interview", async () => {
  const person = await register(instance);
  const parent = await mixedInterview(person);
  const html = await historyPage(person);
  const replies = await Promise.all(Array.from({ length: 6 }, () => retry(person, html, parent, "all")));
  assert.equal(new Set(replies.map(startedId)).size, 1);
  const mistakes = startedId(await retry(person, html, parent, "mistakes"));
  assert.notEqual(mistakes, startedId(replies[0]), "the other button is another wish");
  assert.equal((await idsOf(person)).length, 3);
});

test("a task is practised again in its programming language", async () => {
  const person = await register(instance);
  const id = await startInterview(person, { question_count: "2", coding_percent: "100", code_language: "javascript" });
  const starter = async (interview) => {
    const link = tags((await openChat(person, interview)).html, "a").find((a) => a.href?.startsWith("/code/"));
    return textareaValue((await person.get(link.href)).text, "code");
  };
  const before = await starter(id);
  await finish(person, id);
  const child = startedId(await retry(person, await historyPage(person), id, "mistakes"));
  assert.ok(before);
  assert.equal(await starter(child), before);
});

test("who takes old questions again is told so, in the list and in the talk, until they answer", async () => {
  const person = await register(instance);
  const parent = await mixedInterview(person);
  const stale = /renewed since/;
  assert.doesNotMatch(rowsOf(await historyPage(person))[0].text, stale);
  sql("UPDATE bank_questions SET enabled = 0 WHERE id IN (SELECT bank_id FROM questions WHERE interview_id = '" + parent + "');"
    + "INSERT INTO editions SELECT 'backend', max(number) + 1, 'renewed', 1 FROM editions WHERE role_id = 'backend';"
    + "INSERT INTO edition_questions SELECT 'backend', (SELECT max(number) FROM editions WHERE role_id = 'backend'), question_id"
    + " FROM edition_questions WHERE role_id = 'backend' GROUP BY question_id");
  const html = await historyPage(person);
  assert.match(rowsOf(html)[0].text, stale);
  const child = startedId(await retry(person, html, parent, "all"));
  const chat = await openChat(person, child);
  assert.match(visibleText(chat.html), /may be out of date/);
  const next = await say(person, child, fullAnswer(chat));
  assert.doesNotMatch(visibleText(next.html), /may be out of date/);
  sql("UPDATE bank_questions SET enabled = 1");
});

// --- the limit of a day -------------------------------------------------------------------

test("pages say how many can be started today, and at the limit when the next one can", async () => {
  const person = await register(limited);
  const left = (html) => visibleText(html).match(/You can start (\d) more interviews? today/)?.[1];
  assert.equal(left((await person.get("/interviews/new")).text), "3");
  await wholeInterview(person);
  assert.equal(left(await historyPage(person)), "2");
  await startInterview(person);
  assert.equal(left((await person.get("/interviews/new")).text), "1");
  await startInterview(person);
  for (const page of ["/interviews/new", "/history"]) {
    const { text } = await person.get(page);
    assert.match(visibleText(text), /You have used today.s interviews \(3 a day\)\. The next one can start .*00:00/, page);
    assert.ok(tags(text, "button").some((button) => "disabled" in button), page);
  }
});

test("deleting gives no start back, and a retry counts like any other", async () => {
  const person = await register(limited);
  const parent = await mixedInterview(person);
  const html = await historyPage(person);
  const child = startedId(await retry(person, html, parent, "all"));
  await person.postForm(`/history/${child}/delete`, {});
  await startInterview(person);
  const reply = await retry(person, html, parent, "mistakes");
  assert.equal(reply.status, 429);
  assert.match(visibleText(reply.text), /The next one can start/);
  assert.equal((await tryToStart(person)).status, 429);
});

test("six retries at once do not get round the limit", async () => {
  const person = await register(limited);
  const parent = await mixedInterview(person);
  const csrf = inputValue(await historyPage(person), "csrf");
  const replies = await Promise.all(Array.from({ length: 6 }, () =>
    person.post(`/interviews/${parent}/retry`, { csrf, nonce: freshName(), questions: "all" })));
  assert.deepEqual(replies.map((reply) => reply.status).sort(), [303, 303, 429, 429, 429, 429]);
});

test("an admin is told of no limit", async () => {
  const admin = await makeAdmin(limited);
  for (let i = 0; i < 4; i++) {
    await startInterview(admin, { question_count: "1" });
  }
  const { text } = await admin.get("/history");
  assert.doesNotMatch(visibleText(text), /interviews? today|a day/);
});

// --- deleting -----------------------------------------------------------------------------

test("an interview is deleted after one confirmation, with its report and for good", async () => {
  const person = await register(instance);
  const [kept, gone] = [await mixedInterview(person), await mixedInterview(person)];
  await reportDocument(person, gone); // also in the report program's cache
  const confirm = await person.get(`/history/${gone}/delete`);
  assert.equal(confirm.status, 200);
  assert.equal((await idsOf(person)).length, 2, "asking deletes nothing");
  const reply = await person.postForm(`/history/${gone}/delete`, {});
  assert.equal(reply.headers.location, "/history");
  const html = await historyPage(person);
  assert.deepEqual(roleTexts(html, "status"), ["The interview is deleted."]);
  assert.deepEqual(rowsOf(html).map((row) => row.id), [kept]);
  for (const page of [`/interviews/${gone}`, `/reports/${gone}`, `/reports/${gone}/report.txt`, `/history/${gone}/delete`]) {
    assert.equal((await person.get(page)).status, 404, page);
  }
  const twice = await person.postForm("/profile", {}, { action: `/history/${gone}/delete` });
  assert.equal(twice.status, 404);
  assert.match(twice.text.match(/<article[^]*<\/article>/)[0], /href="\/history"/, "a way on");
});

test("another's interview cannot be deleted, nor seen to be there", async () => {
  const person = await register(instance);
  const other = await register(instance);
  const id = await mixedInterview(person);
  assert.equal((await other.get(`/history/${id}/delete`)).status, 404);
  assert.equal((await other.postForm("/profile", {}, { action: `/history/${id}/delete` })).status, 404);
  assert.deepEqual(await idsOf(person), [id]);
});

test("a talk that is deleted in another tab ends with a clear page, and nothing comes back", async () => {
  const person = await register(instance, { language: "uk" });
  const id = await startInterview(person);
  const chat = await openChat(person, id);
  await person.postForm(`/history/${id}/delete`, {});
  const reply = await press(person, chat, "say", fullAnswer(chat));
  assert.equal(reply.status, 404);
  assert.ok(decode(reply.text).includes(fullAnswer(chat)), "what was typed is not lost");
  assert.match(visibleText(reply.text), new RegExp(translated("uk", "There is no such page.")));
  assert.equal((await person.post(`/interviews/${id}/draft`, { csrf: chat.csrf, answer: "draft" })).status, 404);
  assert.deepEqual(await idsOf(person), []);
});

test("an answer that is sent while the interview is deleted breaks nothing", async () => {
  const person = await register(instance);
  for (let round = 0; round < 5; round++) {
    const id = await startInterview(person);
    const chat = await openChat(person, id);
    const [answer, draft, deleted] = await Promise.all([
      press(person, chat, "say", fullAnswer(chat)),
      person.post(`/interviews/${id}/draft`, { csrf: chat.csrf, answer: "draft" }),
      person.post(`/history/${id}/delete`, { csrf: chat.csrf }),
    ]);
    assert.ok([303, 404].includes(answer.status), `${answer.status} ${visibleText(answer.text)}`);
    assert.ok([204, 404].includes(draft.status), `${draft.status}`);
    assert.equal(deleted.status, 303);
  }
  assert.deepEqual(await idsOf(person), []);
});

test("code that is being judged goes with its interview, and the judge goes on", async () => {
  const person = await register(instance);
  const slow = { code: "import time\nwhile time.process_time() < 0.2:\n    pass\n" };
  const id = await startCoding(person);
  const coding = await codingQuestion(person, id);
  const page = await openCode(person, coding);
  assert.equal((await pressCode(person, page, "runs submit", slow)).status, 303);
  assert.equal((await person.postForm(`/history/${id}/delete`, {})).status, 303);
  assert.equal((await person.get(`/code/${coding}`)).status, 404);
  assert.equal((await pressCode(person, page, "runs submit", { ...slow, nonce: freshName() })).status, 404);
  const other = await codingQuestion(person, await startCoding(person));
  assert.match((await judgeCode(person, other, "submit", {})).text, /Attempt 1|attempt/);
});

test("clearing takes everything the page spoke of, and not what was started since", async () => {
  const person = await register(instance);
  const other = await register(instance);
  const others = await startInterview(other);
  await mixedInterview(person);
  await startInterview(person);
  const page = await person.get("/history/clear");
  assert.match(visibleText(page.text), /2 interviews/);
  const later = await startInterview(person);
  const fields = { csrf: inputValue(page.text, "csrf"), before: inputValue(page.text, "before") };
  const reply = await person.post("/history/clear", fields);
  assert.equal(reply.headers.location, "/history");
  assert.deepEqual(await idsOf(person), [later]);
  assert.equal((await person.post("/history/clear", fields)).status, 303, "the page sent once more");
  assert.deepEqual(await idsOf(person), [later]);
  assert.deepEqual(await idsOf(other), [others]);
  for (const before of ["", "x", "-1", String(Date.now() + 1e9)]) {
    assert.equal((await person.post("/history/clear", { ...fields, before })).status, 400, before);
  }
});

// --- comparing two ------------------------------------------------------------------------

test("two attempts stand side by side, with what was gained in the candidate's own words", async () => {
  const person = await register(instance);
  const first = await startInterview(person, { question_count: "1" });
  const chat = await openChat(person, first);
  await say(person, first, thinAnswer(chat)).catch(() => {}); // a follow-up may end it or not
  if ((await person.get(`/interviews/${first}`)).text.includes('value="stop"')) {
    await finish(person, first);
  }
  const second = startedId(await retry(person, await historyPage(person), first, "all"));
  await press(person, await openChat(person, second), "say", fullAnswer(chat));
  const [row] = rowsOf(await historyPage(person));
  const link = tags(row.html, "a").find((a) => a.href?.startsWith("/history/compare"));
  assert.equal(link.href, `/history/compare?a=${first}&b=${second}`);
  const page = await person.get(link.href);
  assert.equal(page.status, 200);
  const [before, after] = [await reportDocument(person, first), await reportDocument(person, second)];
  const statusOf = (report, id) => report.questions[0].metrics.theory.key_points.find((point) => point.id === id).status;
  const gained = after.questions[0].metrics.theory.key_points
    .filter((point) => point.status === "covered" && statusOf(before, point.id) === "missing");
  assert.ok(gained.length > 0);
  const text = decode(page.text);
  gained.forEach((point) => {
    assert.ok(text.includes(point.text), point.text);
    assert.ok(text.includes(point.evidence[0].text), point.evidence[0].text);
  });
  assert.ok(visibleText(page.text).includes(`${before.metrics.overall.total_score} / 10`));
  assert.ok(visibleText(page.text).includes(`${after.metrics.overall.total_score} / 10`));
  const turned = await person.get(`/history/compare?a=${second}&b=${first}`);
  assert.deepEqual(visibleText(turned.text), visibleText(page.text), "the earlier one is the first, however it is asked");
});

test("a list of several pages says that both ticks are to be on one", async () => {
  const person = await register(instance);
  const [first] = [await mixedInterview(person), await mixedInterview(person)];
  const hint = /two to compare have to be on this page/;
  assert.doesNotMatch(visibleText(await historyPage(person)), hint);
  sql(`INSERT INTO interviews (id, owner_id, role_id, level, type, language, edition, question_count, status, difficulty,
    max_turns, start_nonce, created_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
    SELECT '${first.slice(0, 24)}0000000000' || (10 + i), owner_id, role_id, level, type, language, edition, 1, 'in_progress', 1, 80,
    id || i, i FROM interviews, n WHERE id = '${first}'`);
  assert.match(visibleText(await historyPage(person)), hint);
});

test("ticks of the list lead to the comparison; one, three or none is told apart", async () => {
  const person = await register(instance, { language: "ru" });
  const [one, two, three] = [await mixedInterview(person), await mixedInterview(person), await mixedInterview(person)];
  const html = await historyPage(person);
  const boxes = tags(html, "input").filter((input) => input.type === "checkbox");
  assert.deepEqual(boxes.map((box) => box.value), [three, two, one]);
  const ticked = (count) => boxes.slice(0, count).map((box) => `${box.name}=${box.value}`).join("&");
  const reply = await person.get(`/history/compare?${ticked(2)}`);
  assert.equal(reply.headers.location, `/history/compare?a=${three}&b=${two}`);
  for (const count of [0, 1, 3]) {
    const refused = await person.get(`/history/compare?${ticked(count)}`);
    assert.equal(refused.status, 400);
    assert.deepEqual(roleTexts(refused.text, "alert"), [translated("ru", "Please tick two finished interviews to compare.")]);
  }
});

test("only own finished interviews can be compared", async () => {
  const person = await register(instance);
  const other = await register(instance);
  const [mine, running, theirs] = [await mixedInterview(person), await startInterview(person), await mixedInterview(other)];
  for (const id of [running, theirs, freshName()]) {
    assert.equal((await person.get(`/history/compare?a=${mine}&b=${id}`)).status, 404, id);
  }
  assert.equal((await person.get(`/history/compare?a=${mine}&b=${mine}`)).status, 400);
});

test("two languages compare on one page, in the language of the later one", async () => {
  const person = await register(instance, { language: "ru" });
  const first = await mixedInterview(person, { language: "ru" });
  const second = await mixedInterview(person, { language: "uk" });
  const page = await person.get(`/history/compare?a=${first}&b=${second}`);
  assert.equal(page.status, 200);
  assert.match(page.text, /<html lang="uk"/);
});
