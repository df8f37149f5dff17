// A shared host: an ordinary user, the tarball in ~/viva, ~/public_html/viva with .htaccess, and
// Apache that starts a program for every request.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../browser/browser.mjs";
import { modelEnv, scriptedModel } from "../llm/model.mjs";
import { assertFiles, assertTooLarge } from "./asks.mjs";
import { startApache, unpacked } from "./host.mjs";
import { passInterview } from "./interview.mjs";

let browser, model, target, apache;

before(async () => {
  model = await scriptedModel({ pieces: 30, pauseMs: 30 });
  [browser, target] = await Promise.all([launch(), unpacked(modelEnv(model))]);
  await target.run(`${target.tree}/setup`, `${target.home}/public_html/viva`, "/viva");
  apache = await startApache(target, { modules: ["cgid"], lines: "ScriptSock cgid.sock" });
});
after(async () => {
  await browser?.close();
  await target?.close();
  await model?.close();
});

test("static files may be kept, and what is too large is refused with our page", async () => {
  await assertFiles(`${apache.url}/viva`);
  await assertTooLarge(`${apache.url}/viva`, 8 << 20);
});

test("an interview passes, words as they are spoken", async () => {
  await passInterview(browser, `${apache.url}/viva`, { model });
  assert.equal(apache.errors(), "");
});
