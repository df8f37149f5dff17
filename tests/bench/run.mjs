// `make bench`: what Viva costs, as ratios measured side by side in one run.
// Absolute numbers depend on the machine and on what else it does.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root, startInstance } from "../web/instance.mjs";
import { register, wholeInterview } from "../web/story.mjs";
import { addHello } from "./hello.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const build = path.resolve(root, process.env.VIVA_BUILD ?? "build");

const median = (numbers) => numbers.slice().sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function row(name, value, bar) {
  console.log(`${name.padEnd(52)} ${value.padStart(12)}   ${bar}`);
}

// Requests per second of one address, as wrk counts them; any error ends the bench.
function requestsPerSecond(url, cookie) {
  const headers = cookie ? ["-H", `Cookie: ${cookie}`] : [];
  const output = execFileSync("wrk", ["-t2", "-c16", `-d${SECONDS}s`, ...headers, url], { encoding: "utf8" });
  if (/Non-2xx|Socket errors/.test(output)) {
    throw new Error(`${url}:\n${output}`);
  }
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(output)[1]);
}

// Resident memory of the instance's programs in MiB, the largest of them.
function largestResident(instance) {
  let largest = { program: "", mib: 0 };
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
      const program = path.basename(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0]);
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      if (!environment.includes(`VIVA_VAR=${instance.var}\0`) ||
          !["account", "interview", "report", "admin"].includes(program)) {
        continue;
      }
      const mib = Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
      largest = mib > largest.mib ? { program, mib } : largest;
    } catch {
      continue; // the process ended meanwhile
    }
  }
  return largest;
}

// Milliseconds of one start as plain CGI, the median of many.
function cgiStart(instance) {
  const env = { VIVA_HOME: root, VIVA_VAR: instance.var, REQUEST_METHOD: "GET", REQUEST_URI: "/", REMOTE_ADDR: "127.0.0.1" };
  const times = [];
  for (let i = 0; i < 60; i++) {
    const start = process.hrtime.bigint();
    const result = spawnSync(path.join(build, "account"), [], { env, input: "" });
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
    if (!result.stdout.toString().startsWith("Status: 200")) {
      throw new Error(`CGI: ${result.stdout}${result.stderr}`);
    }
  }
  return median(times);
}

// The same for a program that does nothing, so that the start of a process can be told apart.
function bareStart() {
  const times = [];
  for (let i = 0; i < 60; i++) {
    const start = process.hrtime.bigint();
    spawnSync("/bin/true", [], { input: "" });
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return median(times);
}

async function measurePages(instance, client, id) {
  const cookie = client.cookieHeader();
  const addresses = {
    hello: [`${instance.url}/bench-hello`, ""],
    page: [`${instance.url}/reports/${id}`, cookie],
    json: [`${instance.url}/reports/${id}/report.json`, cookie],
    front: [`${instance.url}/`, ""],
  };
  const results = { hello: [], page: [], json: [], front: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, [url, jar]] of Object.entries(addresses)) {
      results[name].push(requestsPerSecond(url, jar));
    }
  }
  return Object.fromEntries(Object.entries(results).map(([name, values]) => [name, median(values)]));
}

// What making a PDF of that report costs.
function measurePdf(report) {
  const file = path.join(build, "bench/report.json");
  writeFileSync(file, report);
  process.stdout.write(spawnSync(path.join(build, "bench/pdf_bench"), [file], { cwd: root }).stdout);
}

const instance = await startInstance();
let stopHello;
try {
  console.log(`medians of ${ROUNDS} interleaved rounds of ${SECONDS} s, 16 connections, all on this machine\n`);
  const idle = largestResident(instance);
  const client = await register(instance);
  const id = await wholeInterview(client, { answers: 9 });
  measurePdf((await client.get(`/reports/${id}/report.json`)).text);
  stopHello = await addHello(instance);
  const rates = await measurePages(instance, client, id);
  row("FastCGI hello, requests per second", rates.hello.toFixed(0), "the reference");
  for (const [name, bar] of [["page", "bar: at least 0.60"], ["json", "bar: at least 0.60"], ["front", ""]]) {
    const label = { page: "report page", json: "report JSON", front: "front page" }[name];
    row(`${label} / hello`, (rates[name] / rates.hello).toFixed(2), bar);
  }
  row(`idle program (${idle.program}), resident MiB`, idle.mib.toFixed(1), "bar: 8");
  row("busy program after the rounds, resident MiB", largestResident(instance).mib.toFixed(1), "");
  row("plain-CGI start, ms (median)", cgiStart(instance).toFixed(1), "bar: 15");
  row("the same for /bin/true, ms (median)", bareStart().toFixed(1), "the reference");
} finally {
  stopHello?.();
  await instance.stop();
}
