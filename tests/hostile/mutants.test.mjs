// A box with one protection off is refused by its own canaries: mutants.sh, one test each.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { root } from "./hostile.mjs";

test("the canaries refuse every weakened box", async (t) => {
  const { stdout } = await promisify(execFile)(path.join(root, "tests/hostile/mutants.sh"), { maxBuffer: 1 << 24 })
    .catch((error) => error);
  const results = [...stdout.matchAll(/^(not )?ok \d+ - (.*)$/gm)];
  assert.ok(results.length > 10, stdout);
  assert.match(stdout, new RegExp(`^1\\.\\.${results.length}$`, "m"), "the plan fits");
  for (const [, failed, name] of results) {
    await t.test(name, () => assert.equal(failed, undefined, stdout));
  }
});
