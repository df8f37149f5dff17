// `viva score` as a filter: one line out for each line in, whatever the line.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const build = process.env.VIVA_SAN === "1" ? "build/san" : process.env.VIVA_BUILD ?? "build";
const viva = path.join(root, build, "viva");
const MOST_MIB = process.env.VIVA_SAN === "1" ? 4000 : 400;

const words = ["cat", "purrs", "sofa", "engine", "valve", "piston", "river", "stone", "bridge", "cloud"];

// A question of its own for each number, and an answer that has some of it.
function request(number) {
  const own = (step) => `${words[(number * step) % 10]}${words[(number + step) % 10]} ${words[(number + 3 * step) % 10]}`;
  return {
    id: number,
    question: `What about number ${number}?`,
    reference: [`The ${own(1)} holds the ${own(3)}. The ${own(7)} moves because of the ${own(9)}.`],
    answer: number % 3 === 0 ? `It is the ${own(1)} that holds ${own(3)}.` : `Perhaps ${own(7)} moves.`,
  };
}

function start() {
  return spawn(viva, ["score"], { stdio: ["pipe", "pipe", "inherit"] });
}

// What the command writes for `input`, as its lines, with its exit status.
function run(input) {
  return new Promise((resolve, reject) => {
    const scorer = start();
    const parts = [];
    scorer.on("error", reject);
    scorer.stdout.on("data", (part) => parts.push(part));
    scorer.on("close", (status) => {
      const lines = Buffer.concat(parts).toString("utf8").split("\n");
      resolve({ status, end: lines.pop(), replies: lines.map((line) => JSON.parse(line)) });
    });
    scorer.stdin.end(input);
  });
}

const good = JSON.stringify(request(3));

test("every line has its reply, bad ones too, in order", async () => {
  const { status, end, replies } = await run(Buffer.concat([
    Buffer.from(`${good}\r\n\n  \nnonsense\n{"id":"x"}\n`),
    Buffer.from([0x7b, 0, 0x7d, 10, 0x22, 0xff, 0x22, 10]),
    Buffer.from(good), // without an end
  ]));
  assert.equal(status, 0);
  assert.equal(end, "");
  assert.deepEqual(replies.map((reply) => reply.error !== undefined), [false, true, true, true, true, true, true, false]);
  assert.deepEqual(replies.at(-1), replies[0]);
  assert.equal(replies[4].id, "x");
});

test("an escape that is no character is told with the id of its line", async () => {
  const { replies } = await run(`${good.replace("What", "\\u0000").replace("It is", "\\ud800")}\n${good}\n`);
  assert.equal(replies[0].id, 3);
  assert.match(replies[0].error, /surrogate/);
  assert.equal(replies[1].error, undefined);
});

test("no input, no output", async () => {
  assert.deepEqual(await run(""), { status: 0, end: "", replies: [] });
});

test("a reply comes before the next line is written", async () => {
  const scorer = start();
  for (let i = 0; i < 3; i++) {
    scorer.stdin.write(`${good}\n`);
    const [chunk] = await new Promise((resolve) => scorer.stdout.once("data", (part) => resolve([part])));
    assert.equal(JSON.parse(chunk).id, 3);
  }
  scorer.stdin.end();
  assert.equal(await new Promise((resolve) => scorer.on("close", resolve)), 0);
});

test("a line beyond the longest is refused and passed over", async () => {
  const long = JSON.stringify({ ...request(3), answer: "word ".repeat(2 << 20) });
  const { replies } = await run(`${long}\n${good}\n`);
  assert.equal(replies.length, 2);
  assert.match(replies[0].error, /too long/);
  assert.equal(replies[1].error, undefined);
});

test("10,000 shuffled lines come back in order, each as if it were alone", async () => {
  const questions = Array.from({ length: 300 }, (_, number) => request(number));
  const alone = await run(questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
  const order = Array.from({ length: 10000 }, (_, i) => (i * 7919) % 300);
  const { status, replies } = await run(order.map((number) => `${JSON.stringify(questions[number])}\n`).join(""));
  assert.equal(status, 0);
  assert.equal(replies.length, order.length);
  for (const [i, number] of order.entries()) {
    assert.deepEqual(replies[i], alone.replies[number]);
  }
});

test("memory does not grow with the questions or the answers", async () => {
  const scorer = start();
  let replies = 0;
  const done = new Promise((resolve) => scorer.stdout.on("data", (part) => {
    replies += part.toString("latin1").split("\n").length - 1;
    if (replies === 2000) {
      resolve();
    }
  }));
  for (let number = 0; number < 2000; number++) {
    const big = number % 100 === 0 ? " many other words".repeat(60000) : "";
    const line = request(number);
    scorer.stdin.write(`${JSON.stringify({ ...line, reference: [line.reference[0].repeat(20)], answer: line.answer + big })}\n`);
  }
  await done;
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${scorer.pid}/status`, "utf8"))[1]) / 1024;
  scorer.stdin.end();
  assert.equal(await new Promise((resolve) => scorer.on("close", resolve)), 0);
  assert.ok(peak < MOST_MIB, `${peak} MiB`);
});

test("a reader who leaves ends it without a crash", async () => {
  const scorer = start();
  scorer.stdin.on("error", () => {});
  scorer.stdout.once("data", () => scorer.stdout.destroy());
  for (let i = 0; i < 2000; i++) {
    scorer.stdin.write(`${good}\n`);
  }
  scorer.stdin.end();
  const [status, signal] = await new Promise((resolve) => scorer.on("close", (...end) => resolve(end)));
  assert.ok(signal === "SIGPIPE" || status === 1, `${status} ${signal}`);
});
