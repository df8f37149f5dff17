// What people do in the browser: the forms, buttons and texts of the pages.
import assert from "node:assert/strict";
import { bankQuestion, freshName, PASSWORD } from "../web/story.mjs";

const NOT_READY_MS = 100;

// Tries until `probe` gives something truthy; the test runner's time limit ends it.
export async function until(probe) {
  for (;;) {
    const found = await probe();
    if (found) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, NOT_READY_MS));
  }
}

export async function register(page, fullName = "") {
  const name = freshName("browser");
  await page.goto("/register");
  await page.fill("#username", name);
  await page.fill("#full_name", fullName);
  await page.fill("#password", PASSWORD);
  await page.click("main button");
  await page.waitForURL("**/interviews/new");
  return name;
}

export async function logIn(page, name) {
  await page.goto("/login");
  await page.fill("#username", name);
  await page.fill("#password", PASSWORD);
  await page.click("main button");
  await page.waitForURL("**/profile");
}

// Fills the form of a new interview; gives the interview's id.
export async function startInterview(page, { language = "en", questions = 3, minutes = "" } = {}) {
  await page.goto("/interviews/new");
  await page.selectOption("#role", "backend");
  await page.check("[name=level][value=middle]");
  await page.check("[name=type][value=technical]");
  await page.selectOption("#language", language);
  await page.fill("#question_count", String(questions));
  await page.fill("#time_limit_min", String(minutes));
  await page.click("main form > button");
  await page.waitForURL(/\/interviews\/[0-9a-f-]{36}/);
  return page.url().match(/[0-9a-f-]{36}/)[0];
}

// The bank's entry of the question that is asked now.
export async function activeQuestion(page) {
  const language = await page.getAttribute("html", "lang");
  const text = await page.locator(".turn.question p").last().textContent();
  const question = bankQuestion(text, language);
  assert.ok(question, `not in the bank: ${text}`);
  return question;
}

export async function fullAnswer(page) {
  const question = await activeQuestion(page);
  return question.reference_answer[await page.getAttribute("html", "lang")][0];
}

export async function position(page) {
  return Number(await page.getAttribute("main progress", "value"));
}

export function press(page, action) {
  return page.click(`button[name=action][value=${action}]`);
}

export async function answerFully(page) {
  const before = await position(page);
  const answer = await fullAnswer(page);
  await page.fill("#answer", answer);
  await press(page, "say");
  await page.waitForSelector(`progress[value="${before + 1}"]`);
  return answer;
}

// The Finish button and its confirmation.
export async function finish(page) {
  await press(page, "stop");
  await press(page, "finish");
  await page.waitForURL("**/reports/*");
}

// Presses what starts a download; gives its name and bytes.
export async function download(page, locator) {
  const [file] = await Promise.all([page.waitForEvent("download"), locator.click()]);
  const chunks = [];
  for await (const chunk of await file.createReadStream()) {
    chunks.push(chunk);
  }
  return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) };
}
