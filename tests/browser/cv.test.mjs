// CVs as PDF files, printed by the browser from 20 pages in three languages and several layouts,
// are uploaded, and what Viva proposes is compared with what each of them tells.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startInstance } from "../web/instance.mjs";
import { register } from "./acts.mjs";
import { DESKTOP, launch, PHONE, visit } from "./browser.mjs";
import { cvs, printed } from "./cvs.mjs";

const FOUND_AT_LEAST = 0.9;

let instance, browser, visitor;

before(async () => {
  browser = await launch();
  instance = await startInstance();
  visitor = await visit(browser, instance.url);
  await register(visitor.page);
});
after(async () => {
  await visitor?.close();
  await browser?.close();
  await instance?.stop();
});

async function upload(page, name, buffer) {
  await page.goto("/profile");
  await page.setInputFiles("#file", { name, mimeType: "application/pdf", buffer });
  await page.click('form[action$="/profile/cv"] button');
  await page.waitForURL("**/profile/cv");
}

async function proposed(page) {
  return {
    position: await page.inputValue("#position"),
    level: await page.inputValue("#level"),
    years: await page.inputValue("#years"),
    technologies: await page.locator(".technologies b").allTextContents(),
  };
}

let named = 0;
let found = 0;

describe("twenty CVs", () => {
  for (const cv of cvs) {
    test(cv.name, async () => {
      await upload(visitor.page, `${cv.name}.pdf`, await printed(browser, cv.html));
      const got = await proposed(visitor.page);
      const missed = cv.technologies.filter((name) => !got.technologies.includes(name));
      const invented = got.technologies.filter((name) => ![...cv.technologies, ...cv.also].includes(name));

      named += cv.technologies.length;
      found += cv.technologies.length - missed.length;
      assert.equal(got.position, cv.position);
      assert.equal(got.level, cv.level);
      assert.equal(got.years, cv.years === null ? "" : String(cv.years));
      assert.deepEqual(invented, [], "invented");
      assert.ok(missed.length <= (1 - FOUND_AT_LEAST) * cv.technologies.length, `missed: ${missed}`);
    });
  }

  test("nine technologies of ten are found", () => {
    assert.equal(cvs.length, 20);
    assert.ok(found >= FOUND_AT_LEAST * named, `${found} of ${named}`);
    console.log(`# ${found} of ${named} technologies found`);
  });
});

test("a candidate confirms what is right, on a phone and without JavaScript", async () => {
  const someone = await visit(browser, instance.url, { language: "uk", javaScript: false, viewport: PHONE });
  const { page } = someone;
  const cv = cvs.find(({ name }) => name.startsWith("16"));

  await register(page);
  await upload(page, "Резюме <b>.pdf", await printed(browser, cv.html));
  assert.ok((await page.innerText("main")).includes("Резюме <b>.pdf"));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
  await page.goto("/profile");
  assert.equal(await page.inputValue("#position"), "", "nothing is saved yet");
  await page.goto("/profile/cv");
  await page.uncheck('.technologies label:has(b:text-is("AWS")) input');
  await page.fill("#position", "Backend");
  await page.fill("#more", "Hono");
  await page.click('form[action$="/confirm"] button');
  await page.waitForURL("**/profile");
  assert.equal(await page.inputValue("#position"), "Backend");
  assert.equal(await page.inputValue("#level"), "middle");
  assert.equal(await page.inputValue("#years"), "3");
  const stack = (await page.inputValue("#stack")).split(", ");
  assert.deepEqual(stack.sort(), [...cv.technologies.filter((name) => name !== "AWS"), "Hono"].sort());

  await page.goto("/profile/cv");
  assert.ok(!(await page.isChecked('.technologies label:has(b:text-is("AWS")) input')), "what was left out stays out");
  assert.equal(await page.inputValue("#more"), "Hono");
  await page.click('form[action$="/delete"] button');
  await page.waitForURL("**/profile/cv");
  assert.equal(await page.locator(".technologies").count(), 0);
  await someone.close();
});

test("a scan has no text, and the page says so", async () => {
  const someone = await visit(browser, instance.url, { viewport: DESKTOP });
  const { page } = someone;
  const picture = (await visitor.page.screenshot()).toString("base64");

  await register(page);
  someone.allow("422 POST", "/profile/cv");
  someone.allow("console", "422");
  await upload(page, "scan.pdf", await printed(browser, `<img src="data:image/png;base64,${picture}" width="600">`));
  assert.match(await page.innerText(".fault"), /no text in this PDF/);
  await someone.close();
});
