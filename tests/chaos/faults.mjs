// Everything that is done to a Viva while people use it. A kind is { run(world, random) }, which
// ends when the fault is over.
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, until } from "../web/processes.mjs";
import { MODES, PROGRAMS } from "./world.mjs";

const DAY_MS = 86400000;

// So long a fault lasts; `world.haste` shortens it.
function lasting(world, random, least, most) {
  return sleep(random.between(least, most) / (world.haste ?? 1));
}

// nginx's first process is its master.
async function killOne(world, names, choose) {
  const found = world.named(...names);
  if (found.length === 0) {
    return "nobody was there";
  }
  const victim = choose(found);
  world.send(victim.pid, "SIGKILL");
  await until(() => !isAlive(victim.pid), `the end of ${victim.name}`);
  return victim.name;
}

// What cannot go on without it stops for good; somebody starts it again.
async function killAndRestart(world, random, name) {
  const hasModel = random.next() < 0.5;
  const victim = await killOne(world, [name], (found) => found[0]);
  await world.restart(hasModel);
  return `${victim}, started again ${hasModel ? "with" : "without"} a model`;
}

async function pause(world, random, names) {
  const victims = names.length > 0 ? world.named(...names) : [random.one(world.named(...PROGRAMS))];
  victims.forEach(({ pid }) => world.send(pid, "SIGSTOP"));
  await lasting(world, random, 300, 3000);
  victims.forEach(({ pid }) => world.send(pid, "SIGCONT"));
  return victims.map(({ name }) => name).join(" ");
}

async function disk(world, random, state) {
  world.setControl({ disk: state });
  await lasting(world, random, 500, 2000);
  world.setControl({});
}

async function clock(world, random, sign) {
  const clockMs = sign * random.between(1, 20) * DAY_MS / 4;
  world.setControl({ clockMs });
  await lasting(world, random, 500, 2000);
  world.setControl({});
  return `${clockMs / DAY_MS} days`;
}

async function misbehave(world, random, mode) {
  world.model.behave(mode);
  await lasting(world, random, 1000, 4000);
  world.model.behave();
  return world.hasModel ? "" : "nobody asks it now";
}

// A judge in mid-run: players send code that takes its time. Where no sandbox works there is none.
async function killJudge(world) {
  const isJudging = world.rows("SELECT 1 FROM submissions WHERE state <> 'not_judged'").length > 0;
  const found = await until(() => world.named("judge-box")[0], "a judge at work", isJudging ? 60 : 2)
    .catch((fault) => isJudging ? Promise.reject(fault) : undefined);
  return found && world.send(found.pid, "SIGKILL") ? "in mid-run" : "no judge works here";
}

async function power(world, random) {
  const hasModel = random.next() < 0.5;
  await world.killAll();
  await world.restart(hasModel);
  return `back ${hasModel ? "with" : "without"} a model`;
}

async function removeLog(world, random) {
  const folder = path.join(world.var, "log");
  rmSync(folder, { recursive: true });
  await lasting(world, random, 500, 1500);
  await until(() => existsSync(path.join(folder, "system.log")) || existsSync(path.join(folder, "personal.log")), "a log again", 20);
}

// In the place of what is there now; a program may make a folder there in between.
function replace(target, make) {
  return until(() => {
    try {
      rmSync(target, { recursive: true, force: true });
      make();
      return true;
    } catch {
      return false;
    }
  }, `another ${target}`);
}

// Not a folder at all: root may write where rights say no.
async function blockLog(world, random) {
  const folder = path.join(world.var, "log");
  renameSync(folder, `${folder}.away`);
  await replace(folder, () => writeFileSync(folder, "", { flag: "wx" }));
  await lasting(world, random, 500, 2000);
  await replace(folder, () => renameSync(`${folder}.away`, folder));
}

async function removeRun(world, random) {
  rmSync(path.join(world.var, "run"), { recursive: true });
  await lasting(world, random, 300, 1000);
  world.stop();
  await world.restart(random.next() < 0.5);
}

async function fill(world, random) {
  const makeRoom = world.fill();
  await lasting(world, random, 500, 2500);
  makeRoom();
}

export const KINDS = {
  "kill a program": { run: (world, random) => killOne(world, PROGRAMS, (found) => random.one(found)) },
  "kill an interview": { run: (world, random) => killOne(world, ["interview"], (found) => random.one(found)) },
  "kill all programs": {
    async run(world) {
      world.named(...PROGRAMS).forEach(({ pid }) => world.send(pid, "SIGKILL"));
    },
  },
  "kill nginx": { run: (world, random) => killAndRestart(world, random, "nginx") },
  "kill a worker of nginx": { run: (world) => killOne(world, ["nginx"], (found) => found.at(-1)) },
  "kill multiwatch": { run: (world, random) => killAndRestart(world, random, "multiwatch") },
  "kill a judge": { run: killJudge },
  "power cut": { run: power },
  "stop": {
    async run(world, random) {
      world.stop();
      await world.restart(random.next() < 0.5);
    },
  },
  "pause a program": { run: (world, random) => pause(world, random, []) },
  "pause all interviews": { run: (world, random) => pause(world, random, ["interview"]) },
  "disk full": { run: fill },
  "disk read-only": { run: (world, random) => disk(world, random, "read-only") },
  "disk broken": { run: (world, random) => disk(world, random, "broken") },
  "log removed": { run: removeLog },
  "log blocked": { run: blockLog },
  "run removed": { run: removeRun },
  "clock forward": { run: (world, random) => clock(world, random, 1) },
  "clock back": { run: (world, random) => clock(world, random, -1) },
  ...Object.fromEntries(Object.keys(MODES).map((mode) => [`model: ${mode}`, { run: (world, random) => misbehave(world, random, mode) }])),
};
