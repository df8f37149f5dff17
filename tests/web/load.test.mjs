// A short sample of `make load`: a few people of a known seed, who must not meet an error.
// And the rule by which `make soak` calls a row of figures flat.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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
  assert.ok(isFlat([2, 2, 3, 3], 2).isFlat, "a thread more is no leak");
  assert.ok(!isFlat([7], 1).isFlat, "one figure tells nothing");
});
