// Every hostile program in every tier that can be had here, with the verdict its first line
// names; 50 ms after a verdict none of its processes is left.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { allPrograms, checkAnswer, isMeantFor, isRoot, Judge, pause, survivors, TIERS } from "./hostile.mjs";

const everything = allPrograms();

function digest() {
  return createHash("sha256").update(readFileSync("/etc/passwd")).digest("hex");
}

test("the list is whole", () => {
  const numbers = new Set(everything.map(({ name }) => Number(name.slice(0, 2))));
  // 32 and 53 to 55 need more than one judge: judge.test.mjs
  const elsewhere = [32, 53, 54, 55];
  for (let number = 1; number <= 55; number++) {
    assert.ok(numbers.has(number) || elsewhere.includes(number), `number ${number} has no program`);
  }
});

test("the best tier is the one that is expected", async () => {
  const judge = new Judge(isRoot ? "A1" : "A2", { VIVA_JUDGE_TIERS: "A1,A2,B,C" });
  const answer = await judge.send({ language: "python", kind: "function", function: "f", code: "def f(): return 1", tests: [{ args: [], expected: 1 }] });
  assert.equal(answer.tier, process.env.VIVA_EXPECTED_TIER ?? (isRoot ? "A1" : "A2"), JSON.stringify(answer));
  assert.equal(await judge.close(), 0);
});

for (const tier of TIERS) {
  describe(`tier ${tier}`, () => {
    let judge, passwd;

    before(() => {
      judge = new Judge(tier);
      passwd = digest();
    });
    after(async () => {
      assert.equal(await judge.close(), 0, judge.errors);
      assert.equal(digest(), passwd, "/etc/passwd is as it was");
    });

    for (const program of everything.filter((one) => isMeantFor(one, tier))) {
      test(program.name, async () => {
        const answer = await judge.send(judge.document(program));
        await pause(50);
        assert.deepEqual(survivors(judge), []);
        checkAnswer(program, answer, judge);
      });
    }
  });
}
