// Prints 10,000 requests for `viva score`: the bank's questions in all languages, shuffled,
// each with some sentences of a full answer. The same ones on every run.
import { bankQuestions } from "../../tools/score/bank.mjs";

const COUNT = 10000;
let state = 5;

function below(n) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor(state / 2 ** 32 * n);
}

const questions = bankQuestions().map(({ request }) => request);
for (let id = 0; id < COUNT; id++) {
  const request = questions[below(questions.length)];
  const reference = request.reference[below(request.reference.length)];
  const answer = reference.split(/(?<=[.!?;])\s+/).filter(() => below(10) < 6).join(" ");
  console.log(JSON.stringify({ id, ...request, answer: answer || reference }));
}
