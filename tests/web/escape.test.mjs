// What people type is text and nothing else, on every page, in every header and file.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { inputValue, tags, textareaValue, textNodes, turns, visibleText } from "./page.mjs";
import { finish, freshName, makeAdmin, openChat, PASSWORD, register, say, startInterview, stranger } from "./story.mjs";

const MARKUP = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{csrf}}{{{t}}}&amp;&lt;b&gt;`;

let instance, person, admin, id;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  admin = await makeAdmin(instance);
  person = await register(instance, { fullName: MARKUP });
  await person.postForm("/profile", { full_name: MARKUP, position: MARKUP, stack: MARKUP, about: MARKUP, level: "" });
  id = await startInterview(person, { job_description: MARKUP, question_count: "2" });
  await say(person, id, `${MARKUP}\nThe answer itself.`);
});
after(() => instance?.stop());

// Markup of ours only: no element or handler came in with a text.
function assertInert(html, page) {
  const scripts = tags(html, "script");
  assert.ok(scripts.length > 0, page);
  for (const script of scripts) {
    assert.deepEqual(Object.keys(script).sort(), ["defer", "src"], page);
    assert.match(script.src, /^\/static\/[^:]*$/, page);
  }
  assert.equal(tags(html, "img").length, 0, page);
  assert.doesNotMatch(html.replace(/"[^"]*"/g, '""'), /<[^>]*\son\w+=/i, page);
  assert.doesNotMatch(html, /alert\(1\)<\/script>/, page);
}

const FOLDED = MARKUP.replace(/\s+/g, " ");

function assertShown(html, page) {
  assertInert(html, page);
  assert.ok(textNodes(html).some((text) => text.includes(FOLDED)), `${page} shows the text as it was typed`);
}

test("the profile shows the name and fields as text", async () => {
  const { text } = await person.get("/profile");
  assertShown(text, "the profile");
  for (const name of ["full_name", "position"]) {
    assert.equal(inputValue(text, name), MARKUP, name);
  }
  for (const name of ["stack", "about"]) {
    assert.equal(textareaValue(text, name), MARKUP, name);
  }
});

test("the chat shows the answer as text", async () => {
  const chat = await openChat(person, id);
  assertShown(chat.html, "the chat");
  assert.ok(turns(chat.html).some((turn) => turn.isMine && turn.text === `${MARKUP}\nThe answer itself.`));
});

test("forms that are shown again show what was typed as text", async () => {
  const page = await person.get("/interviews/new");
  const start = await person.post("/interviews", {
    csrf: inputValue(page.text, "csrf"),
    nonce: freshName(),
    role: MARKUP,
    level: "middle",
    type: "hr",
    language: "en",
    question_count: "1",
    job_description: MARKUP,
  });
  assert.equal(start.status, 400);
  assertInert(start.text, "the start form");
  assert.equal(textareaValue(start.text, "job_description"), MARKUP);

  for (const path of ["/register", "/login"]) {
    const reply = await stranger(instance).postForm(path, {
      username: MARKUP,
      password: PASSWORD,
      ...(path === "/register" && { full_name: MARKUP }),
    });
    assert.ok([400, 401].includes(reply.status));
    assertInert(reply.text, path);
    assert.equal(inputValue(reply.text, "username"), MARKUP, path);
  }
});

test("an error page shows what was typed as text", async () => {
  const chat = await openChat(person, id);
  const reply = await person.post(`/interviews/${id}/turns`, { csrf: chat.csrf, answer: MARKUP, unknown: "1" });
  assert.equal(reply.status, 400);
  assertShown(reply.text, "the error page");
});

test("the admin's pages show names and searches as text", async () => {
  const table = await admin.get(`/admin?search=${encodeURIComponent("<SCRIPT>alert")}`);
  assertShown(table.text, "the participants");
  assert.equal(inputValue(table.text, "search"), "<SCRIPT>alert", "and found it whatever the case");
  const [{ href }] = tags(table.text, "a").filter((a) => /^\/admin\/participants\/[^/]+$/.test(a.href));
  assertShown((await admin.get(href)).text, "the participant");

  for (const search of [MARKUP, '"><script>alert(1)</script>', "javascript:alert(1)", "%", "_", "' OR 1=1 --", "\\"]) {
    const page = await admin.get(`/admin?search=${encodeURIComponent(search)}&sort=${encodeURIComponent(search)}`);
    assert.equal(page.status, 200, search);
    assertInert(page.text, search);
    assert.equal(inputValue(page.text, "search"), search.slice(0, 100));
    for (const { href: link } of tags(page.text, "a")) {
      assert.equal(new URL(link, instance.url).origin, instance.url, link);
    }
  }
});

test("a search takes its characters as they are", async () => {
  const nobody = await admin.get("/admin?search=%25_%25_%25");
  assert.match(visibleText(nobody.text), /Nobody found/);
  for (const query of ["search=%ff", "search=%00", "page=-1", "page=99999999999", "page=1;DROP", "order=evil", "=&&=&"]) {
    assert.equal((await admin.get(`/admin?${query}`)).status, 200, query);
  }
});

test("the report shows the answer as text, for both readers, and in its file", async () => {
  await finish(person, id);
  for (const reader of [person, admin]) {
    const page = await reader.get(`/reports/${id}`);
    assertInert(page.text, "the report");
    const shown = visibleText(page.text).replace(/\s+/g, " ");
    assert.ok(shown.includes("The answer itself."));
    assert.ok(shown.includes("alert(2)"), "the answer is shown, not cut");
  }
  const file = await person.get(`/reports/${id}/report.txt`);
  assert.ok(file.text.includes(MARKUP), "the file has the text as it was typed");
  assert.equal(file.headers["x-content-type-options"], "nosniff");
  const { questions } = JSON.parse((await person.get(`/reports/${id}/report.json`)).text);
  assert.equal(questions[0].answer, `${MARKUP}\nThe answer itself.`);
});

test("a name cannot break out of the download's header", async () => {
  const names = [
    'Ann "Quote" O\'Neill',
    "Їжак Ганна",
    "a\r\nX-Evil: 1",
    "../../etc/passwd",
    "x; filename=evil.html",
    "a\\b/c:d*e?",
    "名前 🙂",
    ".",
  ];
  for (const fullName of names) {
    await person.postForm("/profile", { full_name: fullName, position: "", stack: "", about: "", level: "" });
    const own = await startInterview(person, { question_count: "1" });
    await finish(person, own);
    for (const ending of ["txt", "json"]) {
      const { headers } = await person.get(`/reports/${own}/report.${ending}`);
      assert.ok(!("x-evil" in headers), fullName);
      const [, plain, encoded] = headers["content-disposition"].match(
        /^attachment; filename="([^"\\\r\n/]+)"; filename\*=UTF-8''([\w.~%-]+)$/,
      );
      const name = decodeURIComponent(encoded);
      assert.match(plain, /^[ -~]+$/, fullName);
      assert.doesNotMatch(name, /[\0-\x1f"*/:<>?\\|\x7f]/, fullName);
      assert.ok(name.endsWith(`.${ending}`) && !name.startsWith("."), name);
      assert.match(name, /\d{4}-\d\d-\d\d/);
    }
  }
});

test("nothing leads to another site", async () => {
  const evil = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "/\t/evil.example",
    "\n//evil.example",
    "javascript:alert(1)",
    "/ /evil.example",
    "@evil.example",
    ".evil.example",
    "/\u00a0/evil.example",
    "",
  ];
  for (const target of evil) {
    const visitor = stranger(instance);
    const form = await visitor.get(`/login?next=${encodeURIComponent(target)}`);
    const shown = inputValue(form.text, "next");
    assert.equal(new URL(shown, instance.url).origin, instance.url, `shown for "${target}": ${shown}`);
    const csrf = inputValue(form.text, "csrf");
    const back = await visitor.post("/language", { csrf, language: "en", back: target });
    assert.equal(back.status, 303);
    assert.equal(new URL(back.headers.location, instance.url).origin, instance.url, target);
    const reply = await visitor.post("/login", { csrf, username: person.name, password: PASSWORD, next: target });
    assert.equal(reply.status, 303);
    assert.equal(new URL(reply.headers.location, instance.url).origin, instance.url, target);
  }
});
