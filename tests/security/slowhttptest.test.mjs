// slowhttptest holds hundreds of connections open; others are served all the while.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { startDecoy } from "./decoy.mjs";
import { startTarget } from "./target.mjs";
import { folderFor, scan, unexplained } from "./tool.mjs";

const LENGTH_S = 25, SECONDS = 90, CONNECTIONS = 900;
let target;

before(async () => {
  target = await startTarget();
});
after(() => target?.instance.stop());

// Seconds in which a probe got no answer, as "second: not available", and how many were looked at.
async function hold(t, url, mode, connections = CONNECTIONS) {
  const folder = folderFor(t);
  const { status, output } = await scan("slowhttptest", [
    ...mode, "-c", String(connections), "-r", "200", "-l", String(LENGTH_S), "-i", "5", "-x", "24", "-p", "3", "-g", "-o", "seen", "-u", url,
  ], { seconds: SECONDS, cwd: folder });
  assert.equal(status, 0, output.slice(-2000));
  const [head, ...rows] = readFileSync(path.join(folder, "seen.csv"), "utf8").trim().split("\n").map((line) => line.split(","));
  const column = head.findIndex((name) => /available/i.test(name));
  assert.ok(column > 0 && rows.length > 5, output.slice(-2000));
  return { missed: rows.filter((row) => Number(row[column]) === 0).map((row) => `${row[0]}: not available`), seconds: rows.length };
}

test("it finds a server that has seats for twenty", async (t) => {
  const decoy = await startDecoy();
  t.after(() => decoy.close());
  const { missed } = await hold(t, `${decoy.url}/`, ["-H"], 200);
  assert.ok(missed.length > 3, `${missed.length} seconds`);
});

const MODES = {
  "slow headers": [["-H"], "/login"],
  "slow bodies": [["-B", "-s", "1000000", "-t", "POST"], "/login"],
  "many ranges": [["-R", "-a", "10", "-b", "3000"], "/verify/offline.html"],
  "slow reading": [["-X", "-w", "10", "-y", "20", "-n", "3", "-z", "16", "-k", "2"], "/api"],
};

for (const [what, [mode, page]] of Object.entries(MODES)) {
  test(what, async (t) => {
    const { missed } = await hold(t, target.url + page, mode);
    assert.deepEqual(unexplained("slowhttptest", missed), []);
  });
}
