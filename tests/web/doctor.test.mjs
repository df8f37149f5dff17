// viva doctor names what is wrong with an installation, one thing after the other.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { buildFolder, root } from "./instance.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "viva-doctor-"));
const program = (name) => path.join(root, buildFolder(), name);
const database = path.join(folder, "viva.db");

async function run(name, args, env = {}) {
  const done = await promisify(execFile)(program(name), args, { cwd: root, env: { ...process.env, VIVA_HOME: root, VIVA_VAR: folder, ...env } })
    .catch((error) => error);
  return { status: done.code ?? 0, stdout: done.stdout, stderr: done.stderr };
}

// The lines of a level: "area: text".
async function doctor(env, ...args) {
  const { status, stdout } = await run("viva", ["doctor", "--json", ...args], env);
  const report = JSON.parse(stdout);
  const of = (level) => report.checks.filter((line) => line.level === level).map(({ area, text }) => `${area}: ${text}`);
  assert.equal(status, report.errors > 0 ? 2 : report.warnings > 0 ? 1 : 0);
  return { status, errors: of("error"), warnings: of("warning"), ok: of("ok"), all: stdout };
}

before(async () => {
  assert.equal((await run("viva", ["migrate"])).status, 0);
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("a sound installation has no errors, in words and as JSON", async () => {
  const { errors, ok } = await doctor({}, "--whole");
  assert.deepEqual(errors, []);
  assert.ok(ok.includes("database: the database is sound, every index as well"));
  assert.ok(ok.some((line) => line.startsWith("judge: languages: ")), ok.join("\n"));
  const { stdout } = await run("viva", ["doctor"]);
  assert.match(stdout, /^ok {7}database {6}the database is sound$/m);
  assert.match(stdout, /^\d+ warnings, 0 errors$/m);
  assert.equal((await run("viva", ["doctor", "--all"])).status, 2);
});

for (const [what, spoil, mend, env, pattern] of [
  ["a database for everybody", () => chmodSync(database, 0o644), () => chmodSync(database, 0o600), {}, /^folder: others than its owner may read or write .*viva\.db$/],
  ["a folder for everybody", () => chmodSync(folder, 0o777), () => chmodSync(folder, 0o700), {}, /^folder: others may write to /],
  ["a value that cannot be read", () => {}, () => {}, { VIVA_THREADS: "many" }, /^settings: VIVA_THREADS must be a whole number from 1 to 512, not "many"$/],
  ["a rule that cannot be read", () => {}, () => {}, { VIVA_BACKUP_KEEP: "week" }, /^settings: VIVA_BACKUP_KEEP cannot be read/],
  ["a prefix that fits no address", () => {}, () => {}, { VIVA_BASE_PATH: "viva/" }, /^settings: VIVA_BASE_PATH must begin with a slash/],
  ["links that lead nowhere", () => {}, () => {}, { VIVA_PUBLIC_URL: "viva.example.org" }, /^settings: VIVA_PUBLIC_URL must be an address/],
  ["no folder", () => {}, () => {}, { VIVA_VAR: path.join(folder, "none") }, /^folder: there is no folder /],
  ["another home", () => {}, () => {}, { VIVA_HOME: folder }, /^installation: .*templates\/layout\.html is missing/],
]) {
  test(`an error: ${what}`, async () => {
    spoil();
    const { errors } = await doctor(env);
    mend();
    assert.ok(errors.some((line) => pattern.test(line)), errors.join("\n"));
  });
}

test("warnings: names that nothing reads, an endpoint that is away; no secret is printed", async () => {
  const { warnings, all } = await doctor({ VIVA_TREADS: "2", OPENAI_BASE_URL: "http://127.0.0.1:9/v1", OPENAI_MODEL: "m",
    OPENAI_API_KEY: "planted-1", VIVA_WEBHOOK_SECRET: "planted-2", VIVA_METRICS_TOKEN: "planted-3" });
  assert.ok(warnings.includes("settings: nothing reads a setting VIVA_TREADS"), warnings.join("\n"));
  assert.match(all, /did you mean VIVA_THREADS\?/);
  assert.ok(warnings.includes("model: the model's endpoint does not answer"), warnings.join("\n"));
  assert.ok(!all.includes("planted"));
});

test("a settings file for everybody is an error", async () => {
  const home = mkdtempSync(path.join(tmpdir(), "viva-home-"));
  writeFileSync(path.join(home, ".env"), "VIVA_METRICS_TOKEN=planted\n", { mode: 0o644 });
  const { errors, all } = await doctor({ VIVA_HOME: home });
  rmSync(home, { recursive: true });
  assert.ok(errors.some((line) => /everybody on this machine may read or write .*\.env$/.test(line)), errors.join("\n"));
  assert.ok(!all.includes("planted"));
});

test("programs take a database from everybody else, and do not start where all may replace it", async () => {
  const request = { REQUEST_METHOD: "GET", REQUEST_URI: "/health", SERVER_PROTOCOL: "HTTP/1.1", VIVA_LOG_DIR: "-" };
  chmodSync(database, 0o646);
  const served = await run("account", [], request);
  assert.match(served.stdout, /"status":"ok"/);
  assert.match(served.stderr, /everybody could read or write .*viva\.db; no longer/);
  assert.equal(statSync(database).mode & 0o777, 0o640);
  chmodSync(folder, 0o777);
  const refused = await run("account", [], request);
  chmodSync(folder, 0o700);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /everybody may write to .*chmod 700 it/);
});
