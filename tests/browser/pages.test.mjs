// Every page and state, on a phone and a desk, light and dark: accessible, not wider than the
// screen, in one language, within the content policy, and valid HTML.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { root, startInstance } from "../web/instance.mjs";
import { letDaysPass as moveCards } from "../web/review.mjs";
import { freshName, LANGUAGES, PASSWORD } from "../web/story.mjs";
import { DESKTOP, launch, PHONE, visit } from "./browser.mjs";
import { tour } from "./tour.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const VNU = path.join(root, "node_modules/vnu-jar/build/dist/vnu.jar");
const AXE_OPTIONS = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};
const SCHEMES = ["light", "dark"];
const FINISHED_SLOWLY = { timeout: 600_000 };
const run = promisify(execFile);

let instance, browser, axe, html;
const admin = freshName("admin");

before(async () => {
  browser = await launch();
  instance = await startInstance();
  await instance.cli("admin", "create", admin, { input: `${PASSWORD}\n` });
  axe = await readFile(AXE, "utf8");
  html = await mkdtemp(path.join(tmpdir(), "viva-html-"));
});
after(async () => {
  await browser?.close();
  await instance?.stop();
  if (html) {
    await rm(html, { recursive: true, force: true });
  }
});

// axe-core's findings, each as "rule: element".
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((options) => window.axe.run(document, options), AXE_OPTIONS);
  const describe = (id, node) => `${id}: ${node.target} ${node.failureSummary}`;
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => describe(id, node)));
}

// Elements that reach beyond the right edge of the screen.
function tooWide(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.right > width + 1;
    });
    const found = wide.map((element) => `too wide: ${element.outerHTML.slice(0, 100)}`);
    const { scrollWidth } = document.documentElement;
    return scrollWidth > width ? [`the page is ${scrollWidth} wide`, ...found] : found;
  });
}

async function inspectAtSize(page, viewport, schemes) {
  await page.setViewportSize(viewport);
  const found = await tooWide(page);
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await violations(page)).map((violation) => `${colorScheme}, ${violation}`));
  }
  return found.map((problem) => `${viewport.width} px: ${problem}`);
}

async function assertOrdered(page, language) {
  assert.equal(await page.getAttribute("html", "lang"), language);
  assert.equal(await page.locator("h1").count(), 1, "one h1");
  assert.match(await page.title(), /\S+.* · Viva$/);
}

// Colours and marks are the same in each language, words are longer: English is seen in both
// schemes, the others on a phone; all must fit.
async function inspect(language, name, page, source) {
  const isEnglish = language === "en";
  await writeFile(path.join(html, `${language} ${name}.html`), source);
  await assertOrdered(page, language);
  const found = [
    ...(await inspectAtSize(page, DESKTOP, isEnglish ? SCHEMES : [])),
    ...(await inspectAtSize(page, PHONE, ["light"])),
  ];
  await page.setViewportSize(DESKTOP);
  assert.deepEqual(found, []);
}

const letDaysPass = (name) => moveCards(instance, { name }, 1);

for (const language of LANGUAGES) {
  test(`every page in ${language}`, FINISHED_SLOWLY, async (t) => {
    let seen = 0;
    await tour(browser, instance.url, { language, admin, letDaysPass }, async (name, page, source) => {
      seen += 1;
      await t.test(name, () => inspect(language, name, page, source));
    });
    assert.ok(seen >= 20, `${seen} pages`);
  });
}

async function hasJava() {
  return run("java", ["-version"]).then(() => true, () => false);
}

// Gives what the Nu Html Checker finds, "" when nothing.
function check(...args) {
  return run("java", ["-jar", VNU, "--errors-only", ...args], { maxBuffer: 16 << 20 }).then(
    () => "",
    (error) => error.stderr || String(error),
  );
}

test("the HTML of every page and our style sheets are valid", FINISHED_SLOWLY, async (t) => {
  if (!(await hasJava())) {
    t.skip("java is missing: the Nu Html Checker did not run");
    return;
  }
  const sources = path.join(root, "static");
  const files = await readdir(sources);
  const sheets = files.filter((file) => file.endsWith(".css")).map((file) => path.join(sources, file));
  const pages = files.filter((file) => file.endsWith(".html")).map((file) => path.join(sources, file));
  assert.ok((await readdir(html)).length >= 60, "the pages of three languages were collected");
  assert.equal(await check("--skip-non-html", html, ...pages), "");
  assert.equal(await check("--css", ...sheets), "");
});

test("a style the content policy forbids would have been noticed", FINISHED_SLOWLY, async () => {
  const visitor = await visit(browser, instance.url);
  await visitor.page.goto("/");
  visitor.allow("policy: style-src");
  visitor.allow("Content Security Policy");
  await Promise.all([
    visitor.page.waitForEvent("console", (message) => message.text().startsWith("policy:")),
    visitor.page.evaluate(() => document.body.setAttribute("style", "color: red")),
  ]);
  await visitor.close();
});
