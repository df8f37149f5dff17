// Agreement with public human-graded sets: a folder with saf_networks_en.jsonl and
// scientsbank_train.jsonl, which is no part of the project.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { groupBy, macroF1, median, pearson, randomFrom, sample, share } from "./stats.mjs";
import { single } from "./table.mjs";
import { grade } from "./viva.mjs";

const PASS = 6;
const FULL = 0.99;
const WITHIN_MIN = 5; // answers of a question of which r says something
const THRESHOLDS = Array.from({ length: 17 }, (_, i) => 1 + i / 2);

// Both sets, or null when they are not there.
export function readPublic(folder) {
  const read = (name) => readFileSync(path.join(folder, name), "utf8").split("\n").filter(Boolean).map(JSON.parse);
  const names = ["saf_networks_en.jsonl", "scientsbank_train.jsonl"];
  if (!names.every((name) => existsSync(path.join(folder, name)))) {
    return null;
  }
  const [networks, science] = names.map(read);
  return { networks, science };
}

const request = ({ question, refs, answer }, more = []) =>
  ({ question, reference: [...refs, ...more], answer, lang: "en" });

// The questions of the sets, for attacks: requests without answers.
export function publicQuestions({ networks, science }) {
  return [networks, science].flatMap((rows) =>
    [...groupBy(rows, (row) => row.qid).values()].map(([{ question, refs, ds }]) =>
      ({ set: ds, request: { question, reference: refs, lang: "en" } })));
}

const isEmpty = ({ answer }) => answer.trim().split(/\s+/).length < 2 ||
  /^(no response|empty|no submission)/i.test(answer);

const rowsOf = (rows, results, theirs) =>
  rows.map((row, i) => ({ ...row, mark: results[i].score, ours: results[i].score, theirs: theirs(row) }));

const passes = (items) => share(items, (item) => item.mark >= PASS);

function medianWithin(items) {
  const groups = [...groupBy(items, (item) => item.qid).values()].filter((group) => group.length > WITHIN_MIN);
  return median(groups.map(pearson).filter((r) => !Number.isNaN(r)));
}

// Two other full-mark answers of the same question as further references.
function moreWordings(rows) {
  const random = randomFrom(1), full = groupBy(rows.filter((row) => row.score >= FULL && !isEmpty(row)),
    (row) => row.qid);
  return rows.map((row) => sample((full.get(row.qid) ?? [])
    .filter((other) => other.answer !== row.answer).map((other) => other.answer), 2, random));
}

function reportNetworks(table, rows) {
  const graded = rowsOf(rows, grade(rows.map((row) => request(row))), (row) => row.score);
  const more = moreWordings(rows);
  const wider = rowsOf(rows, grade(rows.map((row, i) => request(row, more[i]))), (row) => row.score);
  const answered = graded.filter((row) => !isEmpty(row)), wide = wider.filter((row) => !isEmpty(row));
  const full = (items) => single(items.filter((row) => row.score >= FULL));

  table.heading("Computer networks (public, 18 questions)");
  table.row("Pearson r, all answers", single(graded), pearson, { floor: 0.72 });
  table.row("Pearson r, without empty answers", single(answered), pearson, { floor: 0.36 });
  table.row("median r within a question", single(answered), medianWithin);
  table.row("with two more full-mark wordings: r, all answers", single(wider), pearson);
  table.row("with two more full-mark wordings: r, without empty ones", single(wide), pearson);
  table.row("genuine full marks that get 6 or more", full(answered), passes, { floor: 0.65, goal: 0.8 });
  table.row("the same with two more wordings", full(wide), passes, { floor: 0.65, goal: 0.8 });
  table.row("answers of no mark that get 6 or more",
    single(answered.filter((row) => row.score <= 1 - FULL)), passes, { most: true });
}

const decided = (threshold) => (row) => ({ ...row, ours: row.mark >= threshold });

function bestThreshold(rows) {
  let best = { threshold: PASS, f1: -1 };
  for (const threshold of THRESHOLDS) {
    const f1 = macroF1(rows.map(decided(threshold)));
    if (f1 > best.f1) {
      best = { threshold, f1 };
    }
  }
  return best.threshold;
}

// Each domain is decided with the threshold that is best for all others.
function leaveDomainOut(rows) {
  const domainOf = (row) => row.qid.split(/[-_.]/)[0];
  return [...groupBy(rows, domainOf)].flatMap(([domain, own]) =>
    own.map(decided(bestThreshold(rows.filter((row) => domainOf(row) !== domain)))));
}

function reportScience(table, rows) {
  const isCorrect = (row) => row.label2 === "correct";
  const graded = rowsOf(rows, grade(rows.map((row) => request(row))), isCorrect);
  const best = bestThreshold(graded), bar = { floor: 0.7, goal: 0.75 };

  table.heading("School science, correct or not (public, 135 questions)");
  table.row("macro-F1 at 6 of 10", single(graded.map(decided(PASS))), macroF1, bar);
  table.row(`macro-F1 at the best threshold, ${best}`, single(graded.map(decided(best))), macroF1, bar);
  table.row("macro-F1, threshold from the other domains", single(leaveDomainOut(graded)), macroF1, bar);
  table.row("correct answers that get 6 or more", single(graded.filter(isCorrect)), passes,
    { floor: 0.65, goal: 0.8 });
  table.row("contradictory answers that get 6 or more",
    single(graded.filter((row) => row.label3 === "contradictory")), passes, { most: true });
}

export function reportPublic(table, sets, folder) {
  if (sets === null) {
    table.heading("Public sets");
    table.note(`skipped: they are not in ${folder} (SCORING_DEV)`);
    return;
  }
  reportNetworks(table, sets.networks);
  reportScience(table, sets.science);
}
