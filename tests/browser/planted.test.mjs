// Stored scripts: every field that any page shows holds markup with a name of its own. A browser
// walks through all pages as candidate, recruiter and stranger; nothing runs, nothing becomes an
// element or attribute, and each field is really seen as text.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ASSESSMENT, FEEDBACK, modelEnv, PARTS, scriptedModel } from "../llm/model.mjs";
import { appeal, missingPoint } from "../web/appeal.mjs";
import { codingQuestion, importTasks, judgeCode, openCode, pressCode, SHOUT, startCoding } from "../web/coding.mjs";
import { startInstance } from "../web/instance.mjs";
import { invite, take } from "../web/invites.mjs";
import { inputValue, textareaValue, visibleText } from "../web/page.mjs";
import { written } from "../web/pdf.mjs";
import { missedInterview, letDaysPass } from "../web/review.mjs";
import { act, bank, finish, freshName, logIn, makeAdmin, openChat, PASSWORD, press, register, shareReport, startInterview, stranger, writtenReport } from "../web/story.mjs";
import { launch, visit } from "./browser.mjs";

const PAGES_A_PERSON = 40;
const planted = new Set();

// Markup that gets out of text, attributes, scripts and comments, if anything does; short enough for names.
function evil(name) {
  planted.add(name);
  return `zq${name}"'><img src=x onerror=zq()><x-zq>--></script>`;
}

// The same for what is rendered as Markdown.
function evilMarkdown(name) {
  return `${evil(name)} [a](javascript:zq()) ![i](http://elsewhere.example/i "x\\"onload=zq()") <svg onload=zq()> \`<x-zq>\``;
}

const says = (name) => `${evilMarkdown(name)} That was clear and easy to follow.`;

// Every agent says it, in every member that is a text for people.
const HOSTILE = {
  ...PARTS,
  observer: () => ({ ...PARTS.observer(), reason: says("observer") }),
  interviewer: () => says("interviewer"),
  evaluator: (data) => ({ ...PARTS.evaluator(data), feedback_short: `${evil("short")} ${FEEDBACK}`, feedback_detailed: `${evil("detailed")} ${FEEDBACK}` }),
  profile_extractor: () => ({ ...PARTS.profile_extractor(), name: evil("fact") }),
  candidate_writer: () => ({ ...PARTS.candidate_writer(), overall_assessment: `${evil("forcandidate")} ${ASSESSMENT}`, strengths: [`${evil("strength")} Calm.`] }),
  recruiter_writer: () => ({ ...PARTS.recruiter_writer(), overall_assessment: `${evil("forrecruiter")} ${ASSESSMENT}`, growth_areas: [`${evil("growth")} More depth.`] }),
  error_mentor: () => ({ explanation: `${evil("mentor")} The text is not what the function was asked for.`, cause_line: null, next_step: `Look at ${evil("nextstep")}` }),
  hint_mentor: () => ({ hint: `${evil("hint")} Look at what it returns now and compare it letter by letter.` }),
};

const TASK = {
  ...SHOUT,
  title: { en: evil("tasktitle"), ru: "x", uk: "x" },
  description: { en: evilMarkdown("taskbody"), ru: "x", uk: "x" },
  hints: ["taskhint1", "taskhint2", "taskhint3"].map((name) => ({ en: evilMarkdown(name), ru: "x", uk: "x" })),
};

let instance, model, browser, admin, person, share, link;

before(async () => {
  model = await scriptedModel({ parts: HOSTILE });
  instance = await startInstance({ env: modelEnv(model, { LITELLM_MAX_RETRIES: "0", VIVA_INTERVIEWS_PER_DAY: "1000" }) });
  browser = await launch();
  await importTasks(instance, [TASK]);
  admin = await makeAdmin(instance);
  person = await register(instance, { fullName: evil("fullname") });
  await tellOfOneself();
  await talk();
  await solveTask();
  await doRecruitersWork();
});
after(async () => {
  await browser?.close();
  await instance?.stop();
  await model?.close();
});

async function passes(reply, status = 303) {
  assert.equal((await reply).status, status, visibleText((await reply).text).slice(0, 600));
  return reply;
}

async function tellOfOneself() {
  const csrf = await person.csrf("/profile/cv");
  const data = written(["Ann Reed", evil("cvtext"), "Senior Python Developer", "Skills", "Python, Django, Redis", "7 years of experience"]);
  await passes(person.postMultipart("/profile/cv", { csrf, file: { filename: `${evil("cvname").replaceAll('"', "%22").replace("/", "")}.pdf`, type: "application/pdf", data } }));
  const [position, stack, about] = ["position", "stack", "about"].map(evil);
  await passes(person.postForm("/profile", { full_name: evil("fullname"), position, stack, about, level: "middle" }));
  const { text } = await person.get("/settings/tokens");
  const one = { csrf: inputValue(text, "csrf"), nonce: inputValue(text, "nonce"), name: evil("token"), scope: "read", days: "7" };
  await passes(person.post("/settings/tokens", one), 200);
  const elsewhere = stranger(instance, "en", { "User-Agent": evil("agent") });
  await passes(elsewhere.postForm("/login", { username: person.name, password: PASSWORD }));
}

let finished, running, coding, solvedReport;

async function talk() {
  const title = `Go developer ${evil("title")}`;
  finished = await startInterview(person, { question_count: "2", job_description: evil("job"), role_title: title, asked_title: title });
  const chat = await openChat(person, finished);
  await act(person, finished, "say", `${evil("answer")}\n${chat.question.key_points[0].text.en}`);
  await act(person, finished, "hint", evil("draft"));
  await finish(person, finished);
  await writtenReport(person, finished);
  share = await shareReport(person, finished, { scope: "transcript" });
  running = await startInterview(person, { question_count: "3", job_description: evil("job") });
  await passes(person.post(`/interviews/${running}/draft`, { csrf: await person.csrf("/profile"), answer: evil("draft") }), 204);
}

async function solveTask() {
  const interview = await startCoding(person);
  coding = await codingQuestion(person, interview);
  const code = `# ${evil("code")}\ndef shout(text):\n    print(${JSON.stringify(evil("printed"))})\n    if text == 'abc':\n        raise ValueError(${JSON.stringify(evil("exception"))})\n    return ${JSON.stringify(evil("returned"))}\n`;
  await judgeCode(person, coding, "run", { code, custom_input: JSON.stringify([evil("custom")]) });
  await passes(pressCode(person, await openCode(person, coding), "hints", { level: "1" }));
  const other = await startCoding(person);
  const solved = await codingQuestion(person, other);
  const page = await judgeCode(person, solved, "submit", { code });
  const [, submission] = page.html.match(/name="submission" value="([^"]+)"/);
  await passes(pressCode(person, page, "explain", { submission }));
  await passes(pressCode(person, await openCode(person, solved), "done"));
  await writtenReport(person, other);
  solvedReport = `/reports/${other}`;
}

async function doRecruitersWork() {
  await passes(appeal(person, finished, { comment: evil("appeal") }));
  const { question } = await missingPoint(person, finished);
  const [, waiting] = (await admin.get("/admin/appeals?state=waiting")).text.match(/\/admin\/appeals\/([0-9a-f-]{36})"/);
  await passes(admin.postForm(`/admin/appeals/${waiting}`, { decision: "decline", reply: evil("reply") }));
  const score = `/admin/interviews/${finished}/questions/${question.question_id}/score`;
  const newest = inputValue((await admin.get(score)).text, "newest");
  await passes(admin.postForm(score, { score: "5", reason: evil("override"), newest }));
  await passes(admin.postForm(`/admin/interviews/${finished}/decision`, { verdict: "hold", reason: evil("decision"), seen: "0" }));
  const { owner_id: owner } = JSON.parse((await admin.get(`/reports/${finished}/report.json`)).text);
  const desk = `/admin/participants/${owner}`;
  const nonce = inputValue((await admin.get(desk)).text, "nonce");
  await passes(admin.postForm(desk, { note: evil("note"), nonce, interview_id: "" }, { action: `${desk}/notes` }));
  link = await invite(admin, { title: evil("invitation"), job_description: evil("invitationjob") });
  await take(await register(instance, { fullName: evil("guest") }), link.path);
  await passes(admin.postForm("/admin/roles/new", { id: "planted", track: "backend", title_en: evil("role"), title_ru: "р", title_uk: "р", tags: "http" }));
  await editQuestion();
  await missedInterview(person);
  await person.get("/review");
  letDaysPass(instance, person, 1);
}

// A question of the bank whose every text is planted.
async function editQuestion() {
  const page = `/admin/bank/${bank[0].id}/edit`;
  const { text } = await admin.get(page);
  const item = JSON.parse(textareaValue(text, "text"));
  item.question.en = `${evilMarkdown("question")} ${item.question.en}`;
  item.key_points[0].text.en = `${evil("keypoint")} ${item.key_points[0].text.en}`;
  await passes(admin.postForm(page, { text: JSON.stringify(item), seen: inputValue(text, "seen") }));
}

// Runs in the page: what there must not be, and the names of fields that are there as text.
function look() {
  const all = [...document.querySelectorAll("*")];
  const bad = all.filter((element) => element.localName.startsWith("x-") || element.localName === "svg" && element.hasAttribute("onload") ||
    [...element.attributes].some(({ name, value }) => name.startsWith("on") || /^\s*(javascript|data:text)/i.test(value) && /href|src|action/.test(name)));
  const images = all.filter((element) => ["img", "iframe", "object", "embed", "base"].includes(element.localName));
  const typed = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
  const links = [...document.querySelectorAll("a[href]")].map((a) => new URL(a.href)).filter(({ origin }) => origin === location.origin);
  return {
    bad: [...bad, ...images].map((element) => element.outerHTML.slice(0, 200)),
    text: [document.body.textContent, document.title, ...typed, ...all.flatMap((element) => ["aria-label", "title", "alt", "placeholder"].map((name) => element.getAttribute(name) ?? ""))].join("\n"),
    links: links.map(({ pathname, search }) => pathname + search),
  };
}

const isFile = (path) => /\.(txt|pdf|json|csv|yaml)(\?|$)|\/report(\?|$)|bank\.json|offline\.html/.test(path);
const shape = (path) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}/g, "*").replace(/=[^&]*/g, "=").replace(/\/admin\/(bank|roles)\/(?!new)[^/?]+/, "/admin/$1/*");

const seen = new Set();

function note(text) {
  for (const [, name] of text.matchAll(/zq([a-z]+\d?)/g)) {
    seen.add(name);
  }
}

// What a browser saves must not be run by it.
async function assertFile(reader, path) {
  const { headers, status, text } = await reader.get(path);
  if (status === 200) {
    assert.ok(/^(text\/(plain|csv)|application\/)/.test(headers["content-type"]) || /^attachment;/.test(headers["content-disposition"]), path);
    assert.equal(headers["x-content-type-options"], "nosniff", path);
    note(text);
  }
}

// Follows links from `starts`; of addresses of one shape one is opened.
async function walk(reader, starts) {
  const visitor = await visit(browser, instance.url);
  const { page, context } = visitor;
  await context.addCookies([...reader.cookies].map(([name, value]) => ({ name, value, url: instance.url })));
  await context.addInitScript(() => (window.zq = () => console.error("a planted script ran")));
  context.on("dialog", () => assert.fail("a dialog"));
  const queue = [...starts], known = new Set(starts), shapes = new Map();
  let opened = 0;
  while (queue.length > 0 && opened < PAGES_A_PERSON) {
    const path = queue.shift();
    if (isFile(path)) {
      await assertFile(reader, path);
      continue;
    }
    opened += 1;
    const reply = await page.goto(path, { waitUntil: "domcontentloaded" });
    assert.doesNotMatch(await reply.text(), /<x-zq|<img src=x|<svg onload/i, path);
    const { bad, text, links } = await page.evaluate(look);
    assert.deepEqual(bad, [], path);
    note(text);
    for (const next of links.filter((one) => !known.has(one))) {
      known.add(next);
      shapes.set(shape(next), (shapes.get(shape(next)) ?? 0) + 1);
      if (shapes.get(shape(next)) === 1) {
        queue.push(next);
      }
    }
  }
  await visitor.close();
  return opened;
}

test("as the candidate", async () => {
  const opened = await walk(person, ["/profile", "/profile/cv", `/interviews/${running}`, `/interviews/${finished}`, `/reports/${finished}`, solvedReport,
    `/code/${coding}`, "/history", "/progress", "/review", "/review/session", "/settings", "/settings/tokens", "/interviews/new", link.path]);
  assert.ok(opened >= 25, `${opened} pages`);
});

test("as a recruiter", async () => {
  const search = encodeURIComponent(evil("search").slice(0, 90));
  const opened = await walk(admin, ["/admin", `/admin?search=${search}`, `/admin/bank?search=${search}`, "/admin/audit", "/admin/appeals", "/admin/invitations",
    `/admin/bank/${bank[0].id}`, "/admin/bank/task-test-shout", "/admin/roles/planted", "/admin/usage", "/admin/health", `/reports/${finished}`,
    `/admin/interviews/${finished}/playback`]);
  assert.ok(opened >= 25, `${opened} pages`);
});

test("as a stranger", async () => {
  const next = encodeURIComponent(`/${evil("next")}`);
  const opened = await walk(stranger(instance), [`/shared/${share}`, link.path, `/login?next=${next}`, "/register", "/verify", "/api", "/reset"]);
  assert.ok(opened >= 7, `${opened} pages`);
});

test("every field was seen as text by somebody", () => {
  const kept = ["observer", "fact", "next", "cvtext", "job"]; // in logs of recruiters, or never shown
  // Of a model, whose markup is refused before anybody reads it.
  const refused = ["interviewer", "short", "detailed", "forcandidate", "strength", "forrecruiter", "growth"];
  const unseen = [...kept, ...refused];
  assert.deepEqual([...planted].filter((name) => !seen.has(name) && !unseen.includes(name)), []);
});
