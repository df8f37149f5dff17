// The judge itself under attack: boxes side by side, killed boxes, killed judges, a
// thousand runs.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { boxProcess, descriptors, isRoot, Judge, pause, residentKb, root, survivors, USER } from "./hostile.mjs";

const TIER = isRoot ? "A1" : "A2";

const python = (code, tests, limits) => ({ language: "python", kind: "function", function: "solve", code, tests, limits });
const SLEEP = python("import time\ndef solve(x):\n    time.sleep(x)\n    return x\n", [{ args: [3], expected: 3 }]);

async function waitFor(what, get, ms = 5000) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(10)) {
    const found = get();
    if (found) {
      return found;
    }
  }
  return assert.fail(`${what} did not come`);
}

// A judge that has made up its mind about its tier; it is closed when the test ends.
async function startJudge(t, tier = TIER, settings = {}) {
  const judge = new Judge(tier, settings);
  t.after(() => judge.close());
  await judge.send(python("def solve(x):\n    return x\n", [{ args: [1], expected: 1 }]));
  return judge;
}

// Both write a word in every place they can think of and look for the other's.
const RENDEZVOUS = readFileSync(path.join(root, "tests/hostile/rendezvous.py"), "utf8");

for (const tier of isRoot ? ["A1", "A2", "B", "C"] : ["A2", "C"]) {
  test(`32: no word passes between two boxes of tier ${tier}`, async (t) => {
    const first = await startJudge(t, tier, { VIVA_JUDGE_SLOTS: "2" });
    const second = await startJudge(t, tier, { VIVA_JUDGE_SLOTS: "2", VIVA_VAR: path.join(first.folder, "var") });
    const judges = [first, second];
    const answers = await Promise.all(judges.map((judge, i) =>
      judge.send(python(RENDEZVOUS, [{ args: [`word-${i}`, `word-${1 - i}`], expected: [] }], { cpu_ms: 5000, wall_ms: 10000 }))));
    for (const answer of answers) {
      assert.equal(answer.tests?.[0].verdict, "accepted", JSON.stringify(answer));
    }
  });
}

test("processes of the same user in other containers take no place", { skip: !isRoot && "needs root" }, async (t) => {
  const crowd = spawn("setpriv", ["--reuid", String(USER), "--clear-groups", "sh", "-c", "for n in $(seq 60); do sleep 60 & done; wait"],
    { detached: true });
  t.after(() => process.kill(-crowd.pid));
  const judge = new Judge("C", {}, ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]);
  t.after(() => judge.close());
  await pause(500);
  const answer = await judge.send(python("def solve(x):\n    return x\n", [{ args: [1], expected: 1 }]));
  assert.equal(answer.tests?.[0].verdict, "accepted", JSON.stringify(answer));
});

test("53: two submissions at once with the same names", async (t) => {
  const judges = [await startJudge(t), await startJudge(t)];
  const answers = await Promise.all(judges.map((judge, i) => judge.send(python(
    `import time\nVALUE = ${i}\ndef solve(x):\n    open("/tmp/same", "w").write(str(VALUE))\n    time.sleep(0.5)\n    return [VALUE, open("/tmp/same").read()]\n`,
    [{ args: [1], expected: [i, String(i)] }]))));
  answers.forEach((answer) => assert.equal(answer.tests[0].verdict, "accepted", JSON.stringify(answer)));
});

test("54: judge-box killed in mid-run is tried once more, then a judge error", async (t) => {
  const judge = await startJudge(t);
  const once = judge.send(SLEEP);
  process.kill((await waitFor("the box", () => boxProcess(judge))).pid, "SIGKILL");
  assert.equal((await once).tests[0].verdict, "accepted", "the second try went well");
  const twice = judge.send(SLEEP);
  const first = await waitFor("the box", () => boxProcess(judge));
  await pause(300);
  process.kill(first.pid, "SIGKILL");
  const second = await waitFor("the second box", () => {
    const box = boxProcess(judge);
    return box && box.pid !== first.pid && box.state !== "Z" ? box : null;
  });
  await pause(300);
  process.kill(second.pid, "SIGKILL");
  assert.equal((await twice).tests[0].verdict, "judge_error");
  await pause(100);
  assert.deepEqual(survivors(judge), []);
});

test("55: a judge that dies takes its box with it", async (t) => {
  const judge = await startJudge(t);
  judge.send(SLEEP).catch(() => {});
  await waitFor("the program", () => survivors(judge).length >= 3);
  await pause(200);
  judge.process.kill("SIGKILL");
  await judge.ended;
  await waitFor("the end of the box", () => survivors(judge).length === 0, 2000);
});

test("many runs leave nothing behind", async (t) => {
  const judge = await startJudge(t);
  const runs = Number(process.env.HOSTILE_RUNS ?? 200);
  const documents = [
    python("def solve(x):\n    return x\n", [{ args: [1], expected: 1 }]),
    python("def solve(x):\n    return 1 / 0\n", [{ args: [1], expected: 1 }]),
    { language: "python", kind: "stdin", code: "print(input())", tests: [{ stdin: "a\n", expected: "a" }] },
    { language: "sql", kind: "sql", code: "SELECT 1", tests: [{ expected: [[1]] }] },
  ];
  const round = async (count) => {
    for (let i = 0; i < count; i++) {
      const answer = await judge.send(documents[i % documents.length]);
      assert.notEqual(answer.tests?.[0].verdict, "judge_error", JSON.stringify(answer));
    }
  };
  await round(20);
  const before = { descriptors: descriptors(judge.process.pid), resident: residentKb(judge.process.pid) };
  await round(runs);
  await pause(50);
  assert.deepEqual(survivors(judge), []);
  assert.equal(descriptors(judge.process.pid), before.descriptors);
  const growth = residentKb(judge.process.pid) - before.resident;
  assert.ok(growth < 1024, `memory grew by ${growth} KiB in ${runs} runs`);
});
