// An instance with people in it, all of whom live their lives for a while.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startInstance } from "../web/instance.mjs";
import { register } from "../web/story.mjs";
import { Person } from "./mix.mjs";
import { Timings } from "./timings.mjs";

const RECRUITERS = 0.02; // of the people

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

// BLAKE2b of the cookies, as the database keeps them.
function hashed(tokens) {
  const folder = mkdtempSync(path.join(tmpdir(), "viva-tokens-"));
  const files = tokens.map((token, i) => path.join(folder, String(i)));
  files.forEach((file, i) => writeFileSync(file, tokens[i]));
  const output = execFileSync("b2sum", ["-l", "256", ...files], { encoding: "utf8", maxBuffer: 1 << 24 });
  rmSync(folder, { recursive: true });
  return output.trim().split("\n").map((line) => line.split(" ")[0]);
}

// Accounts for all, logged in: copies of one that was registered, so that hundreds of passwords
// need not be hashed first. `seed` leads what each of them will do.
export async function settle(instance, { users, seed, thinkMs }) {
  const recruiters = Math.max(1, Math.round(users * RECRUITERS));
  const people = Array.from({ length: users }, (_, i) => new Person(`load-${i}`, {
    url: instance.url, timings: new Timings(), seed: seed * 100003 + i, thinkMs, isRecruiter: i < recruiters, until: Infinity,
  }));
  const first = await register(instance, { name: "load-first" });
  const tokens = people.map(() => randomBytes(32).toString("hex"));
  const now = Date.now();
  const rows = hashed(tokens).map((hash, i) => {
    const { name, isRecruiter } = people[i];
    return `INSERT INTO users (id, username, username_key, name_key, password_hash, language, role, created_at)
      SELECT '${randomUUID()}', '${name}', '${name}', '${name} ', password_hash, 'en', '${isRecruiter ? "admin" : "candidate"}',
      ${now} FROM users WHERE username = '${first.name}';
      INSERT INTO web_sessions (token_hash, id, user_id, created_at, seen_at, expires_at)
      SELECT '${hash}', '${randomUUID()}', id, ${now}, ${now}, ${now + 864e5} FROM users WHERE username = '${name}';`;
  });
  execFileSync("sqlite3", ["-cmd", ".timeout 60000", path.join(instance.var, "viva.db")],
    { input: `BEGIN IMMEDIATE;\n${rows.join("\n")}\nCOMMIT;\n`, stdio: ["pipe", "ignore", "inherit"] });
  people.forEach((person, i) => person.browser.cookies.set("viva_session", tokens[i]));
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
