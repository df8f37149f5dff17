// Every extern function of lib/ is declared in a header, below a comment, and defined once:
// from a library the linker takes whichever it finds first, and says nothing.
//   node tools/lint/headers.mjs [folder of the objects]
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { filesBelow, finding, readLines, root } from "./findings.mjs";

const objects = process.argv[2] ?? "build/obj";
const declared = new Map(); // name -> { file, line, documented }
const defined = new Map(); // name -> source

// A comment may serve several declarations that follow each other without a blank line.
function isDocumented(lines, at) {
  for (let i = at - 1; i >= 0 && lines[i].trim() !== ""; i--) {
    if (/\*\/\s*$|^\s*\/\//.test(lines[i])) {
      return true;
    }
  }
  return false;
}

for (const file of filesBelow("lib", /\.h$/)) {
  const lines = readLines(file);
  lines.forEach((line, i) => {
    const [, name] = line.match(/^\w[\w\s*]*?\b(\w+)\s*\(/) ?? [];
    if (name && !/^(typedef|static|return)\b/.test(line)) {
      declared.set(name, { file, line: i + 1, documented: isDocumented(lines, i) || /\/\*.*\*\//.test(line) });
    }
  });
}

for (const object of filesBelow(`${objects}/lib`, /\.o$/)) {
  const source = object.slice(objects.length + 1).replace(/\.o$/, ".c");
  if (!existsSync(path.join(root, source))) {
    continue; // its file was moved or is gone
  }
  const output = execFileSync("nm", ["--defined-only", "--extern-only", "--format=posix", path.join(root, object)],
    { encoding: "utf8" });
  for (const [, name] of output.matchAll(/^(\w+) T /gm)) {
    const place = declared.get(name);
    if (name === "main") {
      continue; // of judge-box and judge-sql
    }
    if (defined.has(name)) {
      finding(source, 1, `${name} is defined in ${defined.get(name)} as well`);
    }
    defined.set(name, source);
    if (!place) {
      const line = readLines(source).findIndex((text) => text.includes(`${name}(`)) + 1;
      finding(source, line || 1, `${name} is extern and in no header`);
    } else if (!place.documented) {
      finding(place.file, place.line, `${name} has no comment`);
    }
  }
}
