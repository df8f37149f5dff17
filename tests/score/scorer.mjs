// The bank's questions as the scorer sees them, and the scorer itself: `viva score`.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const viva = path.join(root, process.env.VIVA_BUILD ?? "build", "viva");
const bank = path.join(root, "bank/questions");

export const languages = ["en", "ru", "uk"];

// Relations and attacks take minutes over the whole bank; a part of it that is spread over
// every file tells a change of the scorer as well. `make bank-test` takes all.
const SAMPLE = 60;

function sampled(entries) {
  const step = process.env.VIVA_WHOLE_BANK === "1" ? 1 : Math.max(1, entries.length / SAMPLE);
  return entries.filter((_, i) => Math.floor(i / step) > Math.floor((i - 1) / step));
}

const entries = readdirSync(bank).sort().flatMap((name) => JSON.parse(readFileSync(path.join(bank, name), "utf8")));

const inLanguages = (some) => some.flatMap((entry) => languages.map((lang) => ({
  id: entry.id,
  lang,
  track: entry.track,
  text: entry.question[lang],
  references: entry.reference_answer[lang],
  points: entry.key_points.map((point) => ({
    text: point.text[lang],
    aliases: point.aliases[lang],
    wrong: entry.mistakes.filter((mistake) => mistake.key_point === point.id)
      .flatMap((mistake) => mistake.claim[lang]),
  })),
})));

// Questions in every language, and one of them all by its id.
export const questions = inLanguages(sampled(entries));
export const questionOf = (id, lang) => inLanguages(entries.filter((entry) => entry.id === id)).find((question) => question.lang === lang);

const line = ({ question, answer }) => JSON.stringify({
  question: question.text,
  reference: question.references,
  key_points: question.points,
  lang: question.lang,
  answer,
});

function gradeShare(cases) {
  return new Promise((resolve, reject) => {
    const scorer = spawn(viva, ["score"], { stdio: ["pipe", "pipe", "inherit"] });
    const parts = [];
    scorer.on("error", reject);
    scorer.stdin.on("error", reject);
    scorer.stdout.on("data", (part) => parts.push(part));
    scorer.on("close", (status) => {
      const results = Buffer.concat(parts).toString("utf8").split("\n").filter(Boolean).map((text) => JSON.parse(text));
      const fault = results.find((result) => result.error);
      if (status !== 0 || fault || results.length !== cases.length) {
        reject(new Error(`viva score: status ${status}, ${results.length} of ${cases.length} results, ${fault?.error}`));
      } else {
        resolve(results);
      }
    });
    scorer.stdin.end(cases.map((item) => `${line(item)}\n`).join(""));
  });
}

// The results of `cases`, each { question, answer }, in their order; two processes share the work.
export async function grade(cases) {
  const half = cases.length >> 1;
  const shares = await Promise.all([cases.slice(0, half), cases.slice(half)].map(gradeShare));
  return shares.flat();
}

// The same numbers on every run: shuffled texts must not be new ones each time.
export function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    below: (n) => Math.floor(next() * n),
    shuffled(items) {
      const all = [...items];
      for (let i = all.length - 1; i > 0; i--) {
        const k = Math.floor(next() * (i + 1));
        [all[i], all[k]] = [all[k], all[i]];
      }
      return all;
    },
  };
}

export const sentences = (text) => text.match(/[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*\s*/gu)?.map((part) => part.trim()).filter(Boolean) ?? [text];
