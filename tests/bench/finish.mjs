// `make bench`: from the Finish button of an interview of fifteen questions to its rendered
// report: the last question is closed, the facts are counted, every record hashed, the document
// signed and stored, and the page made.
import { startInstance } from "../web/instance.mjs";
import { act, answerWell, openChat, press, register, startInterview } from "../web/story.mjs";

const QUESTIONS = 15;
const ROUNDS = 10;

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function timed(work) {
  const start = process.hrtime.bigint();
  const result = await work();
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, result };
}

async function page(person, address) {
  const { status } = await person.get(address);
  if (status !== 200) {
    throw new Error(`${address}: ${status}`);
  }
}

// An interview whose questions are all answered but the last, at the question whether to finish.
async function almostDone(person) {
  const id = await startInterview(person, { question_count: String(QUESTIONS) });
  for (let i = 1; i < QUESTIONS; i++) {
    await answerWell(person, id);
  }
  await act(person, id, "stop");
  return id;
}

const instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
try {
  const person = await register(instance);
  const finished = [], front = [];
  for (let i = 0; i < ROUNDS; i++) {
    const id = await almostDone(person);
    const chat = await openChat(person, id);
    const { ms } = await timed(async () => {
      await press(person, chat, "finish");
      await page(person, `/reports/${id}`);
    });
    finished.push(ms);
    front.push((await timed(() => page(person, "/profile"))).ms);
  }
  const [ms, reference] = [median(finished), median(front)];
  console.log(`${`Finish to the report's page, ${QUESTIONS} questions, ms`.padEnd(52)} ${ms.toFixed(1).padStart(12)}   bar: 100`);
  console.log(`${"the same / the profile page".padEnd(52)} ${(ms / reference).toFixed(1).padStart(12)}   that page ${reference.toFixed(1)} ms`);
} finally {
  await instance.stop();
}
