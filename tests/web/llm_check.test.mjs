// viva llm check: says at once whom it asks, keeps to its time, and tells what happened.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { describe, test } from "node:test";
import { body, chunk, drop, error, hang, head, json, raw, stream, text } from "../llm/fake.mjs";
import { folder, KEY, program, serve } from "../llm/probe.mjs";
import { buildFolder, root } from "./instance.mjs";

const AGENTS = ["observer", "interviewer", "evaluator", "profile_extractor"];
const asksJson = ({ json: asked }) => asked.response_format !== undefined;

function check(t, env, ...args) {
  return program("viva", ["llm", "check", ...args], {
    env: { VIVA_HOME: ".", VIVA_VAR: folder(t), OPENAI_API_KEY: KEY, OPENAI_MODEL: "fake", ...env },
  });
}

// The check of an endpoint that answers so.
async function checkOf(t, on, env = {}) {
  const server = await serve(t, on);
  const plain = await check(t, { OPENAI_BASE_URL: server.url, ...env });
  return { ...plain, server };
}

describe("viva llm check", { concurrency: 4 }, () => {
  test("a good endpoint", async (t) => {
    const { status, output, log, server } = await checkOf(t,
      (request) => (asksJson(request) ? json({ ok: true }) : text("Hi", { pieces: 1 })));
    assert.equal(status, 0, `${output}${log}`);
    assert.match(log, new RegExp(`^asking fake at ${server.url}, for 60 s at most`, "m"));
    assert.match(output, /json_schema {2}obeyed: yes/);
  });

  test("one that never answers ends within LITELLM_TIMEOUT", async (t) => {
    const from = Date.now();
    const { status, output, log, server } = await checkOf(t, () => hang(), { LITELLM_TIMEOUT: "2" });
    const took = Date.now() - from;
    assert.equal(status, 1);
    assert.ok(took >= 1800 && took < 4000, `it took ${took} ms`);
    assert.match(log, /^asking fake at .*, for 2 s at most/);
    assert.match(output, /Nothing came from the endpoint within 2\.\d s\./);
    assert.equal(server.requests.length, 1);
  });

  test("it says whom it asks before anything comes", async (t) => {
    let tell;
    const told = new Promise((resolve) => (tell = resolve));
    const server = await serve(t, async (request) => {
      await told; // no answer until the command has spoken
      return asksJson(request) ? json({ ok: true }) : text("Hi", { pieces: 1 });
    });
    const child = spawn(path.resolve(root, buildFolder(), "viva"), ["llm", "check"], {
      cwd: root,
      env: { ...process.env, VIVA_HOME: ".", VIVA_VAR: folder(t), OPENAI_MODEL: "fake", OPENAI_BASE_URL: server.url,
        LITELLM_TIMEOUT: "10" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.on("data", (data) => /^asking fake at http/.test(data) && tell());
    const [status] = await once(child, "close");
    assert.equal(status, 0);
  });

  test("both requests share the time", async (t) => {
    const from = Date.now();
    const { status, output } = await checkOf(t, (request) => (asksJson(request) ? hang()
      : raw({ pauseMs: 1500 }, text("Hi", { pieces: 1 }).steps)), { LITELLM_TIMEOUT: "3" });
    const took = Date.now() - from;
    assert.equal(status, 1);
    assert.ok(took < 4500, `it took ${took} ms`);
    assert.match(output, /not when JSON was asked for\. Nothing came from the endpoint within 1\.\d s/);
    assert.match(output, /obeyed: unknown/);
  });

  test("a head without text, and text without an end", async (t) => {
    const silent = await checkOf(t, () => raw(head(200, { "Content-Type": "text/event-stream" }), { end: "hang" }),
      { LITELLM_TIMEOUT: "1" });
    assert.match(silent.output, /began to answer \(HTTP 200\), but no text came within 1\.\d s/);
    const endless = await checkOf(t, () => stream([chunk({ content: "Hi" })], { end: "hang" }), { LITELLM_TIMEOUT: "1" });
    assert.match(endless.output, /Text came, but the answer was not whole after 1\.\d s/);
  });

  for (const [name, answer, says] of [
    ["an empty answer", () => text("", { pieces: [] }), /The answer is empty/],
    ["an answer of spaces", () => text(" \n", { pieces: 1 }), /The answer is empty/],
    ["a cut stream", () => stream([chunk({ content: "Hi" })], { end: "fin" }), /The answer broke off before its end/],
    ["a stream cut before the text", () => stream([chunk({ role: "assistant", content: "" })], { end: "rst" }),
      /failed before any text came/],
    ["a connection that is reset", () => drop(), /broke off before an answer came/],
    ["a content filter", () => text("", { pieces: [], finish: "content_filter" }), /refused to answer/],
    ["a page", () => body("<html>Welcome</html>", { headers: { "Content-Type": "text/html" } }), /no OpenAI-compatible endpoint/],
    ["a breakdown", () => error(500), /broken or overloaded/],
    ["a refusal", () => error(418), /The endpoint refused the request/],
  ]) {
    test(`${name} is called what it is`, async (t) => {
      const { status, output } = await checkOf(t, answer);
      assert.equal(status, 1, output);
      assert.match(output, says);
      if (name !== "a refusal") {
        assert.doesNotMatch(output, /refused the request/);
      }
    });
  }

  test("an endpoint that takes no JSON, a model that gives none", async (t) => {
    const chat = text("Hi", { pieces: 1 });
    const wordy = await checkOf(t, () => text("It rains.", { pieces: 1 }));
    assert.match(wordy.output, /The model does not answer in JSON/);
    assert.match(wordy.output, /obeyed: no$/m);
    const cut = await checkOf(t, (request) => (asksJson(request) ? stream([chunk({ content: "{" })], { end: "fin" }) : chat));
    assert.match(cut.output, /not when JSON was asked for\. The answer broke off/);
  });

  for (const [name, address, says] of [
    ["without scheme", "127.0.0.1:22201/v1", /"127\.0\.0\.1:22201\/v1" must begin with http:\/\/ or https:\/\//],
    ["of another scheme", "ftp://127.0.0.1/v1", /"ftp:\/\/127\.0\.0\.1\/v1" must begin with http/],
    ["with a password", "http://me:hush@127.0.0.1/v1", /"http:\/\/\*\*\*@127\.0\.0\.1\/v1" must not hold/],
  ]) {
    test(`an address ${name} is shown with what is wrong`, async (t) => {
      const { status, output, log } = await check(t, { OPENAI_BASE_URL: address });
      assert.equal(status, 1);
      assert.match(output, says);
      assert.match(output, /^address {6}\S+/m);
      assert.doesNotMatch(`${output}${log}`, /hush/);
      assert.equal(log, "", "it is said once");
      const { output: object } = await check(t, { OPENAI_BASE_URL: address }, "--json");
      assert.match(JSON.parse(object).problem, says);
    });
  }

  for (const [variable, value, word] of [
    ["VIVA_AGENT_MODELS", "observer=small evalutor=big", "evalutor=big"],
    ["VIVA_AGENT_MODELS", "evaluator", "evaluator"],
    ["VIVA_AGENT_TEMPERATURES", "evaluator=hot", "evaluator=hot"],
    ["VIVA_AGENT_MAX_TOKENS", "evaluator=-3", "evaluator=-3"],
  ]) {
    test(`${variable}="${value}" is refused`, async (t) => {
      const { status, output, server } = await checkOf(t, () => text("Hi"), { [variable]: value });
      assert.equal(status, 1, output);
      assert.ok(output.includes(`${variable}: "${word}"`), output);
      AGENTS.forEach((agent) => assert.ok(output.includes(agent), output));
      assert.equal(server.requests.length, 0, "nobody is asked");
    });
  }
});
