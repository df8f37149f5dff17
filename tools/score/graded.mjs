// Agreement with the project's own graded answers, tests/data/graded.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { languages, readBank, requestFor } from "./bank.mjs";
import { accuracy, difference, groupBy, kappa, pearson, precision, quadratic, recall, rmse, share,
  within } from "./stats.mjs";
import { grade, root } from "./viva.mjs";

const STATUSES = ["missing", "partial", "covered"];
const VERDICT_STEPS = [0.3, 0.6, 0.85];

// What is denied is not covered; a scorer shows it as missing.
const statusOf = (label) => Math.max(0, STATUSES.indexOf(label));
const verdictOf = (mark) => VERDICT_STEPS.filter((step) => mark / 10 >= step - 1e-9).length;
const isCovered = (status) => status === STATUSES.indexOf("covered");

// The graded answers with what the built-in scorer says of each:
// {id, lang, split, answer, score, points, second, ours: {score, flags, points: [..]}}
export function readGraded(file = path.join(root, "tests/data/graded/answers.jsonl")) {
  if (!existsSync(file)) {
    return [];
  }
  const questions = new Map(readBank().map((question) => [question.id, question]));
  const answers = readFileSync(file, "utf8").split("\n").filter(Boolean).map(JSON.parse);
  const results = grade(answers.map(({ question_id: id, lang, answer }) =>
    ({ ...requestFor(questions.get(id), lang), answer })));
  return answers.map((answer, i) => {
    const ids = questions.get(answer.question_id).key_points.map((point) => point.id);
    const points = results[i].key_points.map((point, at) => ({ ...point, id: ids[at] }));
    if (ids.some((id) => answer.points[id] === undefined) || points.length !== ids.length) {
      throw new Error(`${answer.id} ${answer.lang}: labels and key points differ`);
    }
    const mark = results[i].score / results[i].max_score * 10;
    return { ...answer, ours: { score: mark, flags: results[i].flags, points } };
  });
}

// The languages of one answer stay together when answers are drawn.
const clustersOf = (answers, itemsOf) =>
  [...groupBy(answers, (answer) => answer.id).values()].map((versions) => versions.flatMap(itemsOf));

const scores = (answer) => [{ ours: answer.ours.score, theirs: answer.score }];
const verdicts = (answer) => [{ ours: verdictOf(answer.ours.score), theirs: verdictOf(answer.score) }];
const statuses = (answer) => answer.ours.points.map((point) =>
  ({ ours: statusOf(point.status), theirs: statusOf(answer.points[point.id]) }));

// The same shapes for two people.
const readings = {
  scores: ({ score, second }) => [{ ours: second.score, theirs: score }],
  verdicts: ({ score, second }) => [{ ours: verdictOf(second.score), theirs: verdictOf(score) }],
  statuses: ({ points, second }) => Object.keys(points).map((id) =>
    ({ ours: statusOf(second.points[id]), theirs: statusOf(points[id]) })),
};

export const pointKappa = (items) => kappa(items, STATUSES.length);
export const verdictKappa = (items) => kappa(items, VERDICT_STEPS.length + 1, quadratic);

// Key points with {same}: whether the versions of an answer in these languages have the point
// alike, by status or by what `of` makes of it.
function consistencyClusters(answers, among = languages, of = (status) => status) {
  const whole = [...groupBy(answers, (answer) => answer.id).values()]
    .map((versions) => versions.filter((version) => among.includes(version.lang)))
    .filter((versions) => versions.length === among.length);
  return whole.map((versions) => versions[0].ours.points.map((_, at) =>
    ({ same: new Set(versions.map((version) => of(version.ours.points[at].status))).size === 1 })));
}

const PAIRS = [["en", "ru"], ["en", "uk"], ["ru", "uk"]];
const coveredOrNot = (status) => status === "covered";

function reportLanguages(table, answers) {
  const bar = { floor: 0.9, goal: 0.95 };
  table.row("languages: same status in en, ru and uk", consistencyClusters(answers), consistent, bar);
  for (const pair of PAIRS) {
    table.row(`languages: covered or not, alike in ${pair.join(" and ")}`,
      consistencyClusters(answers, pair, coveredOrNot), consistent, bar);
  }
}

const consistent = (items) => share(items, (item) => item.same);

// The figures that tests hold fast.
export function agreement(answers) {
  const points = clustersOf(answers, statuses).flat();
  return {
    r: pearson(clustersOf(answers, scores).flat()),
    rmse: rmse(clustersOf(answers, scores).flat()),
    pointAccuracy: accuracy(points),
    pointKappa: pointKappa(points),
    consistency: consistent(consistencyClusters(answers).flat()),
  };
}

function compare(table, name, answers, shapes) {
  const marks = clustersOf(answers, shapes.scores), points = clustersOf(answers, shapes.statuses);
  table.heading(name);
  table.row("mark: Pearson r", marks, pearson);
  table.row("mark: RMSE in points of 10", marks, rmse, { digits: 2 });
  table.row("mark: mean difference, ours - theirs", marks, difference, { digits: 2 });
  table.row("mark: within 1 point", marks, within(1));
  table.row("mark: within 2 points", marks, within(2));
  table.row("verdict: quadratic weighted kappa", clustersOf(answers, shapes.verdicts), verdictKappa);
  table.row("key points: same status", points, accuracy);
  table.row("key points: Cohen's kappa", points, pointKappa);
  table.row("key points: precision of covered", points, precision(isCovered));
  table.row("key points: recall of covered", points, recall(isCovered));
}

function reportDenied(table, answers) {
  const denies = (answer) => Object.values(answer.points).includes("denied");
  const told = (answer) => [{ ours: answer.ours.flags.includes("contradiction"), theirs: denies(answer) }];
  const denied = clustersOf(answers, (answer) => answer.ours.points
    .filter((point) => answer.points[point.id] === "denied")
    .map((point) => ({ ours: statusOf(point.status) }))).filter((cluster) => cluster.length > 0);
  table.row("denied points that are paid all the same", denied, (items) => share(items, (item) => item.ours > 0));
  table.row("answers that deny a point: flagged", clustersOf(answers, told), recall(Boolean));
  table.row("answers flagged: they do deny a point", clustersOf(answers, told), precision(Boolean));
}

export function reportGraded(table, answers) {
  const shapes = { scores, verdicts, statuses };
  if (answers.length === 0) {
    table.heading("Own graded answers");
    table.note("skipped: tests/data/graded/answers.jsonl is not there");
    return;
  }
  compare(table, "Own graded answers", answers, shapes);
  reportDenied(table, answers);
  reportLanguages(table, answers);
  for (const lang of languages) {
    compare(table, `Own graded answers: ${lang}`, answers.filter((answer) => answer.lang === lang), shapes);
  }
  for (const split of ["dev", "test"]) {
    compare(table, `Own graded answers: ${split} split`, answers.filter((answer) => answer.split === split), shapes);
  }
  const twice = answers.filter((answer) => answer.second !== undefined);
  if (twice.length > 0) {
    compare(table, "The two readings against one another", twice, readings);
  }
}

const plain = (text) => text.replace(/\s+/g, " ").trim();

// The key points of the dev split that we see unlike the label, `count` a language: first what
// is paid too much, then what is missed, nearest to being found first.
export function worstPoints(answers, count) {
  const lines = [];
  for (const lang of languages) {
    const items = answers
      .filter((answer) => answer.split === "dev" && answer.lang === lang)
      .flatMap((answer) => answer.ours.points.map((point) => ({ answer, point, label: answer.points[point.id] })));
    const found = items.filter((item) => surplusOf(item) !== 0)
      .sort((a, b) => rank(b) - rank(a) || b.point.coverage - a.point.coverage);
    lines.push(`== ${lang}: ${found.length} of ${items.length} key points unlike the label`, "");
    for (const item of found.slice(0, count)) {
      lines.push(...explained(item), "");
    }
  }
  return lines.join("\n");
}

// Steps between the statuses: above 0 when we pay too much.
const surplusOf = ({ point, label }) => statusOf(point.status) - statusOf(label);

const rank = (item) => Math.abs(surplusOf(item)) + (surplusOf(item) > 0 ? STATUSES.length : 0);

function explained({ answer, point, label }) {
  const bytes = Buffer.from(answer.answer);
  const spans = point.evidence.map(({ start, end }) => `"${plain(bytes.subarray(start, end).toString())}"`);
  const mark = answer.ours.score.toFixed(1);
  return [
    `${answer.id} ${point.id}: ours ${point.status} (coverage ${point.coverage}), label ${label}; ` +
      `mark ${mark}, people ${answer.score}; flags: ${answer.ours.flags.join(", ") || "none"}`,
    `  answer:   ${plain(answer.answer)}`,
    `  point:    ${point.text}`,
    `  matched:  ${spans.join(" | ") || "nothing"}${point.wording ? ` as "${point.wording}"` : ""}` +
      (point.wrong ? `; false claim "${point.wrong}"` : ""),
  ];
}
