// The route tables of the programs, read from their sources, so that a test can be held
// against every route there is.
import { readFileSync, readdirSync } from "node:fs";

const programs = new URL("../../cgi-bin/", import.meta.url);
const ROW = /\{\s*(GET|POST|PATCH|DELETE),\s*"([^"]+)",\s*(ANYONE|CANDIDATE|ADMIN),\s*\w+,\s*(NULL|(?:"[^"]*"\s*)+)\s*\}/g;

const sources = readdirSync(programs, { recursive: true })
  .filter((file) => file.endsWith(".c"))
  .map((file) => ({ program: file.split("/")[0], source: readFileSync(new URL(file, programs), "utf8") }));

// [{ program, method, path, who, fields }], with fields of a POST as a list.
export const routes = sources.flatMap(({ program, source }) =>
  [...source.matchAll(ROW)].map(([, method, path, who, fields]) => ({
    program,
    method,
    path,
    who,
    fields: [...fields.matchAll(/"([^"]*)"/g)].flatMap(([, part]) => part.split(/\s+/)).filter(Boolean),
  })));

// As many rows as the sources have, so that no row is overlooked by the expression above.
export const rowsInSources = sources
  .reduce((sum, { source }) => sum + [...source.matchAll(/\{\s*(?:GET|POST|PATCH|DELETE),/g)].length, 0);
