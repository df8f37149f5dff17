// What the checks share: the project's files, and findings printed as file:line.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(fileURLToPath(import.meta.url), "../../..");

// Paths, from the root, of all files below the folders whose names match.
export function filesBelow(folders, pattern) {
  const found = [];
  const visit = (name) => {
    const full = path.join(root, name);
    if (!existsSync(full)) {
      return;
    }
    if (statSync(full).isDirectory()) {
      readdirSync(full).sort().forEach((entry) => visit(path.join(name, entry)));
    } else if (pattern.test(name)) {
      found.push(name);
    }
  };
  [folders].flat().forEach(visit);
  return found;
}

export function readText(file) {
  return readFileSync(path.join(root, file), "utf8");
}

export function readLines(file) {
  return readText(file).split("\n");
}

// The line, from 1, of an offset in a text.
export function lineAt(text, offset) {
  return text.slice(0, offset).split("\n").length;
}

// Blanks a stretch of text but keeps its lines.
export function blank(text) {
  return text.replace(/[^\n]/g, " ");
}

let count = 0;

export function finding(file, line, message) {
  console.log(`${file}:${line}: ${message}`);
  count += 1;
}

// A fact about the project that is no finding.
export function remark(text) {
  console.log(text);
}

process.on("exit", () => {
  if (count > 0) {
    process.exitCode = 1;
  }
});
