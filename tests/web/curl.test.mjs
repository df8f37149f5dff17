// An interview without JavaScript and without a browser: tests/web/curl_interview.sh.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { root, startInstance } from "./instance.mjs";

const run = promisify(execFile);
const script = path.join(root, "tests/web/curl_interview.sh");

let instance;

before(async () => {
  instance = await startInstance();
});
after(() => instance?.stop());

test("curl and grep are enough for a whole interview", async (t) => {
  const { stdout } = await run(script, [instance.url, "curl-candidate"]);
  stdout.trim().split("\n").forEach((line) => t.diagnostic(line));
  assert.match(stdout, /The end: http:\S+\/reports\/[0-9a-f-]{36}\n$/);
});

test("the script fails when the story does", async () => {
  await assert.rejects(run(script, [instance.url, "no name with spaces"]), (error) => error.code === 1);
  await assert.rejects(run(script, ["http://127.0.0.1:9", "nobody"]), (error) => error.code !== 0);
});
