// Nobody acts in another's name: forms need the visitor's own token, cookies are guarded,
// sessions begin and end as they should.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { codingQuestion, openCode, startCoding } from "./coding.mjs";
import { startInstance } from "./instance.mjs";
import { CHOICE } from "./invites.mjs";
import { inputValue, visibleText } from "./page.mjs";
import { reviewedOne } from "./review.mjs";
import { routes } from "./routes.mjs";
import {
  freshName,
  logIn,
  makeAdmin,
  openChat,
  PASSWORD,
  register,
  startInterview,
  stranger,
  wholeInterview,
} from "./story.mjs";

let instance, owner, other, running, finished, coding, typed, review;

before(async () => {
  instance = await startInstance({
    env: {
      VIVA_INTERVIEWS_PER_DAY: "1000",
      VIVA_TRUST_PROXY: "1",
    },
  });
  owner = await register(instance, { fullName: "The Owner" });
  other = await register(instance);
  finished = await wholeInterview(owner);
  running = await startInterview(owner);
  coding = await codingQuestion(owner, await startCoding(owner));
  const { csrf, ...fields } = (await openCode(owner, coding)).fields;
  review = await reviewedOne(instance, owner);
  typed = { ...fields, code: "Code the owner never wrote." };
});
after(() => instance?.stop());

// --- forms ------------------------------------------------------------------------

const FORMS = {
  "/login": () => ({ username: owner.name, password: PASSWORD, next: "/profile" }),
  "/login/code": () => ({ code: "123456", next: "/profile" }),
  "/reset": () => ({ code: "none", password: PASSWORD, password_again: PASSWORD }),
  "/settings/second-factor": () => ({ secret: "A".repeat(32), password: PASSWORD, code: "123456" }),
  "/settings/second-factor/codes": () => ({ set: "none", password: PASSWORD }),
  "/settings/second-factor/off": () => ({ password: PASSWORD, code: "123456" }),
  "/admin/participants/*/notes": () => ({ note: "A note nobody wrote.", nonce: freshName() }),
  "/admin/participants/*/notes/*/delete": () => ({}),
  "/admin/audit/verify": () => ({}),
  "/admin/blind": () => ({ blind: "on" }),
  "/admin/interviews/*/decision": () => ({ verdict: "reject", reason: "Said the intruder." }),
  "/admin/participants/*/disable": () => ({}),
  "/admin/participants/*/enable": () => ({}),
  "/admin/participants/*/reset": () => ({ factor: "yes" }),
  "/register": () => ({ username: "intruder", full_name: "", password: PASSWORD }),
  "/language": () => ({ language: "ru", back: "/" }),
  "/logout": () => ({}),
  "/profile": () => ({ full_name: "Changed", position: "", level: "", stack: "", about: "" }),
  "/profile/cv": () => ({ file: "%PDF-" }),
  "/profile/cv/confirm": () => ({ version: "1", position: "Changed" }),
  "/profile/cv/delete": () => ({}),
  "/settings": () => ({ username: freshName("taken-over"), full_name: "", language: "en", time_zone: "" }),
  "/settings/password": () => ({ username: "", old_password: PASSWORD, new_password: "another staple, another horse" }),
  "/settings/log-ins/end": () => ({ id: "none" }),
  "/settings/log-out-everywhere": () => ({}),
  "/settings/export": () => ({}),
  "/settings/delete": () => ({ username: "", password: PASSWORD }),
  "/interviews": () => ({
    role: "backend",
    level: "junior",
    type: "hr",
    language: "en",
    question_count: "1",
    nonce: freshName(),
  }),
  "/settings/tokens": () => ({ name: "intruder", scope: "write", days: "7", nonce: `${Date.now()}-${"0".repeat(32)}` }),
  "/settings/tokens/*/revoke": () => ({}),
  "/reports/*/share": () => ({ scope: "transcript", days: "90", nonce: freshName() }),
  "/reports/*/share/*/revoke": () => ({}),
  "/verify": () => ({}),
  "/review/questions/*": () => ({ nonce: freshName(), since: "0", action: "dont_know", answer: "" }),
  "/review/questions/*/draft": () => ({ answer: "A draft the owner never wrote." }),
  "/interviews/*/retry": () => ({ questions: "all", nonce: freshName() }),
  "/interviews/*/similar/*": () => ({ questions: "", nonce: freshName() }),
  "/history/clear": () => ({ before: String(Date.now()) }),
  "/history/*/delete": () => ({}),
  "/interviews/*/turns": (chat) => ({
    question_id: chat.questionId,
    nonce: freshName(),
    action: "say",
    answer: "An answer the owner never gave.",
  }),
  "/interviews/*/draft": () => ({ answer: "A draft the owner never wrote." }),
  "/interviews/*/events": () => ({ events: '[{"kind":"focus_lost","ms":5000}]' }),
  "/code/*/runs": () => ({ ...typed, action: "submit" }),
  "/code/*/drafts": () => typed,
  "/code/*/reset": () => typed,
  "/code/*/hints": () => ({ ...typed, level: "1" }),
  "/code/*/explain": () => ({ ...typed, submission: "x" }),
  "/code/*/answer": () => typed,
  "/code/*/done": () => typed,
  "/invitations/*": () => ({}),
  "/admin/invite": () => ({ ...CHOICE, nonce: "n", draw: "d", shown: "x", action: "issue" }),
  "/admin/invitations/*/revoke": () => ({}),
  "/admin/bank/new": () => ({ text: "{}", seen: "" }),
  "/admin/bank/*/edit": () => ({ text: "{}", seen: "" }),
  "/admin/bank/*/state": () => ({ state: "disabled" }),
  "/admin/bank/*/try": () => ({ answer: "An answer.", language: "en" }),
  "/admin/roles/new": () => ({ id: "intruder", track: "backend", title_en: "a", title_ru: "b", title_uk: "c", tags: "http" }),
  "/admin/roles/*": () => ({ track: "backend", title_en: "a", title_ru: "b", title_uk: "c", tags: "http" }),
  "/admin/roles/*/state": () => ({ state: "disabled" }),
  "/admin/transfer": () => ({ file: "[]" }),
  "/reports/*/questions/*/appeals/*": () => ({ from: "1", to: "", comment: "" }),
  "/admin/appeals/*": () => ({ decision: "covered", reply: "" }),
  "/admin/interviews/*/questions/*/score": () => ({ score: "5", reason: "A reason", newest: "0" }),
  "/admin/interviews/*/questions/*/score/withdraw": () => ({}),
  "/admin/webhooks/*/again": () => ({ state: "failed", next_at: "1" }),
  "/code/*/events": () => ({ events: '[{"kind":"focus_lost","ms":5000}]' }),
};

// What the owner sees, without what differs on every page.
async function ownersView() {
  const pages = [];
  const paths = ["/profile", `/interviews/${running}`, `/reports/${finished}`, `/code/${coding}`, `/reports/${finished}/share`, "/settings/tokens", "/review",
    "/review/session"];
  for (const path of paths) {
    const page = await owner.get(path);
    assert.equal(page.status, 200, "the owner is logged in");
    pages.push(page.text.replace(/name="(?:csrf|nonce|since)" value="[^"]*"|data-elapsed-s="[^<]*/g, ""));
  }
  return pages;
}

function address(path) {
  const own = { "/code": coding, "/review": review.question };
  return path.replace("*", own[/^\/\w+/.exec(path)[0]] ?? running);
}

async function assertRefused(path, why, makeFields, headers) {
  const isForStrangers = /^\/(login|register)$/.test(path);
  const browser = isForStrangers ? stranger(instance) : owner;
  const own = await browser.csrf(isForStrangers ? path : "/profile");
  const fields = FORMS[path](await openChat(owner, running));
  const before = await ownersView();
  const reply = await browser.post(address(path), makeFields(fields, own), { headers });
  assert.equal(reply.status, 403, `${why}: ${visibleText(reply.text)}`);
  assert.ok(!String(reply.headers["set-cookie"]).includes("viva_session"), "nobody is logged in by it");
  assert.deepEqual(await ownersView(), before, `${why}: nothing has changed`);
  if (isForStrangers) {
    assert.equal((await browser.get("/profile")).status, 303, "the stranger stays a stranger");
  }
}

// The API knows its visitors by a token that no browser sends by itself.
const posts = routes
  .filter((route) => route.method === "POST" && !route.path.startsWith("/api/"))
  .map((route) => route.path);

test("a form is known for every POST route", () => {
  assert.deepEqual(Object.keys(FORMS).sort(), [...posts].sort());
});

for (const path of posts) {
  test(`POST ${path} needs the visitor's own token`, async () => {
    const others = await other.csrf("/profile");
    await assertRefused(path, "no token", (fields) => fields);
    await assertRefused(path, "an empty token", (fields) => ({ csrf: "", ...fields }));
    const changed = (token) => token.replace(/./, (digit) => (digit === "0" ? "1" : "0"));
    await assertRefused(path, "a wrong token", (fields, own) => ({ csrf: changed(own), ...fields }));
    await assertRefused(path, "another user's token", (fields) => ({ csrf: others, ...fields }));
    await assertRefused(path, "from another site", (fields, own) => ({ csrf: own, ...fields }), {
      "Sec-Fetch-Site": "cross-site",
    });
    await assertRefused(path, "from a sister site", (fields, own) => ({ csrf: own, ...fields }), {
      "Sec-Fetch-Site": "same-site",
    });
  });
}

test("the name an intruder asked for was never registered", async () => {
  assert.equal((await register(instance, { name: "intruder" })).name, "intruder");
});

test("a page of ours may send the form, and an old browser that says nothing", async () => {
  for (const headers of [{ "Sec-Fetch-Site": "same-origin" }, { "Sec-Fetch-Site": "none" }, {}]) {
    const fields = { csrf: await owner.csrf("/profile"), language: "en", back: "/profile" };
    assert.equal((await owner.post("/language", fields, { headers })).status, 303);
  }
});

test("a token of before the log-in is worth nothing after it", async () => {
  const visitor = stranger(instance);
  const old = await visitor.csrf("/login");
  await visitor.post("/login", { csrf: old, username: other.name, password: PASSWORD });
  assert.equal((await visitor.get("/profile")).status, 200);
  assert.equal((await visitor.post("/logout", { csrf: old })).status, 403);
  assert.equal((await visitor.get("/profile")).status, 200);
});

// --- cookies and sessions -----------------------------------------------------------

const cookieLines = (reply) => reply.headers["set-cookie"] ?? [];

function assertGuarded(line, isSecure) {
  const parts = line.split("; ").slice(1);
  assert.ok(parts.includes("HttpOnly"), line);
  assert.ok(parts.includes("SameSite=Lax"), line);
  assert.ok(parts.includes("Path=/"), line);
  assert.equal(parts.includes("Secure"), isSecure, line);
  assert.ok(!parts.some((part) => part.startsWith("Domain")), line);
}

for (const isSecure of [false, true]) {
  test(`every cookie is guarded ${isSecure ? "under https" : "under http"}`, async () => {
    const visitor = stranger(instance, "en", isSecure ? { "X-Forwarded-Proto": "https" } : {});
    const form = await visitor.get("/register");
    const csrf = inputValue(form.text, "csrf");
    const fields = { csrf, username: freshName(), full_name: "", password: PASSWORD };
    const registered = await visitor.post("/register", fields);
    const switched = await visitor.postForm("/profile", { language: "ru", back: "/" }, { action: "/language" });
    const out = await visitor.postForm("/profile", {}, { action: "/logout" });
    const lines = [form, registered, switched, out].flatMap(cookieLines);
    const names = new Set(lines.map((line) => line.split("=")[0]));
    assert.deepEqual([...names].sort(), ["viva_device", "viva_flash", "viva_lang", "viva_session", "viva_visitor"]);
    lines.forEach((line) => assertGuarded(line, isSecure));
    for (const reply of [form, registered, switched, out]) {
      assert.equal("strict-transport-security" in reply.headers, isSecure);
    }
  });
}

test("a session is made at the log-in, never taken from the visitor", async () => {
  const chosen = "0123456789abcdef".repeat(4);
  const visitor = stranger(instance);
  visitor.cookies.set("viva_session", chosen);
  assert.equal((await visitor.get("/profile")).status, 303, "a made-up session is none");
  await visitor.postForm("/login", { username: other.name, password: PASSWORD });
  const first = visitor.cookies.get("viva_session");
  assert.match(first, /^[0-9a-f]{64}$/);
  assert.notEqual(first, chosen);
  const again = await logIn(instance, other.name);
  assert.notEqual(again.cookies.get("viva_session"), first, "every log-in has a token of its own");
});

test("after the log-out the session is dead, also for a copy of the cookie", async () => {
  const person = await logIn(instance, other.name);
  const copy = stranger(instance);
  copy.cookies.set("viva_session", person.cookies.get("viva_session"));
  assert.equal((await copy.get("/profile")).status, 200);
  const out = await person.postForm("/profile", {}, { action: "/logout" });
  assert.equal(out.headers.location, "/");
  assert.equal((await person.get("/profile")).status, 303);
  assert.equal((await copy.get("/profile")).status, 303);
  assert.equal((await logIn(instance, other.name)).name, other.name, "and one can log in again");
});

test("the database keeps no cookie, only its hash", async () => {
  const files = ["viva.db", "viva.db-wal"].map((file) => readFileSync(`${instance.var}/${file}`));
  const session = owner.cookies.get("viva_session");
  assert.ok(files.some((bytes) => bytes.includes(owner.name)), "this looks into the right files");
  assert.ok(!files.some((bytes) => bytes.includes(session)));
  assert.ok(!files.some((bytes) => bytes.includes(PASSWORD)));
});

// --- headers ------------------------------------------------------------------------

test("security headers and no caching on every page, error, redirect and download", async () => {
  const admin = await makeAdmin(instance);
  const paths = routes.filter((route) => route.method === "GET").map(({ path }) =>
    path.replaceAll("*", path.startsWith("/interviews") ? running : path.startsWith("/code") ? coding : finished),
  );
  for (const browser of [owner, admin, stranger(instance)]) {
    for (const path of [...paths, "/nothing"]) {
      const { headers } = await browser.get(path);
      assert.match(headers["content-security-policy"], /^default-src 'none'; /, path);
      assert.doesNotMatch(headers["content-security-policy"], /unsafe|\*/);
      assert.match(headers["content-security-policy"], /frame-ancestors 'none'/);
      assert.equal(headers["x-content-type-options"], "nosniff", path);
      assert.equal(headers["referrer-policy"], "no-referrer", path);
      const isEverybodys = path === "/keys.json";
      const caching = isEverybodys ? "public, max-age=300" : headers.etag ? "private, no-cache" : "no-store";
      assert.equal(headers["cache-control"], caching, path);
      assert.match(headers["x-request-id"], /^[0-9a-f]{16}$/, path);
    }
  }
});
