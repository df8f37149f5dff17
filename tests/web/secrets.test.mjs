// What is secret stands where it is needed and nowhere else: not in a log, not on standard error,
// not in the arguments of a process, and in the database as a hash only.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { modelEnv, scriptedModel } from "../llm/model.mjs";
import { ApiClient } from "./api.mjs";
import { namesBelow, startInstance } from "./instance.mjs";
import { invite } from "./invites.mjs";
import { inputValue } from "./page.mjs";
import { answerWell, finish, freshName, makeAdmin, register, shareReport, startInterview, stranger, writtenReport } from "./story.mjs";

const CONFIGURED = {
  "the model's key": "sk-planted-model-key-3f81",
  "the metrics token": "planted-metrics-token-91c2",
  "the webhook's secret": `whsec_${Buffer.from("planted webhook secret 77aa 77aa").toString("base64")}`,
  "the collector's header": "planted-collector-header-5d5d",
  "the collector's password": "planted-collector-password-0a0b",
};

// What people type and get: kept as a hash or not at all.
const people = {};
// Addresses that are secrets: whoever has one is let in. Kept, so that they can be shown again.
const addresses = {};
let instance, model, person, admin;

before(async () => {
  model = await scriptedModel();
  instance = await startInstance({
    env: modelEnv(model, {
      OPENAI_API_KEY: CONFIGURED["the model's key"],
      VIVA_METRICS_TOKEN: CONFIGURED["the metrics token"],
      VIVA_WEBHOOK_URL: "http://hook-user:planted-collector-password-0a0b@127.0.0.1:9/told",
      VIVA_WEBHOOK_SECRET: CONFIGURED["the webhook's secret"],
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9/otlp",
      OTEL_EXPORTER_OTLP_HEADERS: `x-key=${CONFIGURED["the collector's header"]}`,
    }),
  });
  person = await register(instance);
  admin = await makeAdmin(instance);
  await useBrowsers();
  await usePrograms();
  await useLinks();
  await closeDoors();
});
after(async () => {
  await instance?.stop();
  await model?.close();
});

async function useBrowsers() {
  people["a cookie"] = person.cookies.get("viva_session");
  people["an admin's cookie"] = admin.cookies.get("viva_session");
  people["a form's token"] = await person.csrf("/profile");
  people["a wrong password"] = "planted-wrong-password-5b1e";
  people["a password"] = "planted right password 8c2d";
  await stranger(instance).postForm("/login", { username: person.name, password: people["a wrong password"] });
  await stranger(instance).postForm("/register", { username: freshName("secret"), full_name: "", password: people["a password"] });
  await stranger(instance).get(`/login?password=${people["a wrong password"]}`); // a form that somebody made GET of
  const id = JSON.parse((await person.post("/settings/export", { csrf: people["a form's token"] })).text).user?.id ?? idOf(person.name);
  const reset = await admin.post(`/admin/participants/${id}/reset`, { csrf: await admin.csrf("/admin") });
  [, people["a reset code"]] = reset.text.match(/reset#([A-Z2-7-]{10,})/);
}

function idOf(name) {
  return execFileSync("sqlite3", [path.join(instance.var, "viva.db"), `SELECT id FROM users WHERE username = '${name}'`], { encoding: "utf8" }).trim();
}

async function usePrograms() {
  const name = freshName("program"), password = people["a password"];
  const client = new ApiClient(instance);
  await client.post("/register", { username: name, password });
  const { access_token: access, refresh_token: refresh } = await client.login(name, password);
  people["an access token"] = access.split(".")[2];
  people["a refresh token"] = refresh;
  await client.post("/token/refresh", { refresh_token: refresh });
  await client.post("/token/refresh", { refresh_token: refresh }); // again, which is noted
  await new ApiClient(instance, { token: people["a wrong password"] }).get("/me");
  const { text } = await admin.get("/settings/tokens");
  const made = await admin.post("/settings/tokens", { csrf: inputValue(text, "csrf"), nonce: inputValue(text, "nonce"), name: "p", scope: "read", days: "7" });
  [, people["a personal token"]] = made.text.match(/"(viva_[0-9a-f]{64})"/);
  await new ApiClient(instance, { token: people["a personal token"] }).get("/me");
  await stranger(instance).get("/metrics", { headers: { Authorization: `Bearer ${CONFIGURED["the metrics token"]}` } });
}

async function useLinks() {
  const interview = await startInterview(person, { question_count: "1" });
  await answerWell(person, interview).catch(() => {});
  await finish(person, interview).catch(() => {}); // it may have ended with the answer
  await writtenReport(person, interview);
  addresses["a shared report"] = await shareReport(person, interview);
  addresses["an invitation"] = (await invite(admin)).path.split("/").at(-1);
  await visitLinks();
  await stranger(instance).get(`/invitations/${addresses["an invitation"]}x`);
  await person.post(`/invitations/${addresses["an invitation"]}`, {});
}

async function visitLinks() {
  const visitor = stranger(instance);
  await visitor.get(`/shared/${addresses["a shared report"]}`);
  await visitor.get(`/shared/${addresses["a shared report"]}/report.json`);
  await visitor.get(`/invitations/${addresses["an invitation"]}`);
  await visitor.get(`/login?next=/invitations/${addresses["an invitation"]}`, { headers: { Referer: `${instance.url}/invitations/${addresses["an invitation"]}` } });
}

// nginx finds no program behind the door, and says so in its own log.
async function closeDoors() {
  const run = path.join(instance.var, "run");
  const doors = readdirSync(run).filter((file) => file.endsWith(".sock"));
  assert.ok(doors.length >= 5);
  doors.forEach((door) => renameSync(path.join(run, door), path.join(run, `${door}.away`)));
  await visitLinks();
  await stranger(instance).post("/login", { username: person.name, password: people["a wrong password"] });
  doors.forEach((door) => renameSync(path.join(run, `${door}.away`), path.join(run, door)));
  assert.equal((await stranger(instance).get("/health")).status, 200);
}

function assertAbsent(bytes, secrets, where) {
  for (const [what, secret] of Object.entries(secrets)) {
    assert.ok(secret?.length >= 16, `${what} is known`);
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -2)]) {
      assert.ok(!bytes.includes(form), `${what} stands in ${where}`);
    }
  }
}

const logs = () => readdirSync(path.join(instance.var, "log")).map((file) => [file, readFileSync(path.join(instance.var, "log", file), "latin1")]);

test("no log and no terminal shows a secret", () => {
  const all = { ...CONFIGURED, ...people, ...addresses };
  assert.ok(logs().some(([, text]) => text.includes("/shared/")), "these are the logs");
  for (const [file, text] of logs()) {
    assertAbsent(text, all, file);
  }
  assertAbsent(instance.log(), all, "the terminal");
});

test("the database has hashes of what lets people in, and nothing of the configuration", () => {
  const files = readdirSync(instance.var).filter((file) => file.startsWith("viva.db") || file.startsWith("api-"));
  assert.ok(files.includes("viva.db"));
  for (const file of files) {
    assertAbsent(readFileSync(path.join(instance.var, file), "latin1"), { ...CONFIGURED, ...people }, file);
  }
});

test("no process has a secret in its arguments, no file in its name", () => {
  const mine = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid)).map((pid) => {
    try {
      return [readFileSync(`/proc/${pid}/cmdline`, "latin1"), readFileSync(`/proc/${pid}/environ`, "latin1")];
    } catch {
      return ["", ""]; // ended in the meantime
    }
  }).filter(([, environment]) => environment.includes(instance.var));
  assert.ok(mine.length > 5, `${mine.length} processes`);
  const names = namesBelow(instance.var).join("\n");
  assertAbsent(`${mine.map(([line]) => line).join("\n")}\n${names}`, { ...CONFIGURED, ...people, ...addresses }, "arguments or names");
});

test("pages for recruiters and metrics show nothing of the configuration", async () => {
  const pages = ["/admin/health", "/admin/webhooks", "/admin/usage", "/admin/audit", "/admin", "/health"];
  for (const page of pages) {
    const { status, text } = await admin.get(page);
    assert.equal(status, 200, page);
    assertAbsent(text, { ...CONFIGURED, ...people }, page);
  }
  const metrics = await stranger(instance).get("/metrics", { headers: { Authorization: `Bearer ${CONFIGURED["the metrics token"]}` } });
  assert.equal(metrics.status, 200);
  assertAbsent(metrics.text, { ...CONFIGURED, ...people, ...addresses }, "the metrics");
});

test("what the operator's commands print has no secret", async () => {
  for (const args of [["config"], ["webhook", "test"], ["llm", "check"], ["trace", "export"], ["audit", "list"]]) {
    const { stdout, stderr } = await instance.cli(...args).catch((error) => error);
    assertAbsent(`${stdout}${stderr}`, { ...CONFIGURED, ...people, ...addresses }, args.join(" "));
  }
});

test("everything that holds people's words is for its owner alone", () => {
  const modes = execFileSync("find", [instance.var, "-not", "-type", "l", "-perm", "/077", "-printf", "%m %P\n"], { encoding: "utf8" }).trim();
  const open = modes.split("\n").filter((line) => line !== "" && !/^\d+ (log\/(system|personal)\.log|run(\/.*)?)$/.test(line));
  assert.deepEqual(open, []);
});
