// Things that must not be in the repository: paths of somebody's machine, notes to self, and what
// the Node.js of Debian 12 (18) does not have.
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { finding, root } from "./findings.mjs";

// Put together here so that this file does not find itself.
const FOLDERS = ["home", "root", "work"].join("|");
const NOTES = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"].join("|");
const NEWER = ["toSorted", "toReversed", "toSpliced", "isWellFormed", "toWellFormed", "groupBy", "fromAsync",
  "withResolvers", "globSync"].join("|");
const RULES = [
  { pattern: new RegExp(`(?<![\\w.}-])/(${FOLDERS})/[\\w.-]`), message: "the path of a machine" },
  { pattern: new RegExp(`\\b(${NOTES})\\b`), message: "a note to self" },
  { pattern: new RegExp(`(?<!\\.\\.)\\.(${NEWER})\\(|import\\.meta\\.(dir|file)name`), message: "not in Node.js 18" },
];

const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
  { cwd: root, encoding: "utf8" });

for (const file of new Set(listed.split("\0").filter(Boolean))) {
  const full = path.join(root, file);
  if (!statSync(full, { throwIfNoEntry: false })?.isFile()) {
    continue;
  }
  const bytes = readFileSync(full);
  if (bytes.includes(0)) {
    continue;
  }
  bytes.toString().split("\n").forEach((line, i) => {
    for (const { pattern, message } of RULES) {
      const [match] = line.match(pattern) ?? [];
      if (match) {
        finding(file, i + 1, `${message}: ${match}`);
      }
    }
  });
}
