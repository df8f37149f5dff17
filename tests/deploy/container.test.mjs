// The Containerfile without a container: its sources and packages exist, what the programs link
// with is in it, and it runs as nobody special. `make container-test` builds and runs it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { root } from "../web/instance.mjs";

const PROGRAMS = ["account", "admin", "code", "interview", "report", "viva"];

// What programs start or read by name, and what connects them to the world.
const RUNS_WITH = ["nginx-light", "spawn-fcgi", "multiwatch", "poppler-utils", "tzdata", "fonts-dejavu-core",
  "cracklib-runtime", "ca-certificates"];

const text = readFileSync(path.join(root, "deploy/Containerfile"), "utf8");
const steps = text
  .replace(/^\s*#.*\n/gm, "")
  .replace(/\\\n/g, " ")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => ({ name: line.split(" ")[0], rest: line.slice(line.indexOf(" ") + 1).trim() }));

const all = (name) => steps.filter((step) => step.name === name).map((step) => step.rest);
const argument = (name) => all("ARG").find((rest) => rest.startsWith(`${name}=`))?.split("=")[1].replaceAll('"', "");
const variables = Object.fromEntries(all("ENV").flatMap((rest) => rest.split(/\s+/).map((pair) => pair.split("="))));
const output = (command, ...words) => execFileSync(command, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

function packages() {
  const [, list] = text.replace(/\\\n/g, " ").match(/--no-install-recommends(.*?)&&/s);
  return list.replace("${LANGUAGES}", argument("LANGUAGES")).trim().split(/\s+/);
}

test("every step of the Containerfile finds what it names", async (t) => {
  await t.test("stages stand on the base that can be chosen", () => {
    assert.deepEqual(all("FROM").map((rest) => rest.split(" ")[0]), ["${BASE}", "${BASE}"]);
    assert.match(argument("BASE"), /^docker\.io\/library\/debian:12-slim$/);
  });

  await t.test("copied files are there", () => {
    for (const rest of all("COPY")) {
      const words = rest.split(/\s+/);
      const stage = words.find((word) => word.startsWith("--from="))?.slice("--from=".length);
      if (stage === undefined) {
        words.slice(0, -1).forEach((source) => assert.ok(existsSync(path.join(root, source)), source));
      } else {
        assert.ok(all("FROM").some((from) => from.endsWith(` AS ${stage}`)), stage);
      }
    }
  });

  await t.test("Debian has the packages", (part) => {
    if (!existsSync("/var/lib/apt/lists") || !readdirSync("/var/lib/apt/lists").some((name) => name.includes("_Packages"))) {
      part.skip("this machine knows no packages");
      return;
    }
    const shown = output("apt-cache", "show", "--no-all-versions", ...packages());
    for (const name of packages()) {
      assert.ok(`\n${shown}`.includes(`\nPackage: ${name}\n`), `${name} is no package`);
    }
  });
});

test("what the programs need at run time is in the container", () => {
  const listed = packages();
  for (const name of RUNS_WITH) {
    assert.ok(listed.includes(name), `${name} is missing`);
  }
  const files = PROGRAMS.map((program) => path.join(root, "build", program));
  const needed = [...output("readelf", "-d", ...files).matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, library]) => library);
  const owners = output("dpkg", "-S", ...new Set(needed.map((library) => `*/${library}`))).split("\n");
  for (const library of new Set(needed)) {
    const names = owners.filter((line) => line.endsWith(`/${library}`)).map((line) => line.split(":")[0]);
    assert.ok(names.some((name) => name === "libc6" || listed.includes(name)), `${library} of ${names} is missing`);
  }
});

test("the container runs as an ordinary user, with its data outside", () => {
  assert.deepEqual(all("USER"), ["viva"]);
  assert.deepEqual(all("VOLUME"), [variables.VAR]);
  assert.deepEqual(all("EXPOSE"), [variables.PORT]);
  assert.equal(all("STOPSIGNAL")[0], "SIGTERM");
  assert.match(text, /useradd --system --uid \d{5} .* viva/);
  assert.deepEqual(JSON.parse(all("CMD").at(-1)), ["/usr/local/bin/viva-run"]);
  assert.match(readFileSync(path.join(root, "tools/install"), "utf8"), /bin\/viva-run/);
});
