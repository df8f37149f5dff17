// Weak points come again until they stay: five minutes of review, without a model.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { inputValue, tags, visibleText } from "./page.mjs";
import { answer, cards, letDaysPass, missedInterview, openSession, readSession, sql } from "./review.mjs";
import { bank, freshName, register, translated, wholeInterview } from "./story.mjs";

let instance;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
});
after(() => instance?.stop());

// A candidate with one question given up, the points of which are due.
async function withDuePoints(language = "en") {
  const person = await register(instance, { language });
  const { id, question } = await missedInterview(person);
  await person.get("/review");
  letDaysPass(instance, person, 1);
  return { person, id, question };
}

const answersOf = (person) => Number(sql(instance, `SELECT count(*) FROM review_answers
  WHERE user_id = (SELECT id FROM users WHERE username = '${person.name}')`));

test("a newcomer reads what the page is for", async () => {
  const person = await register(instance, { language: "uk" });
  const page = await person.get("/review");
  assert.equal(page.status, 200);
  assert.ok(page.text.includes(translated("uk", "Nothing is due now.")));
  assert.equal((await person.get("/review/session")).headers.location, "/review");
});

test("an interview with nothing missed leaves nothing to repeat", async () => {
  const person = await register(instance);
  await wholeInterview(person);
  await person.get("/review");
  assert.deepEqual(cards(instance, person), []);
});

test("the points of a question that was given up come again, once for an interview", async () => {
  const person = await register(instance);
  const { question } = await missedInterview(person);
  const page = await person.get("/review");
  assert.ok(!page.text.includes(question.question.en), "not at once: the report was just read");
  const first = cards(instance, person);
  assert.deepEqual(first.map(({ point }) => point).sort(), question.key_points.map(({ id }) => id).sort());
  first.forEach((card) => {
    assert.equal(card.repetitions, 1);
    assert.equal(card.due_at - card.last_at, 10 * 60000);
  });
  await Promise.all([person.get("/review"), person.get("/progress"), person.get("/review")]);
  assert.deepEqual(cards(instance, person), first, "an interview counts once");
  letDaysPass(instance, person, 1);
  const due = await person.get("/review");
  assert.ok(visibleText(due.text).includes(question.question.en));
  assert.ok(due.text.includes(`${question.key_points.length} key points are due for review.`));
});

for (const language of ["en", "ru", "uk"]) {
  test(`a full answer in ${language} earns every point with its words and sends them away`, async () => {
    const { person, question } = await withDuePoints(language);
    const session = await openSession(person);
    assert.equal(session.question.id, question.id);
    const full = question.reference_answer[language][0];
    const reply = await answer(person, session, "say", full);
    assert.equal(reply.status, 303, visibleText(reply.text));
    const page = await person.get(reply.headers.location);
    assert.equal(page.status, 200);
    assert.ok(page.text.includes(`<html lang="${language}"`));
    const statuses = tags(page.text, "b").map(({ class: status }) => status);
    assert.deepEqual(statuses, question.key_points.map(() => "covered"));
    const marked = [...page.text.matchAll(/<mark>([^<]*)<\/mark>/g)].map(([, words]) => words);
    assert.ok(marked.length > 0, "the words are shown");
    question.key_points.forEach(({ text }) => assert.ok(visibleText(page.text).includes(text[language])));
    assert.ok(visibleText(page.text).includes(full), "the model answer is there to compare");
    cards(instance, person).forEach((card) => {
      assert.equal(card.repetitions, 2);
      assert.ok(card.due_at > Date.now() + 86400000, "not before the day after tomorrow");
      assert.equal(card.due_at % 86400000, 0, "from the start of a day");
    });
    const done = await person.get(`/review/session?since=${session.since}`);
    assert.ok(done.text.includes(translated(language, "Review is over")));
    assert.ok(done.text.includes(question.question[language].slice(0, 20).replaceAll("'", "&#39;")));
  });
}

test("what is not said comes back within the hour, what is half said tomorrow or later", async () => {
  const { person, question } = await withDuePoints();
  const [first] = question.key_points;
  const session = await openSession(person);
  const reply = await answer(person, session, "say", first.text.en);
  const page = await person.get(reply.headers.location);
  const rows = new Map(cards(instance, person).map((card) => [card.point, card]));
  const statuses = tags(page.text, "b").map(({ class: status }) => status);
  assert.equal(statuses[0], "covered");
  assert.ok(statuses.includes("missing"));
  question.key_points.forEach(({ id }, i) => {
    const wait = rows.get(id).due_at - rows.get(id).last_at;
    assert.equal(wait === 10 * 60000, statuses[i] === "missing", `${id}: ${statuses[i]} ${wait}`);
    assert.equal(rows.get(id).lapses, statuses[i] === "missing" ? 1 : 0);
  });
  assert.ok(page.text.includes("comes again in 10 minutes"));
});

test("I don't know shows the model answer, and every point comes soon", async () => {
  const { person, question } = await withDuePoints("ru");
  const session = await openSession(person);
  const reply = await answer(person, session, "dont_know", "начало мысли");
  const page = visibleText((await person.get(reply.headers.location)).text);
  assert.ok(page.includes(question.reference_answer.ru[0].slice(0, 40)));
  cards(instance, person).forEach((card) => assert.equal(card.due_at - card.last_at, 10 * 60000));
});

test("a skipped question comes later, ungraded", async () => {
  const { person } = await withDuePoints();
  const session = await openSession(person);
  const [before] = cards(instance, person);
  const reply = await answer(person, session, "skip", "some words");
  assert.equal(reply.headers.location, `/review/session?since=${session.since}`);
  assert.equal((await person.get(reply.headers.location)).headers.location, "/review");
  const [later] = cards(instance, person);
  assert.equal(later.repetitions, before.repetitions);
  assert.equal(later.stability, before.stability);
  assert.ok(later.due_at > Date.now() && later.due_at < Date.now() + 11 * 60000);
});

test("an answer in another language counts for the same point", async () => {
  const person = await register(instance, { language: "en" });
  const { question } = await missedInterview(person, { language: "uk" });
  await person.get("/review");
  letDaysPass(instance, person, 1);
  const session = await openSession(person);
  assert.equal(session.question.id, question.id);
  assert.ok(session.text.includes(question.question.en), "asked in the reader's language");
  await answer(person, session, "say", question.reference_answer.en[0]);
  cards(instance, person).forEach((card) => assert.equal(card.repetitions, 2));
});

// --- one effect -----------------------------------------------------------------------

test("a double click, eight at once and the Back button are one answer", async () => {
  const { person, question } = await withDuePoints();
  const session = await openSession(person);
  const full = question.reference_answer.en[0];
  const replies = await Promise.all(Array.from({ length: 8 }, () => answer(person, session, "say", full)));
  const late = await answer(person, session, "say", "Something else, after Back");
  for (const reply of [...replies, late]) {
    assert.equal(reply.status, 303, visibleText(reply.text));
    assert.equal(reply.headers.location, replies[0].headers.location);
  }
  assert.equal(answersOf(person), 1);
  cards(instance, person).forEach((card) => assert.equal(card.repetitions, 2));
  const page = replies[0].headers.location;
  await person.get(page);
  await person.get(page);
  assert.equal(answersOf(person), 1, "a reload answers nothing");
});

test("the same form a week later, when the points are due again, is still the old answer", async () => {
  const { person, question } = await withDuePoints();
  const session = await openSession(person);
  const first = await answer(person, session, "say", question.reference_answer.en[0]);
  letDaysPass(instance, person, 400);
  const again = await answer(person, session, "say", question.reference_answer.en[0]);
  assert.equal(again.headers.location.split("?")[0], first.headers.location.split("?")[0]);
  assert.equal(answersOf(person), 1);
});

test("a second tab grades nothing twice, says so and keeps its text", async () => {
  const { person, question } = await withDuePoints("ru");
  const [one, two] = [await openSession(person), await openSession(person)];
  await answer(person, one, "say", question.reference_answer.ru[0]);
  const words = "Другой ответ <из> второй вкладки";
  const reply = await answer(person, two, "say", words);
  assert.equal(reply.status, 303);
  assert.equal(answersOf(person), 1);
  const shown = await person.get(reply.headers.location);
  assert.ok(shown.text.includes(translated("ru", "This question was answered in another tab. Your text is kept for the next time.")));
  letDaysPass(instance, person, 400);
  assert.equal((await openSession(person)).typed, words);
});

// --- drafts and bad input -------------------------------------------------------------

test("an unsent answer is kept and goes with the answer", async () => {
  const { person, question } = await withDuePoints();
  const session = await openSession(person);
  const draft = "First thoughts\n\n & <more> — ещё";
  assert.equal((await person.post(`${session.action}/draft`, { csrf: session.csrf, answer: draft })).status, 204);
  assert.equal((await openSession(person)).typed, draft);
  await answer(person, session, "say", question.reference_answer.en[0]);
  const late = await person.post(`${session.action}/draft`, { csrf: session.csrf, answer: draft });
  assert.equal(late.status, 404, "a draft that comes after the answer brings nothing back");
  letDaysPass(instance, person, 400);
  assert.equal((await openSession(person)).typed, "");
});

test("an empty or endless answer is refused, costs nothing and stays in the field", async () => {
  const { person } = await withDuePoints("uk");
  const session = await openSession(person);
  const before = cards(instance, person);
  for (const text of ["", "  \n ", "щ".repeat(20001)]) {
    const reply = await answer(person, session, "say", text);
    assert.equal(reply.status, 400);
    const shown = readSession(reply.text);
    assert.deepEqual(shown.faults, [translated("uk", "An answer has 1 to 20,000 characters.")]);
    assert.equal(shown.typed, text);
    assert.equal(shown.since, session.since);
  }
  assert.equal((await answer(person, session, "say", "x".repeat(20000))).status, 303, "so many are allowed");
  assert.notDeepEqual(cards(instance, person), before);
});

test("made-up values give clear errors and change nothing", async () => {
  const { person } = await withDuePoints();
  const session = await openSession(person);
  const before = cards(instance, person);
  const bad = async (fields, status, action = session.action) => {
    const reply = await person.post(action, { csrf: session.csrf, nonce: freshName(), action: "say", answer: "x", ...fields });
    assert.equal(reply.status, status, JSON.stringify(fields));
  };
  await bad({ action: "grade" }, 400);
  await bad({ action: "" }, 400);
  await bad({ nonce: "" }, 400);
  await bad({ nonce: "n".repeat(65) }, 400);
  await bad({ stability: "1" }, 400);
  await bad({}, 404, "/review/questions/no-such-question");
  await bad({ action: "skip" }, 404, "/review/questions/no-such-question");
  await bad({}, 404, `/review/questions/${bank.find(({ id }) => id !== session.question.id).id}`);
  assert.deepEqual(cards(instance, person), before);
  for (const since of ["", "x", "-1", "99999999999999999999", "0"]) {
    assert.equal((await openSession(person, `/review/session?since=${since}`)).question.id, session.question.id);
  }
});

test("another's answer is not found", async () => {
  const { person, question } = await withDuePoints();
  const session = await openSession(person);
  const { headers } = await answer(person, session, "say", question.reference_answer.en[0]);
  const other = await register(instance);
  for (const address of [headers.location, "/review/answers/00000000-0000-4000-8000-000000000000", "/review/answers/x"]) {
    const reply = await other.get(address);
    assert.equal(reply.status, 404);
    assert.ok(!reply.text.includes(question.question.en));
  }
});

test("hostile answers are shown as text", async () => {
  const { person } = await withDuePoints();
  const session = await openSession(person);
  const reply = await answer(person, session, "say", '<script>alert(1)</script> {{name}} "quoted" & \u202e');
  const page = await person.get(reply.headers.location);
  assert.ok(!page.text.includes("<script>alert"));
  assert.ok(visibleText(page.text).includes("<script>alert(1)</script> {{name}}"));
});

// --- the session -----------------------------------------------------------------------

test("a session ends after five minutes with what was done, and can go on", async () => {
  const person = await register(instance);
  const first = await missedInterview(person);
  await missedInterview(person, { type: "hr" });
  await person.get("/review");
  letDaysPass(instance, person, 1);
  const session = await openSession(person);
  assert.ok(session.text.includes("5 minutes left"));
  assert.equal(session.question.id, first.question.id, "what is due longest comes first");
  const reply = await answer(person, session, "say", session.question.reference_answer.en[0]);
  const shown = await person.get(reply.headers.location);
  assert.ok(tags(shown.text, "a").some(({ href }) => href === `/review/session?since=${session.since}`));
  const next = await openSession(person, `/review/session?since=${session.since}`);
  assert.notEqual(next.question.id, session.question.id);
  assert.equal(next.since, session.since);
  const begun = Number(session.since) - 5 * 60000;
  const late = await answer(person, { ...next, since: String(begun) }, "dont_know");
  assert.equal(late.status, 303, "an answer that was begun in time still counts");
  const done = await person.get(`/review/session?since=${begun}`);
  assert.ok(done.text.includes("Review is over"));
  assert.equal(inputValue(done.text, "nonce"), undefined);
  const links = tags(done.text, "a").map(({ href }) => href).filter((href) => href.startsWith("/review/answers/"));
  assert.equal(links.length, 2);
  for (const link of links) {
    assert.equal((await person.get(link)).status, 200);
  }
});

test("a point that the bank has no more is forgotten, a disabled question waits", async () => {
  const { person, question } = await withDuePoints();
  const body = sql(instance, `SELECT body FROM bank_questions WHERE id = '${question.id}'`);
  const enable = (value) => sql(instance, `UPDATE bank_questions SET enabled = ${value} WHERE id = '${question.id}'`);
  enable(0);
  assert.ok((await person.get("/review")).text.includes("Nothing is due now."));
  enable(1);
  sql(instance, `UPDATE review_cards SET key_point_id = 'gone' WHERE key_point_id = '${question.key_points[0].id}'`);
  assert.equal((await openSession(person)).question.id, question.id);
  assert.ok(!cards(instance, person).some(({ point }) => point === "gone"));
  assert.ok(body.length > 0);
});
