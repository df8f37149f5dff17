// The code page in a browser: the editor, results without a reload, drafts, two tabs, notes of
// what happens meanwhile, the keyboard; and everything without JavaScript.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { importTasks, SHOUT } from "../web/coding.mjs";
import { startInstance } from "../web/instance.mjs";
import { register, until } from "./acts.mjs";
import { DESKTOP, launch, PHONE, visit } from "./browser.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const AXE_OPTIONS = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};
const RIGHT = SHOUT.languages.python.reference;
const WRONG = "def shout(text):\n    return text\n";
const SLOW = "import time\ndef shout(text):\n    time.sleep(4)\n    return text.upper()\n";

let instance, browser, axe;

before(async () => {
  browser = await launch();
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  await importTasks(instance, [SHOUT]);
  axe = await readFile(AXE, "utf8");
});
after(async () => {
  await browser?.close();
  await instance?.stop();
});

// A candidate at a new coding question, whose page is opened.
async function begin(options) {
  const visitor = await visit(browser, instance.url, options);
  const { page } = visitor;
  await register(page);
  await page.goto("/interviews/new");
  await page.selectOption("#role", "backend");
  await page.check("[name=level][value=middle]");
  await page.check("[name=type][value=technical]");
  await page.fill("#question_count", "1");
  await page.check("[name=coding_percent][value='100']", { force: true });
  await page.selectOption("[name=code_language]", "python");
  await page.click("main form > button");
  await page.waitForURL(/\/interviews\/[0-9a-f-]{36}/);
  await page.goto(await page.getAttribute("a[href*='/code/']", "href"));
  const id = page.url().match(/[0-9a-f-]{36}/)[0];
  return { ...visitor, visitor, page, id };
}

function sql(statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"), statement], { encoding: "utf8" }).trim();
}

const storedDraft = (id) => sql(`SELECT code FROM code_drafts WHERE question_id = '${id}' AND code_language = 'python'`);
const editorText = (page) => page.evaluate(() => ace.edit(document.querySelector(".ace_editor")).getValue());
const isNewPage = (page) => page.evaluate(() => !window.stayed);

function setEditor(page, text) {
  return page.evaluate((code) => ace.edit(document.querySelector(".ace_editor")).setValue(code, 1), text);
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((options) => window.axe.run(document, options), AXE_OPTIONS);
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}

async function assertFits(page) {
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= viewport.width, `${width} at ${viewport.width}`);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await violations(page), [], `${viewport.width} px, ${colorScheme}`);
    }
  }
  await page.setViewportSize(DESKTOP);
}

test("the editor colours the code under the content policy, and Ctrl+Enter runs it in place", async () => {
  const { visitor, page } = await begin();
  await page.waitForSelector(".ace_editor .ace_keyword");
  await page.evaluate(() => (window.stayed = true));
  await setEditor(page, WRONG);
  await page.click("label[for=code]");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("[data-results] .summary.failed");
  assert.match(await page.textContent("[data-announcer]"), /Public tests: 0 of 2 passed\./);
  await setEditor(page, RIGHT);
  await page.click("button[value=submit]");
  await page.waitForSelector("[data-results] .summary.passed");
  assert.match(await page.textContent("[data-progress]"), /Score so far: 10 \/ 10/);
  assert.match(await page.textContent("[data-announcer]"), /Hidden tests: 7 of 7 passed\./);
  assert.equal(await isNewPage(page), false, "without a reload");
  await visitor.close();
});

test("a long run shows that the judge is at work, then its result", async () => {
  const { visitor, page } = await begin();
  await page.waitForSelector(".ace_editor");
  await setEditor(page, SLOW);
  await page.click("button[value=run]");
  await page.waitForSelector("[data-results] .waiting");
  assert.equal(await page.getAttribute("button[value=run]", "aria-disabled"), "true");
  await page.click("button[value=run]", { force: true });
  await page.waitForSelector("[data-results] .summary.passed");
  assert.equal(await page.getAttribute("button[value=run]", "aria-disabled"), "false");
  await page.reload();
  await page.waitForSelector("[data-results] .summary.passed");
  await visitor.close();
});

test("a reload while the judge is at work waits for the result, too", async () => {
  const { visitor, page } = await begin();
  await page.waitForSelector(".ace_editor");
  await setEditor(page, SLOW);
  await page.click("button[value=run]");
  await page.waitForSelector("[data-results] .waiting");
  const reloaded = await page.reload();
  assert.match(await reloaded.text(), /data-pending/);
  await page.waitForSelector("[data-results] .summary.passed");
  await visitor.close();
});

test("what is typed is saved as a draft, at once when the page is left", async () => {
  const { visitor, page, id } = await begin();
  await page.waitForSelector(".ace_editor");
  await setEditor(page, `${WRONG}# typed\n`);
  await page.waitForSelector("[data-draft-state]:not([hidden])");
  assert.equal(storedDraft(id), `${WRONG}# typed`);
  await setEditor(page, `${WRONG}# left\n`);
  await page.goto("/profile");
  await until(() => storedDraft(id) === `${WRONG}# left`);
  await page.goto(`/code/${id}`);
  await page.waitForSelector(".ace_editor");
  assert.equal(await editorText(page), `${WRONG}# left\n`);
  await visitor.close();
});

test("of two tabs the one that lags behind asks before it overwrites", async () => {
  const { visitor, page, id, context } = await begin();
  const other = await context.newPage();
  await other.goto(`/code/${id}`);
  await Promise.all([page, other].map((tab) => tab.waitForSelector(".ace_editor")));
  await setEditor(page, "# first\n");
  await page.waitForSelector("[data-draft-state]:not([hidden])");
  visitor.allow(" 409 ", "/drafts");
  visitor.allow("console", "409");
  await setEditor(other, "# second\n");
  await other.waitForSelector("[data-conflict]:not([hidden])");
  assert.equal(storedDraft(id), "# first");
  assert.equal(await other.textContent("[data-conflict] pre"), "# first\n", "what would be taken is shown");
  await other.click("[data-take-theirs]");
  assert.equal(await editorText(other), "# first\n");
  await setEditor(other, "# third\n");
  await until(() => storedDraft(id) === "# third");
  await setEditor(page, "# fourth\n");
  await page.waitForSelector("[data-conflict]:not([hidden])");
  await page.click("[data-keep-mine]");
  await until(() => storedDraft(id) === "# fourth");
  await visitor.close();
});

test("NUL in a paste is dropped before it is sent", async () => {
  const { visitor, page, id } = await begin();
  await page.waitForSelector(".ace_editor");
  await setEditor(page, RIGHT.replace("return", "\0return"));
  await page.click("button[value=run]");
  await page.waitForSelector("[data-results] .summary.passed");
  assert.equal(`${storedDraft(id)}\n`, RIGHT);
  await visitor.close();
});

test("leaving a task without an attempt asks, and the code can be submitted instead", async () => {
  const { visitor, page } = await begin();
  await page.waitForSelector(".ace_editor");
  await setEditor(page, RIGHT);
  await page.click("text=Done, next question");
  await page.waitForSelector("#leave");
  await page.waitForSelector(".ace_editor");
  await assertFits(page);
  await page.click("#leave [value=submit]");
  await page.waitForSelector("[data-results] .summary.passed");
  assert.equal(await page.locator("#leave").count(), 0);
  const cut = await page.setViewportSize(PHONE).then(() => page.evaluate(() => getComputedStyle(document.querySelector(".verdict")).overflowWrap));
  assert.equal(cut, "normal", "words in tables stay whole");
  await page.click("text=Done, next question");
  await page.waitForURL("**/reports/*");
  await visitor.close();
});

test("the keyboard reaches, uses and leaves the editor", async () => {
  const { visitor, page } = await begin();
  await page.waitForSelector(".ace_editor");
  await page.click("label[for=code]");
  const focused = () => page.evaluate(() => document.activeElement.outerHTML.slice(0, 200));
  assert.match(await focused(), /ace_text-input/);
  assert.match(await page.getAttribute(".ace_text-input", "aria-label"), /Your code/);
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Tab");
  assert.match(await focused(), /ace_text-input/, "Tab indents");
  assert.equal(await editorText(page), `${SHOUT.languages.python.starter}    `);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.doesNotMatch(await focused(), /ace_text-input/, "after Esc it leaves");
  await page.keyboard.press("Shift+Tab");
  assert.match(await focused(), /ace_text-input/);
  assert.equal(await editorText(page), `${SHOUT.languages.python.starter}    `);
  await visitor.close();
});

test("language, hints, reset and its undo keep what was typed", async () => {
  const { visitor, page } = await begin();
  await page.waitForSelector(".ace_editor");
  await setEditor(page, RIGHT);
  await page.selectOption("#wanted_language", "javascript");
  await page.waitForURL(/language=javascript/);
  await page.waitForSelector(".ace_editor");
  assert.equal(await editorText(page), SHOUT.languages.javascript.starter);
  await page.selectOption("#wanted_language", "python");
  await page.waitForURL(/language=python/);
  await page.waitForSelector(".ace_editor");
  assert.equal(await editorText(page), RIGHT);
  await page.click("text=Hint 1: costs 0.5 of 10 points");
  await page.waitForSelector("text=A nudge.");
  await page.waitForSelector(".ace_editor");
  await page.click("text=Reset");
  await page.waitForSelector("button[value=undo]");
  await page.waitForSelector(".ace_editor");
  assert.equal(await editorText(page), SHOUT.languages.python.starter);
  await page.click("button[value=undo]");
  await until(async () => (await page.locator("button[value=undo]").count()) === 0);
  await page.waitForSelector(".ace_editor");
  assert.equal(await editorText(page), RIGHT);
  await visitor.close();
});

test("absence, large pastes and inhuman typing are noted", async () => {
  const { visitor, page, id } = await begin();
  await page.waitForSelector(".ace_editor");
  await page.evaluate(async () => {
    const field = document.querySelector(".ace_text-input");
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "pasted ".repeat(50));
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    dispatchEvent(new Event("blur"));
    await new Promise((resolve) => setTimeout(resolve, 2300));
    dispatchEvent(new Event("focus"));
    const editor = ace.edit(document.querySelector(".ace_editor"));
    for (let i = 0; i < 60; i++) {
      editor.session.insert(editor.getCursorPosition(), "ab"[i % 2]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  await page.goto("/profile");
  const kinds = () => sql(`SELECT group_concat(DISTINCT kind) FROM (SELECT kind FROM events WHERE question_id = '${id}' ORDER BY kind)`);
  await until(() => kinds() === "fast_typing,focus_lost,large_paste");
  assert.match(sql(`SELECT evidence FROM events WHERE question_id = '${id}' AND kind = 'large_paste'`), /pasted pasted/);
  await visitor.close();
});

test("the page is accessible and fits, empty and with results, and says so when it is closed", async () => {
  const { visitor, page } = await begin();
  await page.waitForSelector(".ace_editor");
  await assertFits(page);
  await page.click("details.own summary");
  await page.fill("#custom_input", '["own"]');
  await setEditor(page, "def shout(text):\n    print('x' * 300)\n    if '<' in text: return 1 / 0\n    return text\n");
  await page.click("button[value=submit]");
  await page.waitForSelector("[data-results] .summary.failed");
  await assertFits(page);
  await page.click("text=Done, next question");
  await page.waitForURL("**/reports/*");
  await page.goBack();
  await visitor.close();
});

test("all of it works without JavaScript", async () => {
  const { visitor, page } = await begin({ javaScript: false });
  await page.fill("#code", SLOW);
  await page.click("button[value=run]");
  await page.waitForSelector(".waiting");
  assert.equal(await page.inputValue("#code"), SLOW);
  await page.waitForSelector(".summary.passed"); // the page loads itself anew
  await page.fill("#code", RIGHT);
  await page.click("button[value=submit]");
  await page.waitForSelector("text=Score so far: 10 / 10");
  await page.click("text=Hint 1: costs");
  await page.waitForSelector("text=A nudge.");
  await page.selectOption("#wanted_language", "javascript");
  await page.click("button[value=choose]");
  await page.waitForURL(/language=javascript/);
  assert.equal(await page.inputValue("#code"), SHOUT.languages.javascript.starter);
  await visitor.close();
});
