// A tour of every page and state a visitor can meet, for tests and pictures of them all.
import assert from "node:assert/strict";
import { answerFully, logIn, press, register, startInterview } from "./acts.mjs";
import { visit } from "./browser.mjs";
import { tourOfAccount, tourOfFactor } from "./tour_login.mjs";
import { tourOfAppeal, tourOfRulings } from "./tour_rulings.mjs";
import { tourOfProof, tourOfShares } from "./tour_seal.mjs";
import { tourBeforePractice, tourOfPractice } from "./tour_practice.mjs";

const PEOPLE = { en: "Ann O'Neill", ru: "Анна Ёлкина", uk: "Ганна Їжак" };

// Sends a form of these fields to a program, with the token of the page or a wrong one.
async function post(page, action, fields, { keepToken = true } = {}) {
  const sent = page.waitForResponse((response) => response.request().method() === "POST");
  await page.evaluate(
    ([target, values, token]) => {
      const form = document.createElement("form");
      const csrf = document.querySelector("[name=csrf]").value;
      Object.assign(form, { method: "post", action: target });
      for (const [name, value] of Object.entries({ csrf: token ? csrf : "wrong", ...values })) {
        form.append(Object.assign(document.createElement("textarea"), { name, value }));
      }
      document.body.append(form);
      form.submit();
    },
    [action, fields, keepToken],
  );
  await sent;
  await page.waitForLoadState();
}

async function fail(visitor, status, path, action) {
  visitor.allow(` ${status} `, path);
  await action();
}

async function tourAsStranger(visitor, look) {
  const { page } = visitor;
  for (const [name, path] of [["front", "/"], ["login", "/login"], ["register", "/register"]]) {
    await page.goto(path);
    await look(name);
  }
  await fail(visitor, 401, "/login", async () => {
    await page.goto("/login");
    await page.fill("#username", "nobody");
    await page.fill("#password", "wrong password");
    await page.click("main button");
    await page.waitForSelector(".fault");
  });
  await look("login refused", 401);
  await fail(visitor, 400, "/register", () => post(page, "/register", { username: "?", password: "x" }));
  await look("register refused", 400);
  await fail(visitor, 404, "/nothing", () => page.goto("/nothing"));
  await look("error 404", 404);
  await fail(visitor, 401, "/logout", () => post(page, "/logout", {}));
  await look("error 401", 401);
  await tourOfProof(visitor, look);
}

async function tourOfErrors(visitor, look) {
  const { page } = visitor;
  const text = { answer: "An answer that must not be lost." };
  await page.goto("/profile");
  await fail(visitor, 403, "/admin", () => page.goto("/admin"));
  await look("error 403", 403);
  await page.goto("/profile");
  await fail(visitor, 403, "/turns", () => post(page, "/interviews/0/turns", text, { keepToken: false }));
  await look("error with text", 403);
  await page.goto("/profile");
  await fail(visitor, 400, "/language", () => post(page, "/language", { language: "xx", back: "/" }));
  await look("error 400", 400);
}

async function tourOfChat(visitor, language, look) {
  const { page } = visitor;
  await startInterview(page, { language, questions: 4, minutes: 60 });
  await look("chat begins");
  await fail(visitor, 400, "/turns", async () => {
    await press(page, "say");
    await page.waitForSelector(".fault[role=alert]");
  });
  await look("chat refused", 400);
  await page.goBack();
  await answerFully(page);
  await press(page, "hint");
  await page.waitForSelector(".aid");
  await press(page, "model_answer");
  await page.waitForSelector(".aid ~ .aid");
  await page.fill("#answer", "The beginning of an answer.");
  await look("chat goes on");
  await page.fill("#answer", "");
  await answerFully(page);
  await press(page, "skip");
  await page.waitForSelector('progress[value="4"]');
  await press(page, "stop");
  await page.waitForSelector("button[value=finish]");
  await look("chat asks to confirm");
}

async function tourOfSettings(visitor, look) {
  const { page } = visitor;
  await page.goto("/settings");
  await look("settings");
  await fail(visitor, 400, "/settings", async () => {
    await page.fill("#time_zone", "Nowhere/Land");
    await page.click("form[action$='/settings'] > button");
    await page.waitForSelector(".fault");
  });
  await look("settings refused", 400);
  await page.goto("/settings/delete");
  await look("delete");
  await fail(visitor, 403, "/settings/delete", async () => {
    await page.fill("#password", "wrong password!");
    await page.click("button.danger");
    await page.waitForSelector(".fault");
  });
  await look("delete refused", 403);
}

// Takes the finished interview again, and looks at what can be done with the two.
async function tourOfHistory(visitor, language, look) {
  const { page } = visitor;
  await page.goto("/history");
  await page.click("button[name=questions][value=all]");
  await page.waitForURL("**/interviews/*");
  await answerFully(page);
  await press(page, "stop");
  await page.waitForSelector("button[value=finish]");
  await press(page, "finish");
  await page.waitForURL("**/reports/*");
  await look("report of a retry");
  await startInterview(page, { language });
  await page.goto("/history?type=technical&sort=oldest");
  await look("history");
  await page.goto("/history?level=senior&type=hr");
  await look("history, none fits");
  await fail(visitor, 400, "/history/compare", () => page.goto("/history/compare"));
  await look("history, nothing ticked", 400);
  const boxes = page.locator(".pick input");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.click("#compare button");
  await page.waitForURL("**/history/compare?a=*");
  await look("two compared");
  await page.goto("/history");
  await page.click("a[href$='/delete']");
  await page.waitForURL("**/delete");
  await look("delete an interview");
  await page.goto("/history/clear");
  await look("clear the history");
}

async function tourOfLimit(visitor, look) {
  const { page } = visitor;
  const fields = { role: "backend", level: "junior", type: "hr", language: "en", question_count: "1", nonce: "n" };
  await page.goto("/interviews/new");
  await page.waitForSelector("main form > button[disabled]");
  await look("start at the limit");
  await fail(visitor, 429, "/interviews", () => post(page, "/interviews", fields));
  await look("start refused", 429);
  await page.goto("/history");
  const action = await page.getAttribute("form.again", "action");
  await fail(visitor, 429, "/retry", () => post(page, action, { questions: "all", nonce: "n" }));
  await look("retry refused", 429);
}

async function tourAsCandidate(visitor, language, letDaysPass, look) {
  const { page } = visitor;
  const name = await register(page, PEOPLE[language]);
  await look("start");
  await page.goto("/profile");
  await look("profile, empty");
  await tourBeforePractice(visitor, look);
  await page.goto("/history");
  await look("history, empty");
  await tourOfErrors(visitor, look);
  await tourOfSettings(visitor, look);
  await tourOfChat(visitor, language, look);
  await press(page, "finish");
  await page.waitForURL("**/reports/*");
  await look("report");
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await page.waitForSelector(".credits");
  await look("report, all of it");
  const address = page.url();
  await tourOfShares(visitor, address, look);
  await page.goto(address.replace("/reports/", "/interviews/"));
  await look("chat is over");
  await tourOfHistory(visitor, language, look);
  await page.goto("/profile");
  await look("profile");
  await tourOfLimit(visitor, look);
  await tourOfPractice(visitor, () => letDaysPass(name), look);
  return { name, report: new URL(address).pathname };
}

async function tourAsAdmin(visitor, language, { admin, name, report, cautious, ruled }, look) {
  const { page } = visitor;
  await logIn(page, admin);
  await page.click(`button[name=language][value=${language}]`);
  await page.waitForSelector(`html[lang=${language}]`);
  await page.goto("/admin");
  await look("participants");
  await page.goto("/admin?search=nobody-at-all");
  await look("participants, none");
  await page.goto(`/admin?search=${name}`);
  await page.click("tbody .row-title a");
  await page.waitForURL("**/admin/participants/*");
  await look("participant");
  await page.locator("a[href$='/playback']").last().click();
  await page.waitForURL("**/playback");
  await page.waitForSelector("a[autofocus]:focus"); // the way on
  await page.keyboard.press("Enter");
  await page.waitForURL("**/playback?step=2");
  await look("playback");
  await tourOfRulings(visitor, ruled, look);
  await page.goto(report);
  await look("report, for the recruiter");
  await tourOfAccount(visitor, cautious, look);
}

// Gives the HTML of the page as the server sent it, with the status it is to have.
function watchSource(page) {
  let document;
  page.on("response", (response) => {
    const isRedirect = response.status() >= 300 && response.status() < 400;
    if (response.request().isNavigationRequest() && !isRedirect) {
      document = response;
    }
  });
  return (status) => {
    assert.equal(document.status(), status, document.url());
    return document.text();
  };
}

// Calls see(name, page, source) at each page; `admin` is the user name of an administrator,
// letDaysPass(name) makes the weak points of a candidate due for review.
export async function tour(browser, url, { language, admin, letDaysPass }, see) {
  const as = async (walk) => {
    const visitor = await visit(browser, url, { language });
    const source = watchSource(visitor.page);
    const look = async (name, status = 200) => see(name, visitor.page, await source(status));
    const left = await walk(visitor, look);
    await visitor.close();
    return left;
  };
  await as(tourAsStranger);
  const left = await as((visitor, look) => tourAsCandidate(visitor, language, letDaysPass, look));
  const cautious = await as(tourOfFactor);
  const ruled = await as((visitor, look) => tourOfAppeal(visitor, url, language, look));
  await as((visitor, look) => tourAsAdmin(visitor, language, { admin, cautious, ruled, ...left }, look));
}
