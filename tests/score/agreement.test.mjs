// The built-in examiner agrees with the readings of the project's own graded answers at
// least as well as it did when these floors were set. A change that raises a figure for good
// raises its floor, too; `make score-report` shows all figures beside the bars.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { languages } from "../../tools/score/bank.mjs";
import { agreement, readGraded } from "../../tools/score/graded.mjs";
import { interval, kappa, macroF1, pearson, quadratic, within } from "../../tools/score/stats.mjs";

const FLOORS = { r: 0.87, pointAccuracy: 0.72, pointKappa: 0.5, consistency: 0.7 };
const MOST = { rmse: 1.8 };

let answers, figures;

before(() => {
  answers = readGraded();
  figures = agreement(answers);
});

test("the graded answers are complete: three languages each, both splits", () => {
  assert.ok(answers.length >= 120, `${answers.length} answers`);
  for (const lang of languages) {
    const own = answers.filter((answer) => answer.lang === lang);
    assert.equal(own.length, answers.length / languages.length, lang);
    assert.deepEqual([...new Set(own.map((answer) => answer.split))].sort(), ["dev", "test"]);
  }
});

for (const name of Object.keys(FLOORS)) {
  test(`agreement with the readings: ${name} is at least ${FLOORS[name]}`, (t) => {
    t.diagnostic(`${name} ${figures[name].toFixed(3)}, floor ${FLOORS[name]}`);
    assert.ok(figures[name] >= FLOORS[name], `${name} fell to ${figures[name].toFixed(3)}`);
  });
}

test(`agreement with the readings: the marks' error is at most ${MOST.rmse} points`, (t) => {
  t.diagnostic(`rmse ${figures.rmse.toFixed(2)}, at most ${MOST.rmse}`);
  assert.ok(figures.rmse <= MOST.rmse, `the error rose to ${figures.rmse.toFixed(2)}`);
});

const pairs = (...rows) => rows.flatMap(([ours, theirs, count]) => new Array(count).fill({ ours, theirs }));

test("the measures give what a textbook gives", () => {
  const cohen = pairs([1, 1, 20], [1, 0, 5], [0, 1, 10], [0, 0, 15]);
  assert.ok(Math.abs(kappa(cohen, 2) - 0.4) < 1e-9);
  assert.equal(kappa(pairs([0, 0, 3], [2, 2, 3]), 3, quadratic), 1);
  const near = pairs([0, 1, 1], [1, 1, 4], [2, 2, 4]), far = pairs([0, 2, 1], [1, 1, 4], [2, 2, 4]);
  assert.ok(kappa(near, 3, quadratic) > kappa(far, 3, quadratic));
  assert.ok(Math.abs(pearson(pairs([1, 2, 1], [2, 4, 1], [3, 6, 1])) - 1) < 1e-9);
  assert.ok(Math.abs(pearson(pairs([1, 1, 1], [2, 3, 1], [3, 2, 1])) - 0.5) < 1e-9);
  const decisions = pairs([true, true, 2], [true, false, 1], [false, true, 1], [false, false, 6]);
  assert.ok(Math.abs(macroF1(decisions) - (2 / 3 + 6 / 7) / 2) < 1e-9);
  assert.equal(within(1)(pairs([5, 6, 1], [5, 6.5, 1])), 0.5);
});

test("an interval holds its figure, narrows with more answers and is the same each time", () => {
  const few = pairs([1, 2, 5], [3, 3, 5], [4, 6, 5]).map((item) => [item]);
  const many = Array.from({ length: 10 }, () => few).flat();
  const width = ([low, high]) => high - low;
  assert.deepEqual(interval(few, pearson), interval(few, pearson));
  assert.ok(width(interval(many, pearson)) < width(interval(few, pearson)));
  const [low, high] = interval(few, within(0));
  assert.ok(low < 1 / 3 && 1 / 3 < high);
  // No variation is no certainty.
  assert.ok(interval(few, () => 0)[1] > 0.1);
});
