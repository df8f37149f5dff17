// What the documents promise stands in the programs.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
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

test("every command and every setting has its page of the manual, which man reads without a warning", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "viva-man-"));
  try {
    execFileSync(path.join(root, "tools/man"), [folder, path.join(root, build, "viva")]);
    const commands = [...read("tools/viva/main.c").matchAll(/^\t\{ "([a-z -]+)", ?"?/gm)].map(([, words]) => words);
    const pages = readdirSync(path.join(folder, "man1"));
    assert.ok(commands.length > 20);
    for (const words of commands) {
      assert.ok(pages.includes(`viva-${words.replaceAll(" ", "-")}.1`), words);
    }
    const settings = [...read("lib/base/config.h").matchAll(/^\tX\(\w+, "([A-Z_]+)"/gm)].map(([, name]) => name);
    const explained = readFileSync(path.join(folder, "man5/viva.env.5"), "utf8");
    assert.ok(settings.length > 40);
    for (const name of settings) {
      assert.ok(explained.includes(`\n.It Ev ${name}\n`), name);
    }
    const files = [...pages.map((page) => `${folder}/man1/${page}`), `${folder}/man5/viva.env.5`];
    const { status, stderr } = spawnSync("man", ["--warnings", "-l", ...files],
      { encoding: "utf8", env: { ...process.env, LANG: "C.UTF-8", MANWIDTH: "100", MANPAGER: "cat" } });
    assert.equal(status, 0, stderr);
    assert.equal(stderr, "");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("HACKING.md names every program and library", () => {
  for (const folder of ["cgi-bin", "lib"]) {
    for (const name of readdirSync(path.join(root, folder))) {
      assert.ok(read("HACKING.md").includes(`  ${name}/ `), name);
    }
  }
});

test("every proof that the security page names is there", () => {
  const proofs = [...read("docs/security.md").matchAll(/`(tests\/[\w/.]+|lib\/[\w/.]+)`/g)].map(([, file]) => file);
  assert.ok(proofs.length > 25);
  for (const file of proofs) {
    assert.ok(existsSync(path.join(root, file)), file);
  }
});

test("every picture and file that the README links to is there", () => {
  for (const [, target] of read("README.md").matchAll(/\]\(([^)#]+)\)/g)) {
    assert.ok(target.startsWith("https://") || readFileSync(path.join(root, target)).length > 0, target);
  }
});
