// Starting and stopping: what an operator meets first.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { Client } from "./client.mjs";
import { buildFolder, freePort, launch, prepareFolder, ready, root, startInstance } from "./instance.mjs";

const folders = [];

// A folder whose name has a space and is longer than a socket's name may be.
async function newFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), "viva start "));
  folders.push(folder);
  return path.join(folder, "x".repeat(100));
}

after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

// Ids of the processes, programs and nginx alike, that work in that var folder.
function processesOf(folder) {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid)).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "latin1").includes(`VIVA_VAR=${folder}\0`);
    } catch {
      return false; // not ours, or gone
    }
  });
}

function pidOf(folder, program) {
  const file = path.join(root, buildFolder(), program);
  return processesOf(folder).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] === file;
    } catch {
      return false;
    }
  }).map(Number);
}

async function until(condition, what) {
  for (let tries = 0; tries < 100; tries++) {
    if (await condition()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(what);
}

test("two instances run side by side, each with its own data", async () => {
  const [one, two] = await Promise.all([startInstance(), startInstance()]);
  try {
    await one.cli("admin", "create", "boss", { input: "correct horse battery staple\n" });
    await one.cli("admin", "exists");
    await assert.rejects(two.cli("admin", "exists"));
    for (const instance of [one, two]) {
      for (const page of ["/", "/interviews/new", "/reports/x", "/admin"]) {
        const { status } = await new Client(instance.url).get(page);
        assert.ok(status < 500, `${page}: ${status}`);
      }
    }
  } finally {
    assert.deepEqual(await Promise.all([one.stop(), two.stop()]), [0, 0]);
  }
});

test("SIGTERM ends every process and removes every socket, in a folder with any name", async () => {
  const folder = await newFolder();
  const instance = await startInstance({ var: folder });
  const first = instance.log();
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  assert.ok(existsSync(path.join(folder, "run/account.sock")));
  assert.ok(processesOf(folder).length > 4);
  assert.match(first, /viva admin create NAME/);
  assert.match(first, /\nViva is ready at http:\/\/127\.0\.0\.1:\d+\/\n$/);
  assert.equal(await instance.stop(), 0);
  assert.deepEqual(processesOf(folder), []);
  assert.ok(!existsSync(path.join(folder, "run")));
});

test("SIGKILL of the start script takes the programs along, and the next start works", async () => {
  const folder = await newFolder();
  await prepareFolder(folder);
  const instance = await startInstance({ var: folder });
  process.kill(instance.pid, "SIGKILL");
  await until(() => processesOf(folder).length === 0, "processes are left");
  assert.ok(existsSync(path.join(folder, "run/account.sock")), "a stale socket is part of this test");
  const again = await startInstance({ var: folder });
  assert.equal((await new Client(again.url).get("/")).status, 200);
  assert.equal(await again.stop(), 0);
});

test("a port in use and a folder in use are refused with a reason", async () => {
  const instance = await startInstance();
  const spare = await newFolder();
  try {
    const samePort = launch({ PORT: String(instance.port), VAR: spare });
    assert.equal(await samePort.ended, 1);
    assert.match(samePort.log(), new RegExp(`port ${instance.port} of 127\\.0\\.0\\.1 is in use`));
    assert.ok(!existsSync(path.join(spare, "viva.db")));

    const sameFolder = launch({ PORT: String(await freePort()), VAR: instance.var });
    assert.equal(await sameFolder.ended, 1);
    assert.match(sameFolder.log(), /another Viva is running with the folder/);
    assert.equal((await new Client(instance.url).get("/")).status, 200);
  } finally {
    await instance.stop();
  }
});

test("settings that cannot be are refused", async () => {
  for (const [env, reason] of [
    [{ PORT: "0" }, /PORT must be/],
    [{ PORT: "http" }, /PORT must be/],
    [{ ADDRESS: "; rm" }, /ADDRESS must be/],
    [{ PROCESSES: "0" }, /PROCESSES must be/],
    [{ VAR: path.join(await newFolder(), "a$b") }, /nginx would take/],
  ]) {
    const run = launch({ VAR: await newFolder(), ...env });
    assert.equal(await run.ended, 1);
    assert.match(run.log(), reason);
  }
});

test("VAR may be relative to the caller's folder, and make starts it from anywhere", async () => {
  const folder = path.dirname(await newFolder());
  await prepareFolder(path.join(folder, "data"));
  const run = launch({ PORT: String(await freePort()), VAR: "data" }, { cwd: folder });
  await ready(run);
  assert.ok(existsSync(path.join(folder, "data/viva.db")));
  run.process.kill("SIGTERM");
  assert.equal(await run.ended, 0);
});

test("a process that is killed is replaced and visitors hardly notice", async () => {
  const instance = await startInstance();
  try {
    const [victim, ...others] = pidOf(instance.var, "account");
    assert.equal(others.length, 1);
    process.kill(victim, "SIGKILL");
    assert.equal((await new Client(instance.url).get("/")).status, 200);
    await until(() => {
      const pids = pidOf(instance.var, "account");
      return pids.length === 2 && !pids.includes(victim); // which may be there yet, unreaped
    }, "no new process");
  } finally {
    await instance.stop();
  }
});

test("a program that is down gives a page in the visitor's language", async () => {
  const instance = await startInstance();
  try {
    await rm(path.join(instance.var, "run/account.sock"));
    for (const [accept, language] of [["uk-UA,ru;q=0.8", "uk"], ["de,ru;q=0.5,en;q=0.3", "ru"], ["fr", "en"]]) {
      const client = new Client(instance.url, { "Accept-Language": accept });
      for (const reply of [await client.get("/login"), await client.post("/login", { a: "b" })]) {
        assert.equal(reply.status, 503);
        assert.match(reply.text, new RegExp(`<html lang="${language}">`));
        assert.ok(Number(reply.headers["retry-after"]) > 0);
        assert.equal(reply.headers["cache-control"], "no-store");
      }
    }
  } finally {
    await instance.stop();
  }
});

test("assets are cached for ever and nothing above them can be reached", async () => {
  const instance = await startInstance();
  try {
    const client = new Client(instance.url);
    const version = readFileSync(path.join(root, "build/static/VERSION"), "utf8").trim();
    const sheet = await client.get(`/static/${version}/viva.css`);
    assert.equal(sheet.status, 200);
    assert.match(sheet.headers["content-type"], /^text\/css/);
    assert.match(sheet.headers["cache-control"], /immutable/);
    assert.equal(sheet.headers["x-content-type-options"], "nosniff");
    for (const file of ["VERSION", "../VERSION", "..%2f..%2f.env", "%2e%2e/VERSION", "..//..//Makefile", ""]) {
      const reply = await client.get(`/static/${version}/${file}`);
      assert.ok([400, 404].includes(reply.status), `${file}: ${reply.status}`);
    }
  } finally {
    await instance.stop();
  }
});
