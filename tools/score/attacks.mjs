// What cheating answers get: the share of them that reaches 6 of 10.
import { blanks, contentWords, denied, negated, negatedThroughout, opposed, salad } from "./cheats.mjs";
import { groupBy, randomFrom, sample, share, shuffled } from "./stats.mjs";
import { single } from "./table.mjs";
import { grade } from "./viva.mjs";

const PASS = 6;
const FULL = 9.5;
const LIST_WORDS_MIN = 8; // content words of a reference that make a keyword list
const DUMPED = 10;

const NONE = { floor: 0.05, goal: 0, most: true };
const LISTS = { floor: 0.1, goal: 0, most: true };

const markOf = (result) => result.score / result.max_score * 10;

const longest = (texts) => texts.reduce((best, text) => text.length > best.length ? text : best);

// Every question with its longest reference, the content words of it and other references.
function targetsOf(questions) {
  const targets = questions.map(({ set, request }) => {
    const reference = longest(request.reference);
    return { set, request, reference, lang: request.lang, keywords: contentWords(reference, request.lang) };
  });
  for (const group of groupBy(targets, (target) => target.set).values()) {
    for (const target of group) {
      target.others = group.filter((other) => other !== target).map((other) => other.reference);
    }
  }
  return targets;
}

const dump = (texts, random) => shuffled(texts, random).join(" ");

// [name, bar, answers of a target]; a target may have none or several.
const ATTACKS = [
  ["question copied", NONE, ({ request }) => [request.question]],
  ["question copied twice", NONE, ({ request }) => [`${request.question} ${request.question}`]],
  ["blank or no idea", NONE, ({ lang }) => blanks[lang]],
  ["keywords, shuffled", LISTS, ({ keywords }, random) => [shuffled(keywords, random).join(" ")]],
  ["keywords, shuffled, with commas", LISTS, ({ keywords }, random) => [shuffled(keywords, random).join(", ")]],
  ["keywords in order", LISTS, ({ keywords }) => [keywords.join(" ")]],
  ["keywords in order, with commas", LISTS, ({ keywords }) => [keywords.join(", ")]],
  ["all words of the reference, shuffled", { floor: 0.16, goal: 0, most: true },
    ({ reference }, random) => [salad(reference, random)]],
  ["ten references, the own among them", NONE, ({ reference, others }, random) =>
    [dump([reference, ...sample(others, DUMPED - 1, random)], random)]],
  ["ten references of other questions", NONE, ({ others }, random) => [dump(sample(others, DUMPED, random), random)]],
  ["reference of another question", NONE, ({ others }, random) => sample(others, 1, random)],
  ["\"not\" in every sentence", { floor: 0.25, goal: 0.1, most: true },
    ({ reference, lang }) => [negated(reference, lang)]],
  ["\"not\" in every clause", { floor: 0.25, goal: 0.1, most: true },
    ({ reference, lang }) => [negatedThroughout(reference, lang)]],
  ["\"it is not true that\"", { floor: 0.25, goal: 0.1, most: true },
    ({ reference, lang }) => [denied(reference, lang)]],
  ["a word a sentence by its opposite", { most: true },
    ({ reference, lang }) => [opposed(reference, lang)].filter((text) => text !== null)],
];

// A short reference can hardly be told from a list of its words.
const isOfLong = (name) => name.startsWith("keywords") || name.startsWith("all words");

// Attacks on all questions are graded together, which spares the start of a process each.
function gradeAttacks(targets) {
  const random = randomFrom(7), jobs = [];
  for (const [name, , answersOf] of ATTACKS) {
    for (const target of targets) {
      if (!isOfLong(name) || target.keywords.length >= LIST_WORDS_MIN) {
        answersOf(target, random).forEach((answer) => jobs.push({ name, lang: target.lang, answer, target }));
      }
    }
  }
  grade(jobs.map(({ target, answer }) => ({ ...target.request, answer })))
    .forEach((result, i) => { jobs[i].mark = markOf(result); });
  return groupBy(jobs, (job) => job.name);
}

function reportControl(table, questions) {
  const all = questions.flatMap(({ request }) => request.reference.map((answer) => ({ ...request, answer })));
  const results = grade(all);
  const marks = results.map((result, i) => ({ mark: markOf(result), lang: all[i].lang }));
  for (const [lang, items] of groupBy(marks, (item) => item.lang)) {
    table.row(`${lang}: reference itself gets 9.5 or more`, single(items),
      (some) => share(some, (item) => item.mark >= FULL), { floor: 1, goal: 1 });
  }
}

// `questions`: {set, request}; an attack may take words from other questions of the set.
export function reportAttacks(table, name, questions) {
  table.heading(`Attacks on ${name}: share that gets 6 or more`);
  reportControl(table, questions);
  const graded = gradeAttacks(targetsOf(questions));
  for (const [attack, bar] of ATTACKS) {
    for (const [lang, jobs] of groupBy(graded.get(attack), (job) => job.lang)) {
      table.row(`${lang}: ${attack}`, single(jobs), (items) => share(items, (item) => item.mark >= PASS), bar);
    }
  }
}
