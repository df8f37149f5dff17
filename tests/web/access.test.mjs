// Who may do what: every route of every program x stranger, owner, another candidate, admin,
// and somebody whose account was disabled after they had logged in.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { ApiClient, apiLogIn, assertProblem } from "./api.mjs";
import { appealed } from "./appeal.mjs";
import { codingQuestion, openCode, startCoding, waitForResult } from "./coding.mjs";
import { startInstance } from "./instance.mjs";
import { CHOICE, invite, take } from "./invites.mjs";
import { inputValue, visibleText } from "./page.mjs";
import { reviewedOne } from "./review.mjs";
import { routes, rowsInSources } from "./routes.mjs";
import {
  bank,
  freshName,
  logIn,
  makeAdmin,
  openChat,
  PASSWORD,
  register,
  startInterview,
  stranger,
  shareReport,
  wholeInterview,
} from "./story.mjs";

const WHO = ["stranger", "owner", "other", "admin", "disabled"];
const LOGIN = 303; // a stranger's GET leads to the log-in
const JUDGED = 200; // 202 while the judge is at it

// Expected statuses of stranger, owner, other candidate, admin; who is disabled is a stranger.
// "*" is the owner's finished interview, in /interviews/* and /admin/interviews/* the running one,
// in /history/* one that is there to be deleted, in /admin/participants/* the owner, in /code/* a
// coding question of the owner and the code that was sent for it, in /review/* a question of the
// owner that is due and an answer of theirs.
const expected = {
  "POST /api/register": [201, 201, 201, 201],
  "POST /api/login": [200, 200, 200, 200],
  "POST /api/token/refresh": [401, 200, 200, 200],
  "POST /api/logout": [401, 204, 204, 204],
  "GET /api/me": [401, 200, 200, 200],
  "PATCH /api/me": [401, 200, 200, 200],
  "DELETE /api/me": [401, 400, 400, 400], // without the password
  "GET /api/roles": [401, 200, 200, 200],
  "GET /api/interviews": [401, 200, 200, 200],
  "POST /api/interviews": [401, 201, 201, 201],
  "GET /api/interviews/*": [401, 200, 404, 404],
  "GET /api/interviews/*/questions": [401, 200, 404, 404],
  "GET /api/interviews/*/turns": [401, 200, 404, 404],
  "POST /api/interviews/*/answers": [401, 200, 404, 404],
  "POST /api/interviews/*/skip": [401, 200, 404, 404],
  "POST /api/interviews/*/dont-know": [401, 200, 404, 404],
  "POST /api/interviews/*/hint": [401, 200, 404, 404],
  "POST /api/interviews/*/model-answer": [401, 200, 404, 404],
  "POST /api/interviews/*/finish": [401, 200, 404, 404],
  "POST /api/interviews/*/events": [401, 204, 404, 404],
  "GET /api/interviews/*/questions/*/task": [401, 200, 404, 404],
  "POST /api/interviews/*/questions/*/runs": [401, JUDGED, 404, 404],
  "GET /api/interviews/*/questions/*/submissions": [401, 200, 404, 404],
  "POST /api/interviews/*/questions/*/submissions": [401, JUDGED, 404, 404],
  "GET /api/interviews/*/questions/*/submissions/*": [401, 200, 404, 404],
  "POST /api/interviews/*/questions/*/hints": [401, 200, 404, 404],
  "POST /api/interviews/*/questions/*/answer": [401, 200, 404, 404],
  "POST /api/interviews/*/questions/*/done": [401, 200, 404, 404],
  "GET /api": [200, 200, 200, 200],
  "GET /api/openapi.yaml": [200, 200, 200, 200],
  "GET /api/interviews/*/report": [401, 200, 404, 200],
  "GET /api/interviews/*/report.pdf": [401, 200, 404, 200],
  "GET /api/interviews/*/report.txt": [401, 200, 404, 200],
  "GET /api/admin/participants": [401, 403, 403, 200],
  "GET /api/admin/participants/*": [401, 403, 403, 200],
  "GET /api/admin/participants/*/report": [401, 403, 403, 200],
  "GET /api/admin/usage": [401, 403, 403, 200],
  "GET /settings/tokens": [LOGIN, 200, 200, 200],
  "POST /settings/tokens": [401, 400, 400, 400], // without a name
  "POST /settings/tokens/*/revoke": [401, 303, 303, 303], // one that is not theirs stays
  "GET /": [200, 303, 303, 303],
  "GET /health": [200, 200, 200, 200],
  "GET /metrics": [200, 200, 200, 200],
  "GET /ready": [200, 200, 200, 200],
  "GET /login": [200, 303, 303, 303],
  "POST /login": [303, 303, 303, 303],
  "GET /login/code": [303, 303, 303, 303],
  "POST /login/code": [303, 303, 303, 303],
  "POST /logout": [401, 303, 303, 303],
  "GET /reset": [200, 200, 200, 200],
  "POST /reset": [400, 400, 400, 400],
  "GET /settings/second-factor": [LOGIN, 200, 200, 200],
  "POST /settings/second-factor": [401, 400, 400, 400],
  "POST /settings/second-factor/codes": [401, 303, 303, 303],
  "POST /settings/second-factor/off": [401, 303, 303, 303],
  "GET /register": [200, 303, 303, 303],
  "POST /register": [303, 303, 303, 303],
  "POST /language": [303, 303, 303, 303],
  "GET /profile": [LOGIN, 200, 200, 200],
  "POST /profile": [401, 303, 303, 303],
  "GET /profile/cv": [LOGIN, 200, 200, 200],
  "POST /profile/cv": [401, 400, 400, 400], // without a file
  "POST /profile/cv/confirm": [401, 409, 409, 409], // of a CV that is not there
  "POST /profile/cv/delete": [401, 303, 303, 303],
  "GET /settings": [LOGIN, 200, 200, 200],
  "POST /settings": [401, 303, 303, 303],
  "POST /settings/password": [401, 403, 403, 403],
  "POST /settings/log-ins/end": [401, 303, 303, 303], // of no log-in
  "POST /settings/log-out-everywhere": [401, 303, 303, 303],
  "POST /settings/export": [401, 200, 200, 200],
  "GET /settings/delete": [LOGIN, 200, 200, 200],
  "POST /settings/delete": [401, 403, 403, 403],
  "GET /progress": [LOGIN, 200, 200, 200],
  "GET /review": [LOGIN, 200, 200, 200],
  "GET /review/answers/*": [LOGIN, 200, 404, 404],
  "GET /review/session": [LOGIN, 200, 303, 303],
  "POST /review/questions/*": [401, 400, 404, 404],
  "POST /review/questions/*/draft": [401, 204, 404, 404],
  "GET /history": [LOGIN, 200, 200, 200],
  "GET /history/clear": [LOGIN, 200, 200, 200],
  "POST /history/clear": [401, 303, 303, 303],
  "GET /history/compare": [LOGIN, 400, 400, 400],
  "GET /history/*/delete": [LOGIN, 200, 404, 404],
  "POST /history/*/delete": [401, 303, 404, 404],
  "GET /interviews": [LOGIN, 303, 303, 303],
  "POST /interviews": [401, 303, 303, 303],
  "GET /interviews/new": [LOGIN, 200, 200, 200],
  "GET /interviews/*": [LOGIN, 200, 404, 404],
  "POST /interviews/*/retry": [401, 303, 404, 404],
  "GET /interviews/*/similar/*": [LOGIN, 200, 404, 404],
  "POST /interviews/*/similar/*": [401, 409, 404, 404], // 409: none was chosen
  "POST /interviews/*/turns": [401, 303, 404, 404],
  "POST /interviews/*/draft": [401, 204, 404, 404],
  "POST /interviews/*/events": [401, 204, 404, 404],
  "GET /code/*": [LOGIN, 200, 404, 404],
  "GET /code/*/runs/*": [LOGIN, 303, 404, 404],
  "POST /code/*/runs": [401, 303, 404, 404],
  "POST /code/*/drafts": [401, 303, 404, 404],
  "POST /code/*/reset": [401, 303, 404, 404],
  "POST /code/*/hints": [401, 303, 404, 404],
  "POST /code/*/explain": [401, 400, 404, 404],
  "POST /code/*/answer": [401, 303, 404, 404],
  "POST /code/*/done": [401, 303, 404, 404],
  "POST /code/*/events": [401, 204, 404, 404],
  "GET /reports/*": [LOGIN, 200, 404, 200],
  "GET /reports/*/report.pdf": [LOGIN, 200, 404, 200],
  "GET /reports/*/report.txt": [LOGIN, 200, 404, 200],
  "GET /reports/*/report.json": [LOGIN, 200, 404, 200],
  "GET /reports/*/revisions": [LOGIN, 200, 404, 200],
  "GET /reports/*/revisions/*/report.json": [LOGIN, 200, 404, 200],
  "GET /reports/*/share": [LOGIN, 200, 404, 404],
  "POST /reports/*/share": [401, 303, 404, 404],
  "POST /reports/*/share/*/revoke": [401, 303, 404, 404], // of no link
  "GET /shared/*": [200, 200, 200, 200],
  "GET /shared/*/report.json": [200, 200, 200, 200],
  "GET /verify": [200, 200, 200, 200],
  "POST /verify": [400, 400, 400, 400], // without a file
  "GET /verify/offline.html": [200, 200, 200, 200],
  "GET /keys.json": [200, 200, 200, 200],
  "GET /reports/*/questions/*/appeals/*": [LOGIN, 200, 404, 404],
  "POST /reports/*/questions/*/appeals/*": [401, 303, 404, 404],
  "GET /admin/appeals": [LOGIN, 403, 403, 200],
  "GET /admin/appeals/*": [LOGIN, 403, 403, 200],
  "POST /admin/appeals/*": [401, 403, 403, 303],
  "GET /admin/interviews/*/questions/*/score": [LOGIN, 403, 403, 200],
  "POST /admin/interviews/*/questions/*/score": [401, 403, 403, 303],
  "POST /admin/interviews/*/questions/*/score/withdraw": [401, 403, 403, 303],
  "GET /admin": [LOGIN, 403, 403, 200],
  "GET /admin/events.csv": [LOGIN, 403, 403, 200],
  "GET /admin/health": [LOGIN, 403, 403, 200],
  "GET /admin/participants.csv": [LOGIN, 403, 403, 200],
  "GET /admin/results.csv": [LOGIN, 403, 403, 200],
  "GET /admin/usage.csv": [LOGIN, 403, 403, 200],
  "GET /admin/audit": [LOGIN, 403, 403, 200],
  "POST /admin/audit/verify": [401, 403, 403, 200],
  "GET /admin/blind": [LOGIN, 403, 403, 200],
  "POST /admin/blind": [401, 403, 403, 303],
  "GET /admin/interviews/*/decision": [LOGIN, 403, 403, 200],
  "POST /admin/interviews/*/decision": [401, 403, 403, 303],
  "GET /admin/interviews/*/detailed.json": [LOGIN, 403, 403, 200],
  "GET /admin/interviews/*/log.json": [LOGIN, 403, 403, 200],
  "GET /admin/interviews/*/playback": [LOGIN, 403, 403, 200],
  "GET /admin/participants/*": [LOGIN, 403, 403, 200],
  "GET /admin/participants/*/report": [LOGIN, 403, 403, 303],
  "POST /admin/participants/*/notes": [401, 403, 403, 303],
  "POST /admin/participants/*/notes/*/delete": [401, 403, 403, 404], // there is none of that id
  "POST /admin/participants/*/disable": [401, 403, 403, 303],
  "POST /admin/participants/*/enable": [401, 403, 403, 303],
  "POST /admin/participants/*/reset": [401, 403, 403, 200],
  "GET /admin/compare": [LOGIN, 403, 403, 404], // of no invitation
  "GET /admin/compare.csv": [LOGIN, 403, 403, 404],
  "GET /admin/invitations": [LOGIN, 403, 403, 200],
  "POST /admin/invite": [401, 403, 403, 200], // the preview
  "GET /admin/invite": [LOGIN, 403, 403, 200],
  "GET /admin/invitations/*": [LOGIN, 403, 403, 200],
  "POST /admin/invitations/*/revoke": [401, 403, 403, 303],
  "GET /invitations/*": [200, 303, 200, 200], // the owner has taken it
  "POST /invitations/*": [401, 303, 303, 303],
  "GET /admin/bank": [LOGIN, 403, 403, 200],
  "GET /admin/bank/new": [LOGIN, 403, 403, 200],
  "POST /admin/bank/new": [401, 403, 403, 400], // without an item
  "GET /admin/bank/*": [LOGIN, 403, 403, 200],
  "GET /admin/bank/*/edit": [LOGIN, 403, 403, 200],
  "POST /admin/bank/*/edit": [401, 403, 403, 400],
  "POST /admin/bank/*/state": [401, 403, 403, 303],
  "POST /admin/bank/*/try": [401, 403, 403, 200],
  "GET /admin/roles": [LOGIN, 403, 403, 200],
  "GET /admin/roles/new": [LOGIN, 403, 403, 200],
  "POST /admin/roles/new": [401, 403, 403, 400],
  "GET /admin/roles/*": [LOGIN, 403, 403, 200],
  "POST /admin/roles/*": [401, 403, 403, 400],
  "POST /admin/roles/*/state": [401, 403, 403, 303],
  "GET /admin/transfer": [LOGIN, 403, 403, 200],
  "POST /admin/transfer": [401, 403, 403, 400], // without a file
  "GET /admin/transfer/bank.json": [LOGIN, 403, 403, 200],
  "GET /admin/usage": [LOGIN, 403, 403, 200],
  "GET /admin/webhooks": [LOGIN, 403, 403, 200],
  "POST /admin/webhooks/*/again": [401, 403, 403, 404],
};

let instance, names, running, finished, ownerId, spareId, coding, sent, deadSession;
let spare, talk, task, tokenId;
let review, invitation, spareInvitation, spareInvitationPath, share, ruled;
const browsers = new Map(), programs = new Map();

before(async () => {
  instance = await startInstance({
    env: {
      VIVA_INTERVIEWS_PER_DAY: "1000",
      VIVA_API_PER_MINUTE: "100000",
      VIVA_API_STRANGERS_PER_MINUTE: "100000",
    },
  });
  const owner = await register(instance);
  const other = await register(instance);
  const admin = await makeAdmin(instance);
  const gone = await register(instance);
  ruled = await appealed(owner, admin);
  names = { owner: owner.name, other: other.name, admin: admin.name, disabled: gone.name };
  deadSession = gone.cookies.get("viva_session");
  programs.set("disabled", await apiLogIn(instance, gone.name));
  disable(gone.name);
  tokenId = await makeToken(owner);
  spareId = ask(`SELECT id FROM users WHERE username = '${(await register(instance)).name}'`);
  finished = await wholeInterview(owner);
  await owner.get(`/reports/${finished}`);
  share = await shareReport(owner, finished);
  running = await startInterview(owner);
  [spare] = await Promise.all([owner, other, admin].map((person) => startInterview(person)));
  coding = await codingQuestion(owner, await startCoding(owner));
  sent = await sendCode(owner);
  talk = await startInterview(owner); // for the API, whose steps end it
  task = await openTask(owner);
  review = await reviewedOne(instance, owner);
  invitation = await invite(admin);
  spareInvitation = await invite(admin);
  spareInvitationPath = (await invite(admin)).path; // nobody else's
  await take(owner, invitation.path);
  ownerId = JSON.parse((await owner.get(`/reports/${finished}/report.json`)).text).owner_id;
});
after(() => instance?.stop());

// A coding task for the API, and code that was sent for it.
async function openTask(owner) {
  const interview = await startCoding(owner);
  const program = await programOf("owner");
  const { json } = await program.get(`/interviews/${interview}/questions`);
  const path = `/interviews/${interview}/questions/${json.questions[0].id}`;
  const { json: shown } = await program.get(`${path}/task`);
  const code = { code: "pass", language: shown.language }; // the task drawn may be one of SQL
  const { json: run } = await program.post(`${path}/runs`, code);
  return { interview, question: json.questions[0].id, run: run.id, path, code };
}

// What the talk asks now.
async function activeQuestion() {
  const { json } = await (await programOf("owner")).get(`/interviews/${talk}/questions`);
  return json.questions.find(({ state }) => state === "active")?.id ?? "";
}

async function untilJudged() {
  const program = await programOf("owner");
  for (;;) {
    const { json } = await program.get(`${task.path}/submissions`);
    if (json.submissions.every(({ state }) => state !== "queued" && state !== "running")) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

// Sends the starter; gives the id of that submission.
async function sendCode(owner) {
  const { fields } = await openCode(owner, coding);
  const headers = { Accept: "application/json" };
  const reply = await owner.post(`/code/${coding}/runs`, { ...fields, action: "run" }, { headers });
  await waitForResult(owner, coding);
  return JSON.parse(reply.text).id;
}

// A personal token of theirs; gives its id.
async function makeToken(person) {
  const { text } = await person.get("/settings/tokens");
  const reply = await person.post("/settings/tokens", {
    csrf: inputValue(text, "csrf"), nonce: inputValue(text, "nonce"), name: "a", scope: "read", days: "7",
  });
  return reply.text.match(/tokens\/([0-9a-f-]{36})\/revoke/)[1];
}

function disable(name) {
  ask(`UPDATE users SET disabled_at = 1 WHERE username = '${name}'`);
}

function ask(statement) {
  const args = ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement];
  return execFileSync("sqlite3", args, { encoding: "utf8" }).trim();
}

const isApi = (path) => path.startsWith("/api/");

// A program with the token of one of them; log-ins and log-outs get one of their own.
async function programOf(who, isOwn) {
  if (!programs.has(who) || (isOwn && who !== "disabled")) {
    const program = who === "stranger" ? new ApiClient(instance) : await apiLogIn(instance, names[who]);
    if (isOwn) {
      return program;
    }
    programs.set(who, program);
  }
  return programs.get(who);
}

// The browser of one of them; a log-out or log-in in it must not disturb the others' tests.
async function browserOf(who, isOwn = false) {
  if (!browsers.has(who) || isOwn) {
    const browser = isStranger(who) ? stranger(instance) : await logIn(instance, names[who]);
    if (who === "disabled") {
      browser.cookies.set("viva_session", deadSession);
    }
    if (isOwn) {
      return browser;
    }
    browsers.set(who, browser);
  }
  return browsers.get(who);
}

function address(path) {
  if (path.startsWith("/api/interviews/*/questions/*/")) {
    return path.replace("*", task.interview).replace("*", task.question).replace("*", task.run);
  }
  if (path.startsWith("/api/interviews/*")) {
    return path.replace("*", path.includes("/report") ? finished : talk);
  }
  if (path.startsWith("/api/admin")) {
    return path.replace("*", ownerId);
  }
  if (path.startsWith("/settings/tokens")) {
    return path.replace("*", tokenId);
  }
  if (path.startsWith("/shared")) {
    return path.replace("*", share);
  }
  if (path.startsWith("/code")) {
    return path.replace("*", coding).replace("*", sent);
  }
  if (path.startsWith("/review")) {
    return path.replace("*", path.startsWith("/review/answers") ? review.answer : review.question);
  }
  if (path.startsWith("/history")) {
    return path.replace("*", spare);
  }
  if (path.startsWith("/invitations")) {
    return path.replace("*", invitation.path.split("/").at(-1));
  }
  if (path.startsWith("/admin/invitations")) {
    return path.replace("*", path.endsWith("/revoke") ? spareInvitation.id : invitation.id);
  }
  if (path.startsWith("/admin/bank")) {
    return path.replace("*", bank[0].id);
  }
  if (path.startsWith("/admin/roles")) {
    return path.replace("*", "backend");
  }
  if (path.startsWith("/reports/*/revisions")) {
    return path.replace("*", finished).replace("*", "1");
  }
  if (path.startsWith("/reports/*/questions") || path.startsWith("/admin/interviews/*/questions")) {
    return path.replace("*", ruled.interview).replace("*", ruled.question).replace("*", ruled.point);
  }
  if (path.startsWith("/interviews/*/similar")) {
    return path.replace("*", ruled.interview).replace("*", ruled.question);
  }
  if (path.startsWith("/admin/appeals")) {
    return path.replace("*", ruled.id);
  }
  if (path.endsWith("/decision")) { // of what is finished
    return path.replace("*", finished);
  }
  if (path.startsWith("/admin/interviews")) {
    return path.replace("*", running);
  }
  if (/^\/admin\/participants\/\*\/(disable|enable|reset)$/.test(path)) {
    return path.replace("*", spareId); // nobody's whom the other tests need
  }
  const id = path.startsWith("/admin") ? ownerId : path.startsWith("/reports") ? finished : running;
  return path.replace("*", id);
}

// What a program sends; `program` is the one that sends it.
async function bodyFor(method, path, program) {
  switch (`${method} ${path}`) {
    case "POST /api/register":
      return { username: freshName(), password: PASSWORD };
    case "POST /api/login":
      return { username: names.other, password: PASSWORD };
    case "POST /api/token/refresh":
      return { refresh_token: program.refreshToken ?? "none" };
    case "POST /api/interviews":
      return { role_id: "backend", level: "junior", type: "hr", question_count: 1 };
    case "POST /api/interviews/*/answers":
      return { question_id: await activeQuestion(), answer_text: "I would ask what it is for." };
    case "POST /api/interviews/*/skip":
    case "POST /api/interviews/*/dont-know":
    case "POST /api/interviews/*/hint":
    case "POST /api/interviews/*/model-answer":
      return { question_id: await activeQuestion() };
    case "POST /api/interviews/*/events":
      return { events: [] };
    case "POST /api/interviews/*/questions/*/runs":
    case "POST /api/interviews/*/questions/*/submissions":
      await untilJudged();
      return task.code;
    case "POST /api/interviews/*/questions/*/hints":
      return { level: 1 };
    case "POST /api/interviews/*/questions/*/done":
      await untilJudged();
      return { confirmed: true };
    default:
      return method === "GET" ? undefined : {};
  }
}

async function askApi(who, method, path) {
  const isOwn = /^\/api\/(login|logout|register|token\/refresh)$/.test(path);
  const program = await programOf(who, isOwn);
  const reply = await program.request(method, address(path).slice("/api".length), await bodyFor(method, path, program));
  if (reply.status >= 400) {
    assertProblem(reply, reply.status);
  }
  return reply;
}

async function askPage(who, method, path) {
  const browser = path === "/settings/log-out-everywhere" && !isStranger(who)
    ? await register(instance) // somebody whose other log-ins nobody needs
    : await browserOf(who, method === "POST" && /^\/(login|logout|register)$/.test(path));
  if (method === "GET") {
    return browser.get(address(path));
  }
  const csrf = await browser.csrf(isStranger(who) ? "/login" : "/profile");
  return browser.post(address(path), { csrf, ...(await fieldsFor(path, who)) });
}

const isStranger = (who) => who === "stranger" || who === "disabled";

async function fieldsFor(path, who) {
  switch (path) {
    case "/login":
      return { username: names.other, password: PASSWORD, next: "/profile" };
    case "/register":
      return { username: freshName(), full_name: "", password: PASSWORD };
    case "/review/questions/*": // without an answer, so that the question stays due
      return { nonce: freshName(), since: "0", action: "say", answer: "" };
    case "/review/questions/*/draft":
      return { answer: "a draft" };
    case "/language":
      return { language: "en", back: "/" };
    case "/profile":
      return { full_name: "A B", position: "", level: "", stack: "", about: "" };
    case "/profile/cv":
    case "/profile/cv/delete":
      return {};
    case "/profile/cv/confirm":
      return { version: "1" };
    case "/settings":
      return { username: names[who] ?? freshName(), full_name: "A B", language: "en", time_zone: "" };
    case "/settings/password":
      return { username: "", old_password: "wrong password!", new_password: "another staple, another horse" };
    case "/settings/delete":
      return { username: "", password: "wrong password!" };
    case "/settings/log-ins/end":
      return { id: "none" };
    case "/settings/log-out-everywhere":
    case "/settings/export":
      return {};
    case "/interviews":
      return { role: "backend", level: "junior", type: "hr", language: "en", question_count: "1", nonce: freshName() };
    case "/admin/invite":
      return { ...CHOICE, nonce: "n", draw: "d", action: "preview" };
    case "/reports/*/questions/*/appeals/*":
      return { from: "1", to: "", comment: "" };
    case "/admin/appeals/*":
      return { decision: "covered", reply: "" };
    case "/admin/interviews/*/questions/*/score":
      return { score: "5", reason: "A reason", newest: "0" };
    case "/admin/interviews/*/questions/*/score/withdraw": // of the first score, set before
      return { newest: "1" };
    case "/admin/audit/verify":
      return {};
    case "/admin/blind":
      return { blind: "off" };
    case "/admin/interviews/*/decision":
      return { verdict: "hold", reason: "To be continued.", seen: "0" };
    case "/admin/webhooks/*/again": // there is none of that id
      return { state: "failed", next_at: "1" };
    case "/admin/participants/*/notes":
      return { note: "A note", nonce: freshName() };
    case "/login/code":
      return { code: "123456", next: "/profile" };
    case "/reset":
      return { code: "none", password: PASSWORD, password_again: PASSWORD };
    case "/settings/second-factor": // a secret that is none
      return { secret: "A", code: "123456" };
    case "/settings/second-factor/codes":
      return { password: PASSWORD };
    case "/settings/second-factor/off":
      return { password: PASSWORD, code: "123456" };
    case "/reports/*/share":
      return { scope: "numbers", days: "7", nonce: freshName() };
    case "/verify":
    case "/reports/*/share/*/revoke":
    case "/settings/tokens":
    case "/settings/tokens/*/revoke":
    case "/admin/participants/*/notes/*/delete":
    case "/admin/participants/*/disable":
    case "/admin/participants/*/enable":
    case "/admin/participants/*/reset":
      return {};
    case "/admin/bank/new":
    case "/admin/bank/*/edit":
      return { text: "", seen: "" };
    case "/admin/bank/*/state":
    case "/admin/roles/*/state":
      return { state: "enabled" };
    case "/admin/bank/*/try":
      return { answer: "It keeps no state.", language: "en" };
    case "/admin/roles/new":
    case "/admin/roles/*":
    case "/admin/transfer":
      return {};
    case "/interviews/*/retry":
      return { questions: "all", nonce: freshName() };
    case "/interviews/*/similar/*":
      return { questions: "", nonce: freshName() };
    case "/history/clear":
      return { before: "1" }; // nothing is that old
    case "/interviews/*/turns": {
      const owner = await browserOf("owner");
      const chat = await openChat(owner, running);
      return { question_id: chat.questionId, nonce: freshName(), action: "hint", answer: "" };
    }
    case "/interviews/*/draft":
      return { answer: "a draft" };
    case "/interviews/*/events":
      return { events: '[{"kind":"focus_lost","ms":5000}]' };
    case "/code/*/events":
      return { events: "[]" };
    case "/code/*/runs":
    case "/code/*/drafts":
    case "/code/*/reset":
    case "/code/*/hints":
    case "/code/*/explain": // of an answer that is merely wrong: there is nothing to explain
    case "/code/*/answer":
    case "/code/*/done": {
      const { csrf, ...fields } = (await openCode(await browserOf("owner"), coding)).fields;
      const own = { runs: { action: "run" }, hints: { level: "1" }, explain: { submission: sent } };
      return { ...fields, ...own[path.split("/").at(-1)] };
    }
    default:
      assert.ok(["/logout", "/history/*/delete", "/invitations/*", "/admin/invitations/*/revoke"].includes(path), `no form is known for POST ${path}`);
      return {};
  }
}

test("the table above has every route of the programs, and no other", () => {
  assert.ok(routes.length > 0);
  assert.equal(routes.length, rowsInSources, "a row of a route table could not be read");
  assert.deepEqual(
    Object.keys(expected).sort(),
    routes.map(({ method, path }) => `${method} ${path}`).sort(),
  );
});

for (const { method, path } of routes) {
  test(`${method} ${path}`, async () => {
    for (const [index, who] of WHO.entries()) {
      const reply = await (isApi(path) ? askApi : askPage)(who, method, path);
      const status = expected[`${method} ${path}`][who === "disabled" ? 0 : index];
      assert.equal(reply.status === 202 ? JUDGED : reply.status, status, `${who}: ${visibleText(reply.text)}`);
      if (isStranger(who) && method === "GET" && status === LOGIN && path !== "/login/code") {
        assert.equal(reply.headers.location, `/login?next=${encodeURIComponent(address(path))}`);
      }
    }
  });
}

for (const { method, path } of routes.filter((route) => route.method === "GET")) {
  test(`HEAD ${path} is GET without the body`, async () => {
    const who = /^(\/api)?\/admin/.test(path) ? "admin" : "owner";
    const ask = isApi(path)
      ? async (name) => (await programOf(who)).request(name, address(path).slice("/api".length))
      : async (name) => (await browserOf(who)).request(name, address(path));
    let [get, head] = [await ask("GET"), await ask("HEAD")];
    // A page about the machine may have become longer in between.
    for (let tries = 0; tries < 3 && get.headers["content-length"] !== head.headers["content-length"]; tries++) {
      [get, head] = [await ask("GET"), await ask("HEAD")];
    }
    assert.equal(method, "GET");
    assert.equal(head.status, get.status);
    assert.equal(head.text, "");
    assert.equal(head.headers["content-type"], get.headers["content-type"]);
    if (path !== "/settings/second-factor") { // a picture of another key every time
      assert.equal(head.headers["content-length"], get.headers["content-length"]);
    }
  });
}

// --- programs with a token of theirs -------------------------------------------------------------

// A program with a personal token of one of them.
async function tokenOf(who, scope) {
  const person = await logIn(instance, names[who]);
  const { text } = await person.get("/settings/tokens");
  const fields = { csrf: inputValue(text, "csrf"), nonce: inputValue(text, "nonce"), name: scope, scope, days: "7" };
  const [, token] = (await person.post("/settings/tokens", fields)).text.match(/"(viva_[0-9a-f]{64})"/);
  return new ApiClient(instance, { token });
}

const asks = (program, method, path) =>
  program.request(method, address(path).slice("/api".length), method === "GET" ? undefined : {});

// Without an account, or by the refresh token alone: what stands in Authorization says nothing there.
const isOpen = (path) => /^\/api\/(register|login|token\/refresh|openapi\.yaml)$/.test(path);

test("a token that may read reads what its owner may, and does nothing", async () => {
  for (const [index, who] of [[1, "owner"], [2, "other"], [3, "admin"]]) {
    const program = await tokenOf(who, "read");
    for (const { method, path } of routes.filter((route) => isApi(route.path) && !isOpen(route.path))) {
      const reply = await asks(program, method, path);
      const isDesk = path.startsWith("/api/admin");
      const asCandidate = expected[`${method} ${path}`][who === "admin" ? 2 : index]; // without that scope no admin
      assert.equal(reply.status, method === "GET" && !isDesk ? asCandidate : 403, `${who}: ${method} ${path} ${reply.text}`);
    }
  }
});

test("an admin's token that may write is no admin's, one that says so is", async () => {
  const [writing, full] = [await tokenOf("admin", "write"), await tokenOf("admin", "admin")];
  const desk = routes.filter(({ method, path }) => method === "GET" && /^\/api\/(admin|interviews\/\*\/report)/.test(path));
  assert.ok(desk.length >= 7);
  for (const { method, path } of desk) {
    assert.equal((await asks(writing, method, path)).status, path.startsWith("/api/admin") ? 403 : 404, path);
    assert.equal((await asks(full, method, path)).status, 200, path);
  }
});

test("an invited person has that interview, and who invited reads no talk that runs", async () => {
  const guest = await register(instance);
  const own = await take(guest, spareInvitationPath);
  const [admin, owner] = [await browserOf("admin"), await browserOf("owner")];
  for (const [person, status] of [[guest, 200], [admin, 404], [owner, 404]]) {
    assert.equal((await person.get(`/interviews/${own}`)).status, status);
    assert.equal((await person.get(`/history/${own}/delete`)).status, status);
  }
  for (const { path } of routes.filter(({ method, path: one }) => method === "GET" && one.startsWith("/admin"))) {
    assert.equal((await guest.get(address(path))).status, 403, path);
  }
});

const patterns = routes.map(({ method, path }) => ({
  method,
  path,
  expression: new RegExp(`^${path.replaceAll("*", "[^/]+")}$`),
}));

for (const path of new Set(routes.map((route) => route.path))) {
  test(`other methods at ${path} get 405 and the allowed ones, a GET of a form's address its page`, async () => {
    const owner = await browserOf("owner");
    const known = patterns.filter(({ expression }) => expression.test(address(path)));
    const allowed = new Set(known.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method])));
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      if (allowed.has(method)) {
        continue;
      }
      const reply = await owner.request(method, address(path));
      if (!isApi(path) && ["GET", "HEAD"].includes(method)) {
        assert.equal(reply.status, 303, method);
        const reader = await browserOf(path.startsWith("/admin/") ? "admin" : "owner");
        assert.ok([200, 303].includes((await reader.get(reply.headers.location)).status), reply.headers.location);
        continue;
      }
      assert.equal(reply.status, 405, method);
      assert.deepEqual(reply.headers.allow.split(", ").sort(), [...allowed].sort());
    }
  });
}

test("unknown paths are 404 for everybody, in every program", async () => {
  const paths = ["/nothing", "/interviews/new/more", "/reports", "/reports/x/report.doc", "/admin/nothing", "/profile/"];
  for (const who of WHO) {
    const browser = await browserOf(who);
    for (const path of paths) {
      const reply = await browser.get(path);
      assert.equal(reply.status, 404, `${who} ${path}`);
      assert.match(reply.text, /<html lang="en"/);
    }
  }
});

test("ids that do not exist are 404, like those of others", async () => {
  const owner = await browserOf("owner");
  const admin = await browserOf("admin");
  const nobody = "00000000-0000-4000-8000-000000000000";
  for (const id of [nobody, "1", "x'--", "%D1%8F"]) {
    for (const path of [`/interviews/${id}`, `/reports/${id}`, `/reports/${id}/report.txt`, `/reports/${id}/report.json`]) {
      assert.equal((await owner.get(path)).status, 404, path);
    }
    for (const path of [`/code/${id}`, `/code/${coding}/runs/${id}`, `/code/${coding}/runs/${id}.json`, `/code/${running}`]) {
      assert.equal((await owner.get(path)).status, 404, path);
    }
    assert.equal((await admin.get(`/admin/participants/${id}`)).status, 404);
    assert.equal((await admin.get(`/reports/${id}`)).status, 404);
  }
});

test("nothing of another's interview shows on the 404 page", async () => {
  const other = await browserOf("other");
  for (const path of [`/interviews/${running}`, `/reports/${finished}`]) {
    const page = await other.get(path);
    assert.ok(!page.text.includes(names.owner));
    assert.ok(!bank.some((question) => page.text.includes(question.question.en)));
  }
});

test("a report that is not finished leads its owner to the talk and is 404 for the admin", async () => {
  const owner = await browserOf("owner");
  const admin = await browserOf("admin");
  for (const path of ["", "/report.txt", "/report.pdf", "/report.json"]) {
    const reply = await owner.get(`/reports/${running}${path}`);
    assert.equal(reply.status, 303);
    assert.equal(reply.headers.location, `/interviews/${running}`);
    assert.equal((await admin.get(`/reports/${running}${path}`)).status, 404);
  }
});

test("after the log-in a stranger comes to the page they wanted", async () => {
  const visitor = stranger(instance);
  const sent = await visitor.get(`/interviews/${running}`);
  const form = await visitor.get(sent.headers.location);
  assert.equal(inputValue(form.text, "next"), `/interviews/${running}`);
  const reply = await visitor.post("/login", {
    csrf: inputValue(form.text, "csrf"),
    username: names.owner,
    password: PASSWORD,
    next: inputValue(form.text, "next"),
  });
  assert.equal(reply.headers.location, `/interviews/${running}`);
  assert.equal((await visitor.get(reply.headers.location)).status, 200);
});

test("the health page is plain JSON", async () => {
  const reply = await stranger(instance).get("/health");
  assert.equal(reply.headers["content-type"], "application/json");
  assert.deepEqual(JSON.parse(reply.text), { status: "ok", database: "ok", model: "none" });
});
