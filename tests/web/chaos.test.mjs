// A short piece of `make chaos`: a few interviews, every kind of fault once.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { root } from "./instance.mjs";

test("every kind of fault once, and nothing is lost", (t) => {
  const driver = path.join(root, "tests/chaos/run.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [driver, "--seed=9", "--interviews=8", "--haste=6"], {
    encoding: "utf8", timeout: 280000,
  });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  stdout.trim().split("\n").slice(-4).forEach((line) => t.diagnostic(line));
});
