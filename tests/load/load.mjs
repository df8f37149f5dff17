// `make load USERS=200 SECONDS=60`: a realistic mix of visitors, each kind of request timed.
// The exit status is 1 when there was an error or the pages were over the bar.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { addHello } from "../bench/hello.mjs";
import { Client } from "../web/client.mjs";
import { processors, programs } from "./machine.mjs";
import { kindOf, percentile } from "./timings.mjs";
import { live, settle, startWorld } from "./world.mjs";

const number = (name, fallback) => Number(process.env[name] || fallback);
const [USERS, SECONDS, SEED, THINK_MS] = [number("USERS", 200), number("SECONDS", 60), number("SEED", 1), number("THINK_MS", 3000)];
const HAS_MODEL = process.env.MODEL !== "0";
const BAR_MS = 50;
const PROBE_EVERY_MS = 50;

const ms = (value) => (value < 100 ? value.toFixed(1) : value.toFixed(0)).padStart(7);

// What a program that says hello takes meanwhile: what the machine itself costs.
async function probe(url, until) {
  const client = new Client(url);
  const times = [];
  while (performance.now() < until) {
    const start = performance.now();
    await client.get("/bench-hello");
    times.push(performance.now() - start);
    await sleep(PROBE_EVERY_MS);
  }
  return times.sort((a, b) => a - b);
}

// Milliseconds of all pages as the programs' own log has them, sorted: without what a busy machine
// adds before a program is given a processor, nginx and the visitors' own program.
function loggedPages(instance) {
  const times = [];
  for (const [, method, address, ms] of readFileSync(path.join(instance.var, "log/personal.log"), "utf8")
    .matchAll(/ (GET|POST) (\S+) status=\d+ ms=([\d.]+)/g)) {
    if (kindOf(method, address).isPage) {
      times.push(Number(ms));
    }
  }
  return times.sort((a, b) => a - b);
}

function printRows(timings, hello, logged) {
  console.log("| request | number | p50 ms | p95 | p99 | longest |\n|---|---|---|---|---|---|");
  for (const { kind, count, p50, p95, p99, max } of timings.rows()) {
    console.log(`| ${kind} | ${count} | ${[p50, p95, p99, max].map(ms).join(" | ")} |`);
  }
  const inside = [0.5, 0.95, 0.99, 1].map((share) => ms(percentile(logged, share)));
  console.log(`| all pages, inside of the programs | ${logged.length} | ${inside.join(" | ")} |`);
  const reference = [0.5, 0.95, 0.99, 1].map((share) => ms(percentile(hello, share)));
  console.log(`| FastCGI hello meanwhile, the reference | ${hello.length} | ${reference.join(" | ")} |`);
}

function printMachine(before, after, seconds) {
  console.log("\n| program | processor time, s | of one processor | memory (PSS), MiB |\n|---|---|---|---|");
  let sum = 0;
  for (const [name, now] of Object.entries(after)) {
    const used = now.cpu - before[name].cpu;
    sum += used;
    console.log(`| ${name} | ${used.toFixed(1)} | ${(used / seconds * 100).toFixed(0)} % | ${now.pssMib.toFixed(0)} |`);
  }
  console.log(`| all | ${sum.toFixed(1)} | ${(sum / seconds * 100).toFixed(0)} % | ` +
    `${Object.values(after).reduce((total, { pssMib }) => total + pssMib, 0).toFixed(0)} |`);
}

const { instance, stop } = await startWorld({ hasModel: HAS_MODEL });
let stopHello;
try {
  stopHello = await addHello(instance);
  const people = await settle(instance, { users: USERS, seed: SEED, thinkMs: THINK_MS });
  console.log(`${USERS} people for ${SECONDS} s, ${THINK_MS / 1000} s between two clicks on average, ` +
    `${HAS_MODEL ? "with a model" : "without a model"}, seed ${SEED}, load of the machine before: ${loadavg()[0].toFixed(1)}\n`);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [before, machine, own] = [programs(instance), processors(), process.cpuUsage()];
  const start = performance.now();
  const probing = probe(instance.url, start + SECONDS * 1000);
  const { timings, counts } = await live(people, SECONDS);
  const seconds = (performance.now() - start) / 1000;
  const after = programs(instance);
  const used = process.cpuUsage(own);
  printRows(timings, await probing, loggedPages(instance));
  printMachine(before, after, seconds);
  console.log(`\n${(timings.count / seconds).toFixed(0)} requests a second; ${Object.entries(counts).map(([what, n]) => `${n} ${what}`).join(", ")}.`);
  console.log(`The visitors' own program: ${((used.user + used.system) / 1e4 / seconds).toFixed(0)} % of one processor, late by ` +
    `${(delay.percentile(50) / 1e6 - 5).toFixed(1)} ms at the median, ${(delay.percentile(99) / 1e6 - 5).toFixed(1)} ms at p99. ` +
    `All of the machine: ${(processors(machine).busy * 100).toFixed(0)} % busy.`);
  const p99 = timings.rows()[0].p99;
  console.log(`\nPages: p99 ${p99.toFixed(1)} ms (bar ${BAR_MS}): ${p99 <= BAR_MS ? "ok" : "over"}. Errors: ${timings.errorCount} (bar 0): ` +
    `${timings.errorCount === 0 ? "ok" : "over"}.`);
  timings.errors.forEach((error) => console.log(`  ${error}`));
  process.exitCode = p99 <= BAR_MS && timings.errorCount === 0 ? 0 : 1;
} finally {
  stopHello?.();
  await stop();
}
