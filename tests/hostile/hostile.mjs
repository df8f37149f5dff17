// Drives `viva judge` with the hostile programs of programs/, in a tier of choice. The
// first line of a program is a comment with JSON: what is to come of it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const build = path.resolve(root, process.env.VIVA_BUILD ?? "build");
const programs = path.join(root, "tests/hostile/programs");

// An id that nobody has, so that what it runs can be told from everything else.
export const USER = 64990;
const FIRST_SLOT_USER = 60100, LAST_SLOT_USER = 64099;
const LANGUAGES = { py: "python", js: "javascript", c: "c", cpp: "cpp", go: "go", java: "java", rs: "rust" };

export const isRoot = process.getuid() === 0;

// The tiers that can be had here: as root A1 and B, and the others by becoming a user.
export const TIERS = isRoot ? ["A1", "A2", "B", "C"] : ["A2", "C"];

function freshFolder(tier) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "viva-hostile-"));
  mkdirSync(path.join(folder, "var"));
  if (isRoot && asUser(tier)) {
    chmodSync(folder, 0o755);
    chownSync(path.join(folder, "var"), USER, USER);
  }
  return folder;
}

function asUser(tier) {
  return tier === "A2" || tier === "C";
}

let copied;

// The programs where an ordinary user can start them, wherever the project lies.
function reachablePrograms() {
  if (!copied) {
    copied = mkdtempSync(path.join(os.tmpdir(), "viva-programs-"));
    chmodSync(copied, 0o755);
    for (const name of ["viva", "judge-box", "judge-sql"]) {
      copyFileSync(path.join(build, name), path.join(copied, name));
      chmodSync(path.join(copied, name), 0o755);
    }
    process.on("exit", () => rmSync(copied, { recursive: true, force: true }));
  }
  return copied;
}

// One `viva judge` that answers documents in their order.
export class Judge {
  // `under`: a command that starts it.
  constructor(tier, settings = {}, under = []) {
    this.tier = tier;
    this.folder = freshFolder(tier);
    this.planted = `PLANTED-MARKER-${Math.random().toString(36).slice(2)}`;
    this.secret = path.join(this.folder, "var/secret.txt");
    writeFileSync(this.secret, this.planted, { mode: 0o644 });
    // Programs run with the umask of tools/run.
    const command = ["sh", "-c", 'umask 077; exec "$@"', "sh", path.join(isRoot && asUser(tier) ? reachablePrograms() : build, "viva"), "judge"];
    if (isRoot && asUser(tier)) {
      command.unshift("setpriv", "--reuid", String(USER), "--regid", String(USER), "--clear-groups");
    }
    command.unshift(...under);
    this.process = spawn(command[0], command.slice(1), {
      cwd: "/",
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        VIVA_HOME: root,
        VIVA_VAR: path.join(this.folder, "var"),
        VIVA_JUDGE_TIERS: tier,
        VIVA_SECRET: "PLANTED-ENVIRONMENT",
        ...settings,
      },
    });
    this.errors = "";
    this.process.stderr.on("data", (text) => (this.errors += text));
    this.process.stdin.on("error", () => {});
    this.waiting = [];
    createInterface({ input: this.process.stdout, crlfDelay: Infinity }).on("line", (line) => this.waiting.shift()?.resolve(line));
    this.ended = new Promise((resolve) => this.process.on("close", resolve));
    this.ended.then(() => this.waiting.forEach(({ reject }) => reject(new Error(`viva judge ended: ${this.errors}`))));
  }

  send(document) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve: (line) => resolve(JSON.parse(line)), reject });
      this.process.stdin.write(`${typeof document === "string" ? document : JSON.stringify(document)}\n`);
    });
  }

  async close() {
    this.process.stdin.end();
    const status = await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
    return status;
  }

  // The document of a program, with the places of this judge put in.
  document({ expectation, language, code }) {
    const places = { SECRET: this.secret, VAR: path.join(this.folder, "var"), PROJECT: root, PLANTED: this.planted, PARENT: String(this.process.pid) };
    const fill = (text) => text.replace(/@([A-Z]+)@/g, (all, name) => places[name] ?? all);
    const { kind = "function", signature, limits, in_place, tests = [{ args: [1], expected: 1 }] } = expectation;
    return JSON.parse(fill(JSON.stringify({ language, kind, function: "solve", signature, limits, in_place, code, tests })));
  }
}

function readProgram(name) {
  const code = readFileSync(path.join(programs, name), "utf8");
  const [first] = code.split("\n", 1);
  return {
    name,
    code,
    language: LANGUAGES[path.extname(name).slice(1)],
    expectation: JSON.parse(first.replace(/^(#|\/\/) /, "")),
  };
}

export function allPrograms() {
  return readdirSync(programs).sort().map(readProgram);
}

export function isMeantFor({ expectation }, tier) {
  const { tiers, machine } = expectation;
  return (!tiers || tiers.includes(tier)) && (!machine || machine === os.machine());
}

// What came of a program against what its first line says.
export function checkAnswer(program, answer, judge) {
  const { expectation } = program;
  const text = JSON.stringify(answer);
  const wanted = [expectation.verdict].flat();
  assert.ok(answer.tests, `no tests in ${text.slice(0, 500)}`);
  assert.equal(answer.tier, judge.tier);
  answer.tests.forEach((test, i) => {
    const accepted = (wanted[i] ?? wanted.at(-1)).split("|");
    const shown = JSON.stringify({ compile: answer.compile, ...test }).slice(0, 600);
    assert.ok(accepted.includes(test.verdict), `test ${i + 1}: ${test.verdict}, not ${accepted.join(" or ")}: ${shown}`);
    checkNumbers(expectation, test, shown);
  });
  if (expectation.compiles) {
    assert.deepEqual([answer.compile.ok, answer.compile.message], [true, ""], text.slice(0, 500));
  }
  for (const absent of expectation.absent ?? []) {
    const marker = absent === "@PLANTED@" ? judge.planted : absent;
    assert.ok(!text.includes(marker), `the answer tells ${absent}: ${text.slice(0, 600)}`);
  }
}

function checkNumbers(expectation, test, shown) {
  const atMost = (value, limit, what) => assert.ok(limit === undefined || value <= limit, `${what} ${value} > ${limit}: ${shown}`);
  if (expectation.exception && test.verdict === "runtime_error") {
    assert.match(test.exception?.class ?? "none", new RegExp(expectation.exception), shown);
  }
  if (expectation.stdout !== undefined) {
    assert.ok(test.stdout.includes(expectation.stdout), shown);
  }
  assert.ok(test.cpu_ms >= (expectation.cpu_at_least_ms ?? 0), `cpu_ms ${test.cpu_ms}: ${shown}`);
  atMost(test.cpu_ms, expectation.cpu_at_most_ms, "cpu_ms");
  atMost(test.wall_ms, expectation.wall_at_most_ms, "wall_ms");
  atMost(test.stderr.length, expectation.stderr_at_most, "length of stderr");
  atMost((test.exception?.message ?? "").length, expectation.message_at_most, "length of the message");
}

function processes() {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      return [{
        pid: Number(pid),
        name: status.match(/^Name:\t(.*)$/m)[1],
        parent: Number(status.match(/^PPid:\t(\d+)$/m)[1]),
        uid: Number(status.match(/^Uid:\t(\d+)/m)[1]),
        state: status.match(/^State:\t(\S)/m)[1],
      }];
    } catch {
      return [];
    }
  });
}

// Processes below the judge, and those of boxes' users that no living box is the parent of;
// other judges may be at work on this machine.
export function survivors(judge) {
  const all = processes();
  const byPid = new Map(all.map((one) => [one.pid, one]));
  const isBelow = (one, isAncestor) => {
    for (let at = byPid.get(one.parent); at; at = byPid.get(at.parent)) {
      if (isAncestor(at)) {
        return true;
      }
    }
    return false;
  };
  return all.filter((one) => isBelow(one, ({ pid }) => pid === judge.process.pid) ||
    (isRoot && one.uid >= FIRST_SLOT_USER && one.uid <= LAST_SLOT_USER && !isBelow(one, ({ name }) => name === "judge-box")));
}

export function boxProcess(judge) {
  return processes().find(({ parent, name }) => parent === judge.process.pid && name === "judge-box");
}

export function descriptors(pid) {
  return readdirSync(`/proc/${pid}/fd`).length;
}

export function residentKb(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+)/m)[1]);
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
