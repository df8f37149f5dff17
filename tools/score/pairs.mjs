// Do inflected forms of a word match, and unlike words not? Forms come from the hunspell
// dictionaries of the system, whose affix rules are unfolded here.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { below, randomFrom, share, shuffled } from "./stats.mjs";
import { single } from "./table.mjs";
import { build, runLines } from "./viva.mjs";

const FOLDER = "/usr/share/hunspell";
const DICTIONARIES = { ru: "ru_RU", uk: "uk_UA" };
const LEMMAS = 5000;
const UNLIKE_PAIRS = 100000;

// Common words only: names, abbreviations and compounds are inflected in ways of their own.
const isPlain = (word) => /^[а-яёґєії]{4,}$/.test(word);

// {flag: [{strip, add, condition}]} of the suffixes; the dictionaries have no prefixes.
function readSuffixes(text) {
  const suffixes = new Map();
  for (const line of text.split("\n")) {
    const [kind, flag, strip, affix, condition] = line.trim().split(/\s+/);
    if (kind !== "SFX" || condition === undefined) {
      continue;
    }
    const add = affix.split("/")[0];
    if (!suffixes.has(flag)) {
      suffixes.set(flag, []);
    }
    suffixes.get(flag).push({ strip: strip === "0" ? "" : strip, add: add === "0" ? "" : add,
      condition: new RegExp(`(?:${condition})$`) });
  }
  return suffixes;
}

function formsOf(lemma, flags, suffixes) {
  const forms = new Set([lemma]);
  for (const flag of flags) {
    for (const { strip, add, condition } of suffixes.get(flag) ?? []) {
      if (condition.test(lemma) && lemma.endsWith(strip)) {
        forms.add(lemma.slice(0, lemma.length - strip.length) + add);
      }
    }
  }
  return [...forms].filter(isPlain);
}

// Arrays of the forms of `count` random words that have more than one.
function readFamilies(name, random, count) {
  const read = (suffix) => readFileSync(path.join(FOLDER, name + suffix), "utf8");
  const suffixes = readSuffixes(read(".aff")), families = [];
  for (const entry of shuffled(read(".dic").split("\n").slice(1), random)) {
    const [lemma, flags = ""] = entry.trim().split(/[/\s]/);
    const forms = isPlain(lemma) ? formsOf(lemma, flags, suffixes) : [];
    if (forms.length > 1) {
      families.push(forms);
    }
    if (families.length === count) {
      break;
    }
  }
  return families;
}

const pick = (items, random) => items[below(random, items.length)];

function pairsOf(families, random) {
  const alike = families.map((forms) => shuffled(forms, random).slice(0, 2));
  const unlike = [];
  while (unlike.length < UNLIKE_PAIRS) {
    const one = pick(families, random), other = pick(families, random);
    if (one !== other) {
      unlike.push([pick(one, random), pick(other, random)]);
    }
  }
  return { alike, unlike };
}

function strengths(pairs) {
  return runLines(path.join(build, "tools/stem_pairs"), [], pairs.map((pair) => pair.join(" ")))
    .map((line, i) => ({ pair: pairs[i], strength: Number(line) }));
}

const matched = (items) => share(items, (item) => item.strength > 0);

export function reportPairs(table) {
  table.heading("Word forms (hunspell's dictionaries)");
  for (const [lang, name] of Object.entries(DICTIONARIES)) {
    if (!existsSync(path.join(FOLDER, `${name}.dic`))) {
      table.note(`${lang}: skipped, ${FOLDER}/${name}.dic is not there (package hunspell-${lang})`);
      continue;
    }
    const random = randomFrom(3), { alike, unlike } = pairsOf(readFamilies(name, random, LEMMAS), random);
    table.row(`${lang}: two forms of one word that match`, single(strengths(alike)), matched,
      { floor: 0.97, goal: 0.995, digits: 4 });
    table.row(`${lang}: forms of two words that match`, single(strengths(unlike)), matched,
      { floor: 0.001, goal: 0.0001, most: true, digits: 5 });
  }
}
