// The tour of what comes after interviews: progress and reviews.
import { press } from "./acts.mjs";

async function openDetails(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
}

// Before the first interview is finished.
export async function tourBeforePractice({ page }, look) {
  await page.goto("/progress");
  await look("progress, empty");
  await page.goto("/review");
  await look("review, nothing due");
}

// With a finished interview; letDaysPass() makes what was missed in it due.
export async function tourOfPractice(visitor, letDaysPass, look) {
  const { page } = visitor;
  await page.goto("/progress");
  await openDetails(page);
  await look("progress");
  await letDaysPass();
  await page.goto("/review");
  await openDetails(page);
  await look("review, due");
  await page.goto("/review/session");
  await look("review, a question");
  visitor.allow(" 400 ", "/review/questions/");
  await press(page, "say");
  await page.waitForSelector(".fault[role=alert]");
  await look("review, refused", 400);
  await page.fill("#answer", "Some words that are not to the point.");
  await press(page, "say");
  await page.waitForURL("**/review/answers/*");
  await openDetails(page);
  await look("review, an answer");
  await page.goto("/review/session?since=" + (Date.now() - 6 * 60000));
  await look("review, the end");
}
