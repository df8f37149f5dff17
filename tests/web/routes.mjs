// The route tables of the programs, read from their sources, so that a test can be held
// against every route there is.
import { readFileSync, readdirSync } from "node:fs";

const programs = new URL("../../cgi-bin/", import.meta.url);
const ROW = /\{\s*(GET|POST),\s*"([^"]+)",\s*(ANYONE|CANDIDATE|ADMIN),\s*\w+,\s*(NULL|(?:"[^"]*"\s*)+)\s*\}/g;

// [{ program, method, path, who, fields }], with fields of a POST as a list.
export const routes = readdirSync(programs)
  .filter((file) => file.endsWith(".c"))
  .flatMap((file) => {
    const source = readFileSync(new URL(file, programs), "utf8");
    const table = source.slice(source.indexOf("struct route routes[]"));
    return [...table.matchAll(ROW)].map(([, method, path, who, fields]) => ({
      program: file.replace(/\.c$/, ""),
      method,
      path,
      who,
      fields: [...fields.matchAll(/"([^"]*)"/g)].flatMap(([, part]) => part.split(/\s+/)).filter(Boolean),
    }));
  });

// As many rows as the sources have, so that no row is overlooked by the expression above.
export const rowsInSources = readdirSync(programs)
  .filter((file) => file.endsWith(".c"))
  .map((file) => readFileSync(new URL(file, programs), "utf8"))
  .reduce((sum, source) => sum + [...source.matchAll(/\{\s*(?:GET|POST),/g)].length, 0);
