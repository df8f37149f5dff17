// A report is checked in the browser, on the site and on the page to keep, which needs no
// network: the file never leaves it.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { startInstance } from "../web/instance.mjs";
import { register, stranger, wholeInterview } from "../web/story.mjs";
import { launch, PHONE, visit } from "./browser.mjs";

let instance, browser, folder, genuine, files;

before(async () => {
  browser = await launch();
  instance = await startInstance();
  folder = await mkdtemp(path.join(tmpdir(), "viva-verify-"));
  const owner = await register(instance, { fullName: "Зоя Їжак", language: "uk" });
  const interview = await wholeInterview(owner);
  genuine = (await owner.get(`/reports/${interview}/report.json`)).text;
  files = variants();
});
after(async () => {
  await browser?.close();
  await instance?.stop();
  if (folder) {
    await rm(folder, { recursive: true, force: true });
  }
});

function variants() {
  const document = JSON.parse(genuine);
  const { track, ...without } = document;
  const forged = { ...document, signature: { ...document.signature, key_id: "0123456789abcdef" } };
  return {
    "as it came": [genuine, "valid"],
    "a changed digit": [genuine.replace(/"total_score":\d/, '"total_score":9999'), "changed"],
    "a changed letter": [genuine.replace("Зоя", "Зоа"), "changed"],
    "a member that is gone": [JSON.stringify(without), "changed"],
    "another key": [JSON.stringify(forged), "unknown"],
    "cut off": [genuine.slice(0, genuine.length / 2), "unreadable"],
    "pretty-printed": [JSON.stringify(document, null, 2), "rewritten"],
    "without a signature": [JSON.stringify({ ...document, signature: undefined }), "unsigned"],
  };
}

async function check(page, text) {
  const shown = page.locator("[data-state]:visible");
  await page.setInputFiles("#file", { name: "report.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.evaluate(() => document.querySelectorAll("[data-state]").forEach((state) => (state.hidden = true)));
  await page.click("#verify button");
  await shown.waitFor();
  return shown.getAttribute("data-state");
}

async function checkAll(page) {
  for (const [what, [text, state]] of Object.entries(files)) {
    assert.equal(await check(page, text), state, what);
    const isShown = await page.locator("[data-facts]").isVisible();
    assert.equal(isShown, ["valid", "rewritten"].includes(state), `${what}: figures of genuine files only`);
  }
}

test("on the site: the file stays in the browser", async () => {
  const visitor = await visit(browser, instance.url, { viewport: PHONE });
  const sent = [];
  visitor.page.on("request", (request) => sent.push(request.method()));
  await visitor.page.goto("/verify");
  await visitor.page.waitForSelector("#verify[data-ready]");
  assert.ok(await visitor.page.locator("[data-when=able]").isVisible());
  await checkAll(visitor.page);
  await check(visitor.page, genuine);
  assert.equal(await visitor.page.textContent("[data-fact=participant]"), "Зоя Їжак");
  assert.equal(await visitor.page.textContent("[data-fact=level]"), "Middle");
  assert.ok(!sent.includes("POST"), "nothing was uploaded");
  await visitor.close();
});

test("without JavaScript the server says it", async () => {
  const visitor = await visit(browser, instance.url, { javaScript: false });
  for (const [text, state] of [files["as it came"], files["a changed digit"]]) {
    await visitor.page.goto("/verify");
    await visitor.page.setInputFiles("#file", { name: "r.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await visitor.page.click("#verify button");
    assert.equal(await visitor.page.locator("[data-state]:visible").getAttribute("data-state"), state);
  }
  await visitor.close();
});

test("the page to keep works from a file, without a network", async () => {
  const reply = await stranger(instance, "uk").get("/verify/offline.html");
  const file = path.join(folder, "viva-check.html");
  assert.match(reply.headers["content-disposition"], /^attachment; filename="viva-check.html"/);
  await writeFile(file, reply.body);
  const visitor = await visit(browser, instance.url, { offline: true });
  const asked = [];
  visitor.page.on("request", (request) => asked.push(new URL(request.url()).protocol));
  await visitor.page.goto(pathToFileURL(file).href);
  await visitor.page.waitForSelector("#verify[data-ready]");
  assert.equal(await visitor.page.getAttribute("html", "lang"), "uk");
  await checkAll(visitor.page);
  assert.deepEqual([...new Set(asked)], ["file:"], "nothing but the file itself was asked for");
  await visitor.close();
});
