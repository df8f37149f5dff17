// Rows 1 to 18: the stream, its ends, its errors, and what an endpoint may refuse.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { body, chunk, completion, DONE, drop, error, head, raw, stream, text } from "./fake.mjs";
import { ask, compare, expect, GOOD, probe, serve, wantJson } from "./probe.mjs";

const WORDS = "Привет, 😀 naïve 漢字!\nSecond line.";
const FINISH = chunk({}, { finish: "stop" });
const OK = { class: "ok", text: WORDS, finish: "stop", requests: 1, status: 200 };
const CUT = { class: "incomplete", text: "Half an answer", requests: 1 };
const half = (options) => text("Half an answer", { finish: null, done: false, usage: null, ...options });
const good = () => text(WORDS, { pieces: 7 });

describe("rows 1-18", { concurrency: 6 }, () => {
  for (const [name, eol] of [["LF", "\n"], ["CRLF", "\r\n"], ["CR", "\r"]]) {
    test(`row 1: lines end with ${name}`, async (t) => {
      const { result } = await expect(t, [text(WORDS, { eol })], OK);
      assert.ok(result.pieces.length > 1, "the text came in one piece");
      await expect(t, [text(WORDS, { eol, split: 1, pieces: 2 })], OK);
    });
  }

  test("row 2: data: without a space", (t) =>
    expect(t, [stream([`data:${JSON.stringify(chunk({ content: WORDS }))}\n\n`, FINISH, "data:[DONE]\n\n"])], OK));

  test("row 2: a byte order mark", async (t) => {
    await expect(t, [stream([Buffer.from("\ufeff"), chunk({ content: WORDS }), FINISH, DONE])], OK);
    await expect(t, [stream([`\ufeffdata: ${JSON.stringify(chunk({ content: WORDS }))}\n\n`, FINISH, DONE], { split: 1 })], OK);
  });

  test("row 2: the last event without its blank line", async (t) => {
    await expect(t, [stream([chunk({ content: WORDS }), FINISH, "data: [DONE]"])], OK);
    await expect(t, [stream([chunk({ content: WORDS }), `data: ${JSON.stringify(FINISH)}`])], OK);
    await expect(t, [stream([chunk({ content: WORDS }), `data: ${JSON.stringify(FINISH)}\n`], { framing: "close" })], OK);
  });

  for (const split of [1, 2, 3, 7]) {
    test(`row 3: ${split} bytes a read`, (t) => expect(t, [text(WORDS, { split, pieces: 2, usage: null })], OK));
  }

  test("row 3: many events in one read", (t) => expect(t, [text(WORDS, { joined: true, pieces: 30 })], OK));

  test("row 4: comments, retry and id", (t) => expect(t, [stream([
    ": OPENROUTER PROCESSING\n\n", "retry: 10\n\n", "id: 7\n", chunk({ content: "Привет, 😀 naïve " }), ":\n\n",
    `id: 8\nunknown: field\n: comment\ndata: ${JSON.stringify(chunk({ content: "漢字!\nSecond line." }))}\n\n`, FINISH, DONE,
  ])], OK));

  test("row 4: JSON over two data lines", (t) => {
    const [first, second] = JSON.stringify(chunk({ content: WORDS })).split(/(?<=,)(?="object")/);
    return expect(t, [stream([`data: ${first}\ndata: ${second}\n\n`, FINISH, DONE])], OK);
  });

  test("row 5: no framing, the body ends with the connection", async (t) => {
    await expect(t, [text(WORDS, { framing: "close" })], OK);
    await expect(t, [text(WORDS, { framing: "close", done: false })], OK);
    await expect(t, [text(WORDS, { framing: "close", finish: null })], { ...OK, finish: "unknown" });
    await expect(t, [half({ framing: "close" })], CUT);
  });

  test("row 6: a finish but no [DONE]", (t) => expect(t, [text(WORDS, { done: false })], OK));

  test("row 7: [DONE] but no finish", (t) => expect(t, [text(WORDS, { finish: null })], { ...OK, finish: "unknown" }));

  test("row 8: [DONE] and the connection stays open", async (t) => {
    const { server, result } = await expect(t, [text(WORDS, { end: "hang" })], OK);
    assert.ok(result.took_ms < 1500, `returned after ${result.took_ms} ms`);
    await server.requests[0].gone;
  });

  test("row 9: a clean end with neither is no answer", async (t) => {
    await expect(t, [half(), good()], CUT);
    await expect(t, [text('{"mark": 3, "word": "x"}', { finish: null, done: false }), text(JSON.stringify(GOOD))],
      { class: "ok", json: GOOD, requests: 2 }, wantJson());
    const whole = () => text(JSON.stringify(GOOD), { finish: null, done: false });
    const { result } = await expect(t, [whole(), whole(), whole()], { class: "incomplete", requests: 3 }, wantJson());
    assert.equal(result.json, undefined);
  });

  for (const end of ["fin", "rst"]) {
    test(`row 10: the body is cut by ${end.toUpperCase()} after text`, async (t) => {
      // A pause, for a reset may overtake what is still unread.
      const cut = (content) => stream([chunk({ content }), { pauseMs: 200 }], { end });
      await expect(t, [cut("Half an answer"), good()], CUT);
      await expect(t, [cut('{"mark": 3,'), text(JSON.stringify(GOOD))], { class: "ok", json: GOOD, requests: 2 }, wantJson());
    });
  }

  test("row 10: nobody has seen the half, so it is asked for again", (t) =>
    expect(t, [stream([chunk({ content: "Half" })], { end: "fin" }), good()], { ...OK, requests: 2 }, { stream: false }));

  test("row 10: fewer bytes than Content-Length", (t) => {
    const bytes = Buffer.from(`data: ${JSON.stringify(chunk({ content: "Half an answer" }))}\n\n`);
    const headers = { "Content-Type": "text/event-stream", "Content-Length": bytes.length + 100 };
    return expect(t, [raw(head(200, headers), bytes, { end: "fin" }), good()], CUT);
  });

  test("row 10: cut after the finish is whole", (t) =>
    expect(t, [stream([chunk({ content: WORDS }), FINISH, { pauseMs: 200 }], { end: "fin" })], OK));

  test("row 11: the connection dies before the first event", async (t) => {
    await expect(t, [drop(), stream([{ pauseMs: 50 }], { end: "rst" }), good()], { ...OK, requests: 3 });
    await expect(t, [stream([": ping\n\n", { pauseMs: 50 }], { end: "fin" }), good()], { ...OK, requests: 2 });
    await expect(t, [drop(), drop(), drop()], { class: "retryable", text: "", status: 0, requests: 3 });
  });

  test("row 11: nobody listens", async (t) => {
    const server = await serve(t, []);
    await server.close();
    const { results: [result] } = await probe(server, { calls: [{}], settings: { tries: 2 } });
    assert.deepEqual([result.class, result.text, result.status], ["retryable", "", 0]);
    assert.notEqual(result.error, "");
  });

  for (const [code, type, expectedClass] of [
    [500, "server_error", "retryable"], ["rate_limit_exceeded", "requests", "retryable"],
    ["invalid_request_error", "invalid_request_error", "permanent"], [401, "authentication_error", "permanent"],
    ["insufficient_quota", "insufficient_quota", "permanent"],
  ]) {
    test(`row 12: an error with code ${code} after some tokens`, (t) =>
      expect(t, [
        stream([chunk({ content: "Half an answer" }), { error: { message: "The engine fell over.", type, code } }, FINISH, DONE]),
        good(),
      ], { class: expectedClass, text: "Half an answer", error: /The engine fell over\./, code: String(code), requests: 1 }));
  }

  const denied = { error: { message: "Bad key.", type: "invalid_request_error", code: "invalid_api_key" } };
  const busy = { error: { message: "Try later.", type: "server_error", code: 503 } };
  for (const [name, make] of [
    ["an error as first event", (object) => stream([object, DONE])],
    ["an error beside empty choices", (object) => stream([{ id: "x", choices: [], ...object }, DONE])],
    ["event: error", (object) => stream([`event: error\ndata: ${JSON.stringify(object)}\n\n`, DONE])],
    ["event: error with a flat object", (object) => stream([`event: error\ndata: ${JSON.stringify(object.error)}\n\n`])],
  ]) {
    test(`row 13: ${name}`, async (t) => {
      await expect(t, [make(denied), good()], { class: "permanent", text: "", error: /Bad key\./, code: "invalid_api_key", requests: 1 });
      await expect(t, [make(busy), good()], { ...OK, requests: 2 });
    });
  }

  test("row 14: 200 with an error as body", async (t) => {
    await expect(t, [body(denied), good()], { class: "permanent", text: "", error: /Bad key\./, code: "invalid_api_key", requests: 1 });
    await expect(t, [body(busy), body(busy), good()], { ...OK, requests: 3 });
    await expect(t, [body({ error: "model not loaded" }), body({ error: "model not loaded" }), body({ error: "model not loaded" })],
      { text: "", error: /model not loaded/, requests: 3, class: "retryable" });
  });

  test("row 15: JSON though a stream was asked for", async (t) => {
    await expect(t, [completion(WORDS)], OK);
    await expect(t, [completion(WORDS, { headers: { "Content-Type": "text/event-stream" } })], OK);
    await expect(t, [completion(JSON.stringify(GOOD))], { class: "ok", json: GOOD, requests: 1 }, wantJson());
  });

  test("row 15: a stream that says it is JSON", async (t) => {
    await expect(t, [text(WORDS, { headers: { "Content-Type": "application/json" } })], OK);
    await expect(t, [text(WORDS, { headers: { "Content-Type": null } })], OK);
  });

  test("row 16: choices that hold nothing", (t) => expect(t, [stream([
    { id: "x", choices: [], prompt_filter_results: [{ prompt_index: 0 }] },
    { id: "x", choices: [{ index: 0, finish_reason: null }] },
    { id: "x", choices: null }, { id: "x" },
    chunk({ role: "assistant", content: null }), chunk(null), chunk({ content: "Привет, 😀 naïve " }),
    { choices: [{ delta: { content: "漢字!\nSecond line." } }] },
    { choices: [{ delta: {}, finish_reason: "stop" }] }, { id: "x", choices: [] }, DONE,
  ])], OK));

  const used = (prompt, completionTokens) => ({ prompt_tokens: prompt, completion_tokens: completionTokens, total_tokens: 0 });
  const KNOWN = { is_known: true, prompt: 9, completion: 4, reasoning: 0 };
  for (const [name, answer, usage] of [
    ["in the last chunk", () => text(WORDS, { usage: used(9, 4) }), KNOWN],
    ["in every chunk", () => stream([
      chunk({ content: "Привет, 😀 naïve " }, { usage: used(9, 1) }), chunk({ content: "漢字!\nSecond line." }, { usage: used(9, 3) }),
      chunk({}, { finish: "stop", usage: used(9, 4) }), DONE]), KNOWN],
    ["null in every chunk but the finish", () => stream([
      chunk({ content: WORDS }, { usage: null }), chunk({}, { finish: "stop", usage: used(9, 4) }),
      chunk({}, { usage: null }), DONE]), KNOWN],
    ["in a JSON body", () => completion(WORDS), { ...KNOWN, prompt: 21, completion: 3 }],
  ]) {
    test(`row 17: usage ${name}`, (t) => expect(t, [answer()], { ...OK, usage }));
  }

  test("row 17: no usage, or null: an estimate that says so", async (t) => {
    for (const usage of [null, "null"]) {
      const answer = usage === null ? text(WORDS, { usage: null })
        : stream([chunk({ content: WORDS }, { usage: null }), chunk({}, { finish: "stop", usage: null }), DONE]);
      const { result } = await expect(t, [answer], OK);
      assert.equal(result.usage.is_known, false);
      assert.ok(result.usage.prompt > 0 && result.usage.completion > 0, JSON.stringify(result.usage));
    }
  });

  // An endpoint that refuses what `refused` names.
  const picky = (...refused) => (request) => {
    const name = refused.find((field) => request.json[field] !== undefined);
    return name ? error(400, { error: { message: `Unsupported parameter: '${name}' is not supported with this model.`,
      type: "invalid_request_error", param: name, code: "unsupported_parameter" } }) : good();
  };
  const FULL = { request: { temperature: 0.2, max_tokens: 100 } };

  for (const name of ["stream_options", "temperature", "max_tokens"]) {
    test(`row 18: ${name} refused, once and remembered`, async (t) => {
      const server = await serve(t, picky(name));
      const { results } = await probe(server, { calls: [FULL, FULL] });
      assert.deepEqual(results.map((result) => [result.class, result.text, result.requests]),
        [["ok", WORDS, 2], ["ok", WORDS, 1]]);
      assert.equal(server.requests.length, 3);
      const [first, second, third] = server.requests.map(({ json }) => json);
      assert.notEqual(first[name], undefined);
      assert.ok(first.stream && second.stream && third.stream);
      if (name === "max_tokens") {
        assert.deepEqual([second.max_completion_tokens, third.max_completion_tokens], [100, 100]);
      } else {
        assert.equal(second.max_tokens, 100, "only what was refused is dropped");
      }
    });
  }

  test("row 18: all three refused", async (t) => {
    const server = await serve(t, picky("stream_options", "temperature", "max_tokens"));
    compare(server, await ask(server, FULL), { ...OK, requests: 4 });
  });

  test("row 18: another model is asked in full again", async (t) => {
    const server = await serve(t, (request) => (request.json.model === "odd" ? picky("temperature")(request) : good()));
    const { results } = await probe(server, {
      calls: ["odd", "even"].map((model) => ({ request: { ...FULL.request, model } })),
    });
    assert.deepEqual(results.map((result) => [result.class, result.requests]), [["ok", 2], ["ok", 1]]);
    assert.equal(server.requests[2].json.temperature, 0.2);
  });

  test("row 18: a 400 that names nothing, and one that is never content", async (t) => {
    const refusal = (message) => () => error(400, { error: { message, type: "invalid_request_error", code: null } });
    await expect(t, refusal("Something is wrong."), { class: "permanent", error: /Something is wrong/, requests: 1 }, FULL);
    const { result } = await expect(t, refusal("max_tokens is not supported"),
      { class: "permanent", error: /max_tokens/, requests: 2 }, FULL);
    assert.equal(result.status, 400);
  });
});
