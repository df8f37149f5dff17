// Rows 19 to 30: thoughts, JSON, refusals, broken bytes and caps.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { body, chunk, completion, DONE, error, json, stream, text } from "./fake.mjs";
import { ask, compare, expect, GOOD, probe, serve, wantJson } from "./probe.mjs";

const FINISH = chunk({}, { finish: "stop" });
const OK = { class: "ok", text: "The answer.", finish: "stop", requests: 1 };
const answer = () => text("The answer.");
const deltas = (...list) => stream([...list.map((delta) => chunk(delta)), FINISH, DONE]);
const limited = (reasoning, content = "") => stream([
  chunk({ reasoning_content: reasoning }), chunk({ content }), chunk({}, { finish: "length" }),
  { choices: [], usage: { prompt_tokens: 9, completion_tokens: 64, completion_tokens_details: { reasoning_tokens: 64 } } }, DONE]);
const GOOD_TEXT = JSON.stringify(GOOD);
// What was asked for, whatever it is called by then.
const budget = ({ json: asked }) => asked.max_tokens ?? asked.max_completion_tokens;

describe("rows 19-30", { concurrency: 6 }, () => {
  for (const field of ["reasoning_content", "reasoning"]) {
    test(`row 19: thoughts in ${field}`, async (t) => {
      const thoughts = deltas({ [field]: "First 😀 " }, { [field]: "think.", content: null }, { content: "The " }, { content: "answer." });
      await expect(t, [thoughts], { ...OK, reasoning: "First 😀 think." });
      await expect(t, [completion("The answer.", { message: { [field]: "First think." } })], { ...OK, reasoning: "First think." });
    });
  }

  test("row 19: thoughts are counted", (t) => expect(t, [text("The answer.", {
    usage: { prompt_tokens: 9, completion_tokens: 50, total_tokens: 59, completion_tokens_details: { reasoning_tokens: 46 } },
  })], { ...OK, usage: { is_known: true, prompt: 9, completion: 50, reasoning: 46 } }));

  for (const [name, content] of [
    ["a block", "<think>Let me {\"mark\": 1} see.</think>\n\nThe answer."],
    ["an empty block", "<think>\n\n</think>\n\nThe answer."],
    ["a block after white space", "\n <think>Hm</think>The answer."],
  ]) {
    test(`row 20: ${name}`, async (t) => {
      await expect(t, [text(content, { pieces: 1 })], OK);
      await expect(t, [text(content, { pieces: 100 })], OK);
      await expect(t, [text(content, { pieces: content.split(/(?<=<|k>)/) })], OK);
      await expect(t, [completion(content)], OK);
    });
  }

  test("row 20: the thought is kept apart", async (t) => {
    const { result } = await expect(t, [text("<think>Let me see.</think>The answer.", { pieces: 40 })], OK);
    assert.match(result.reasoning, /Let me see\./);
  });

  test("row 20: braces in thoughts are not the JSON", async (t) => {
    const content = `<think>Maybe {"mark": 1, "word": "no"}?</think>${GOOD_TEXT}`;
    await expect(t, [text(content, { pieces: 50 })], { class: "ok", json: GOOD, requests: 1 }, wantJson());
    await expect(t, [text(content.replace("<think>", ""), { pieces: 50 })], { class: "ok", json: GOOD, requests: 1 }, wantJson());
  });

  test("row 20: only the closing tag", (t) =>
    expect(t, [text("Let me see.</think>The answer.", { pieces: 30 })], OK, { stream: false }));

  test("row 20: an unclosed block is no answer", async (t) => {
    const open = () => text("<think>I shall say: The answer.", { pieces: 10 });
    const { server, result } = await expect(t, [open(), open(), open()],
      { class: "incomplete", text: "", requests: 1 });
    assert.equal(result.pieces.length, 0);
    assert.equal(server.requests.length, 1);
    await expect(t, [text(`<think>${GOOD_TEXT}`), text(GOOD_TEXT)], { class: "ok", json: GOOD, requests: 2 }, wantJson());
  });

  test("row 20: a tag that is none", (t) =>
    expect(t, [text("a <thin> b < think > c", { pieces: 30 })], { ...OK, text: "a <thin> b < think > c" }));

  test("row 21: thoughts ate the budget", async (t) => {
    const request = { max_tokens: 64 };
    const { server } = await expect(t, [limited("Thinking."), answer()], { ...OK, requests: 2 }, { request });
    assert.ok(budget(server.requests[1]) > budget(server.requests[0]), "more tokens the second time");
    await expect(t, [limited("Thinking.", null), json(GOOD)], { class: "ok", json: GOOD, requests: 2 }, wantJson(request));
    await expect(t, [limited("Thinking."), limited("Thinking."), answer()],
      { class: "incomplete", text: "", error: /max_tokens/, finish: "length", requests: 2 }, { request });
  });

  test("row 22: the answer inside the thoughts", async (t) => {
    const inside = () => deltas({ reasoning_content: GOOD_TEXT }, { content: "" });
    const { result } = await expect(t, [inside()], { class: "ok", json: GOOD, requests: 1 }, wantJson());
    assert.match(result.note, /reasoning/);
    // It must fit the schema; words for people are never taken from there.
    const wrong = () => deltas({ reasoning_content: '{"mark": 9, "word": "x"}' }, { content: "" });
    const { result: refused } = await expect(t, [wrong(), json(GOOD)], { class: "ok", json: GOOD, requests: 2 }, wantJson());
    assert.equal(refused.note, "");
    await expect(t, () => deltas({ reasoning_content: "The answer." }, { content: "" }),
      { class: "incomplete", text: "", requests: 1 });
  });

  test("row 23: content in parts", async (t) => {
    const parts = [{ type: "text", text: "The " }, { type: "text", text: "answer." }, { type: "image_url", image_url: {} }];
    await expect(t, [deltas({ content: parts })], OK);
    await expect(t, [completion(parts)], OK);
  });

  test("row 23: a tool call nobody asked for", async (t) => {
    const call = { tool_calls: [{ index: 0, id: "c", type: "function", function: { name: "mark", arguments: GOOD_TEXT } }] };
    const calling = () => stream([chunk({ content: null, ...call }), chunk({}, { finish: "tool_calls" }), DONE]);
    const { result } = await expect(t, calling, { class: "incomplete", text: "", finish: "tool_calls", requests: 1 });
    assert.equal(result.pieces.length, 0);
    const { result: asked } = await expect(t, calling, { class: "incomplete", requests: 3 }, wantJson());
    assert.equal(asked.json, undefined, "arguments are used only if a tool was asked for");
  });

  test("row 23: refusals", async (t) => {
    const refusal = "I can't help with that.";
    await expect(t, [deltas({ refusal: "I can't " }, { refusal: "help with that." }), answer()],
      { class: "permanent", error: /I can't help with that\./, requests: 1 });
    await expect(t, [completion(null, { message: { refusal } })], { class: "permanent", error: /I can't help/, requests: 1 });
    await expect(t, [stream([chunk({ content: "I can" }), chunk({}, { finish: "content_filter" }), DONE]), answer()],
      { class: "permanent", finish: "content_filter", text: "I can", requests: 1 });
    await expect(t, [deltas({ refusal }), json(GOOD)], { class: "permanent", requests: 1 }, wantJson());
  });

  test("row 24: half a JSON because of the length", async (t) => {
    const half = () => text('{"mark": 3, "word": "na', { finish: "length" });
    const { server } = await expect(t, [half(), json(GOOD)], { class: "ok", json: GOOD, requests: 2 }, wantJson({ max_tokens: 50 }));
    assert.ok(budget(server.requests[1]) >= 2 * budget(server.requests[0]));
    const { result } = await expect(t, [half(), half(), json(GOOD)],
      { class: "incomplete", finish: "length", error: /max_tokens|length|too long|cut/i, requests: 2 }, wantJson({ max_tokens: 50 }));
    assert.equal(result.json, undefined);
  });

  test("row 24: a plain answer that is too long", (t) => expect(t, [text("The ans", { finish: "length" }), answer()],
    { class: "incomplete", text: "The ans", finish: "length", requests: 1 }, { request: { max_tokens: 3 } }));

  for (const [name, content] of [
    ["a fence", `\`\`\`json\n${GOOD_TEXT}\n\`\`\``],
    ["prose around it", `Sure! Here {it} is: ${GOOD_TEXT} Anything else?`],
    ["trailing commas", '{"mark": 3, "word": "naïve 漢字",}'],
    ["another value before it", `{"mark": 9, "word": "x"} or rather ${GOOD_TEXT}`],
    ["brackets in strings", JSON.stringify({ mark: 3, word: "}]{[\"" })],
  ]) {
    test(`row 25: ${name}`, (t) => expect(t, [text(content, { pieces: 9 })],
      { class: "ok", json: name.startsWith("brackets") ? { mark: 3, word: "}]{[\"" } : GOOD, requests: 1 }, wantJson()));
  }

  const refuseFormat = (types, status = 400) => (request) => {
    const type = request.json.response_format?.type;
    return types.includes(type) ? error(status, { error: { message: `Invalid parameter: 'response_format' of type '${type}' is not supported`,
      type: "invalid_request_error", param: "response_format", code: null } }) : json(GOOD);
  };
  const formatOf = ({ json: asked }) => asked.response_format?.type;

  for (const status of [400, 422]) {
    test(`row 26: json_schema refused with ${status}`, async (t) => {
      const server = await serve(t, refuseFormat(["json_schema"], status));
      const { results } = await probe(server, { calls: [wantJson(), wantJson()] });
      assert.deepEqual(results.map((result) => [result.class, result.requests]), [["ok", 2], ["ok", 1]]);
      assert.deepEqual(server.requests.map(formatOf), ["json_schema", "json_object", "json_object"]);
    });
  }

  test("row 26: every JSON mode refused", async (t) => {
    const server = await serve(t, refuseFormat(["json_schema", "json_object"]));
    const bare = wantJson({ messages: [{ role: "user", content: "Mark this." }] });
    const { results } = await probe(server, { calls: [bare, bare] });
    assert.deepEqual(results.map((result) => [result.class, result.requests]), [["ok", 3], ["ok", 1]]);
    assert.deepEqual(server.requests.map(formatOf), ["json_schema", "json_object", undefined, undefined]);
    assert.ok(server.requests.slice(1, 3).every(({ json: asked }) => /json/i.test(JSON.stringify(asked.messages))),
      "without the schema the prompt must ask for JSON");
    assert.match(JSON.stringify(server.requests[2].json.messages), /mark/, "the prompt names what is wanted");
  });

  test("row 26: only a refusal of the format lowers it", async (t) => {
    const other = () => error(400, { error: { message: "Some other thing is wrong.", code: null } });
    await expect(t, other, { class: "permanent", requests: 1 }, wantJson());
    const server = await serve(t, (request, { nth }) =>
      (nth === 1 ? error(503, { error: { message: "response_format is loading" } }) : json(GOOD)));
    compare(server, await ask(server, wantJson()), { class: "ok", requests: 2 });
    assert.deepEqual(server.requests.map(formatOf), ["json_schema", "json_schema"]);
  });

  test("row 26: the schema goes along, with its name", async (t) => {
    const { server } = await expect(t, [json(GOOD)], { class: "ok", requests: 1 }, wantJson());
    const { json_schema: sent } = server.requests[0].json.response_format;
    assert.equal(sent.name, "mark");
    assert.deepEqual(sent.schema.required, ["mark", "word"]);
  });

  test("row 27: prose instead of JSON, then JSON", async (t) => {
    const { server } = await expect(t, [text("I would give it three."), json({ mark: 7, word: "x" }), json(GOOD)],
      { class: "ok", json: GOOD, requests: 3 }, wantJson());
    assert.match(JSON.stringify(server.requests[2].json.messages), /mark/, "the fault is told");
    assert.ok(server.requests[1].json.messages.length > server.requests[0].json.messages.length ||
      server.requests[1].body.length > server.requests[0].body.length, "asked again with the fault");
  });

  test("row 27: never the right shape", async (t) => {
    const wrong = () => json({ mark: "three" });
    const { result } = await expect(t, wrong, { requests: 3, class: "incomplete" }, wantJson());
    assert.equal(result.json, undefined);
    assert.match(result.error, /mark|word/);
  });

  test("row 27: a good answer to one call costs the next nothing", async (t) => {
    const server = await serve(t, [text("no"), json(GOOD), json(GOOD)]);
    const { results } = await probe(server, { calls: [wantJson(), wantJson()] });
    assert.deepEqual(results.map((result) => [result.class, result.requests]), [["ok", 2], ["ok", 1]]);
    assert.equal(server.requests.length, 3);
  });

  test("row 28: a chunk that is no JSON", async (t) => {
    const broken = () => stream([chunk({ content: "The ans" }), 'data: {"choices":[{"delta":{"content":"wer\n\n', FINISH, DONE]);
    const { result } = await expect(t, [broken(), answer()], { text: "The ans", error: /"wer|choices/, requests: 1, class: "incomplete" });
    assert.equal(result.pieces.map((piece) => piece.text).join(""), "The ans");
    await expect(t, [stream(["data: }{\n\n", DONE]), json(GOOD)], { class: "ok", json: GOOD, requests: 2 }, wantJson());
  });

  test("row 28: bytes that are not UTF-8", async (t) => {
    const bad = Buffer.concat([Buffer.from('data: {"choices":[{"delta":{"content":"a'), Buffer.from([0xff, 0xc3]),
      Buffer.from('b"}}]}\n\n')]);
    const { result } = await expect(t, [stream([bad, FINISH, DONE])], { class: "ok", requests: 1 });
    assert.match(result.text, /^a\ufffd+b$/);
  });

  for (const [name, escaped, wanted] of [
    ["a lone surrogate", "a\\ud83db", /^a\ufffdb$/], ["a lone low surrogate", "a\\ude00b", /^a\ufffdb$/],
    ["a NUL", "a\\u0000b", /^a\ufffdb$/], ["a pair", "a\\ud83d\\ude00b", /^a😀b$/], ["an escaped backslash", "a\\\\u0000b", /^a\\u0000b$/],
  ]) {
    test(`row 28: ${name}`, async (t) => {
      const event = `data: {"choices":[{"delta":{"content":"${escaped}"}}]}\n\n`;
      await expect(t, [stream([event, FINISH, DONE], { split: 1 })], { class: "ok", text: wanted, requests: 1 });
    });
  }

  test("row 28: a surrogate pair over two chunks", async (t) => {
    const event = (escaped) => `data: {"choices":[{"delta":{"content":"${escaped}"}}]}\n\n`;
    const { result } = await expect(t, [stream([event("a\\ud83d"), event("\\ude00b"), FINISH, DONE])], { class: "ok", requests: 1 });
    assert.match(result.text, /^a(😀|\ufffd+)b$/);
  });

  test("row 28: a NUL byte in the stream", async (t) => {
    const server = await serve(t, [stream(['data: {"choices":[{"delta":{"content":"a\0b"}}]}\n\n', FINISH, DONE])]);
    const result = await ask(server);
    assert.ok(["ok", "incomplete", "retryable"].includes(result.class), result.class);
    assert.ok(!result.text.includes("\0"));
  });

  const HTML = "<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head><body>It works</body></html>";
  for (const [name, make, said] of [
    ["an HTML body", () => body(HTML, { headers: { "Content-Type": "text/html" } }), /text\/html[^]*Welcome to nginx/],
    ["an empty body", () => body("", { headers: { "Content-Type": "application/json" } }), /empty|no body|nothing/i],
    ["half a body", () => body('{"choices": [{"message": {"content": "The', { headers: { "Content-Type": "application/json" } }),
      /application\/json[^]*choices/],
  ]) {
    test(`row 29: ${name}`, async (t) => {
      await expect(t, [make(), answer()], { ...OK, requests: 2 });
      await expect(t, [make(), make(), answer()], { class: "retryable", text: "", error: said, requests: 2 });
    });
  }

  test("row 29: what came is quoted in part only", async (t) => {
    const { result } = await expect(t, () => body(`<html>${"x".repeat(100000)}`, { headers: { "Content-Type": "text/html" } }),
      { class: "retryable", requests: 2 });
    assert.ok(result.error.length < 1000, `${result.error.length} characters`);
  });

  test("row 30: an endless line", async (t) => {
    const server = await serve(t, () => stream(["data: ", { forever: "x".repeat(65536) }]));
    const result = await ask(server, { settings: { tries: 1, total_ms: 20000 } });
    assert.notEqual(result.class, "ok");
    assert.notEqual(result.error, "");
    assert.ok(result.took_ms < 15000, `ended after ${result.took_ms} ms, not by the cap`);
    assert.equal(server.requests.length, 1);
    await server.requests[0].gone;
  });

  test("row 30: a body without end", async (t) => {
    const big = `data: ${JSON.stringify(chunk({ content: "x".repeat(60000) }))}\n\n`;
    const server = await serve(t, () => stream([{ forever: big }]));
    const result = await ask(server, { stream: false, settings: { tries: 1, total_ms: 30000 } });
    assert.equal(result.class, "incomplete");
    assert.ok(result.took_ms < 25000, `ended after ${result.took_ms} ms, not by the cap`);
    assert.equal(server.requests.length, 1);
  });

  test("row 30: tokens without end", async (t) => {
    const server = await serve(t, () => stream([{ forever: `data: ${JSON.stringify(chunk({ content: "ha " }))}\n\n`, pauseMs: 50 }]));
    const result = await ask(server, { settings: { total_ms: 1500, idle_ms: 1000 } });
    assert.equal(result.class, "timeout");
    assert.match(result.text, /^(ha ){5,}$/);
    assert.ok(result.took_ms >= 1400 && result.took_ms < 4000, `${result.took_ms} ms`);
    assert.equal(server.requests.length, 1);
  });
});
