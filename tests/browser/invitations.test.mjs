// A recruiter invites, two candidates take the link on their phones, and are compared.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startInstance } from "../web/instance.mjs";
import { freshName, PASSWORD, translated } from "../web/story.mjs";
import { answerFully, finish, logIn, press } from "./acts.mjs";
import { launch, PHONE, visit } from "./browser.mjs";

const TITLE = "Бэкенд, весна";

let instance, browser, recruiter;

before(async () => {
  browser = await launch();
  instance = await startInstance();
  const name = freshName("admin");
  await instance.cli("admin", "create", name, { input: `${PASSWORD}\n` });
  recruiter = await visit(browser, instance.url, { language: "ru" });
  await logIn(recruiter.page, name);
  await recruiter.page.click("button[name=language][value=ru]");
  await recruiter.page.waitForSelector("html[lang=ru]");
});
after(async () => {
  await recruiter?.close();
  await browser?.close();
  await instance?.stop();
});

// From the list to the issued invitation; gives its link and its questions.
async function invite(page) {
  await page.goto("/admin/invitations");
  await page.click(`text=${translated("ru", "New invitation")}`);
  await page.fill("#title", TITLE);
  await page.selectOption("#role", "backend");
  await page.check("[name=level][value=junior]");
  await page.selectOption("#language", "ru");
  await page.fill("#question_count", "2");
  await page.fill("#most_uses", "2");
  await page.click("[value=preview]");
  const first = await page.locator(".fixed li").allTextContents();
  await page.click("[value=again]");
  await page.waitForSelector(".fixed");
  assert.equal((await page.locator(".fixed li").allTextContents()).length, first.length);
  await page.click("[value=issue]");
  await page.waitForURL(/\/admin\/invitations\/[0-9a-f-]{36}$/);
  assert.ok(await page.locator(".sent svg.qr").isVisible());
  return page.inputValue("input.link");
}

// What does not fit must not push the page aside.
async function assertFits(page) {
  const [page_, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(page_ <= screen, `the page is ${page_} wide on a screen of ${screen}`);
}

// A candidate who has nothing but the link; gives the visitor, on the report's page.
async function takePart(link, fullName, act) {
  const visitor = await visit(browser, instance.url, { language: "ru", viewport: PHONE, javaScript: false });
  const { page } = visitor;
  await page.goto(link);
  await assertFits(page);
  assert.equal(await page.textContent("h1"), TITLE);
  await page.click("main a[href*='/register']");
  await page.fill("#username", freshName("guest"));
  await page.fill("#full_name", fullName);
  await page.fill("#password", PASSWORD);
  await page.click("main button");
  await page.waitForURL(link);
  await page.click("main form button");
  await page.waitForURL(/\/interviews\/[0-9a-f-]{36}/);
  await act(page);
  await page.waitForURL(/\/reports\//);
  return visitor;
}

test("a recruiter invites, two take part on a phone, and stand side by side", async () => {
  const link = await invite(recruiter.page);
  const strong = await takePart(link, "Анна Ёлкина", async (page) => {
    await answerFully(page);
    await press(page, "dont_know");
  });
  const weak = await takePart(link, "Пётр Второй", finish);
  for (const visitor of [strong, weak]) {
    await visitor.page.goto(link);
    assert.match(visitor.page.url(), /\/reports\//, "the link leads to the own report");
    await visitor.close();
  }
  const late = await visit(browser, instance.url, { language: "ru", viewport: PHONE });
  late.allow("410", "/invitations/");
  await late.page.goto(link);
  assert.equal(await late.page.textContent("h1"), translated("ru", "This invitation is used up"));
  await late.close();

  const { page } = recruiter;
  await page.reload();
  for (const tick of await page.locator("[type=checkbox]").all()) {
    await tick.check();
  }
  await page.click(`text=${translated("ru", "Compare the ticked ones")}`);
  await page.waitForURL(/\/admin\/compare/);
  const names = await page.locator(".beside").first().locator("thead th").allTextContents();
  assert.deepEqual(names, ["Анна Ёлкина", "Пётр Второй"]);
  const best = await page.locator("#rows-result ~ tbody .best, table:has(#rows-result) .best").allTextContents();
  assert.ok(best.length > 0 && best.every((text) => text.includes("★")), "the best is not told by colour alone");
  await page.setViewportSize(PHONE);
  await assertFits(page);
});
