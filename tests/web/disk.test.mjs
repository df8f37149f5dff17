// A disk that takes nothing more: people are told so in their language, keep what they typed, and
// can send it again as soon as there is room.
import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { after, before, test } from "node:test";
import { World } from "../chaos/world.mjs";
import { raw } from "./client.mjs";
import { decode, visibleText } from "./page.mjs";
import { LANGUAGES, openChat, press, register, startInterview, stranger, translated } from "./story.mjs";

const FULL = "This was not saved: the server's disk is full. Please try again later.";
const LONG = "Длинный ответ. ".repeat(1300).trim(); // 35 KB

let world;

before(async () => {
  process.env.VIVA_SAN = "0"; // what is put between the programs and the disk is not for sanitizers
  world = new World({ isMounted: false });
  await world.make();
  await world.start(false);
});
after(() => world?.end({ isKept: false }));

for (const language of LANGUAGES) {
  test(`a full disk is told of in ${language}, and what was typed is kept`, async () => {
    const person = await register(world, { language });
    const id = await startInterview(person);
    const chat = await openChat(person, id);
    world.setControl({ disk: "full" });
    const refused = await press(person, chat, "say", LONG);
    const page = await person.get(`/interviews/${id}`);
    world.setControl({});
    assert.equal(refused.status, 507, visibleText(refused.text));
    assert.ok(visibleText(refused.text).includes(translated(language, FULL)), visibleText(refused.text).slice(0, 300));
    assert.ok(decode(refused.text).includes(LONG), "the answer stands on the page");
    assert.equal(page.status, 200, "what is stored can be read");
    assert.equal((await press(person, chat, "say", LONG)).status, 303, "the same form again");
    const { turns } = await openChat(person, id);
    assert.equal(turns.filter((turn) => turn.isMine && turn.text === LONG).length, 1);
  });
}

test("the API says it with a problem of its own", async () => {
  const visitor = await register(world);
  const body = JSON.stringify({ username: "nobody-yet", password: "correct horse battery staple" });
  world.setControl({ disk: "full" });
  const reply = await visitor.request("POST", "/api/register", { headers: { "Content-Type": "application/json" }, body });
  world.setControl({});
  assert.equal(reply.status, 507, reply.text);
  assert.match(reply.headers["content-type"], /^application\/problem\+json/);
  assert.match(JSON.parse(reply.text).type, /disk-full/);
});

test("a disk that may only be read loses no word either", async () => {
  const person = await register(world);
  const id = await startInterview(person);
  const chat = await openChat(person, id);
  world.setControl({ disk: "read-only" });
  const refused = await press(person, chat, "say", LONG);
  world.setControl({});
  assert.equal(refused.status, 500);
  assert.ok(decode(refused.text).includes(LONG));
  assert.equal((await press(person, chat, "say", LONG)).status, 303);
});

test("without the folder of its pages nginx still answers in the visitor's language", async () => {
  renameSync(`${world.var}/run`, `${world.var}/run.away`);
  try {
    for (const [language, words] of [["en", "cannot answer"], ["ru", "не может ответить"], ["uk", "не може відповісти"]]) {
      const page = await stranger(world, language).get("/interviews/new");
      assert.equal(page.status, 503);
      assert.match(page.text, new RegExp(`<html lang="${language}"[^]*${words}`));
    }
    const problem = await stranger(world).get("/api/roles");
    assert.equal(problem.status, 503);
    assert.equal(JSON.parse(problem.text).status, 503);
  } finally {
    renameSync(`${world.var}/run.away`, `${world.var}/run`);
  }
});

for (const [path, status] of [["/api/%00", 400], [`/api/${"a".repeat(40000)}`, 414]]) {
  test(`what nginx refuses itself below /api is a problem: ${path.slice(0, 10)}`, async () => {
    const answer = await raw(world.url, `GET ${path} HTTP/1.1\r\nHost: viva\r\nConnection: close\r\n\r\n`);
    const [head, body] = answer.split("\r\n\r\n");
    assert.match(head, new RegExp(`^HTTP/1.1 ${status} `));
    assert.match(head, /^Content-Type: application\/problem\+json/m);
    assert.equal(JSON.parse(body).status, status);
  });
}
