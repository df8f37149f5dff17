// A candidate's whole way in a real browser, in each language, with JavaScript and without;
// then the recruiter's, whose file has a text of theirs as well.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startInstance } from "../web/instance.mjs";
import { freshName, LANGUAGES, PASSWORD, recruitersPart, translated } from "../web/story.mjs";
import {
  activeQuestion,
  download,
  finish,
  fullAnswer,
  logIn,
  position,
  press,
  register,
  startInterview,
  until,
} from "./acts.mjs";
import { launch, visit } from "./browser.mjs";

const NAMES = { en: "Ann O'Neill", ru: "Анна Ёлкина", uk: "Ганна Їжак" };
const HEADINGS = ["Overall assessment", "Strengths", "Growth areas", "Recommendations for development"];
const FINISHED_SLOWLY = { timeout: 120_000 };

let instance, browser, admin;

before(async () => {
  browser = await launch();
  instance = await startInstance();
  const name = freshName("admin");
  await instance.cli("admin", "create", name, { input: `${PASSWORD}\n` });
  admin = await visit(browser, instance.url);
  await logIn(admin.page, name);
});
after(async () => {
  await admin?.close();
  await browser?.close();
  await instance?.stop();
});

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

// Typed text survives the closed tab: saved by itself with JavaScript, by a button without.
async function assertDraftSurvives(visitor, id, javaScript) {
  const hint = (await activeQuestion(visitor.page)).hint[await visitor.page.getAttribute("html", "lang")];
  await visitor.page.fill("#answer", "half a thought");
  if (javaScript) {
    assert.equal(await visitor.page.textContent("[data-count]"), "14 / 20000");
    await visitor.page.waitForSelector("[data-draft-state]:visible");
    assert.equal(await visitor.page.textContent("[data-draft-state]"),
      await visitor.page.getAttribute("[data-draft-state]", "data-saved"));
  } else {
    await press(visitor.page, "hint");
    await visitor.page.waitForSelector(".turn.aid");
    assert.ok((await visitor.page.textContent(".turn.aid p")).includes(hint));
  }
  await visitor.page.close();
  visitor.page = await visitor.context.newPage();
  await visitor.page.goto(`/interviews/${id}`);
  assert.equal(await visitor.page.inputValue("#answer"), "half a thought");
}

async function assertTimeShown(page, javaScript) {
  const bar = page.locator(".bar .time");
  const before = await bar.innerText();
  if (!javaScript) {
    assert.match(before, /\d\d:\d\d/, "the time at which the interview ends");
    return;
  }
  const [, minutes] = before.match(/(\d+):\d\d/);
  assert.ok(Number(minutes) >= 28 && Number(minutes) <= 30, before);
  await until(async () => (await bar.innerText()) !== before);
}

// Sends by the keyboard where JavaScript can, else by the button.
async function send(page, javaScript) {
  const answer = await fullAnswer(page);
  await page.fill("#answer", answer);
  await (javaScript ? page.press("#answer", "Control+Enter") : press(page, "say"));
  await page.waitForSelector('progress[value="2"]');
  assert.equal(await page.inputValue("#answer"), "", "what was sent is no draft");
  if (javaScript) {
    await page.waitForSelector("#answer:focus");
  }
  return answer;
}

// A double click stores one turn; with JavaScript it does not even send a second form.
async function sendTwice(page, javaScript) {
  const answer = await fullAnswer(page);
  const sent = [];
  page.on("request", (request) => request.url().endsWith("/turns") && sent.push(request));
  await page.fill("#answer", answer);
  await page.dblclick("button[value=say]", { noWaitAfter: true });
  await page.waitForSelector('progress[value="3"]');
  const said = await page.locator(".turn.mine p").allTextContents();
  assert.equal(said.filter((text) => squeeze(text) === squeeze(answer)).length, 1);
  assert.ok(!javaScript || sent.length === 1, `${sent.length} forms were sent`);
  return answer;
}

async function finishAfterDoubts(page) {
  await press(page, "stop");
  await page.waitForSelector("button[value=finish]");
  await press(page, "continue");
  await page.waitForSelector("button[value=stop]");
  assert.equal(await page.locator("button[value=finish]").count(), 0);
  assert.equal(await position(page), 3);
  await finish(page);
}

// The answers stand in the report as they were given, and what is marked stands in them.
async function assertReport(page, answers) {
  const shown = page.locator(".asked .answer");
  assert.equal(await shown.count(), answers.length);
  for (const [i, answer] of answers.entries()) {
    const marks = await shown.nth(i).locator("mark").allTextContents();
    const text = await shown.nth(i).evaluate((element) => {
      const copy = element.cloneNode(true);
      copy.querySelectorAll("sup").forEach((number) => number.remove());
      return copy.textContent;
    });
    assert.equal(text, answer);
    assert.ok(marks.length > 0, `nothing is marked in the full answer ${i + 1}`);
    assert.ok(marks.every((mark) => mark.trim() && answer.includes(mark)), marks.join(" | "));
  }
}

function assertTxt({ name, bytes }, language, answers) {
  const text = bytes.toString();
  assert.match(name, /\.txt$/);
  for (const heading of HEADINGS) {
    assert.ok(text.includes(translated(language, heading)), heading);
  }
  for (const answer of answers) {
    assert.ok(text.includes(answer), "the answer as it was given");
  }
}

async function latestReportOf(name) {
  await admin.page.goto(`/admin?search=${name}`);
  return download(admin.page, admin.page.locator("tbody tr .row-actions a"));
}

async function walk(language, javaScript) {
  const visitor = await visit(browser, instance.url, { language, javaScript });
  const name = await register(visitor.page, NAMES[language]);
  assert.equal(await visitor.page.getAttribute("html", "lang"), language, "the first visit's language");
  const id = await startInterview(visitor.page, { language, minutes: 30 });
  await assertTimeShown(visitor.page, javaScript);
  await assertDraftSurvives(visitor, id, javaScript);
  const answers = [await send(visitor.page, javaScript), await sendTwice(visitor.page, javaScript)];
  await finishAfterDoubts(visitor.page);
  await assertReport(visitor.page, answers);

  await visitor.page.goto("/profile");
  assert.equal(await visitor.page.textContent("#history"), translated(language, "Interview history"));
  const own = await download(visitor.page, visitor.page.locator(`a[href="/reports/${id}/report.txt"]`));
  assertTxt(own, language, answers);
  const theirs = await latestReportOf(name);
  assert.equal(theirs.name, own.name);
  assert.ok(recruitersPart(own.bytes.toString(), theirs.bytes.toString(), language).trim().length > 100);
  await visitor.close();
}

for (const javaScript of [true, false]) {
  describe(javaScript ? "with JavaScript" : "without JavaScript", () => {
    for (const language of LANGUAGES) {
      test(`a candidate's way in ${language}`, FINISHED_SLOWLY, () => walk(language, javaScript));
    }
  });
}

test("the language is changed at the foot of a page", FINISHED_SLOWLY, async () => {
  const visitor = await visit(browser, instance.url);
  await visitor.page.goto("/login");
  await visitor.page.click("button[name=language][value=uk]");
  await visitor.page.waitForSelector("html[lang=uk]");
  assert.equal(new URL(visitor.page.url()).pathname, "/login");
  await visitor.close();
});

test("a page that is left at once still keeps what was typed", FINISHED_SLOWLY, async () => {
  const visitor = await visit(browser, instance.url);
  await register(visitor.page);
  const id = await startInterview(visitor.page);
  await visitor.page.fill("#answer", "typed in haste");
  await visitor.page.goto("/profile");
  await until(async () => {
    await visitor.page.goto(`/interviews/${id}`);
    return (await visitor.page.inputValue("#answer")) === "typed in haste";
  });
  await visitor.close();
});

test("an answer overtakes the draft that is on its way", FINISHED_SLOWLY, async () => {
  const visitor = await visit(browser, instance.url);
  await register(visitor.page);
  await startInterview(visitor.page);
  const answer = await fullAnswer(visitor.page);
  const held = new Promise((resolve) => visitor.page.route("**/draft", resolve, { times: 1 }));
  await visitor.page.fill("#answer", answer);
  const draft = await held;
  await visitor.page.press("#answer", "Control+Enter");
  await visitor.page.waitForSelector('progress[value="2"]');
  await draft.continue().catch(() => {}); // the page has given it up
  await visitor.page.reload();
  assert.equal(await visitor.page.inputValue("#answer"), "");
  await visitor.close();
});

test("when the time is up the page says so", FINISHED_SLOWLY, async () => {
  const visitor = await visit(browser, instance.url);
  await register(visitor.page);
  await visitor.page.clock.install();
  await startInterview(visitor.page, { minutes: 5 });
  assert.equal(await visitor.page.locator("[data-over]").isVisible(), false);
  await visitor.page.clock.fastForward("05:01");
  await visitor.page.waitForSelector("[data-over]:visible");
  assert.equal(await visitor.page.textContent("[role=timer] b"), "0:00");
  await visitor.close();
});

test("when the server is gone the page says that the draft is not saved", FINISHED_SLOWLY, async () => {
  const visitor = await visit(browser, instance.url);
  await register(visitor.page);
  await startInterview(visitor.page);
  visitor.allow("ERR_INTERNET_DISCONNECTED", "/draft");
  await visitor.context.setOffline(true);
  await visitor.page.fill("#answer", "into the void");
  await visitor.page.waitForSelector("[data-draft-state]:visible");
  assert.equal(await visitor.page.textContent("[data-draft-state]"),
    await visitor.page.getAttribute("[data-draft-state]", "data-unsaved"));
  await visitor.context.setOffline(false);
  await visitor.page.fill("#answer", "and back again");
  await until(async () => (await visitor.page.textContent("[data-draft-state]")) ===
    (await visitor.page.getAttribute("[data-draft-state]", "data-saved")));
  await visitor.close();
});
