// Apache with mod_fcgid under a sub-path: configured by who may, and by .htaccess alone, where the
// server keeps what a program says until it has said it all.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch } from "../browser/browser.mjs";
import { modelEnv, scriptedModel } from "../llm/model.mjs";
import { root } from "../web/instance.mjs";
import { until } from "../web/processes.mjs";
import { assertFiles, assertTooLarge } from "./asks.mjs";
import { installed, startApache, unpacked } from "./host.mjs";
import { passInterview } from "./interview.mjs";

const OWN = "FcgidIPCDir fcgid\nFcgidProcessTableFile fcgid/shm";

let browser, model;
const targets = [];

before(async () => {
  [browser, model] = await Promise.all([launch(), scriptedModel({ pieces: 30, pauseMs: 30 })]);
});
after(async () => {
  await browser?.close();
  await Promise.all(targets.map((target) => target.close()));
  await model?.close();
});

test("with the configuration of the server, words come as they are spoken", async () => {
  const target = await installed(modelEnv(model));
  targets.push(target);
  const apache = await startApache(target, {
    modules: ["fcgid"],
    defines: { VIVA_PREFIX: target.tree, VIVA_BASE: "/viva" },
    lines: `${OWN}\nInclude ${path.join(root, "deploy/apache-fcgid.conf")}\nCustomLog access.log "%r" env=!viva_secret`,
  });
  await assertFiles(`${apache.url}/viva`);
  await assertTooLarge(`${apache.url}/viva`, 8 << 20);
  await passInterview(browser, `${apache.url}/viva`, { model });
  await Promise.all(["shared", "invitations"].map((kind) => fetch(`${apache.url}/viva/${kind}/of-those-who-know-it`)));
  await fetch(`${apache.url}/viva/login?last`);
  await until(() => apache.read("access.log").includes("/viva/login?last"), "the log of the last request");
  assert.doesNotMatch(apache.read("access.log"), /of-those-who-know-it/);
  assert.equal(apache.errors(), "");
});

test("with .htaccess alone words come all at once", async () => {
  const target = await unpacked(modelEnv(model));
  targets.push(target);
  await target.run(`${target.tree}/setup`, `${target.home}/public_html/viva`, "/viva", "fcgid");
  const apache = await startApache(target, { modules: ["fcgid"], lines: OWN });
  await assertFiles(`${apache.url}/viva`);
  const refused = await fetch(`${apache.url}/viva/login`, { method: "POST", body: new URLSearchParams({ username: "x".repeat(200_000) }) });
  assert.equal(refused.status, 413);
  assert.match(await refused.text(), /at most 128 KB[^]*не больше 128 КБ[^]*не більше 128 КБ/);
  await passInterview(browser, `${apache.url}/viva`, { model, streams: "buffered" });
  assert.equal(apache.errors(), "");
});
