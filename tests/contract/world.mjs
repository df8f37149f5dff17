// Viva with its people and interviews, for tests that go through its API.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { ApiClient, apiLogIn, apiRegister } from "../web/api.mjs";
import { importTasks, SHOUT } from "../web/coding.mjs";
import { freePort, startInstance } from "../web/instance.mjs";
import { freshName, PASSWORD } from "../web/story.mjs";
import { file } from "./document.mjs";

const START_MS = 180000;

export async function startViva(env = {}) {
  return startInstance({
    env: {
      VIVA_INTERVIEWS_PER_DAY: "1000",
      VIVA_API_PER_MINUTE: "1000000",
      VIVA_API_STRANGERS_PER_MINUTE: "1000000",
      ...env,
    },
  });
}

// A proxy before Viva that answers 500 whenever a request or an answer is not as described.
export async function startProxy(viva, document = file) {
  const port = await freePort();
  const prism = path.join(path.dirname(file), "tests/contract/node_modules/.bin/prism");
  const child = spawn("setpriv", ["--pdeathsig", "TERM", "--", prism, "proxy", "--errors", "--port", String(port),
    document, viva.url], { stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  child.stdout.on("data", (data) => log.push(data));
  child.stderr.on("data", (data) => log.push(data));
  const ended = once(child, "close");
  const deadline = Date.now() + START_MS;
  while (!Buffer.concat(log).includes("listening")) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill("SIGTERM"); // whose pipes would keep the tests from ending
      throw new Error(`the proxy did not start: ${Buffer.concat(log)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

export async function makeAdminProgram(viva) {
  const name = freshName("admin");
  await viva.cli("admin", "create", name, { input: `${PASSWORD}\n` });
  return apiLogIn(viva, name);
}

export { ApiClient, apiRegister, importTasks, SHOUT };
