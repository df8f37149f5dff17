// What the programs of an instance take of the machine, read from /proc.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { programsOf } from "../web/processes.mjs";

export const PROGRAMS = ["account", "interview", "code", "report", "admin"];

const TICKS = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
const KIB = 1024;

function sizeOf(file) {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

// Seconds of processor time of a process; of the program `code` with what it had judged.
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").replace(/^.*\) /, "").split(" ").map(Number);
  return (fields[11] + fields[12] + fields[13] + fields[14]) / TICKS;
}

function measure(pid) {
  const sums = readFileSync(`/proc/${pid}/smaps_rollup`, "latin1");
  return {
    pssMib: Number(/^Pss:\s+(\d+)/m.exec(sums)[1]) / KIB,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    threads: readdirSync(`/proc/${pid}/task`).length,
    cpu: cpuOf(pid),
  };
}

// nginx writes over its environment, so it is known by its file and its workers by their parent.
function nginxOf(instance) {
  const master = readFileSync(path.join(instance.var, "run/nginx.pid"), "latin1").trim();
  const workers = readFileSync(`/proc/${master}/task/${master}/children`, "latin1").trim().split(/\s+/);
  return [master, ...workers].filter(Boolean).map((pid) => ({ pid: Number(pid), name: "nginx" }));
}

// Of each program the sums over its processes: { name: { pssMib, descriptors, threads, cpu } }.
export function programs(instance) {
  const sums = {};
  for (const { pid, name } of [...programsOf(instance, PROGRAMS), ...nginxOf(instance)]) {
    sums[name] ??= { pssMib: 0, descriptors: 0, threads: 0, cpu: 0 };
    try {
      for (const [what, value] of Object.entries(measure(pid))) {
        sums[name][what] += value;
      }
    } catch {
      continue; // the process ended meanwhile
    }
  }
  return sums;
}

// Sizes of the database and of its write-ahead log, MiB.
export function files(instance) {
  const mib = (name) => sizeOf(path.join(instance.var, name)) / KIB / KIB;
  return { databaseMib: mib("viva.db"), walMib: mib("viva.db-wal") };
}

// Share of the machine's processors that was in use since `before`, which an earlier call gave.
export function processors(before) {
  const [, ...fields] = readFileSync("/proc/stat", "latin1").split("\n")[0].split(/\s+/);
  const times = fields.slice(0, 8).map(Number);
  const idle = times[3] + times[4];
  const total = times.reduce((sum, time) => sum + time, 0);
  return { idle, total, busy: before ? 1 - (idle - before.idle) / (total - before.total) : 0 };
}
