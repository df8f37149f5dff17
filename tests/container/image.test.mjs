// The image of deploy/Containerfile at work: tests/container/run built it and says in
// VIVA_CONTAINER_ROOT where its files are. It runs as a container without privileges would.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch } from "../browser/browser.mjs";
import { passInterview } from "../deploy/interview.mjs";
import { freePort, root } from "../web/instance.mjs";

const OWNER = 10001;
const enter = path.join(root, "tests/container/enter");
const image = process.env.VIVA_CONTAINER_ROOT;
let browser, data;

// Starts what the image's CMD says and waits until it answers.
async function start(env = {}) {
  const port = await freePort();
  const settings = ["ADDRESS=127.0.0.1", `PORT=${port}`, "VAR=/var/lib/viva"];
  const container = spawn(enter, [image, data, ...settings, "/usr/local/bin/viva-run"], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const ended = new Promise((resolve) => container.on("exit", (code, signal) => resolve(code ?? signal)));
  await new Promise((resolve, reject) => {
    const read = (bytes) => {
      log += bytes;
      if (log.includes("Viva is ready")) {
        resolve();
      }
    };
    container.stdout.on("data", read);
    container.stderr.on("data", read);
    ended.then((status) => reject(new Error(`ended with ${status}: ${log}`)));
  });
  return { url: `http://127.0.0.1:${port}`, container, ended };
}

// Process 1 of the container, whom the engine's SIGTERM reaches.
function first(container) {
  const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(container.pid)], { encoding: "utf8" });
  return Number(stdout.trim().split("\n").at(-1));
}

before(async () => {
  browser = await launch();
});

beforeEach(() => {
  data = mkdtempSync("/tmp/viva-container-");
  chownSync(data, OWNER, OWNER);
});

afterEach(() => rmSync(data, { recursive: true, force: true }));

after(() => browser?.close());

// As under the engines' usual filter (tier C), and with --security-opt seccomp=unconfined (A2).
for (const [tier, env] of Object.entries({ C: {}, A2: { VIVA_USER_NAMESPACES: "1" } })) {
  test(`a candidate's whole way in the container, judged in tier ${tier}`, async () => {
    const running = await start(env);
    try {
      assert.equal((await fetch(`${running.url}/health`)).status, 200);
      await passInterview(browser, running.url);
      assert.match(readFileSync(path.join(data, "log/system.log"), "utf8"), new RegExp(`judging in tier ${tier}$`, "m"));
    } finally {
      process.kill(first(running.container), "SIGTERM");
    }
    assert.equal(await running.ended, 0, "it ends when it is told to");
  });
}
