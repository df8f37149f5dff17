// Chaos: many interviews at once while everything fails that can fail, in an order that its seed
// decides. Whatever was acknowledged must be stored once and byte for byte, all must be whole and
// proved, and every page in between must be one of ours.
//
//   node tests/chaos/run.mjs --seed=1 --interviews=200 [--only="disk full,power cut"] [--haste=3]
//
// As root the disk is a small one of its own, in a mount namespace of its own. A run that found
// something prints its seed and keeps its folder.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { KINDS } from "./faults.mjs";
import { checkDatabase, checkProofs, Journal } from "./journal.mjs";
import { Player } from "./player.mjs";
import { Random } from "./random.mjs";
import { Observer, Tally } from "./replies.mjs";
import { World } from "./world.mjs";

const PLAYERS = 8;
const MOUNTED = "VIVA_CHAOS_MOUNTS";

const { values: options } = parseArgs({ options: {
  seed: { type: "string", default: "1" },
  interviews: { type: "string", default: "200" },
  only: { type: "string", default: "" },
  haste: { type: "string", default: "1" },
} });

// Once more in a mount namespace of its own, where that can be had.
function inNamespace() {
  const again = ["-m", "--propagation", "private", process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const { status } = spawnSync("unshare", again, { stdio: "inherit", env: { ...process.env, [MOUNTED]: "1" } });
  return status ?? 1;
}

function canMount() {
  return process.getuid() === 0 && spawnSync("unshare", ["-m", "true"]).status === 0;
}

// Looks at pages of all programs and at the API all the time, as visitors do.
async function visit(world, tally, random, isOver) {
  const pages = ["/", "/login", "/interviews/new", "/reports/none", "/code/none", "/admin", "/api/roles", "/api/me", "/api/interviews", "/verify"];
  while (!isOver()) {
    const visitor = new Observer(world.url, random.one(["en", "ru", "uk"]), tally);
    await visitor.get(random.one(pages)).catch(() => {});
    await sleep(random.between(10, 60));
  }
}

class Chaos {
  constructor() {
    const random = new Random(Number(options.seed));
    const isMounted = process.env[MOUNTED] === "1";
    const only = options.only.split(",").filter(Boolean);
    Object.assign(this, { random, journal: new Journal(), tally: new Tally(), faults: [], done: 0, over: false });
    this.order = random.fork();
    this.wanted = Number(options.interviews);
    this.world = Object.assign(new World({ isMounted }), { haste: Number(options.haste) });
    this.kinds = Object.entries(KINDS).map(([name, kind]) => ({ name, ...kind }))
      .filter(({ name }) => only.length === 0 || only.includes(name));
  }

  report(where, found) {
    found.forEach((fault) => {
      this.faults.push(`${where}: ${fault}`);
      console.log(`FAULT ${where}: ${fault}`);
    });
  }

  // Interviews one after the other, until enough were played and every kind of fault has been.
  async keepPlaying() {
    while (!this.over) {
      const number = this.started++;
      const player = new Player(number, { ...this, random: new Random(Number(options.seed) * 100003 + number), isOver: () => this.over });
      try {
        await player.play();
        this.done += 1;
      } catch (fault) {
        this.report(player.name, [fault.stack.split("\n").slice(0, 3).join(" | ")]);
        this.over = true;
      }
    }
  }

  async waitForAnswers(count) {
    const before = this.journal.acknowledged, deadline = Date.now() + 60000;
    while (this.journal.acknowledged < before + count && !this.over) {
      if (Date.now() > deadline) {
        this.report("quiet times", [`only ${this.journal.acknowledged - before} of ${count} answers within a minute`]);
        this.over = true;
      }
      await sleep(10);
    }
  }

  async inflict({ name, run }, number) {
    const own = this.order.fork();
    await this.waitForAnswers(own.between(2, 12));
    const before = this.tally.faults.length, begun = Date.now();
    const remark = await run(this.world, own);
    await this.waitForAnswers(3);
    this.report(`${number} ${name}`, [...this.journal.check(this.world), ...checkDatabase(this.world)]);
    this.report(`${number} ${name}`, [...new Set(this.tally.faults.slice(before))].slice(0, 5));
    console.log(`${String(number).padStart(4)}  ${name.padEnd(24)} ${String(Date.now() - begun).padStart(6)} ms  ` +
      `${this.journal.acknowledged} acknowledged  ${remark ?? ""}`);
  }

  async inflictAll() {
    for (let number = 1, round = []; !this.over; number++) {
      if (round.length === 0) {
        if (number > 1 && this.done >= this.wanted) {
          break;
        }
        round = this.order.shuffled(this.kinds);
      }
      await this.inflict(round.pop(), number);
      this.inflicted = number;
    }
    this.over = true;
  }

  async run() {
    this.started = 0;
    await this.world.make();
    await this.world.start(this.random.next() < 0.5);
    const people = Array.from({ length: PLAYERS }, () => this.keepPlaying());
    const visitor = visit(this.world, this.tally, this.random.fork(), () => this.over);
    try {
      await this.inflictAll();
    } catch (fault) {
      this.report("the driver", [fault.stack]);
      this.over = true;
      this.world.setControl({});
    }
    await Promise.all([...people, visitor]);
    this.report("in the end", [...this.journal.check(this.world), ...checkDatabase(this.world), ...checkProofs(this.world)]);
    this.report("in the end", [...new Set(this.tally.faults)].slice(0, 10));
  }

  summary() {
    const { accounts, interviews, turns, codes, reports } = this.journal;
    return [
      `seed ${options.seed}: ${this.inflicted ?? 0} faults of ${this.kinds.length} kinds, ${this.world.starts} starts; ` +
        `${this.done} interviews to their reports`,
      `acknowledged: ${accounts.length} accounts, ${interviews.length} interviews, ${turns.length} answers, ` +
        `${codes.length} pieces of code, ${reports.length} reports`,
      `answered: ${this.tally}`,
      this.faults.length === 0 ? "nothing was lost, nothing is damaged" : `${this.faults.length} FAULTS; kept in ${this.world.folder}`,
    ].join("\n");
  }
}

async function main() {
  if (process.env[MOUNTED] === undefined && canMount()) {
    return inNamespace();
  }
  const chaos = new Chaos();
  console.log(`chaos with seed ${options.seed} in ${chaos.world.folder}`);
  await chaos.run();
  await chaos.world.end({ isKept: chaos.faults.length > 0 });
  console.log(chaos.summary());
  return chaos.faults.length === 0 ? 0 : 1;
}

process.env.VIVA_SAN = "0";
process.exitCode = await main();
