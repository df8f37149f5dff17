// Debian's Chromium, driven by Playwright. Every page that is opened is watched: what the
// browser complains about is collected, and `close` fails the test if there is anything.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
// Slow machines and sanitizers take their time; a test ends as soon as its condition holds.
const PATIENCE_MS = 30_000;

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 900 };

const LOCALES = { en: "en-GB", ru: "ru-RU", uk: "uk-UA" };

export function launch() {
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
}

// The browser ends these itself: a download is no page, an answer makes its draft useless, and
// without JavaScript the second click of a double click takes the place of the first.
function isOrdinaryEnd(request, javaScript) {
  const end = javaScript ? /\/(draft|report\.\w+)$/ : /\/(turns|report\.\w+)$/;
  return request.failure().errorText === "net::ERR_ABORTED" && end.test(request.url());
}

function watch(context, javaScript, problems) {
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      problems.push(`console, at ${message.location().url}: ${message.text()}`);
    }
  });
  context.on("weberror", (event) => problems.push(`script: ${event.error()}`));
  context.on("requestfailed", (request) => {
    if (!isOrdinaryEnd(request, javaScript)) {
      problems.push(`request: ${request.url()} ${request.failure().errorText}`);
    }
  });
  context.on("response", (response) => {
    if (response.status() >= 400) {
      problems.push(`response: ${response.status()} ${response.request().method()} ${response.url()}`);
    }
  });
}

// Runs in the page, before its own scripts.
function reportViolations() {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
  });
}

// A visitor with a browser window of their own: { page, problems, expect(), close() }.
export async function visit(browser, url, { language = "en", javaScript = true, ...options } = {}) {
  const context = await browser.newContext({
    baseURL: url,
    locale: LOCALES[language],
    javaScriptEnabled: javaScript,
    viewport: DESKTOP,
    ...options,
  });
  const problems = [];

  context.setDefaultTimeout(PATIENCE_MS);
  watch(context, javaScript, problems);
  await context.addInitScript(reportViolations);
  return {
    context,
    problems,
    page: await context.newPage(),
    // Does what the browser is to complain about, and takes those complaints out.
    async expect(pattern, action) {
      const before = problems.length;
      const result = await action();
      const found = problems.splice(before);
      assert.ok(found.some((problem) => pattern.test(problem)), `no ${pattern} in ${found.join("; ")}`);
      problems.push(...found.filter((problem) => !pattern.test(problem)));
      return result;
    },
    async close() {
      await context.close();
      assert.deepEqual(problems, []);
    },
  };
}
