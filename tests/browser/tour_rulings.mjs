// The part of the tour about what persons decide of marks.

import { thinInterview } from "../web/appeal.mjs";
import { register } from "../web/story.mjs";
import { logIn } from "./acts.mjs";

// As somebody whose report misses key points; gives its path.
export async function tourOfAppeal(visitor, url, language, look) {
  const { page } = visitor;
  const candidate = await register({ url }, { language });
  const report = `/reports/${await thinInterview(candidate, { language })}`;
  await logIn(page, candidate.name);
  await page.goto(report);
  await page.locator(".appeal-link").first().click();
  await page.waitForSelector("[name=from]");
  await look("appeal, the form");
  await page.locator("[name=from]").first().check();
  await page.fill("#comment", "There it is.");
  await page.click("main form > button");
  await page.waitForSelector(".appeal.waiting");
  await look("report with an appeal");
  return report;
}

// As an admin, of that report.
export async function tourOfRulings(visitor, report, look) {
  const { page } = visitor;
  await page.goto("/admin/appeals");
  await look("appeals");
  await page.locator("tbody .row-title a").first().click(); // what waits comes first
  await page.waitForSelector("#reply");
  await look("appeal");
  await page.fill("#reply", "It is there.");
  await page.click("button[value=covered]");
  await page.waitForSelector("#decision");
  await look("appeal, decided");
  await page.goto(report);
  await page.locator("a[href$='/score']").first().click();
  await page.fill("#score", "6.5");
  await page.fill("#reason", "Said aloud.");
  await page.click("article form > button");
  await page.waitForSelector(".ruling");
  await page.locator("a[href$='/score']").first().click();
  await page.waitForSelector(".overrides");
  await look("score of a question");
}
