// Every table of schema.sql has a comment above it, every column one beside or above it.
import { finding, readLines } from "./findings.mjs";

const lines = readLines("schema.sql");
let table = null;

lines.forEach((line, i) => {
  const [, created] = line.match(/^CREATE (?:VIRTUAL )?TABLE (\w+)/i) ?? [];
  if (created) {
    table = created;
    if (!/^--/.test(lines[i - 1] ?? "")) {
      finding("schema.sql", i + 1, `table ${table} has no comment above it`);
    }
    return;
  }
  if (/^\)/.test(line)) {
    table = null;
  }
  const [, column] = line.match(/^  (\w+)\s/) ?? [];
  const isColumn = column && !/^(PRIMARY|FOREIGN|UNIQUE|CHECK|CONSTRAINT)$/i.test(column);
  if (table && isColumn && !/--\s*\S/.test(line) && !/^\s*--\s*\S/.test(lines[i - 1])) {
    finding("schema.sql", i + 1, `column ${table}.${column} has no comment`);
  }
});
