// A scripted model that plays every agent's part decently, from the very data it is given.
// What it says is recognisable: a test can tell its words from the built-in examiner's.
import { agentOf, dataOf, fake, json, text } from "./fake.mjs";

// Words of the interviewer, twenty of them, so that a stream has many pieces.
export const LEAD_IN = "Scripted model speaking: thank you, that was clear and easy to follow, so let us go on " +
  "together to the next part of this talk now.";
export const FEEDBACK = "The scripted model found the main idea and asks for the missing part.";
export const ASSESSMENT = "The scripted model saw a calm talk in which several ideas were explained in the candidate's own words.";

const words = (value) => new Set(value.toLowerCase().match(/[\p{L}\d]{4,}/gu) ?? []);

// The sentence of the answer that shares most words with a text, and how many.
function nearest(answer, wanted) {
  const of = words(wanted);
  const sentences = answer.match(/[^.!?\n]+/g) ?? [];
  const scored = sentences.map((sentence) => ({
    sentence: sentence.trim(),
    shared: [...words(sentence)].filter((word) => of.has(word)).length,
  }));
  return scored.sort((a, b) => b.shared - a.shared)[0] ?? { sentence: "", shared: 0 };
}

function gradePoint(answer, { id, text: wording }) {
  const { sentence, shared } = nearest(answer, wording);
  const status = shared >= 3 ? "covered" : shared === 2 ? "partial" : "missing";
  return { id, status, quote: status === "missing" ? "" : sentence };
}

const noFacts = { name: "", position: "", level: "", experience: "", technologies: [] };
const soft = (quote) => ({ score: 4, reason: "Said in whole sentences throughout the talk.", quote });
const report = { overall_assessment: ASSESSMENT, strengths: ["Ideas were explained calmly and in order."],
  growth_areas: ["Some points were left out or only touched upon."],
  recommendations: ["Repeat the points that were left out and explain them aloud."] };

// What each agent answers; a function of its data. Objects become JSON, strings are spoken.
export const PARTS = {
  observer: () => ({
    class: "normal", quality: 0.8, is_correct: true, wrong_claims: [], answered_last_question: true,
    next_step: "ask_new_question", reason: "The answer is to the point.", follow_up: "", facts: noFacts,
  }),
  interviewer: () => LEAD_IN,
  evaluator: ({ answer, key_points: points }) => ({
    points: points.map((point) => gradePoint(answer, point)), wrong_claims: [],
    rubric: { structure: 4, relevance: 4, technical_accuracy: 4, depth: 3, communication: 4 },
    feedback_short: FEEDBACK, feedback_detailed: FEEDBACK, suggested_next_difficulty: "same",
  }),
  profile_extractor: () => ({ ...noFacts, position: "developer", technologies: ["Python"] }),
  candidate_writer: () => report,
  recruiter_writer: () => report,
  recommender: ({ facts }) => ({
    difficulty: "same", tracks: Object.keys(facts?.metrics?.by_track ?? { backend: 1 }).slice(0, 1), topics_to_improve: [],
  }),
  assessor: () => ({
    grade: "undetermined", hire_recommendation: "undetermined", confidence: 0.4, confirmed_skills: [], gaps: [],
    soft_skills: { clarity: soft(""), honesty: soft(""), engagement: soft("") }, roadmap: [],
  }),
};

// Starts the endpoint. `parts` replaces single agents (a function of data and request; it may
// give a whole answer of fake.mjs); `pieces` and `pauseMs` shape the interviewer's stream.
// Its member `parts` may be changed while it runs.
export async function scriptedModel({ parts = {}, port = 0, pieces = 20, pauseMs = 0 } = {}) {
  const playing = { ...PARTS, ...parts };
  const server = await fake({
    port,
    on: async (request) => {
      const part = playing[agentOf(request)];
      const said = part && (await part(dataOf(request), request));
      if (said === undefined || said?.steps) {
        return said;
      }
      return typeof said === "string" ? text(said, { pieces, pauseMs }) : json(said);
    },
  });
  return Object.assign(server, { parts: playing });
}

// The environment of an instance that uses it.
export function modelEnv(server, env = {}) {
  return { OPENAI_BASE_URL: server.url, OPENAI_MODEL: "scripted-1", OPENAI_API_KEY: "sk-test-secret", ...env };
}
