// What `make install` makes, run by its own viva-run: settings come from the file in its tree.
import assert from "node:assert/strict";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { freePort } from "../web/instance.mjs";
import { until } from "../web/processes.mjs";
import { installed } from "./host.mjs";

let target, port;

before(async () => {
  const usual = process.umask(0o077);
  target = await installed({ VIVA_METRICS_TOKEN: "planted" });
  process.umask(usual);
  port = await freePort();
});
after(() => target?.close());

const start = (...args) => target.run("env", `PORT=${port}`, path.join(target.tree, "bin/viva-run"), ...args);

test("everybody may read what is for everybody, whoever installed it", () => {
  for (const file of ["share/man", "share/man/man1/viva.1", "share/viva/templates/layout.html", "lib/viva/account"]) {
    assert.equal(statSync(path.join(target.tree, file)).mode & 0o444, 0o444, file);
  }
});

test("settings that cannot be read stop the start", async () => {
  const file = path.join(target.tree, "etc/viva.env");
  chmodSync(file, 0);
  const refused = await start().catch((error) => error);
  chmodSync(file, 0o600);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /etc\/viva\.env cannot be read: Permission denied/);
});

test("settings of the tree hold for the programs, and an upgrade reads them anew", async () => {
  const url = `http://127.0.0.1:${port}`;
  await target.serve("env", [`PORT=${port}`, path.join(target.tree, "bin/viva-run")], { url });
  const asked = async (token) => (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status;
  await until(async () => (await asked("planted")) === 200, "the programs answer");
  assert.equal(await asked("other"), 401);
  const file = path.join(target.tree, "etc/viva.env");
  writeFileSync(file, readFileSync(file, "utf8").replace("planted", "other"));
  assert.equal((await start("upgrade")).stdout, "Viva is upgraded.\n");
  await until(async () => (await asked("planted")) === 401, "the old programs end");
  await until(async () => (await asked("other")) === 200, "the new ones answer");
});
