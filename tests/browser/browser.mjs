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

// The browser ends these itself: a download is no page, an answer makes its draft useless, a
// page that is left no longer asks for its result, the icon is fetched when the page may be gone; and without JavaScript the second click of a double
// click takes the place of the first.
function isOrdinaryEnd(request, javaScript) {
  const end = javaScript ? /\/drafts?$|\/events$|\/runs\/[^/]+\.json$|\/report\.\w+$|\.svg$/ : /\/turns$|\/report\.\w+$|\.svg$/;
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

// What is left of the problems, and which of the allowed ones did not come.
function unexpected(problems, allowed, possible) {
  const matches = (problem, parts) => parts.every((part) => problem.includes(part));
  const left = problems.filter((problem) => ![...allowed, ...possible].some((parts) => matches(problem, parts)));
  const missing = allowed.filter((parts) => !problems.some((problem) => matches(problem, parts)));
  return [...left, ...missing.map((parts) => `no problem: ${parts.join(" ")}`)];
}

// A visitor with a browser window of their own: { context, page, allow(), permit(), close() }.
export async function visit(browser, url, { language = "en", javaScript = true, ...options } = {}) {
  const context = await browser.newContext({
    baseURL: url,
    locale: LOCALES[language],
    javaScriptEnabled: javaScript,
    viewport: DESKTOP,
    reducedMotion: "reduce", // colours are measured: none may be on its way to another
    ...options,
  });
  const problems = [];
  const allowed = [];
  const possible = [];

  context.setDefaultTimeout(PATIENCE_MS);
  watch(context, javaScript, problems);
  await context.addInitScript(reportViolations);
  return {
    context,
    page: await context.newPage(),
    // The test provokes problems that hold all these parts; they must come.
    allow(...parts) {
      allowed.push(parts);
    },
    // A race decides whether the browser mentions what holds all these parts.
    permit(...parts) {
      possible.push(parts);
    },
    async close() {
      await context.close();
      assert.deepEqual(unexpected(problems, allowed, possible), []);
    },
  };
}
