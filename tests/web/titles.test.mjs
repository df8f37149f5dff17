// A title of one's own leads to the nearest role, or is asked back kindly.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ApiClient, apiRegister } from "./api.mjs";
import { startInstance } from "./instance.mjs";
import { inputValue, visibleText } from "./page.mjs";
import { register } from "./story.mjs";

const START = "/interviews/new";

let instance;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "100" } });
});
after(() => instance?.stop());

// Sends the start form with that title; `more` stands for what a shown form adds.
async function start(person, role_title, more = {}) {
  const page = await person.get(START);
  return person.post("/interviews", {
    csrf: inputValue(page.text, "csrf"), nonce: inputValue(page.text, "nonce"), role: "qa", role_title, asked_title: "",
    level: "junior", type: "hr", language: "ru", question_count: "2", time_limit_min: "", job_description: "", ...more,
  });
}

const chosen = (html) => html.match(/<select id="role".+?<\/select>/s)[0].match(/<option value="([^"]+)" selected>/)?.[1];

async function roleOf(person, reply) {
  assert.equal(reply.status, 303, visibleText(reply.text));
  const id = reply.headers.location.match(/\/interviews\/([0-9a-f-]{36})/)[1];
  return { id, text: (await person.get(`/interviews/${id}`)).text };
}

test("a title that means one role opens it under its own name", async () => {
  const person = await register(instance, { language: "ru" });
  const { text } = await roleOf(person, await start(person, "Go-разработчик <b>"));
  assert.match(text, /Go-разработчик &lt;b&gt;/);
  assert.match((await person.get("/history")).text, /Go-разработчик &lt;b&gt;/);
});

test("a title that can mean several is asked back with what was typed, then the list decides", async () => {
  const person = await register(instance, { language: "ru" });
  const refused = await start(person, "Программист");
  assert.equal(refused.status, 400);
  assert.match(visibleText(refused.text), /может означать разные роли: .+, .+\./);
  assert.equal(inputValue(refused.text, "role_title"), "Программист");
  assert.equal(inputValue(refused.text, "asked_title"), "Программист");
  assert.notEqual(chosen(refused.text), "qa", "the nearest is chosen in the list");
  const { text } = await roleOf(person, await start(person, "Программист", { asked_title: "Программист", role: "embedded" }));
  assert.match(text, /Программист/);
});

test("the position of the profile chooses the role in the form", async () => {
  const person = await register(instance, { language: "uk" });
  assert.equal(chosen((await person.get(START)).text), undefined);
  await person.postForm("/profile", { position: "Тестувальник ігор", level: "middle" });
  assert.equal(chosen((await person.get(START)).text), "qa");
});

test("other work is refused kindly and costs no start", async () => {
  const person = await register(instance, { language: "uk" });
  for (const title of ["Кухар", "asdf", "Бухгалтер 1С", "x".repeat(81)]) {
    const refused = await start(person, title);
    assert.equal(refused.status, 400, title);
    assert.equal(inputValue(refused.text, "role_title"), title);
  }
  assert.match(visibleText((await start(person, "Кухар")).text), /Viva запитує про роботу в IT/);
  assert.equal((await start(person, "Кухар", { asked_title: "Кухар" })).status, 400, "whatever the form says it was asked");
  assert.doesNotMatch((await person.get("/history")).text, /Кухар/);
});

test("programs may name a title instead of a role", async () => {
  const { token } = await apiRegister(instance);
  const program = new ApiClient(instance, { token });
  const wish = { level: "junior", type: "hr", language: "en", question_count: 1 };
  const begun = await program.request("POST", "/interviews", { ...wish, role_title: "Site reliability engineer" });
  assert.equal(begun.status, 201);
  assert.deepEqual(begun.json.role_selected, { id: "devops", title: "Site reliability engineer" });
  for (const role of [{ role_title: "Cook" }, { role_title: "Developer" }, {}]) {
    assert.equal((await program.request("POST", "/interviews", { ...wish, ...role })).status, 400, JSON.stringify(role));
  }
});
