// Runs the built-in scorer on many answers at once.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const build = path.resolve(root, process.env.VIVA_BUILD ?? "build");

const OUTPUT_MAX = 2 ** 30;

// What a program answers to the lines, a line each.
export function runLines(program, args, lines) {
  if (!existsSync(program)) {
    throw new Error(`${program} is not there: make score-report builds it`);
  }
  const run = spawnSync(program, args,
    { input: lines.join("\n") + "\n", encoding: "utf8", maxBuffer: OUTPUT_MAX, cwd: root });
  if (run.status !== 0) {
    throw new Error(`${program} ${args.join(" ")}: ${run.error ?? `status ${run.status}: ${run.stderr}`}`);
  }
  const output = run.stdout.split("\n").slice(0, -1);
  if (output.length !== lines.length) {
    throw new Error(`${program}: ${lines.length} lines in, ${output.length} lines out`);
  }
  return output;
}

// The results of `viva score` for the requests, in their order.
export function grade(requests) {
  const lines = requests.map((request, id) => JSON.stringify({ ...request, id }));
  const results = lines.length === 0 ? [] : runLines(path.join(build, "viva"), ["score"], lines).map(JSON.parse);
  results.forEach((result, id) => {
    if (result.id !== id || result.error !== undefined) {
      throw new Error(`viva score answers ${JSON.stringify(result)} to ${lines[id]}`);
    }
  });
  return results;
}
