// The part of the tour about the second factor, reset codes and disabled accounts.
import { code, wrongCode } from "../web/one_time.mjs";
import { PASSWORD } from "../web/story.mjs";
import { register } from "./acts.mjs";

const FACTOR = "/settings/second-factor";

async function send(page, typed) {
  await page.fill("main form [name=code]", typed);
  if (await page.isVisible("main form [name=secret] ~ #password")) {
    await page.fill("#password", PASSWORD);
  }
  await page.click("main form button");
}

async function refused(visitor, status, path, typed) {
  visitor.allow(` ${status} `, path);
  await send(visitor.page, typed);
  await visitor.page.waitForSelector(".fault");
}

async function tourOfSetup(visitor, look) {
  const { page } = visitor;
  await page.goto(FACTOR);
  await look("second factor, off");
  const secret = await page.inputValue("[name=secret]");
  await refused(visitor, 400, FACTOR, wrongCode(secret));
  await look("second factor, wrong code", 400);
  await send(page, code(secret));
  await page.waitForSelector(".codes");
  await look("recovery codes");
  await page.goto(FACTOR);
  await look("second factor, on");
  return secret;
}

// Gives the name of somebody who has switched the second factor on.
export async function tourOfFactor(visitor, look) {
  const { page } = visitor;
  const name = await register(page);
  const secret = await tourOfSetup(visitor, look);
  await page.click("header form button");
  await page.waitForSelector(".flash");
  await page.goto("/login");
  await page.fill("#username", name);
  await page.fill("#password", PASSWORD);
  await page.click("main button");
  await page.waitForURL("**/login/code?*");
  await look("log-in, second step");
  await refused(visitor, 401, "/login/code", wrongCode(secret));
  await look("log-in, wrong code", 401);
  await page.goto("/reset#AAAA-BBBB-CCCC-DDDD");
  await look("new password");
  await page.fill("#password", PASSWORD);
  await page.fill("#password_again", PASSWORD);
  await refused(visitor, 400, "/reset", "AAAA-BBBB-CCCC-DDDD");
  await look("new password, unknown code", 400);
  return name;
}

// What an admin does with that account.
export async function tourOfAccount(visitor, name, look) {
  const { page } = visitor;
  await page.goto(`/admin?search=${name}`);
  await page.click("tbody .row-title a");
  await page.waitForURL("**/admin/participants/*");
  await look("participant with an app");
  const address = page.url();
  await page.check("[name=factor]");
  await page.click("form[action$=reset] button");
  await page.waitForSelector(".secret");
  await look("reset code");
  await page.goto(address);
  await page.click("form[action$=disable] button");
  await page.waitForSelector("form[action$=enable]");
  await look("participant, disabled");
}
