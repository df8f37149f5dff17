// The forms of a report that people take away: the PDF in all three languages, what the
// recruiter's text adds, and the names of the files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { startCoding } from "./coding.mjs";
import { root, startInstance } from "./instance.mjs";
import { visibleText } from "./page.mjs";
import { LANGUAGES, finish, makeAdmin, register, reportDocument, say, startInterview, translated } from "./story.mjs";

const NAMES = { en: "Ann “The Best” O'Neill", ru: "Щукина Юлия", uk: "Їжак Ганна" };
const LATIN = { en: /Ann_.*The_Best.*_O_Neill_/, ru: /Shchukina_Iuliia_/, uk: /Yizhak_Hanna_/ };
const SAID = {
  en: "An idempotent request may be repeated, and the final state of the server stays the same.",
  ru: "Идемпотентный запрос можно повторить, и состояние сервера от этого больше не изменится.",
  uk: "Ідемпотентний запит можна повторити, і стан сервера від цього більше не зміниться, об’єкт той самий.",
};
const HEADINGS = [
  "Interview report",
  "Result",
  "Time per question",
  "Questions and answers",
  "Key points",
  "How this score came about",
  "What was used and what was not",
];

let instance, admin;
const talks = {}; // by language: { person, id, report }

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  admin = await makeAdmin(instance);
  for (const language of LANGUAGES) {
    const person = await register(instance, { language, fullName: NAMES[language] });
    const id = await startInterview(person, { question_count: "2", language });
    await say(person, id, SAID[language]);
    await finish(person, id);
    talks[language] = { person, id, report: await reportDocument(person, id) };
  }
});
after(() => instance?.stop());

// --- helpers -----------------------------------------------------------------------------

function tool(name, pdf, ...options) {
  return execFileSync(name, [...options, "-", ...(name === "pdftotext" ? ["-"] : [])], { input: pdf }).toString();
}

// One line of words, whatever lines they were broken over.
function flat(text) {
  return text.replace(/\s+/g, " ").trim();
}

function textOf(pdf) {
  return flat(tool("pdftotext", pdf));
}

function namesOf(reply) {
  const [, plain, encoded] = reply.headers["content-disposition"].match(
    /^attachment; filename="([^"\\\r\n/]+)"; filename\*=UTF-8''([\w.~%-]+)$/,
  );
  return { plain, whole: decodeURIComponent(encoded) };
}

// The sentences of a text of the report.
function sentences(text) {
  return text.split("\n").flatMap((line) => flat(line.replace(/^- /, "")).match(/[^.!?]{40,}[.!?]/g) ?? []);
}

// --- stories -----------------------------------------------------------------------------

for (const language of LANGUAGES) {
  test(`a PDF in ${language} has every heading, and sentences as they were written`, async () => {
    const { person, id, report } = talks[language];
    const reply = await person.get(`/reports/${id}/report.pdf`);
    assert.equal(reply.status, 200);
    assert.equal(reply.headers["content-type"], "application/pdf");
    const text = textOf(reply.body);
    for (const heading of HEADINGS) {
      assert.ok(text.includes(translated(language, heading)), heading);
    }
    for (const said of [SAID[language], NAMES[language], report.questions[0].raw_prompt, report.role.title, id]) {
      assert.ok(text.includes(flat(said)), said);
    }
    const written = sentences(report.llm_summary_candidate);
    assert.ok(written.length >= 3);
    written.forEach((sentence) => assert.ok(text.includes(sentence.trim()), sentence));
    const pages = Number(tool("pdfinfo", reply.body).match(/^Pages:\s+(\d+)$/m)[1]);
    assert.ok(pages >= 2);
    for (let page = 1; page <= pages; page++) {
      const number = translated(language, "Page %d of %d").replace("%d", page).replace("%d", pages);
      assert.ok(flat(tool("pdftotext", reply.body, "-f", `${page}`, "-l", `${page}`)).includes(number), number);
    }
    const again = await person.get(`/reports/${id}/report.pdf`);
    assert.ok(again.body.equals(reply.body), "the same bytes again");
  });
}

test("a task is set without the marks of its text, and a name turns no other words", async () => {
  const person = await register(instance, { fullName: "Eve \u202Efdp.ti" });
  const id = await startCoding(person);
  await finish(person, id);
  const [{ code_task: task }] = (await reportDocument(person, id)).questions;
  const text = textOf((await person.get(`/reports/${id}/report.pdf`)).body);
  const marks = /\*\*\p{L}|```|`\w+`/u;
  assert.match(task.description_markdown, marks);
  assert.doesNotMatch(text, marks);
  const [heading] = task.description_markdown.match(/(?<=\*\*)[^*]+(?=\*\*)/);
  assert.ok(text.includes(flat(heading)), heading);
  for (const shown of [text, (await person.get(`/reports/${id}`)).text, (await admin.get("/admin")).text]) {
    assert.ok(!/[\u202A-\u202E\u2066-\u2069]/.test(shown) && shown.includes("Eve fdp.ti"));
  }
});

test("the PDF of a program is the page's, and says what the reader may know", async () => {
  const { person, id, report } = talks.ru;
  const own = textOf((await person.get(`/reports/${id}/report.pdf`)).body);
  const theirs = textOf((await admin.get(`/reports/${id}/report.pdf`)).body);
  const heading = translated("ru", "For the recruiter");
  assert.ok(theirs.includes(heading) && !own.includes(heading));
  const document = await reportDocument(admin, id);
  const [sentence] = sentences(document.llm_summary_admin).filter((one) => !report.llm_summary_candidate.includes(one));
  assert.ok(theirs.includes(sentence.trim()) && !own.includes(sentence.trim()), sentence);
  const page = await person.get(`/reports/${id}`);
  assert.ok(page.text.includes(`href="/reports/${id}/report.pdf"`));
});

test("the recruiter's text tells the events with their evidence, the candidate's does not", async () => {
  const { person, id, report } = talks.en;
  const question = report.questions[0].question_id;
  const rows = [
    ["focus_lost", { ms: 9000 }],
    ["large_paste", { chars: 812, excerpt: "a pasted\nline" }],
  ].map(([kind, evidence]) => `('${id}', '${question}', '${kind}', '${JSON.stringify(evidence)}', 1700000000000)`);
  const before_ = (await admin.get(`/reports/${id}/report.txt`)).text;
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"),
    `INSERT INTO events (interview_id, question_id, kind, evidence, created_at) VALUES ${rows.join(", ")}`]);
  const theirs = (await admin.get(`/reports/${id}/report.txt`)).text;
  assert.ok(theirs.startsWith(before_), "events stand at the end");
  const added = theirs.slice(before_.length);
  assert.match(added, /=== Events ===/);
  assert.match(added, /Question 1: .*, 9 s\n/);
  assert.match(added, /812 characters: "a pasted/);
  assert.ok(!(await person.get(`/reports/${id}/report.txt`)).text.includes("=== Events ==="));
});

test("files are named after the participant and the day, for new and old clients", async () => {
  for (const language of LANGUAGES) {
    const { person, id, report } = talks[language];
    for (const ending of ["pdf", "txt", "json"]) {
      const { plain, whole } = namesOf(await person.get(`/reports/${id}/report.${ending}`));
      assert.match(plain, LATIN[language]);
      assert.match(plain, new RegExp(`^[ -~]+_\\d{4}-\\d\\d-\\d\\d_.*\\.${ending}$`));
      assert.ok(whole.includes(report.finished_at.slice(0, 10)));
      assert.ok(whole.startsWith(NAMES[language].slice(0, 3)), whole);
    }
  }
});

test("the charts of the page have titles, and their data in tables", async () => {
  const { person, id, report } = talks.uk;
  const { text } = await person.get(`/reports/${id}`);
  for (const chart of ["rubric-chart", "skill-chart", "time-chart"]) {
    const [figure] = text.match(new RegExp(`<figure[^>]* id="${chart}">[^]*?</figure>`)) ?? [];
    assert.ok(figure, chart);
    assert.match(figure, /<svg role="img"[^>]*aria-labelledby="[\w-]+ [\w-]+">\n<title id=/);
    assert.match(figure, /<table>\n<caption>/);
    assert.ok(!figure.includes("style="));
  }
  assert.ok(visibleText(text).includes(translated("uk", "Time per question")));
  assert.equal(report.questions.length, 2);
});

test("what is known of the fonts is kept with the data, not in the system's folder", async () => {
  const { person, id } = talks.en;
  assert.equal((await person.get(`/reports/${id}/report.pdf`)).status, 200);
  assert.ok(readdirSync(path.join(instance.var, "cache/fontconfig")).length > 0);
});

test("a machine without fonts says so, and gives no file of empty boxes", async () => {
  const bare = await startInstance({ env: { FONTCONFIG_FILE: path.join(root, "tests/data/no_fonts.conf") } });
  try {
    const person = await register(bare, {});
    const id = await startInterview(person, { question_count: "1" });
    await finish(person, id);
    const reply = await person.get(`/reports/${id}/report.pdf`);
    assert.equal(reply.status, 500);
    assert.match(reply.text, /<html lang="en"/);
    assert.equal((await person.get(`/reports/${id}/report.txt`)).status, 200);
  } finally {
    await bare.stop();
  }
});
