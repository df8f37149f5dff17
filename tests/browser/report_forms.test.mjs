// What a person takes away of a report in a real browser: files under the right names, and paper.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { startInstance } from "../web/instance.mjs";
import { register, reportDocument, wholeInterview } from "../web/story.mjs";
import { download } from "./acts.mjs";
import { launch, PHONE, visit } from "./browser.mjs";

const FINISHED_SLOWLY = { timeout: 120_000 };

let instance, browser;

before(async () => {
  browser = await launch();
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
});
after(async () => {
  await browser?.close();
  await instance?.stop();
});

// A window of somebody who had an interview: { visitor, id, document }.
async function reader(fullName, language, options = {}) {
  const person = await register(instance, { fullName, language });
  const id = await wholeInterview(person);
  const visitor = await visit(browser, instance.url, { language, ...options });
  await visitor.context.addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: instance.url })));
  await visitor.page.goto(`/reports/${id}`);
  return { visitor, id, document: await reportDocument(person, id) };
}

test("files are saved under the person's name, whatever it is", FINISHED_SLOWLY, async () => {
  const names = [
    ["Ann \"Quote\" O'Neill; x=1", /^Ann_Quote_O_Neill_x=1_\d{4}-\d\d-\d\d_Backend_developer\.(pdf|txt)$/],
    ["Їжак / Ганна\\..", /^Їжак_Ганна_\d{4}-\d\d-\d\d_Backend_developer\.(pdf|txt)$/],
    ["名前 🙂 %41", /^名前_🙂_41_\d{4}-\d\d-\d\d_Backend_developer\.(pdf|txt)$/u],
    ["Щ".repeat(100), /^Щ{59}…_\d{4}-\d\d-\d\d_Backend_developer\.(pdf|txt)$/],
  ];
  for (const [name, expected] of names) {
    const { visitor, id } = await reader(name, "en");
    for (const ending of ["pdf", "txt"]) {
      const file = await download(visitor.page, visitor.page.locator(`a[href="/reports/${id}/report.${ending}"]`));
      assert.match(file.name, expected, name);
      assert.ok(file.bytes.length > 1000);
    }
    await visitor.close();
  }
});

test("the printed report has what is folded on the screen, and nothing to press", FINISHED_SLOWLY, async () => {
  const { visitor, document } = await reader("Анна Ёлкина", "ru", { colorScheme: "dark" });
  const sheets = await visitor.page.pdf({ format: "A4", printBackground: true, preferCSSPageSize: true });
  const printed = execFileSync("pdftotext", ["-", "-"], { input: sheets }).toString().replace(/\s+/g, " ");
  for (const { answer, model_answer } of document.questions) {
    assert.ok(printed.includes(answer.replace(/\s+/g, " ").trim().slice(0, 60)));
    assert.ok(printed.includes(model_answer.replace(/\s+/g, " ").trim().slice(0, 60)), "the model answer is folded");
  }
  for (const button of await visitor.page.locator("button, .actions a").allTextContents()) {
    assert.ok(!printed.includes(button.trim()), button);
  }
  assert.ok(!printed.includes("http://"), "an address of a link");
  await visitor.page.emulateMedia({ media: "print", colorScheme: "dark" });
  const colours = await visitor.page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return [style.color, style.backgroundColor];
  });
  assert.deepEqual(colours, ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  await visitor.close();
});

test("charts fit a phone, and their tables open", FINISHED_SLOWLY, async () => {
  const { visitor } = await reader("Ганна Їжак", "uk", { viewport: PHONE });
  const { page } = visitor;
  for (const summary of await page.locator(".chart summary").all()) {
    await summary.click();
  }
  assert.ok((await page.locator(".chart table:visible").count()) >= 3);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  await visitor.close();
});
