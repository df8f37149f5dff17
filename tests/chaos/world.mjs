// One Viva that is maltreated: its disk, its clock, its processes, its model, and its operator,
// who starts it again when it has stopped.
import { execFileSync } from "node:child_process";
import { copyFileSync, chmodSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { MODES, misbehavingModel } from "./model.mjs";
import { modelEnv } from "../llm/model.mjs";
import { freePort, launch, preparedDatabase, ready, root } from "../web/instance.mjs";
import { isAlive, until } from "../web/processes.mjs";

export const PROGRAMS = ["account", "interview", "code", "report", "admin"];
const DISK_MB = 192;
const DISKS = { well: 0, "read-only": 1, broken: 2, full: 3 };

function read(file) {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return ""; // ended in the meantime
  }
}

function nameOf(pid) {
  try {
    return path.basename(readlinkSync(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, "");
  } catch {
    return "";
  }
}

export class World {
  // `isMounted`: the disk is a small one of its own, which can be filled.
  constructor({ isMounted }) {
    this.folder = mkdtempSync(path.join(tmpdir(), "viva-chaos-"));
    this.var = path.join(this.folder, "var");
    this.control = path.join(this.folder, "control");
    this.isMounted = isMounted;
    this.starts = 0;
    this.logs = [];
  }

  async make() {
    execFileSync("mkdir", [this.var]);
    if (this.isMounted) {
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m,mode=0700`, "viva-chaos", this.var]);
    }
    copyFileSync(await preparedDatabase(), path.join(this.var, "viva.db"));
    chmodSync(path.join(this.var, "viva.db"), 0o600);
    writeFileSync(this.control, Buffer.alloc(16));
    this.controlFile = openSync(this.control, "r+");
    this.shim = path.join(this.folder, "shim.so");
    execFileSync("gcc", ["-std=c17", "-O1", "-shared", "-fPIC", "-o", this.shim, path.join(root, "tests/chaos/shim.c"), "-ldl"]);
    this.model = await misbehavingModel();
    this.port = await freePort();
  }

  setControl({ clockMs = 0, disk = "well" }) {
    const bytes = Buffer.alloc(16);
    bytes.writeBigInt64LE(BigInt(clockMs), 0);
    bytes.writeInt32LE(DISKS[disk], 8);
    writeSync(this.controlFile, bytes, 0, 16, 0);
  }

  // Starts Viva with or without a model; the port stays the same, as a real one would.
  async start(hasModel) {
    const env = {
      PORT: String(this.port), ADDRESS: "127.0.0.1", VAR: this.var, VIVA_SAN: "0",
      LD_PRELOAD: this.shim, CHAOS_CONTROL: this.control, CHAOS_VAR: this.var,
      VIVA_INTERVIEWS_PER_DAY: "1000", MAX_TURNS: "1000", VIVA_LLM_STEP_S: "2", LITELLM_MAX_RETRIES: "0",
      VIVA_LLM_IDLE_S: "1", VIVA_LLM_FIRST_BYTE_S: "1", VIVA_LLM_REPORT_S: "3",
    };
    this.run = launch(hasModel ? modelEnv(this.model, env) : env);
    this.url = await ready(this.run);
    this.hasModel = hasModel;
    this.starts += 1;
  }

  // Waits for the end of what is broken for good, as its operator's supervisor does, and starts it again.
  async restart(hasModel) {
    const killer = setTimeout(() => this.run.process.kill("SIGKILL"), 20000);
    await this.run.ended;
    clearTimeout(killer);
    this.logs.push(this.run.log());
    await this.killAll();
    await this.start(hasModel);
  }

  stop() {
    this.run.process.kill("SIGTERM");
  }

  // Everything at once and without a word, and what was started meanwhile.
  async killAll() {
    await until(() => {
      const left = this.processes().filter(({ pid }) => isAlive(pid));
      left.forEach(({ pid }) => this.send(pid, "SIGKILL"));
      return left.length === 0;
    }, "everything is gone");
  }

  send(pid, signal) {
    try {
      process.kill(pid, signal);
      return true;
    } catch {
      return false;
    }
  }

  // All processes of this Viva: its script, its servers, its programs and what these started.
  processes() {
    const all = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry)).map(Number)
      .map((pid) => ({ pid, parent: Number(read(`/proc/${pid}/stat`).match(/\) \w (\d+)/)?.[1] ?? 0) }));
    const ours = new Set(all.filter(({ pid }) => {
      const variables = read(`/proc/${pid}/environ`).split("\0");
      return variables.includes(`VAR=${this.var}`) || variables.includes(`VIVA_VAR=${this.var}`);
    }).map(({ pid }) => pid));
    for (let before = -1; before < ours.size;) {
      before = ours.size;
      all.filter(({ parent }) => ours.has(parent)).forEach(({ pid }) => ours.add(pid));
    }
    return [...ours].filter((pid) => pid !== process.pid).map((pid) => ({ pid, name: nameOf(pid) }));
  }

  named(...names) {
    return this.processes().filter(({ name }) => names.includes(name)).sort((a, b) => a.pid - b.pid);
  }

  // Fills the disk to its last byte, or pretends to; gives what makes room again.
  fill() {
    if (!this.isMounted) {
      this.setControl({ disk: "full" });
      return () => this.setControl({});
    }
    const ballast = path.join(this.var, "ballast");
    try {
      execFileSync("dd", ["if=/dev/zero", `of=${ballast}`, "bs=64k"], { stdio: "ignore" });
    } catch {
      // no room left: that is what was wanted
    }
    return () => rmSync(ballast);
  }

  cli(...args) {
    const env = { ...process.env, VIVA_HOME: root, VIVA_VAR: this.var };
    return execFileSync(path.join(root, "build/viva"), args, { cwd: root, env, encoding: "utf8", maxBuffer: 256 << 20 });
  }

  rows(sql) {
    const out = execFileSync("sqlite3", ["-json", "-cmd", ".timeout 20000", path.join(this.var, "viva.db"), sql], { encoding: "utf8", maxBuffer: 512 << 20 });
    return out.trim() === "" ? [] : JSON.parse(out);
  }

  async end({ isKept }) {
    this.setControl({});
    await this.killAll();
    await this.model.close();
    if (isKept) {
      return;
    }
    if (this.isMounted) {
      execFileSync("umount", ["-l", this.var]);
    }
    if (existsSync(this.folder)) {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }
}

export { MODES };
