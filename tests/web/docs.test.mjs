// What the documents promise stands in the programs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { root } from "./instance.mjs";

const build = process.env.VIVA_SAN === "1" ? "build/san" : process.env.VIVA_BUILD ?? "build";
const read = (name) => readFileSync(path.join(root, name), "utf8");

test("the README has the configuration table that viva prints", () => {
  const table = execFileSync(path.join(root, build, "viva"), ["config"], { encoding: "utf8" });
  assert.ok(table.includes("VIVA_THREADS"));
  assert.ok(read("README.md").includes(table.trim()), "run: build/viva config");
});

test("every command of viva has its paragraph in the manual", () => {
  const commands = [...read("tools/viva/main.c").matchAll(/^\t\{ "([a-z ]+)", /gm)].map(([, words]) => words);
  assert.ok(commands.length >= 6);
  for (const words of commands) {
    assert.match(read("man/viva.1"), new RegExp(`^\\.It Cm ${words}\\b`, "m"));
  }
});

test("HACKING.md names every program and library", () => {
  for (const folder of ["cgi-bin", "lib"]) {
    for (const name of readdirSync(path.join(root, folder))) {
      assert.ok(read("HACKING.md").includes(`  ${name}/ `), name);
    }
  }
});

test("every picture and file that the README links to is there", () => {
  for (const [, target] of read("README.md").matchAll(/\]\(([^)#]+)\)/g)) {
    assert.ok(target.startsWith("https://") || readFileSync(path.join(root, target)).length > 0, target);
  }
});
