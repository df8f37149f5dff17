// `make soak MINUTES=30`: the mix for a long time, with browsers that are closed and opened, and
// once a minute what the programs hold. At the end each column is flat or not by a rule
// (tests/load/trend.mjs); the exit status is 1 when one is not, or there was an error.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "../web/client.mjs";
import { files, programs } from "./machine.mjs";
import { isFlat } from "./trend.mjs";
import { live, settle, startWorld } from "./world.mjs";

const number = (name, fallback) => Number(process.env[name] || fallback);
const [MINUTES, USERS, SEED] = [number("MINUTES", 30), number("USERS", 100), number("SEED", 1)];
const [THINK_MS, EVERY_MS, WARM_UP] = [number("THINK_MS", 3000), number("EVERY_S", 60) * 1000, number("WARM_UP", 3)];
const HAS_MODEL = process.env.MODEL !== "0";
const CROWDS = 30;
const FAST = 10; // times as fast as usual
const WAL_MIB = 16; // what it may grow to while somebody reads: twice the size it is cut back to

// What the programs hold now: { name: number }, the columns of the table.
function look(instance) {
  const columns = {};
  for (const [name, { pssMib, descriptors, threads }] of Object.entries(programs(instance)).sort()) {
    Object.assign(columns, { [`${name} MiB`]: pssMib, [`${name} files`]: descriptors, [`${name} threads`]: threads });
  }
  const { walMib, databaseMib } = files(instance);
  return { ...columns, "log MiB": walMib, "database MiB": databaseMib };
}

// The least of three looks: while a password is hashed a program holds 64 MiB more, for 0.1 s.
async function sample(instance) {
  const looks = [look(instance)];
  while (looks.length < 3) {
    await sleep(700);
    looks.push(look(instance));
  }
  return Object.fromEntries(Object.keys(looks[0]).map((name) => [name, Math.min(...looks.map((one) => one[name]))]));
}

function print(cells) {
  console.log(`| ${cells.map((cell) => (typeof cell === "number" ? cell.toFixed(Number.isInteger(cell) ? 0 : 1) : cell)).join(" | ")} |`);
}

// Pages of one's own, from every program.
function ownPages({ reports, isRecruiter }) {
  const pages = ["/history", "/progress", "/review", "/profile", "/interviews/new"];
  const own = reports.slice(-3).flatMap((id) => [`/reports/${id}`, `/interviews/${id}`]);
  return [...pages, ...own, ...(isRecruiter ? ["/admin", "/admin/bank", "/admin/usage"] : [])];
}

// Everybody at once, again and again.
async function crowd(people) {
  const ask = async ({ browser, ...person }) => {
    for (const page of ownPages(person)) {
      await Object.assign(new Client(browser.url), { cookies: browser.cookies }).get(page);
    }
  };
  for (let round = 0; round < CROWDS; round++) {
    await Promise.all(people.map(ask));
  }
}

// Every program at its working size: its connections to the database open, their caches full, the
// memory of all its threads in use. Otherwise these come one after the other, for hours, and
// look like a leak. Gives the number of errors.
async function fill(people) {
  people.forEach((person) => (person.thinkMs = THINK_MS / FAST));
  const { timings } = await live(people, WARM_UP * 60);
  people.forEach((person) => (person.thinkMs = THINK_MS));
  await crowd(people);
  console.log(`before it ${WARM_UP} minutes ${FAST} times as fast: ${timings.count} requests, ${timings.errorCount} errors\n`);
  timings.errors.forEach((error) => console.log(`  ${error}`));
  return timings.errorCount;
}

async function watch(instance, until) {
  const samples = [];
  for (let next = performance.now(); performance.now() < until; next += EVERY_MS) {
    const now = await sample(instance);
    if (samples.length === 0) {
      print(["minute", ...Object.keys(now)]);
      print(["---", ...Object.keys(now).map(() => "---")]);
    }
    samples.push(now);
    print([(samples.length - 1) * EVERY_MS / 60000, ...Object.values(now)]);
    await sleep(Math.max(0, Math.min(next + EVERY_MS, until) - performance.now()));
  }
  return samples;
}

// The verdict on each column; the database is to grow: people write into it.
function judge(samples) {
  console.log("\n| what | mean | growth over the time watched | |\n|---|---|---|---|");
  let allFlat = true;
  for (const name of Object.keys(samples[0]).filter((column) => column !== "database MiB")) {
    const values = samples.map((row) => row[name]);
    const verdict = isFlat(values, name.endsWith("MiB") ? 1 : 2);
    const isGood = name === "log MiB" ? Math.max(...values) <= WAL_MIB : verdict.isFlat;
    allFlat &&= isGood;
    print([name, verdict.mean, verdict.growth, isGood ? "flat" : "NOT FLAT"]);
  }
  return allFlat;
}

const { instance, stop } = await startWorld({ hasModel: HAS_MODEL });
try {
  const people = await settle(instance, { users: USERS, seed: SEED, thinkMs: THINK_MS });
  console.log(`${USERS} people for ${MINUTES} minutes, ${HAS_MODEL ? "with a model" : "without a model"}, seed ${SEED}; ` +
    "memory is PSS, of all processes of a program together\n");
  const earlyErrors = await fill(people);
  const watching = watch(instance, performance.now() + MINUTES * 60000);
  const { timings, counts } = await live(people, MINUTES * 60);
  const isFlatAll = judge(await watching);
  console.log(`\n${timings.count} requests; ${Object.entries(counts).map(([what, n]) => `${n} ${what}`).join(", ")}. Errors: ${timings.errorCount}.`);
  timings.errors.forEach((error) => console.log(`  ${error}`));
  process.exitCode = isFlatAll && timings.errorCount + earlyErrors === 0 ? 0 : 1;
} finally {
  await stop();
}
