// Runs a scanner, and weighs what it found against what is known to be none.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const known = JSON.parse(readFileSync(new URL("false_positives.json", import.meta.url), "utf8"));

// Gives { status, output } of a command; status is "late" when it took longer than `seconds`.
export function scan(command, args, { seconds, cwd }) {
  return new Promise((resolve) => {
    const options = { cwd, timeout: seconds * 1000, maxBuffer: 256 << 20, env: { ...process.env, HOME: cwd } };
    execFile(command, args, options, (error, stdout, stderr) => {
      const status = error?.killed ? "late" : error?.code ?? 0;
      resolve({ status, output: stdout + stderr });
    });
  });
}

// Findings that nobody has explained yet; each is a text that begins with the tool's name for it.
export function unexplained(tool, findings) {
  const rows = known.filter((row) => row.tool === tool);
  return findings.filter((finding) => !rows.some(({ pattern }) => new RegExp(pattern).test(finding)));
}

// A folder that goes with the test.
export function folderFor(t) {
  const folder = mkdtempSync(path.join(tmpdir(), "viva-scan-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
