// An instance with people in it, all of whom live their lives for a while.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startInstance } from "../web/instance.mjs";
import { PASSWORD } from "../web/story.mjs";
import { Person } from "./mix.mjs";
import { Timings } from "./timings.mjs";

const RECRUITERS = 0.02; // of the people
const AT_ONCE = 4; // who register before it begins

async function startModel() {
  const child = spawn(process.execPath, [fileURLToPath(new URL("model.mjs", import.meta.url))], { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = await once(child.stdout, "data");
  return { env: { OPENAI_BASE_URL: url.toString().trim(), OPENAI_MODEL: "load" }, stop: () => child.kill() };
}

// Starts Viva as it is in earnest, but for the limits that one address has.
export async function startWorld({ hasModel = true, env = {} } = {}) {
  const model = hasModel ? await startModel() : undefined;
  const instance = await startInstance({ env: {
    VIVA_INTERVIEWS_PER_DAY: "1000", VIVA_PASSWORD_MEMORY_KB: "65536", VIVA_ADDRESS_TRIES: "100000", VIVA_LOGIN_TRIES: "1000",
    ...model?.env, ...env,
  } });
  const stop = async () => {
    await instance.stop();
    model?.stop();
  };
  return { instance, stop };
}

// Accounts for all, logged in. `seed` leads what each of them will do.
export async function settle(instance, { users, seed, thinkMs }) {
  const recruiters = Math.max(1, Math.round(users * RECRUITERS));
  const people = Array.from({ length: users }, (_, i) => new Person(`load-${i}`, {
    url: instance.url, timings: new Timings(), seed: seed * 100003 + i, thinkMs, isRecruiter: i < recruiters, until: Infinity,
  }));
  const waiting = [...people];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let person; (person = waiting.shift());) {
      if (person.isRecruiter) {
        await instance.cli("admin", "create", person.name, { input: `${PASSWORD}\n` });
        await person.logIn();
      } else {
        await person.register();
      }
    }
  }));
  return people;
}

// Lets them live for so long; what they counted and how long it took.
export async function live(people, seconds) {
  const timings = new Timings();
  const counts = {};
  const until = performance.now() + seconds * 1000;
  await Promise.all(people.map((person) => {
    Object.assign(person, { until, timings, counts });
    person.browser.timings = timings;
    return person.live();
  }));
  return { timings, counts };
}
