// A private Viva for a test: its own folder, its own port, the real programs and nginx.
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(fileURLToPath(import.meta.url), "../../..");

const START_TIMEOUT_MS = 180000; // the first start may have to build
const STOP_TIMEOUT_MS = 15000;
const SANITIZER_REPORT = /(AddressSanitizer|LeakSanitizer|runtime error:)[^\n]*/;

// The folder of the programs, as tools/run chooses it.
export function buildFolder({ VIVA_SAN, VIVA_COVERAGE, VIVA_BUILD } = process.env) {
  if (VIVA_COVERAGE === "1") {
    return "build/coverage";
  }
  return VIVA_SAN === "1" ? "build/san" : VIVA_BUILD ?? "build";
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

// Starts tools/run without waiting for it: { process, log(), ended }, where `ended`
// becomes its exit status. It is told to stop when the test's own process dies.
export function launch(env, { cwd = root } = {}) {
  const process_ = spawn("setpriv", ["--pdeathsig", "TERM", "--", path.join(root, "tools/run")], {
    cwd,
    env: {
      ...process.env,
      LSAN_OPTIONS: `suppressions=${path.join(root, "tests/data/leaks")}:print_suppressions=0`,
      VIVA_REGISTRATIONS_PER_HOUR: "100000",
      VIVA_PASSWORD_MEMORY_KB: "12288", // the least: hashing is what tests would wait for
      VIVA_BACKUP_DAILY: "0", // a database prepared yesterday would be copied at each start
      VIVA_API_PER_MINUTE: "1000000",
      VIVA_API_STRANGERS_PER_MINUTE: "1000000",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = [];
  process_.stdout.on("data", (data) => output.push(data));
  process_.stderr.on("data", (data) => output.push(data));
  const ended = once(process_, "close").then(([code, signal]) => code ?? signal);
  return { process: process_, ended, log: () => Buffer.concat(output).toString() };
}

// The address of the ready line; rejects when the start fails or takes too long.
export async function ready({ process: process_, ended, log }) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let status;
  ended.then((value) => (status = value));
  for (;;) {
    const [, url] = log().match(/^Viva is ready at (http:\S+)\/$/m) ?? [];
    if (url) {
      return url;
    }
    if (status !== undefined || Date.now() > deadline) {
      process_.kill("SIGTERM");
      throw new Error(`Viva did not start (${status ?? "timeout"}):\n${log()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

function runCli(env, args) {
  const options = typeof args.at(-1) === "object" ? args.pop() : {};
  return new Promise((resolve, reject) => {
    const child = execFile(path.join(root, buildFolder(), "viva"), args, {
      cwd: root,
      env: { ...process.env, ...env, ...options.env },
      maxBuffer: 64 << 20,
    }, (error, stdout, stderr) => {
      if (error) {
        reject(Object.assign(error, { stdout, stderr }));
      } else {
        resolve({ stdout, stderr });
      }
    });
    child.stdin.on("error", () => {}); // a command need not read its input
    child.stdin.end(options.input ?? "");
  });
}

function stamp(files) {
  const stamps = files.map((file) => `${file} ${statSync(file).mtimeMs}`).join("\n");
  return createHash("sha256").update(stamps).digest("hex").slice(0, 16);
}

// A database with the bank in it, made once by the tests of a build. The judge runs every
// reference solution at the first import; what another build of the same bank made is kept.
export async function preparedDatabase() {
  const programs = path.join(root, buildFolder());
  const bank = `prepared-${stamp([path.join(root, "schema.sql"), ...bankFiles()])}-`;
  const name = `${bank}${stamp([path.join(programs, "viva")])}.db`;
  const prepared = path.join(root, "build", name);
  if (existsSync(prepared)) {
    return prepared;
  }
  const folder = await mkdtemp(path.join(tmpdir(), "viva-"));
  const env = { VIVA_HOME: root, VIVA_VAR: folder, VIVA_PROGRAMS: programs };
  const earlier = readdirSync(path.join(root, "build")).find((file) => file.startsWith(bank) && file.endsWith(".db"));
  try {
    if (earlier) {
      await copyFile(path.join(root, "build", earlier), path.join(folder, "viva.db"));
    }
    await runCli(env, ["migrate"]);
    await runCli(env, ["bank", "import"]);
    // Nothing is open any more: all is in the one file. Another test file may be as far.
    await copyFile(path.join(folder, "viva.db"), `${prepared}.${process.pid}`);
    await rename(`${prepared}.${process.pid}`, prepared);
    return prepared;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// A private folder for data, with that database in it.
export async function prepareFolder(folder) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await copyFile(await preparedDatabase(), path.join(folder, "viva.db"));
  await chmod(path.join(folder, "viva.db"), 0o600);
}

function bankFiles() {
  return readdirSync(path.join(root, "bank"), { recursive: true })
    .filter((file) => file.endsWith(".json")).sort().map((file) => path.join(root, "bank", file));
}

// Paths of everything below a folder. The recursion of readdir in Node.js 18 takes sockets for
// folders.
export function namesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inner = entry.isDirectory() ? namesBelow(path.join(folder, entry.name)) : [];
    return [entry.name, ...inner.map((name) => path.join(entry.name, name))];
  });
}

// Starts an instance and waits until it answers. Gives { url, port, var, env, pid, stop(),
// cli(...args), log() }. cli runs build/viva; its last argument may be { input, env }; it
// rejects when the command fails. stop() rejects when a sanitizer reported anything.
export async function startInstance({ env = {}, var: given } = {}) {
  const folder = given ?? (await mkdtemp(path.join(tmpdir(), "viva-")));
  const port = env.PORT ?? (await freePort());
  if (!given && !("VIVA_JUDGE_TIERS" in env) && existsSync(path.join(root, buildFolder(), "viva"))) {
    await prepareFolder(folder);
  }
  const run = launch({ PORT: String(port), ADDRESS: "127.0.0.1", VAR: folder, ...env });
  const url = await ready(run);

  async function stop() {
    run.process.kill("SIGTERM");
    const killer = setTimeout(() => run.process.kill("SIGKILL"), STOP_TIMEOUT_MS);
    const status = await run.ended;
    clearTimeout(killer);
    if (!given) {
      await rm(folder, { recursive: true, force: true });
    }
    const [report] = run.log().match(SANITIZER_REPORT) ?? [];
    if (report) {
      throw new Error(`${report}\n${run.log()}`);
    }
    return status;
  }

  return {
    url,
    port: Number(port),
    var: folder,
    pid: run.process.pid,
    stop,
    log: run.log,
    cli: (...args) => runCli({ VIVA_HOME: root, VIVA_VAR: folder, ...env }, args),
  };
}
