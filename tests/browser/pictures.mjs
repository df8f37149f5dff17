// node tests/browser/pictures.mjs: takes the pictures in docs/ anew, from a real interview.
import { execFileSync } from "node:child_process";
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { root, startInstance } from "../web/instance.mjs";
import { answerFully, finish, fullAnswer, position, press, register, startInterview, until } from "./acts.mjs";
import { launch, visit } from "./browser.mjs";

const MAX_BYTES = 200_000;
const VIEWPORT = { width: 1280, height: 800 };
const docs = path.join(root, "docs");

async function take(page, name) {
  const file = path.join(docs, name);
  await page.screenshot({ path: file });
  const { size } = await stat(file);
  console.log(`${name}: ${size} bytes`);
  if (size > MAX_BYTES) {
    throw new Error(`${name} is too large`);
  }
}

// The beginning of a full answer.
async function beginning(page, sentences) {
  const answer = await fullAnswer(page);
  return answer.split(/(?<=[.!?]) /).slice(0, sentences).join(" ");
}

// Some key points are said, some are not; what the interviewer asks then is skipped.
async function answerInPart(page) {
  const turns = await page.locator(".turn").count();
  const before = await position(page);
  await page.fill("#answer", await beginning(page, 2));
  await press(page, "say");
  await until(async () => (await page.locator(".turn").count()) > turns);
  if ((await position(page)) === before) {
    await press(page, "skip");
  }
  await page.waitForSelector(`progress[value="${before + 1}"]`);
}

async function talk(page) {
  await startInterview(page, { questions: 5, minutes: 45 });
  await answerInPart(page);
  await answerFully(page);
  await press(page, "hint");
  await page.waitForSelector(".aid");
  await page.fill("#answer", await beginning(page, 1));
  await page.mouse.move(0, 0);
  await take(page, "chat.png");
  await answerFully(page);
  await answerFully(page);
  await press(page, "dont_know");
  await page.waitForURL("**/reports/*");
}

// How the mark of the answer that was given in part came about.
async function explanation(page) {
  const details = page.locator("#question-1 details:has(.credits)");
  await details.locator("summary").click();
  await details.evaluate((element) => element.scrollIntoView());
  await page.mouse.move(0, 0);
  await take(page, "explanation.png");
}

// A reference solution of the task on the page: the draw may give one of SQL.
async function solution(page) {
  const [id] = page.url().match(/[0-9a-f-]{36}/);
  const { languages } = JSON.parse(execFileSync("sqlite3", [path.join(instance.var, "viva.db"),
    `SELECT snapshot FROM questions WHERE id = '${id}'`], { encoding: "utf8" }));
  return (languages.python ?? languages.sql).reference;
}

// Interviews that go better from day to day, and what the progress page makes of them.
async function progress(page) {
  for (const full of [1, 2, 3]) {
    moveBack("86400000 * 3");
    await startInterview(page, { questions: 4 });
    for (let number = 0; number < full; number++) {
      await answerFully(page);
    }
    await finish(page);
  }
  await page.goto("/progress");
  await page.mouse.move(0, 0);
  await take(page, "progress.png");
}

// All interviews so far were that much earlier.
function moveBack(ms) {
  const columns = "created_at = created_at - $, finished_at = finished_at - $".replaceAll("$", ms);
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"),
    `UPDATE interviews SET ${columns}; UPDATE interview_starts SET started_at = started_at - ${ms}`]);
}

async function code(page) {
  await page.goto("/interviews/new");
  await page.selectOption("[name=role]", "backend");
  await page.check("[name=coding_percent][value='100']");
  await page.fill("[name=question_count]", "3");
  await page.click("main form button");
  await page.click("a[href*='/code/']");
  await page.waitForSelector(".ace_editor");
  const text = await solution(page);
  await page.evaluate((value) => window.ace.edit(document.querySelector(".ace_editor")).setValue(value, -1), text);
  await page.click("button[value=run]");
  await page.waitForSelector("text=Trial run");
  await page.mouse.move(0, 0);
  await page.evaluate(() => window.scrollTo(0, 0));
  await take(page, "code.png");
}

const instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "100" } });
const browser = await launch();
try {
  const visitor = await visit(browser, instance.url, { viewport: VIEWPORT, colorScheme: "light" });
  await mkdir(docs, { recursive: true });
  await register(visitor.page, "Ann O'Neill");
  await talk(visitor.page);
  await visitor.page.reload(); // without the message of the moment
  await take(visitor.page, "report.png");
  await visitor.page.evaluate(() => document.querySelector("#question-2").scrollIntoView());
  await take(visitor.page, "evidence.png");
  await explanation(visitor.page);
  await code(visitor.page);
  await progress(visitor.page);
  await visitor.close();
} finally {
  await browser.close();
  await instance.stop();
}
