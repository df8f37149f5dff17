// A whole interview with a model, theory and code, as a candidate goes through it; and the
// same when the model dies on the way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LEAD_IN, modelEnv, scriptedModel } from "../llm/model.mjs";
import { importTasks, SHOUT } from "../web/coding.mjs";
import { startInstance } from "../web/instance.mjs";
import { fullAnswer, press, register } from "./acts.mjs";
import { launch, visit } from "./browser.mjs";

const QUESTIONS = 4;
const PIECES = 24;
const ABOUT_ME = "I am a backend developer with five years of Python.";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function withModel(use) {
  const model = await scriptedModel({ pieces: PIECES, pauseMs: 50 });
  const instance = await startInstance({ env: modelEnv(model, { VIVA_LLM_STEP_S: "10" }) });
  try {
    await importTasks(instance, [SHOUT]);
    await use(instance, model);
  } finally {
    await instance.stop();
    await model.close();
  }
}

async function start(instance) {
  const visitor = await visit(browser, instance.url, {});
  const { page } = visitor;
  await register(page);
  await page.goto("/interviews/new");
  await page.selectOption("#role", "backend");
  await page.check("[name=level][value=middle]");
  await page.check("[name=type][value=technical]");
  await page.fill("#question_count", String(QUESTIONS));
  await page.check("[name=coding_percent][value='25']", { force: true });
  await page.selectOption("[name=code_language]", "python");
  await page.click("main form > button");
  await page.waitForURL(/\/interviews\/[0-9a-f-]{36}/);
  return { visitor, page, id: page.url().match(/[0-9a-f-]{36}/)[0] };
}

// The form can be used again, or the interview is over.
const isFree = (page) => page.waitForFunction(() => location.pathname.startsWith("/reports/") ||
  document.querySelector("form.answer:not([data-busy]) button[value=say]"));

// How often the page was painted with another length of what the interviewer says.
function countPaints(page) {
  return page.evaluate(() => {
    window.painted = new Set();
    const look = () => {
      window.painted.add(document.querySelector(".turns")?.textContent.length);
      requestAnimationFrame(look);
    };
    look();
  });
}

async function send(page, text) {
  await page.fill("#answer", text);
  await press(page, "say");
  await page.waitForSelector("form.answer[data-busy]", { timeout: 2000 }).catch(() => {});
  await isFree(page);
}

async function solveTask(page) {
  await page.click("a[href*='/code/']");
  await page.waitForSelector(".ace_editor");
  await page.evaluate((code) => ace.edit(document.querySelector(".ace_editor")).setValue(code, 1),
    SHOUT.languages.python.reference);
  await page.click("button[value=submit]");
  await page.waitForSelector("[data-results] .summary.passed");
  await Promise.all([page.waitForURL(/\/(interviews|reports)\//), page.click(".done button")]);
  await isFree(page);
}

// Answers what is asked until there is a report; `onQuestion` is told the number of each.
async function goThrough(page, onQuestion = async () => {}) {
  for (let number = 1; !new URL(page.url()).pathname.startsWith("/reports/"); number++) {
    assert.ok(number <= QUESTIONS, "the interview ends");
    await onQuestion(number);
    if (await page.locator("a[href*='/code/']").count()) {
      await solveTask(page);
    } else {
      await send(page, await fullAnswer(page));
    }
  }
}

async function reportOf(page, id) {
  for (;;) {
    const reply = await page.request.get(`/reports/${id}/report.json`);
    const report = await reply.json();
    if (!report.revision.texts_follow) {
      return report;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test("theory and code with a model, word by word, to a report that says who graded", async () => {
  await withModel(async (instance) => {
    const { visitor, page, id } = await start(instance);
    await countPaints(page);
    await send(page, ABOUT_ME);
    const paints = await page.evaluate(() => window.painted.size);
    assert.ok(paints >= 10, `${paints} paints`);
    assert.ok((await page.textContent(".turns")).includes(LEAD_IN));
    await goThrough(page);
    const report = await reportOf(page, id);
    assert.deepEqual(report.questions.map(({ q_type: type }) => type).sort(), ["coding", "theory", "theory", "theory"]);
    for (const question of report.questions) {
      if (question.q_type === "theory") {
        assert.equal(question.metrics.theory.graded_by, "scripted-1");
      } else {
        assert.equal(question.metrics.coding.score_code, 10);
      }
    }
    await page.goto(`/reports/${id}`);
    assert.match(await page.textContent("main"), /scripted-1/);
    assert.deepEqual(visitor.problems ?? [], []);
    await visitor.close();
  });
});

test("the model dies after the third question, the report is complete", async () => {
  await withModel(async (instance, model) => {
    const { visitor, page, id } = await start(instance);
    await send(page, ABOUT_ME);
    await goThrough(page, async (number) => {
      if (number === QUESTIONS) {
        await model.close();
      }
    });
    const report = await reportOf(page, id);
    assert.equal(report.questions.length, QUESTIONS);
    const engines = report.questions.filter(({ q_type: type }) => type === "theory").map(({ metrics }) => metrics.theory.graded_by);
    assert.ok(engines.includes("scripted-1"), `${engines}`);
    assert.ok(report.llm_summary_candidate.length > 200);
    assert.equal(report.written_by.candidate.engine, "builtin");
    await visitor.close();
  });
});
