// The bank's questions as requests of `viva score`: what the examiner itself grades with.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { root } from "./viva.mjs";

export const languages = ["en", "ru", "uk"];

export function readBank() {
  const folder = path.join(root, "bank/questions");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json")).sort();
  return files.flatMap((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")));
}

// A request without its answer.
export function requestFor(question, lang) {
  const claims = (id) => (question.mistakes ?? [])
    .filter((mistake) => mistake.key_point === id)
    .flatMap((mistake) => mistake.claim[lang]);
  return {
    question: question.question[lang],
    reference: question.reference_answer[lang],
    key_points: question.key_points.map((point) =>
      ({ text: point.text[lang], aliases: point.aliases?.[lang] ?? [], wrong: claims(point.id) })),
    max_score: question.max_score,
    lang,
  };
}

// The bank's questions in every language, for attacks: requests without answers.
export function bankQuestions() {
  return languages.flatMap((lang) =>
    readBank().map((question) => ({ set: lang, request: requestFor(question, lang) })));
}
