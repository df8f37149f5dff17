// Makes one table in Markdown of what the benches print: a line is a name, a figure and a remark,
// two blanks or more between them; "bar: 3", "bar: at least 0.6" and "bar: 0.95 to 1.05" in the
// remark are judged. Other lines stand in the table as headings.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;

// "ok", "over" or "", when the remark names no bar.
export function verdict(figure, remark) {
  const value = Number(new RegExp(NUMBER).exec(figure)?.[0]);
  const bar = new RegExp(`\\bbar:? (at least )?(${NUMBER})(?: to (${NUMBER}))?`).exec(remark);
  if (!bar || Number.isNaN(value)) {
    return "";
  }
  const [, atLeast, first, second] = bar;
  const least = atLeast || second ? Number(first) : -Infinity;
  const most = second ? Number(second) : atLeast ? Infinity : Number(first);
  return value >= least && value <= most ? "ok" : "over";
}

// A row of the table; "" for an empty line.
export function row(line) {
  const text = line.trim();
  if (text === "") {
    return "";
  }
  const [name, figure, ...rest] = text.split(/ {2,}/);
  if (figure === undefined || !/\d/.test(figure)) {
    return `| **${text}** | | | |`;
  }
  const remark = rest.join(" ");
  return `| ${name} | ${figure} | ${remark} | ${verdict(figure, remark)} |`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log("| what | figure | bar, or what it is measured by | |\n|---|---|---|---|");
  for await (const line of createInterface({ input: process.stdin })) {
    const made = row(line);
    if (made) {
      console.log(made);
    }
  }
}
