// The program processes of one instance, found in /proc: those whose environment names its
// var folder. Supervisors and other instances are never among them.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";

function readOrNothing(read) {
  try {
    return read();
  } catch {
    return ""; // ended in the meantime
  }
}

// [{ pid, name }] of the running programs; `names` such as ["account", "interview"].
export function programsOf(instance, names) {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map((pid) => ({
      pid: Number(pid),
      name: path.basename(readOrNothing(() => readlinkSync(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, "")),
    }))
    .filter(({ pid, name }) => names.includes(name) &&
      readOrNothing(() => readFileSync(`/proc/${pid}/environ`, "latin1")).split("\0").includes(`VIVA_VAR=${instance.var}`));
}

// True while the process is there and is not a zombie.
export function isAlive(pid) {
  const state = readOrNothing(() => readFileSync(`/proc/${pid}/stat`, "latin1")).match(/\) (\w)/)?.[1];
  return state !== undefined && state !== "Z";
}

// Waits until `check` gives something true; fails with `what` after `seconds`.
export async function until(check, what, seconds = 60) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const result = await check();
    if (result) {
      return result;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited ${seconds} s for: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
