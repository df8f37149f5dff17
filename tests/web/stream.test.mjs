// The stream of a turn as a client sees it: events, headers, early errors, readers who leave.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import http from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { LEAD_IN, modelEnv, PARTS, scriptedModel } from "../llm/model.mjs";
import { formBody } from "./client.mjs";
import { buildFolder, root, startInstance } from "./instance.mjs";
import { decode, visibleText } from "./page.mjs";
import { until } from "./processes.mjs";
import { openChat, register, startInterview } from "./story.mjs";

const WANTED = "text/html, text/event-stream";
const ABOUT_ME = "I am a backend developer with five years of Python.";
const ANSWER = "An index keeps the values in order, so that a search need not read the whole table.";

let model, instance;

before(async () => {
  model = await scriptedModel({ pieces: 20, pauseMs: 40 });
  instance = await startInstance({ env: modelEnv(model, { VIVA_INTERVIEWS_PER_DAY: "1000" }) });
});
after(async () => {
  await instance?.stop();
  await model?.close();
});

function fieldsOf(chat, fields) {
  return { csrf: chat.csrf, nonce: chat.nonce, question_id: chat.questionId, action: "say", ...fields };
}

// Posts a turn; gives the reply's head at once, `leave()`, and `end`: the whole text with the
// time at which each piece came.
function stream(person, id, body, accept = WANTED) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${instance.url}/interviews/${id}/turns`, {
      method: "POST",
      agent: false,
      headers: {
        Cookie: person.cookieHeader(), Accept: accept, "Content-Length": Buffer.byteLength(body),
        "Content-Type": "application/x-www-form-urlencoded",
      },
    }, (reply) => {
      const pieces = [];
      reply.on("data", (bytes) => pieces.push({ at: Date.now(), text: bytes.toString() }));
      const end = new Promise((done) => ["end", "error", "close"].forEach((name) => reply.on(name, () => done(pieces))));
      resolve({ status: reply.statusCode, headers: reply.headers, pieces, end, leave: () => request.destroy() });
    });
    request.on("error", reject);
    request.end(body);
  });
}

// [{ name, data }] of a stream's text.
function events(text) {
  assert.ok(text.endsWith("\n\n"), "the last event is whole");
  return text.split("\n\n").slice(0, -1).map((block) => {
    const lines = block.split("\n").filter((line) => !line.startsWith(":"));
    const values = (field) => lines.filter((line) => line.startsWith(`${field}: `)).map((line) => line.slice(field.length + 2));
    return { name: values("event")[0], data: values("data").join("\n") };
  });
}

const joined = (pieces) => pieces.map(({ text }) => text).join("");

// A candidate at the first question.
async function begin() {
  const person = await register(instance);
  const id = await startInterview(person);
  const chat = await openChat(person, id);
  const reply = await person.post(`/interviews/${id}/turns`, fieldsOf(chat, { answer: ABOUT_ME }));
  assert.equal(reply.status, 303, visibleText(reply.text));
  return { person, id, chat: await openChat(person, id) };
}

test("a turn comes as state, reply and text, each at once, and last as the talk", async () => {
  const { person, id, chat } = await begin();
  const reply = await stream(person, id, formBody(fieldsOf(chat, { answer: ANSWER })));
  assert.equal(reply.status, 200);
  assert.match(reply.headers["content-type"], /^text\/event-stream/);
  assert.equal(reply.headers["content-encoding"], undefined);
  assert.equal(reply.headers["x-content-type-options"], "nosniff");
  assert.match(reply.headers["content-security-policy"], /default-src 'none'/);
  const pieces = await reply.end;
  const found = events(joined(pieces));
  const names = found.map(({ name }) => name);
  assert.deepEqual(names.slice(0, 3), ["state", "state", "reply"]);
  assert.deepEqual(found.slice(0, 3).map(({ data }) => data), ["thinking", "speaking", "question"]);
  assert.ok(names.slice(3, -1).every((name) => name === "text"), names.join(" "));
  assert.equal(names.at(-1), undefined);
  const times = new Set(pieces.map(({ at }) => at));
  assert.ok(times.size >= 10, `${times.size} moments: nothing waits in a buffer`);
  const spoken = found.filter(({ name }) => name === "text").map(({ data }) => data).join("");
  const after = await openChat(person, id);
  assert.equal(after.turns.at(-1).text, spoken, "what is stored is what was heard");
  assert.ok(spoken.startsWith(LEAD_IN));
  assert.ok(decode(found.at(-1).data).includes(spoken), "the last event shows it as well");
  assert.match(found.at(-1).data, /<hx-partial data-hx-target="#turns">/);
});

test("nothing is answered twice: the connection serves the next request", async () => {
  const { person, id, chat } = await begin();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const body = formBody(fieldsOf(chat, { answer: ANSWER }));
  const ask = (method, address, text) => new Promise((resolve, reject) => {
    const headers = { Cookie: person.cookieHeader(), Accept: WANTED, "Content-Type": "application/x-www-form-urlencoded" };
    const request = http.request(instance.url + address, { method, agent, headers }, (reply) => {
      const bytes = [];
      reply.on("data", (part) => bytes.push(part)).on("end", () => resolve({ reply, text: Buffer.concat(bytes).toString(), port: reply.socket?.localPort }));
    });
    request.on("error", reject);
    request.end(text);
  });
  const streamed = await ask("POST", `/interviews/${id}/turns`, body);
  assert.doesNotMatch(streamed.text, /Status:|<!DOCTYPE/);
  const page = await ask("GET", "/profile");
  assert.equal(page.reply.statusCode, 200);
  assert.match(page.text, /^<!DOCTYPE html>/);
  agent.destroy();
});

test("errors found before the first event are plain answers", async () => {
  const { person, id, chat } = await begin();
  const wrong = [
    [400, { answer: "  " }],
    [400, { answer: ANSWER, action: "fly" }],
    [400, { answer: ANSWER, unknown: "field" }],
    [403, { answer: ANSWER, csrf: "0" }],
    [303, { answer: ANSWER, question_id: "of another tab" }],
  ];
  for (const [status, fields] of wrong) {
    const reply = await stream(person, id, formBody(fieldsOf(chat, fields)));
    assert.equal(reply.status, status, JSON.stringify(fields));
    assert.doesNotMatch(reply.headers["content-type"] ?? "", /event-stream/);
    assert.doesNotMatch(joined(await reply.end), /^event:/m);
  }
  const stranger = await register(instance);
  const reply = await stream(stranger, id, formBody({ ...fieldsOf(chat, { answer: ANSWER }), csrf: await stranger.csrf("/profile") }));
  assert.equal(reply.status, 404);
  await reply.end;
});

test("who asks for no events gets the redirect", async () => {
  const { person, id, chat } = await begin();
  const reply = await stream(person, id, formBody(fieldsOf(chat, { answer: ANSWER })), "text/html");
  assert.equal(reply.status, 303);
  assert.equal(reply.headers.location, `/interviews/${id}#latest`);
});

test("the same form again, or the end of the interview, is left to a plain form", async () => {
  const { person, id, chat } = await begin();
  const finishing = formBody(fieldsOf(chat, { action: "finish" }));
  const found = events(joined(await (await stream(person, id, finishing)).end));
  assert.deepEqual(found.slice(-2).map(({ name, data }) => `${name} ${data}`), ["state finishing", "plain "]);
  const plain = await person.post(`/interviews/${id}/turns`, finishing);
  assert.equal(plain.status, 303);
  assert.equal(plain.headers.location, `/reports/${id}`);
});

test("a reader who leaves ends the speech soon; what was said is stored and marked", async () => {
  const { person, id, chat } = await begin();
  model.parts.interviewer = () => Array.from({ length: 40 }, (_, i) => `word${i}`).join(" ");
  const reply = await stream(person, id, formBody(fieldsOf(chat, { answer: ANSWER })));
  await until(() => joined(reply.pieces).includes("event: text"), "the first words", 20);
  reply.leave();
  const left = Date.now();
  const talk = await until(async () => {
    const now = await openChat(person, id);
    return now.position === 2 && now;
  }, "the question that had to be asked", 20);
  model.parts.interviewer = PARTS.interviewer;
  assert.ok(Date.now() - left < 1500, `${Date.now() - left} ms`);
  const { text } = talk.turns.at(-1);
  assert.match(text, /^word0/);
  assert.doesNotMatch(text, /word39/);
  assert.match(talk.html, /class="cut"/);
});

test("while the interviewer answers, other requests see so and wait for nothing", async () => {
  const { person, id, chat } = await begin();
  let release;
  model.parts.observer = async () => {
    await new Promise((goOn) => (release = goOn));
    return PARTS.observer();
  };
  const reply = await stream(person, id, formBody(fieldsOf(chat, { answer: ANSWER })));
  await until(() => release, "the observer is asked", 20);
  const started = Date.now();
  const { html } = await openChat(person, id);
  assert.ok(Date.now() - started < 4000, "it does not wait for the model");
  assert.match(html, /<noscript><meta http-equiv="refresh" content="3; url=[^"]*"><\/noscript>/);
  assert.match(html, /<textarea id="answer"[^>]* readonly/);
  assert.doesNotMatch(html, /value="say"/);
  const update = await person.get(`/interviews/${id}`, { headers: { "HX-Request": "true" } });
  assert.equal(update.headers["hx-reswap"], "none");
  assert.match(update.text, /^<hx-partial/);
  const draft = await person.post(`/interviews/${id}/draft`, { csrf: chat.csrf, answer: "my next thought" });
  assert.equal(draft.status, 204);
  model.parts.observer = PARTS.observer;
  release();
  await reply.end;
  const after = await openChat(person, id);
  assert.equal(after.position, 2);
  assert.equal(after.typed, "my next thought", "a draft of meanwhile is kept");
  assert.doesNotMatch(after.html, /http-equiv|readonly/);
});

test("a plain CGI program streams as well", async () => {
  const { person, id, chat } = await begin();
  const body = formBody(fieldsOf(chat, { answer: ANSWER }));
  const child = spawn(path.join(root, buildFolder(), "interview"), {
    env: {
      ...process.env, ...modelEnv(model), VIVA_HOME: root, VIVA_VAR: instance.var, VIVA_PROGRAMS: buildFolder(),
      REQUEST_METHOD: "POST", REQUEST_URI: `/interviews/${id}/turns`, QUERY_STRING: "", REMOTE_ADDR: "127.0.0.1",
      CONTENT_TYPE: "application/x-www-form-urlencoded", CONTENT_LENGTH: String(Buffer.byteLength(body)),
      HTTP_COOKIE: person.cookieHeader(), HTTP_ACCEPT: WANTED,
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const pieces = [];
  child.stdout.on("data", (bytes) => pieces.push({ at: Date.now(), text: bytes.toString() }));
  child.stdin.end(body);
  const status = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(status, 0);
  const [head, ...rest] = joined(pieces).split("\r\n\r\n");
  assert.match(head, /^Status: 200\r\n/);
  const found = events(rest.join("\r\n\r\n"));
  assert.ok(found.filter(({ name }) => name === "text").map(({ data }) => data).join("").startsWith(LEAD_IN));
  assert.ok(new Set(pieces.map(({ at }) => at)).size >= 10, "each word at once");
  assert.equal((await openChat(person, id)).position, 2);
});
