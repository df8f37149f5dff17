// A short sample of `make load`: a few people of a known seed, who must not meet an error.
// And the rules by which `make soak` calls a row of figures flat, and `make bench` one over its bar.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { row, verdict } from "../bench/table.mjs";
import { programs, files } from "../load/machine.mjs";
import { isFlat, slope } from "../load/trend.mjs";
import { live, settle, startWorld } from "../load/world.mjs";

let world;
before(async () => {
  world = await startWorld({ hasModel: false, env: { VIVA_PASSWORD_MEMORY_KB: "12288" } });
});
after(() => world?.stop());

test("some people do what people do for three seconds, and nothing fails", async () => {
  const people = await settle(world.instance, { users: 8, seed: 9, thinkMs: 40 });
  const { timings } = await live(people, 3);
  assert.deepEqual(timings.errors, []);
  const [pages, ...kinds] = timings.rows();
  assert.ok(pages.count >= 10, `pages: ${pages.count}`);
  assert.ok(kinds.some(({ kind }) => kind === "talk"), "somebody practised");
});

test("the programs' memory, descriptors and threads are read, nginx's as well", () => {
  const seen = programs(world.instance);
  assert.deepEqual(Object.keys(seen).sort(), ["account", "admin", "code", "interview", "nginx", "report"]);
  for (const [name, { pssMib, descriptors, threads }] of Object.entries(seen)) {
    assert.ok(pssMib > 0 && descriptors > 2 && threads > 0, name);
  }
  assert.ok(files(world.instance).databaseMib > 1);
});

test("a row is flat when its line rises by 5 % of the mean at most", () => {
  assert.equal(slope([1, 3, 5, 7]), 2);
  assert.equal(slope([4]), 0);
  assert.ok(isFlat([100, 104, 98, 103, 99, 101], 1).isFlat, "up and down");
  assert.ok(isFlat([100, 90, 80, 70], 1).isFlat, "falling");
  assert.ok(!isFlat([100, 102, 104, 106, 108], 1).isFlat, "8 % more");
  assert.ok(isFlat([80, 110, 85, 96, 78, 108, 90], 1).isFlat, "a trend within the noise");
  assert.ok(isFlat([2, 2, 3, 3], 2).isFlat, "a thread more is no leak");
  assert.ok(!isFlat([7], 1).isFlat, "one figure tells nothing");
});

test("a figure of the bench is judged by the bar that stands beside it", () => {
  assert.equal(verdict("2.6", "bar: 3"), "ok");
  assert.equal(verdict("3.1", "bar: 3"), "over");
  assert.equal(verdict("0.25", "bar: at least 0.60"), "over");
  assert.equal(verdict("4100", "bar: at least 5000 a second"), "over");
  assert.equal(verdict("1.01", "bar: 0.95 to 1.05"), "ok");
  assert.equal(verdict("0.9", "bar: 0.95 to 1.05"), "over");
  assert.equal(verdict("7", "the reference"), "");
  assert.equal(row("report page / hello      0.61   bar: at least 0.60"), "| report page / hello | 0.61 | bar: at least 0.60 | ok |");
  assert.equal(row("a heading"), "| **a heading** | | | |");
  assert.equal(row(""), "");
});
