// From "I did say it" to a new revision: a candidate in Russian on a phone, a reviewer who decides, and
// the candidate who reads the decision; with JavaScript and without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { missingPoint, thinInterview } from "../web/appeal.mjs";
import { startInstance } from "../web/instance.mjs";
import { freshName, PASSWORD, register, reportDocument, translated } from "../web/story.mjs";
import { logIn } from "./acts.mjs";
import { launch, PHONE, visit } from "./browser.mjs";

const CLAIMED = "We had tea then!";
const REPLY = "Чай - это не ответ, но половина есть";

let instance, browser, adminName;

before(async () => {
  browser = await launch();
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  adminName = freshName("admin");
  await instance.cli("admin", "create", adminName, { input: `${PASSWORD}\n` });
});
after(async () => {
  await browser?.close();
  await instance?.stop();
});

const ru = (text) => translated("ru", text);

async function assertFits(page) {
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), page.viewportSize().width, page.url());
}

async function sendAppeal(page, address, interview) {
  await page.goto(`/reports/${interview}`);
  await assertFits(page);
  const link = page.locator(`a[href="${address}"]`);
  assert.equal(await link.textContent(), ru("I did say it"));
  await link.click();
  await page.waitForURL(`**${address}`);
  await assertFits(page);
  await page.check(`label:has-text("${CLAIMED}") input`);
  await page.fill("#comment", "Вот <здесь>");
  await page.click("main form > button");
  await page.waitForURL(`**/reports/${interview}#question-1`);
}

async function decide(page) {
  await page.goto("/admin/appeals?state=waiting");
  await page.locator("tbody a").last().click();
  assert.equal(await page.textContent("mark.claimed"), CLAIMED);
  await page.click("button[value=decline]");
  assert.equal(await page.locator("[role=alert]").count(), 1, "declining needs words");
  await page.fill("#reply", REPLY);
  await page.click("button[value=partial]");
  await page.waitForSelector("#decision");
}

for (const javaScript of [true, false]) {
  test(`an appeal on a phone is decided and told, ${javaScript ? "with" : "without"} JavaScript`, async () => {
    const candidate = await register(instance, { language: "ru", fullName: "Анна Ёлкина" });
    const interview = await thinInterview(candidate, { language: "ru" });
    const { form, point, question } = await missingPoint(candidate, interview);
    const phone = await visit(browser, instance.url, { language: "ru", javaScript, viewport: PHONE });
    const desk = await visit(browser, instance.url, { javaScript });
    await logIn(phone.page, candidate.name);
    await logIn(desk.page, adminName);
    await sendAppeal(phone.page, form, interview);
    const shown = phone.page.locator(".appeal", { hasText: "Вот <здесь>" });
    assert.equal(await shown.getAttribute("class"), "appeal waiting");
    assert.equal(await phone.page.locator(`a[href="${form}"]`).count(), 0, "one appeal for each point");
    await assertFits(phone.page);
    desk.allow("400"); // declined without a word
    await decide(desk.page);
    await phone.page.reload();
    assert.equal(await shown.getAttribute("class"), "appeal accepted");
    assert.match(await shown.textContent(), new RegExp(REPLY));
    await assertFits(phone.page);
    const ruled = (await reportDocument(candidate, interview)).questions[0];
    assert.equal(ruled.metrics.theory.key_points.find(({ id }) => id === point.id).status, "partial");
    assert.ok(ruled.metrics.theory.score > question.metrics.theory.score);
    await phone.close();
    await desk.close();
  });
}
