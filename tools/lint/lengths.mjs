// Sizes: functions, files, lines, parameters.
import { filesBelow, finding, readLines, remark } from "./findings.mjs";

const MAX = { line: 100, function: 100, file: 500, program: 400, parameters: 5, median: 20, p95: 60 };
const TAB = 8;

function width(line) {
  let columns = 0;
  for (const character of line) {
    columns = character === "\t" ? columns + TAB - (columns % TAB) : columns + 1;
  }
  return columns;
}

// Parameters of a signature such as `int f(void (*g)(int, int), char *s)`.
function countParameters(signature) {
  const inside = signature.slice(signature.indexOf("(") + 1, signature.lastIndexOf(")"));
  if (/^\s*(void)?\s*$/.test(inside)) {
    return 0;
  }
  let depth = 0;
  let count = 1;
  for (const character of inside) {
    depth += { "(": 1, ")": -1 }[character] ?? 0;
    count += character === "," && depth === 0 ? 1 : 0;
  }
  return count;
}

// The functions of a file: by our style their body opens and closes in column 1.
function functionsOf(lines) {
  const found = [];
  lines.forEach((line, open) => {
    if (line !== "{") {
      return;
    }
    let start = open;
    while (start > 0 && !/^$|[;}]$|\*\/$|^#/.test(lines[start - 1])) {
      start -= 1;
    }
    const end = lines.indexOf("}", open);
    const signature = lines.slice(start, open).join(" ").replace(/__attribute__\s*\(\(.*?\)\)+/g, "");
    const [, name] = signature.match(/(\w+)\(/) ?? [, "?"];
    found.push({ name, start, length: end - start + 1, parameters: countParameters(signature) });
  });
  return found;
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

const lengths = [];

// Hostile programs are not ours, so to speak: their first line is an expectation.
const isHostile = (file) => file.startsWith("tests/hostile/programs/");

for (const file of filesBelow(["lib", "cgi-bin", "tools/viva", "tests"], /\.[ch]$/).filter((name) => !isHostile(name))) {
  const lines = readLines(file);
  const isProduct = !file.startsWith("tests/");
  lines.forEach((line, i) => {
    if (width(line) > MAX.line) {
      finding(file, i + 1, `${width(line)} columns; ${MAX.line} at most`);
    }
  });
  const most = file.startsWith("cgi-bin/") ? MAX.program : MAX.file;
  if (file.endsWith(".c") && lines.length - 1 > most) {
    finding(file, most + 1, `${lines.length - 1} lines; ${most} at most`);
  }
  for (const { name, start, length, parameters } of functionsOf(lines)) {
    if (length > MAX.function) {
      finding(file, start + 1, `${name} has ${length} lines; ${MAX.function} at most`);
    }
    if (parameters > MAX.parameters) {
      finding(file, start + 1, `${name} has ${parameters} parameters; ${MAX.parameters} at most`);
    }
    if (isProduct) {
      lengths.push(length);
    }
  }
}

lengths.sort((a, b) => a - b);
const median = percentile(lengths, 0.5);
const p95 = percentile(lengths, 0.95);
remark(`${lengths.length} functions: median ${median} lines, 95th percentile ${p95}, longest ${lengths.at(-1) ?? 0}`);
if (median > MAX.median) {
  finding("lib", 1, `the median function has ${median} lines; ${MAX.median} at most`);
}
if (p95 > MAX.p95) {
  finding("lib", 1, `the 95th percentile of functions is ${p95} lines; ${MAX.p95} at most`);
}
