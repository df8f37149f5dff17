// The talk as it streams: a model's words come one after the other, can be stopped, outlive a
// reload, a second tab and a crash; and what stands there in the end is what a reload shows.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { LEAD_IN, modelEnv, PARTS, scriptedModel } from "../llm/model.mjs";
import { startInstance } from "../web/instance.mjs";
import { programsOf } from "../web/processes.mjs";
import { press, register, startInterview, until } from "./acts.mjs";
import { launch, PHONE, visit } from "./browser.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const AXE_OPTIONS = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};
const ABOUT_ME = "I am a backend developer with five years of Python and PostgreSQL.";
const ANSWER = "An index keeps the values in order, so that a search need not read the whole table.";
const PIECES = 30;
const PAUSE_MS = 60;
const FIRST_WORDS = LEAD_IN.split(" ").slice(0, 3).join(" ");

let model, instance, browser, axe;

before(async () => {
  browser = await launch();
  axe = await readFile(AXE, "utf8");
  model = await scriptedModel({ pieces: PIECES, pauseMs: PAUSE_MS });
  instance = await startInstance({ env: modelEnv(model, { VIVA_INTERVIEWS_PER_DAY: "1000" }) });
});
after(async () => {
  await browser?.close();
  await instance?.stop();
  await model?.close();
});

const isFree = (page) => page.waitForSelector("form.answer:not([data-busy]) button[value=say]");
const lastWords = (page) => page.locator(".turn:last-child p").allTextContents();

// A candidate who has introduced themself and was asked the first question.
async function begin(options = {}) {
  const visitor = await visit(browser, instance.url, options);
  const { page } = visitor;
  await register(page);
  const id = await startInterview(page);
  await page.fill("#answer", ABOUT_ME);
  await press(page, "say");
  await page.waitForSelector('progress[value="1"]');
  await isFree(page);
  return { ...visitor, visitor, page, id };
}

// Sends an answer; comes back when the first words are to be seen.
async function say(page, text = ANSWER) {
  await page.fill("#answer", text);
  await press(page, "say");
  await page.waitForFunction((words) => document.querySelector(".turn:last-child").innerText.includes(words), FIRST_WORDS);
}

// Notes how long the last turn is at every paint.
function watchPaints(page) {
  return page.evaluate(() => {
    window.painted = new Set();
    const look = () => {
      window.painted.add(document.querySelector(".turn:last-child p").textContent.length);
      window.watching = requestAnimationFrame(look);
    };
    look();
  });
}

// The talk and its form, without what differs between any two loads of the page.
function talk(page) {
  return page.evaluate(() => {
    const copy = document.querySelector(".talk").cloneNode(true);
    copy.querySelector("#said").replaceChildren();
    for (const field of copy.querySelectorAll("[name=nonce]")) {
      field.removeAttribute("value");
    }
    for (const element of [copy, ...copy.querySelectorAll("*")]) {
      ["tabindex", "data-htmx-powered", "data-seconds-left"].forEach((name) => element.removeAttribute(name));
    }
    return copy.innerHTML.replace(/ class=""/g, "");
  });
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((options) => window.axe.run(document, options), AXE_OPTIONS);
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}

test("words appear as they are spoken, and the page is in the end what a reload shows", async () => {
  const { visitor, page } = await begin();
  await page.evaluate(() => (window.stayed = true));
  await page.fill("#answer", ANSWER);
  await press(page, "say");
  assert.equal((await page.locator(".turn.mine p").last().textContent()), ANSWER, "my words stand there at once");
  assert.equal(await page.inputValue("#answer"), "");
  await watchPaints(page);
  await page.waitForSelector("[data-stop]:visible");
  await page.waitForSelector('progress[value="2"]');
  await isFree(page);
  const paints = await page.evaluate(() => (cancelAnimationFrame(window.watching), window.painted.size));
  assert.ok(paints >= 10, `${paints} different paints`);
  assert.ok((await lastWords(page)).join(" ").includes(FIRST_WORDS), "the model spoke");
  assert.match(await page.textContent("#said"), new RegExp(FIRST_WORDS), "it is announced when it is complete");
  assert.equal(await page.textContent("#state"), "");
  assert.equal(await page.evaluate(() => document.activeElement.id), "answer");
  assert.equal(await page.evaluate(() => window.stayed), true, "without a reload");
  const streamed = await talk(page);
  await page.reload();
  assert.equal(await talk(page), streamed);
  await visitor.close();
});

test("one may type while the interviewer speaks, and keeps it", async () => {
  const { visitor, page, id } = await begin();
  await say(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "answer", "ready to be typed in");
  await page.keyboard.type("And one thing ");
  await page.press("#answer", "Control+Enter");
  await page.waitForSelector('progress[value="2"]');
  await page.keyboard.type("more");
  assert.equal(await page.inputValue("#answer"), "And one thing more", "nothing was sent, nothing was lost");
  await page.waitForSelector("[data-draft-state]:visible");
  await page.goto("/profile");
  await page.goto(`/interviews/${id}`);
  assert.equal(await page.inputValue("#answer"), "And one thing more");
  await visitor.close();
});

test("Stop ends the speech; what was said stays, marked, and the question is asked", async () => {
  const { visitor, page } = await begin();
  visitor.allow("request", "/turns", "ERR_ABORTED");
  await say(page);
  await page.click("[data-stop]");
  await page.waitForSelector('progress[value="2"]');
  await isFree(page);
  const words = (await lastWords(page)).join("\n");
  assert.ok(words.includes(FIRST_WORDS) && !words.includes(LEAD_IN), words);
  assert.ok(words.includes("?"), "the question that had to be asked");
  assert.equal(await page.locator(".turn:last-child .cut").count(), 1);
  const stopped = await talk(page);
  await page.reload();
  assert.equal(await talk(page), stopped);
  await visitor.close();
});

test("a reload in mid-stream loses nothing", async () => {
  const { visitor, page } = await begin();
  visitor.permit("request", "/turns", "ERR_ABORTED"); // the stream ends with the page that reads it,
  visitor.permit("console", "htmx:sse:error"); // and htmx may have time to say so
  await say(page);
  await page.keyboard.type("My next thought");
  await page.waitForSelector("[data-draft-state]:visible");
  await page.reload();
  await page.waitForSelector('progress[value="2"]');
  await isFree(page);
  assert.equal(await page.locator(".turn.mine p").last().textContent(), ANSWER);
  assert.ok((await lastWords(page)).join("\n").includes(FIRST_WORDS));
  assert.equal(await page.inputValue("#answer"), "My next thought");
  await visitor.close();
});

for (const javaScript of [true, false]) {
  test(`a second tab waits for the answer by itself, JavaScript: ${javaScript}`, async () => {
    const { visitor, page, id, context } = await begin();
    const state = await context.storageState();
    const second = await visit(browser, instance.url, { storageState: state, javaScript });
    let release;
    const asked = new Promise((resolve) => {
      model.parts.observer = async () => {
        resolve();
        await new Promise((goOn) => (release = goOn));
        return PARTS.observer();
      };
    });
    await page.fill("#answer", ANSWER);
    await press(page, "say");
    await asked;
    await second.page.goto(`/interviews/${id}`);
    assert.match(await second.page.textContent("#state"), /The interviewer is answering/);
    assert.equal(await second.page.locator("button[value=say]").count(), 0, "nothing to press meanwhile");
    assert.equal(await second.page.locator(".turn.mine p").last().textContent(), ANSWER);
    if (javaScript) {
      assert.deepEqual(await violations(second.page), []);
    }
    model.parts.observer = PARTS.observer;
    release();
    await second.page.waitForSelector('progress[value="2"]');
    await second.page.waitForSelector("button[value=say]");
    await isFree(page);
    await visitor.close();
    await second.close();
  });
}

test("a stream that breaks off says so, and nothing is lost", async () => {
  const { visitor, page } = await begin();
  await say(page);
  for (const { pid } of programsOf(instance, ["interview"])) {
    process.kill(pid, "SIGKILL");
  }
  await page.waitForSelector("#broken:visible");
  assert.equal(await page.locator("button[value=say]:visible").count(), 0);
  await until(() => fetch(`${instance.url}/interviews/new`).then((reply) => reply.status !== 503));
  await page.click("#broken a");
  await page.waitForSelector('progress[value="2"]');
  assert.equal(await page.locator(".turn.mine p").last().textContent(), ANSWER);
  await visitor.close();
});

test("what cannot be sent comes back into the field", async () => {
  const { visitor, page, context } = await begin();
  await page.fill("#answer", ANSWER);
  await page.waitForSelector("[data-draft-state]:visible");
  await context.setOffline(true);
  for (const part of ["console", "request"]) {
    visitor.allow(part, "/turns");
    visitor.allow(part, "/draft", "DISCONNECTED");
  }
  visitor.allow("console", "htmx:error");
  await press(page, "say");
  await page.waitForSelector("#broken:visible");
  assert.equal(await page.inputValue("#answer"), ANSWER);
  await page.waitForSelector("[data-draft-state]:visible");
  await context.setOffline(false);
  await page.click("#broken a");
  await page.waitForSelector("button[value=say]");
  assert.equal(await page.inputValue("#answer"), ANSWER);
  await visitor.close();
});

test("a refused answer is shown as the plain page shows it", async () => {
  const { visitor, page } = await begin();
  visitor.allow("response: 400", "/turns");
  visitor.allow("console", "400");
  await page.fill("#answer", "   ");
  await press(page, "say");
  await page.waitForSelector(".fault[role=alert]:visible");
  assert.match(await page.textContent(".fault[role=alert]"), /1 to 20,000/);
  await visitor.close();
});

test("the end of the interview leads to the report and says so", async () => {
  const { visitor, page } = await begin();
  await press(page, "stop");
  await page.waitForSelector("button[value=finish]:visible");
  await isFree(page);
  await press(page, "finish");
  await page.waitForURL("**/reports/*");
  assert.match(await page.textContent(".flash"), /The interview is finished/);
  await visitor.close();
});

for (const viewport of [undefined, PHONE]) {
  test(`accessible while it streams and after, ${viewport ? "phone" : "desk"}`, async () => {
    const { visitor, page } = await begin(viewport ? { viewport, hasTouch: true, isMobile: true } : {});
    await say(page);
    assert.deepEqual(await violations(page), [], "while it streams");
    await page.waitForSelector('progress[value="2"]');
    await isFree(page);
    assert.deepEqual(await violations(page), [], "after it");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(!viewport || width <= viewport.width, `${width} wide`);
    await visitor.close();
  });
}

test("without JavaScript the same talk goes on by plain forms", async () => {
  const { visitor, page } = await begin({ javaScript: false });
  await page.fill("#answer", ANSWER);
  await press(page, "say");
  await page.waitForSelector('progress[value="2"]');
  assert.ok((await lastWords(page)).join("\n").includes(LEAD_IN), "the model spoke in full");
  assert.equal(await page.locator(".cut").count(), 0);
  await visitor.close();
});

test("without htmx, which npm may not have had, plain forms do", async () => {
  const visitor = await visit(browser, instance.url);
  for (const file of ["htmx.js", "hx-sse.js"]) {
    await visitor.context.route(`**/${file}`, (route) => route.fulfill({ contentType: "application/javascript", body: "" }));
  }
  await register(visitor.page);
  await startInterview(visitor.page);
  await visitor.page.fill("#answer", ABOUT_ME);
  await press(visitor.page, "say");
  await visitor.page.waitForSelector('progress[value="1"]');
  assert.match(visitor.page.url(), /#latest$/);
  await visitor.close();
});
