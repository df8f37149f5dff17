// A candidate's whole way through a deployment, at whatever address it stands: what every way
// of installing Viva has to pass in a real browser.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { activeQuestion, download, fullAnswer, press } from "../browser/acts.mjs";
import { visit } from "../browser/browser.mjs";
import { cvs, printed } from "../browser/cvs.mjs";
import { LEAD_IN } from "../llm/model.mjs";
import { root } from "../web/instance.mjs";
import { freshName, PASSWORD, translated } from "../web/story.mjs";

const FULL_NAME = "Анна Ёлкина";
const FILE_NAME = /^Анна_Ёлкина_\d{4}-\d\d-\d\d_Backend_developer\.(pdf|txt)$/;
const LIVE_PAINTS = 5;

const USUAL = {
  streams: "live", // "buffered": the server passes an answer on in one piece
  model: null, // the scripted model that this deployment talks to
  judged: true, // false: code is stored and not judged
  reads: true, // false: PDF files of CVs cannot be read
};

const folder = path.join(root, "bank/tasks");
const tasks = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(path.join(folder, file), "utf8")));

// --- coding tasks -----------------------------------------------------------------

const english = (value) => (value?.en === undefined ? value : value.en);
const filled = (text, variant) =>
  text.replace(/\{\{(\w+)\}\}/g, (place, name) => {
    const value = english(variant[name]);
    return typeof value === "string" ? value : JSON.stringify(value) ?? place;
  });

// A right solution of the task that the page shows, in the language of its editor.
async function solutionOf(page) {
  const language = await page.inputValue("#code-form [name=code_language]");
  const [title, starter, text] = [await page.textContent("h1"), await page.inputValue("#code"), await page.innerText(".brief")];
  const named = (variant) => Object.values(variant).filter((value) => text.includes(String(english(value)))).length;
  const [best] = tasks
    .filter((task) => task.languages[language])
    .flatMap((task) => (task.variants ?? [{}]).map((variant) => ({ task, variant, named: named(variant) })))
    .filter(({ task, variant }) => filled(task.title.en, variant) === title.trim())
    .filter(({ task, variant }) => filled(task.languages[language].starter, variant).trim() === starter.trim())
    .sort((a, b) => b.named - a.named);
  assert.ok(best, `not in the bank: ${title}`);
  return filled(best.task.languages[language].reference, best.variant);
}

function setCode(page, text) {
  return page.evaluate((code) => ace.edit(document.querySelector(".ace_editor")).setValue(code, 1), text);
}

async function solve(page, { judged }) {
  const passed = judged ? ".summary.passed" : ".waiting:not(:empty)";
  await page.click("a.button[href*='/code/']");
  await page.waitForSelector(".ace_editor");
  await setCode(page, await solutionOf(page));
  for (const action of ["run", "submit"]) {
    await page.click(`.buttons button[value=${action}]`);
    await page.waitForFunction((kind) => document.querySelector("[data-results] h3")?.textContent.startsWith(kind),
      action === "run" ? "Trial run" : "Attempt");
    await page.waitForSelector(`[data-results] ${passed}`);
  }
  if (judged) {
    assert.match(await page.textContent("[data-progress]"), /Score so far: 10 \/ 10/);
  } else {
    assert.match(await page.textContent("[data-results]"), /Stored\. It is not judged on this server\./);
  }
  await page.click(".done button");
}

// --- the talk ---------------------------------------------------------------------

// Notes how long the last turn is at every paint, until it is asked for.
function watchPaints(page) {
  return page.evaluate(() => {
    window.painted = new Set();
    const look = () => {
      window.painted.add(document.querySelector(".turn:last-child p")?.textContent.length);
      window.watching = requestAnimationFrame(look);
    };
    look();
  });
}

async function answer(page, { model, streams }) {
  await press(page, "hint");
  await page.waitForSelector(".turn.aid");
  const words = await fullAnswer(page);
  await page.waitForSelector("form.answer:not([data-busy])");
  await page.evaluate(() => (window.stayed = true));
  await page.fill("#answer", words);
  await watchPaints(page);
  await press(page, "say");
  await page.waitForFunction((said) => [...document.querySelectorAll(".turn.mine p")].some((turn) => turn.textContent === said), words);
  await page.waitForFunction(() => !document.querySelector("form.answer[data-busy]"));
  await page.waitForSelector(".turn.mine:has(p) ~ .turn.theirs:last-child, .over a, a.button[href*='/code/']");
  if (model && streams === "live") {
    const paints = await page.evaluate(() => window.painted?.size ?? 0);
    assert.ok(paints >= LIVE_PAINTS, `words come as they are spoken: ${paints} paints`);
  }
  return words;
}

async function uploadCv(browser, page, url, { reads }) {
  const cv = cvs.find(({ name }) => name.startsWith("16"));
  await page.goto(`${url}/profile`);
  await page.setInputFiles("#file", { name: "Резюме.pdf", mimeType: "application/pdf", buffer: await printed(browser, cv.html) });
  await page.click('form[action$="/profile/cv"] button');
  await page.waitForURL(`${url}/profile/cv`);
  if (!reads) {
    assert.match(await page.innerText(".fault"), /PDF/);
    return;
  }
  assert.ok((await page.innerText("main")).includes("Резюме.pdf"));
  await page.click('form[action$="/confirm"] button');
  await page.waitForURL(`${url}/profile`);
  assert.equal(await page.inputValue("#position"), cv.position);
}

async function begin(page, url) {
  await page.goto(`${url}/interviews/new`);
  await page.selectOption("#role", "backend");
  await page.check("[name=level][value=middle]");
  await page.check("[name=type][value=technical]");
  await page.selectOption("#language", "en");
  await page.fill("#question_count", "2");
  await page.check("[name=coding_percent][value='50']", { force: true });
  await page.selectOption("[name=code_language]", "python");
  await page.click("main form > button");
  await page.waitForURL(new RegExp(`^${url}/interviews/[0-9a-f-]{36}`));
  return page.url().match(/[0-9a-f-]{36}/)[0];
}

// Both questions, in whatever order they come; gives what was said.
async function talk(page, url, id, options) {
  const said = [];
  let solved = 0;
  for (let question = 0; question < 2; question++) {
    if (await page.locator("a.button[href*='/code/']").count()) {
      await solve(page, options);
      solved++;
    } else {
      await activeQuestion(page);
      said.push(await answer(page, options));
    }
    await page.goto(`${url}/interviews/${id}`);
    if (options.model && question === 0 && said.length > 0) {
      const words = (await page.locator(".turn.theirs").allTextContents()).join("\n");
      assert.ok(words.includes(LEAD_IN), "all that the model said");
    }
  }
  assert.deepEqual([said.length, solved], [1, 1], "one question of each kind");
  return said;
}

// --- the report -------------------------------------------------------------------

async function takeReport(page, url, id, said) {
  await page.goto(`${url}/reports/${id}`);
  assert.ok((await page.locator(".asked .answer").first().textContent()).length > 0);
  for (const ending of ["pdf", "txt"]) {
    const file = await download(page, page.locator(`a[href$="/reports/${id}/report.${ending}"]`).first());
    assert.match(file.name, FILE_NAME);
    if (ending === "pdf") {
      assert.match(file.bytes.subarray(0, 8).toString(), /^%PDF-1\./);
      assert.ok(file.bytes.length > 10_000, `a PDF of ${file.bytes.length} bytes`);
    } else {
      const text = file.bytes.toString();
      assert.ok([FULL_NAME, ...said].every((words) => text.includes(words)), "name and answers as they were given");
    }
  }
}

// A program of the candidate's, with a token from the settings.
async function callApi(page, url, name) {
  await page.goto(`${url}/settings/tokens`);
  await page.fill("#name", "calendar");
  await page.click('form[action$="/settings/tokens"] button');
  const token = await page.inputValue("#token");
  const reply = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(reply.status, 200, "Authorization is passed on");
  assert.equal((await reply.json()).username, name);
  const refused = await fetch(`${url}/api/me`);
  assert.equal(refused.status, 401);
  assert.match(refused.headers.get("content-type"), /^application\/problem\+json/);
  assert.match(await (await fetch(`${url}/api/openapi.yaml`)).text(), new RegExp(`^ {2}- url: ${new URL(url).pathname}$`, "m"));
}

async function changeLanguage(page, url) {
  await page.goto(`${url}/profile`);
  await page.click("button[name=language][value=uk]");
  await page.waitForSelector("html[lang=uk]");
  assert.equal(page.url().replace(/#.*/, ""), `${url}/profile`);
  assert.equal(await page.textContent("#history"), translated("uk", "Interview history"));
}

// Drives Chromium through the deployment at `url` (no slash at its end) as one candidate from
// registration to the report's files, the API and another language. What the deployment cannot do
// stands in `options` (see USUAL), and then what happens instead is asserted.
export async function passInterview(browser, url, options = {}) {
  const wanted = { ...USUAL, ...options };
  const visitor = await visit(browser, url);
  const { page } = visitor;
  const name = freshName("deployed");
  visitor.permit("request", "/static/", "ERR_ABORTED"); // who goes on leaves what still loads

  await page.goto(`${url}/register`);
  assert.ok(await page.evaluate(() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)), "styles are served");
  await page.fill("#username", name);
  await page.fill("#full_name", FULL_NAME);
  await page.fill("#password", PASSWORD);
  await page.click("main button");
  await page.waitForURL(`${url}/interviews/new`);
  if (!wanted.reads) {
    visitor.allow("response: 501", "/profile/cv");
    visitor.permit("console", "/profile/cv");
  }
  await uploadCv(browser, page, url, wanted);
  const id = await begin(page, url);
  const said = await talk(page, url, id, wanted);
  await takeReport(page, url, id, said);
  await callApi(page, url, name);
  await changeLanguage(page, url);
  await visitor.close();
}
