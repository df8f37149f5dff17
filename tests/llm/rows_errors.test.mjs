// Rows 38 to 47: errors and their shapes, retries, redirects, connections, embeddings.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { body, chunk, completion, DONE, drop, error, json, raw, stream, text, vectors } from "./fake.mjs";
import { ask, expect, folder, GOOD, KEY, probe, program, serve, wantJson } from "./probe.mjs";

const OK = { class: "ok", text: "The answer.", requests: 1 };
const answer = () => text("The answer.");
const FINISH = chunk({}, { finish: "stop" });
const said = (message, rest = {}) => ({ error: { message, ...rest } });

describe("rows 38-47", { concurrency: 8 }, () => {
  for (const [name, make] of [
    ["insufficient_quota", () => error(429, said("You exceeded your current quota.", { type: "insufficient_quota", code: "insufficient_quota" }))],
    ["insufficient_quota with Retry-After", () => error(429, said("You exceeded your current quota.", { code: "insufficient_quota" }), { "Retry-After": "1" })],
    ["budget_exceeded, 400", () => error(400, said("Budget has been exceeded! Current cost: 11, Max budget: 10", { type: "budget_exceeded", code: "400" }))],
    ["budget_exceeded, 429", () => error(429, said("Budget has been exceeded!", { type: "budget_exceeded", code: "429" }))],
    ["a day's quota", () => error(429, said("Quota exceeded for metric: generate_content_free_tier_requests, limit: 50", {
      status: "RESOURCE_EXHAUSTED", code: 429, details: [{ "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel-FreeTier" }] }] }))],
    ["402", () => error(402, said("Insufficient Balance"))],
    ["billing", () => error(429, said("Billing hard limit has been reached", { code: "billing_hard_limit_reached" }))],
  ]) {
    test(`row 38: ${name} is final`, (t) => expect(t, [make(), answer()],
      { class: "permanent", text: "", error: /exceeded|Balance|Billing/, requests: 1 }));
  }

  for (const status of [408, 409, 429, 500, 502, 503, 504, 529, 599]) {
    test(`row 39: ${status} is tried again`, (t) => expect(t, [error(status), answer()], { ...OK, requests: 2 }));
  }

  test("row 39: an HTML 502 and an empty 504", async (t) => {
    const html = error(502, "<html><h1>502 Bad Gateway</h1></html>", { "Content-Type": "text/html" });
    await expect(t, [html, error(504, ""), answer()], { ...OK, requests: 3 });
    await expect(t, [html, html, html, answer()], { class: "retryable", status: 502, error: /502/, requests: 3 });
    await expect(t, () => error(504, ""), { class: "retryable", status: 504, error: /504/, requests: 3 });
  });

  test("row 39: the waits grow", async (t) => {
    const { server } = await expect(t, [error(500), error(500), error(500), answer()], { ...OK, requests: 4 }, { settings: { tries: 4 } });
    const waits = server.requests.slice(1).map(({ at }, i) => at - server.requests[i].at);
    [250, 500, 1000].forEach((least, i) => assert.ok(waits[i] >= least - 20 && waits[i] < 8 * least + 1500, `wait ${i} was ${waits[i]} ms`));
    assert.ok(waits[2] > waits[0], `${waits}`);
  });

  test("row 39: x-should-retry is obeyed", async (t) => {
    await expect(t, [error(500, undefined, { "x-should-retry": "false" }), answer()], { class: /retryable|permanent/, requests: 1 });
    await expect(t, [error(400, undefined, { "x-should-retry": "true" }), answer()], { ...OK, requests: 2 });
  });

  test("row 39: one try is one request", (t) =>
    expect(t, () => error(503), { class: "retryable", requests: 1 }, { settings: { tries: 1 } }));

  test("row 39: a model that is being loaded takes longer", async (t) => {
    const loading = error(503, { error: { code: 503, message: "Loading model", type: "unavailable_error" } });
    await expect(t, [loading, loading, loading, answer()], { ...OK, requests: 4 });
  });

  test("row 39: the deadline ends the tries", async (t) => {
    const server = await serve(t, () => error(500));
    const result = await ask(server, { settings: { tries: 10, total_ms: 1500 } });
    assert.ok(["retryable", "timeout"].includes(result.class), result.class);
    assert.ok(result.took_ms < 2500, `${result.took_ms} ms`);
    assert.equal(server.requests.length, result.requests);
    assert.ok(result.requests >= 2 && result.requests <= 5, `${result.requests} requests`);
  });

  test("row 40: a deterministic 500, and a way back", async (t) => {
    const server = await serve(t, (request) => (request.json.model === "bad" ? error(500, said("NaN in the logits.")) : answer()));
    const { results } = await probe(server, { calls: [
      { request: { model: "bad" } }, { request: { model: "good", total_ms: 400 } }, { after_ms: 16000, request: { model: "good" } },
    ] });
    const [bad, blocked, good] = results;
    assert.deepEqual([bad.class, bad.status, bad.text, bad.requests], ["retryable", 500, "", 3]);
    assert.match(bad.error, /NaN in the logits\./);
    assert.equal(bad.is_open, false, "three failures in a row open the circuit");
    assert.deepEqual([blocked.class === "ok", blocked.requests], [false, 0]);
    assert.ok(blocked.took_ms < 1000, `a dead endpoint costs nobody a wait, not ${blocked.took_ms} ms`);
    assert.deepEqual([good.class, good.requests, good.is_open], ["ok", 1, true]);
    assert.equal(server.requests.length, 4);
  });

  test("row 40: failures of the request do not open the circuit", async (t) => {
    const server = await serve(t, (request) => (request.json.model === "bad" ? error(400) : answer()));
    const calls = ["bad", "bad", "bad", "bad", "good"].map((model) => ({ request: { model } }));
    const { results } = await probe(server, { calls });
    assert.deepEqual(results.map((result) => [result.class, result.is_open]), [...Array(4).fill(["permanent", true]), ["ok", true]]);
    assert.equal(server.requests.length, 5);
  });

  test("row 40: the circuit is shared by the processes", async (t) => {
    const server = await serve(t, () => error(500));
    const settings = { state_path: `${folder(t)}/endpoints` };
    await probe(server, { settings, calls: [{}] });
    const { results: [second] } = await probe(server, { settings, calls: [{ request: { total_ms: 400 } }] });
    assert.deepEqual([second.requests, second.is_open], [0, false]);
    assert.equal(server.requests.length, 3);
  });

  for (const status of [400, 401, 403, 404, 413, 422]) {
    test(`row 41: ${status} is never tried again`, async (t) => {
      const content = said("It is not to be.", { type: "invalid_request_error", code: "some_code" });
      await expect(t, [error(status, content), answer()],
        { class: "permanent", status, error: /It is not to be\./, code: "some_code", text: "", requests: 1 });
      await expect(t, [error(status, content), json(GOOD)], { class: "permanent", requests: 1 }, wantJson());
    });
  }

  for (const [name, content, message, code] of [
    ["an object", said("No such thing.", { code: "nope" }), /No such thing\./, "nope"],
    ["an int code", said("No such thing.", { code: 1234 }), /No such thing\./, "1234"],
    ["a type for want of a code", said("No such thing.", { type: "not_found_error", code: null }), /No such thing\./, "not_found_error"],
    ["a string", { error: "No such thing." }, /No such thing\./, ""],
    ["a list of details", { detail: [{ type: "missing", loc: ["body", "model"], msg: "Field required" }] }, /Field required/, undefined],
    ["a detail", { detail: "No such thing." }, /No such thing\./, ""],
    ["flat", { object: "error", message: "No such thing.", type: "NotFoundError", code: 404 }, /No such thing\./, "404"],
    ["a list", [said("No such thing.", { code: 404, status: "NOT_FOUND" })], /No such thing\./, "404"],
    ["text", "No such thing.", /No such thing\./, ""],
    ["nothing", "", /404/, ""],
    ["broken JSON", '{"error": {"message": "No such', /No such/, ""],
    ["an object as message", { error: { message: { detail: "No such thing." }, code: 1 } }, /./, "1"],
  ]) {
    test(`row 41: the error as ${name}`, (t) => expect(t, [error(404, content), answer()],
      { class: "permanent", status: 404, error: message, requests: 1, ...(code === undefined ? {} : { code }) }));
  }

  test("row 41: a key that the server repeats is not passed on", async (t) => {
    const { server, result } = await expect(t, [error(401, said(`Incorrect API key provided: ${KEY}.`, { code: "invalid_api_key" }))],
      { class: "permanent", error: /Incorrect API key/, requests: 1 });
    assert.ok(!result.error.includes(KEY));
    assert.equal(server.requests[0].headers.authorization, `Bearer ${KEY}`);
    assert.ok(!server.requests[0].body.includes(KEY));
  });

  test("row 41: no key, no header", async (t) => {
    const { server } = await expect(t, [answer()], OK, { settings: { api_key: "" } });
    assert.equal(server.requests[0].headers.authorization, undefined);
  });

  for (const [name, content, limit] of [
    ["OpenAI", said("This model's maximum context length is 4097 tokens. However, your messages resulted in 5000 tokens.",
      { type: "invalid_request_error", param: "messages", code: "context_length_exceeded" }), 4097],
    ["vLLM", { object: "error", message: "This model's maximum context length is 2048 tokens. However, you requested 3000 tokens " +
      "(2900 in the messages, 100 in the completion). Please reduce the length.", type: "BadRequestError", code: 400 }, 2048],
    ["llama.cpp", said("the request exceeds the available context size. try increasing the context size or enable context shift",
      { code: 400, type: "exceed_context_size_error", n_prompt_tokens: 5000, n_ctx: 4096 }), 4096],
    ["one without a limit", said("input is too long", { code: "context_length_exceeded" }), 0],
  ]) {
    test(`row 42: too long for the model: ${name}`, (t) => expect(t, [error(400, content), answer()],
      { class: "permanent", code: "context_length", context_limit: limit, requests: 1 }));
  }

  for (const status of [301, 302, 307, 308]) {
    test(`row 43: ${status} to another origin is refused`, async (t) => {
      const other = await serve(t, () => answer());
      const { server } = await expect(t, [error(status, "", { Location: `${other.url}/chat/completions` }), answer()],
        { class: "permanent", error: /redirect/i, requests: 1 });
      assert.equal(other.requests.length, 0);
      assert.equal(server.requests.length, 1);
    });

    test(`row 43: ${status} on the same origin keeps the request`, async (t) => {
      const { server } = await expect(t, [error(status, "", { Location: "/elsewhere/chat?x=1" }), answer()], { ...OK, requests: 2 });
      const [first, second] = server.requests;
      assert.deepEqual([second.method, second.path, second.body, second.headers.authorization],
        ["POST", "/elsewhere/chat?x=1", first.body, `Bearer ${KEY}`]);
    });
  }

  test("row 43: redirects in a circle, and to what is no web address", async (t) => {
    const server = await serve(t, () => error(307, "", { Location: "/v1/chat/completions" }));
    const result = await ask(server);
    assert.equal(result.class, "permanent");
    assert.ok(server.requests.length <= 10, `${server.requests.length} requests`);
    assert.equal(server.requests.length, result.requests);
    for (const place of ["file:///etc/hostname", "//example.invalid/v1", "http://127.0.0.1:1@example.invalid/", ""]) {
      await expect(t, [error(307, "", { Location: place }), answer()], { class: "permanent", requests: 1 });
    }
    await expect(t, [error(307, ""), answer()], { class: "permanent", requests: 1 });
  });

  test("row 44: connections are kept and used again", async (t) => {
    const server = await serve(t, () => answer());
    const { results } = await probe(server, { calls: [{}, {}, {}] });
    assert.ok(results.every((result) => result.class === "ok"));
    assert.equal(server.connectionCount(), 1);
  });

  test("row 44: a connection that the server closed meanwhile", async (t) => {
    const { steps } = answer();
    const server = await serve(t, [raw(steps.slice(0, -1), { pauseMs: 50 }, { end: "fin" }), answer()]);
    const { results } = await probe(server, { calls: [{}, { after_ms: 300 }] });
    assert.deepEqual(results.map((result) => [result.class, result.text]), Array(2).fill(["ok", "The answer."]));
    assert.equal(server.requests.length, 2);
    assert.ok(results[1].took_ms < 400, "without a wait");
  });

  test("row 44: a connection that dies as it is used again", async (t) => {
    const server = await serve(t, [answer(), drop(), answer()]);
    const { results } = await probe(server, { calls: [{}, {}] });
    assert.deepEqual(results.map((result) => [result.class, result.text]), Array(2).fill(["ok", "The answer."]));
    assert.equal(server.requests.length, 3);
  });

  test("row 44: a body in gzip", async (t) => {
    const events = [chunk({ content: "The " }), chunk({ content: "answer." }), FINISH].map((item) => `data: ${JSON.stringify(item)}\n\n`);
    const headers = { "Content-Encoding": "gzip" };
    const { server } = await expect(t, [stream([gzipSync(events.join("") + DONE)], { headers, split: 5 })], OK);
    assert.match(server.requests[0].headers["accept-encoding"] ?? "", /gzip/);
    const whole = completion("The answer.").steps[1];
    await expect(t, [body(gzipSync(whole), { headers: { "Content-Type": "application/json", ...headers } })], OK);
    await expect(t, [error(404, gzipSync(JSON.stringify(said("No such thing.", { code: "nope" }))), headers)],
      { class: "permanent", error: /No such thing\./, code: "nope", requests: 1 });
  });

  test("row 44: gzip that is none", (t) => expect(t,
    [body("no gzip", { headers: { "Content-Encoding": "gzip" } }), answer()], { ...OK, requests: 2 }));

  test("row 45: several choices", async (t) => {
    await expect(t, [stream([chunk({ content: "Wrong." }, { index: 1 }), chunk({ content: "The " }), chunk({ content: "No." }, { index: 1 }),
      chunk({}, { finish: "length", index: 1 }), chunk({ content: "answer." }), FINISH, DONE])], { ...OK, finish: "stop" });
    await expect(t, [body({ choices: [{ index: 1, message: { content: "Wrong." }, finish_reason: "length" },
      { index: 0, message: { content: "The answer." }, finish_reason: "stop" }] })], { ...OK, finish: "stop" });
  });

  test("row 45: a finish nobody knows", (t) => expect(t, [text("The answer.", { finish: "eos" })], { ...OK, finish: "eos" }));

  const embed = (...texts) => ({ embed: { model: "vectors", texts } });
  const item = (index, embedding) => ({ object: "embedding", index, embedding });
  const THREE = embed("a", "b", "c");

  test("row 46: vectors in any order", async (t) => {
    const { server, result } = await expect(t, [vectors([item(2, [3, 0.5]), item(0, [1, 0]), item(1, [2, -1])])],
      { class: "ok", requests: 1, dimension: 2 }, THREE);
    assert.deepEqual(result.vectors, [[1, 0], [2, -1], [3, 0.5]]);
    assert.deepEqual([server.requests[0].path, server.requests[0].json.input, server.requests[0].json.model],
      ["/v1/embeddings", ["a", "b", "c"], "vectors"]);
  });

  test("row 46: vectors as base64", async (t) => {
    const base64 = (list) => Buffer.from(new Float32Array(list).buffer).toString("base64");
    const { result } = await expect(t, [vectors([item(0, base64([1, 0.25])), item(1, base64([-2, 4]))])],
      { class: "ok", requests: 1, dimension: 2 }, embed("a", "b"));
    assert.deepEqual(result.vectors, [[1, 0.25], [-2, 4]]);
  });

  for (const [name, list] of [
    ["too few", [item(0, [1, 2]), item(1, [1, 2])]],
    ["too many", [0, 1, 2, 3].map((i) => item(i, [1, 2]))],
    ["one twice", [item(0, [1, 2]), item(1, [1, 2]), item(1, [1, 2])]],
    ["an index beyond", [item(0, [1, 2]), item(1, [1, 2]), item(7, [1, 2])]],
    ["a negative index", [item(0, [1, 2]), item(1, [1, 2]), item(-1, [1, 2])]],
    ["null", [item(0, [1, 2]), item(1, null), item(2, [1, 2])]],
    ["null numbers", [item(0, [1, 2]), item(1, [null, 2]), item(2, [1, 2])]],
    ["mixed dimensions", [item(0, [1, 2]), item(1, [1, 2, 3]), item(2, [1, 2])]],
    ["empty vectors", [item(0, []), item(1, []), item(2, [])]],
    ["a zero vector", [item(0, [1, 2]), item(1, [0, 0]), item(2, [1, 2])]],
    ["base64 that is none", [item(0, "!!!!"), item(1, "????"), item(2, "....")]],
    ["base64 of a wrong length", [item(0, "AACA"), item(1, "AACA"), item(2, "AACA")]],
    ["base64 of no number", ["AADAfwAAgD8=", "AADAfwAAgD8=", "AADAfwAAgD8="].map((word, i) => item(i, word))],
  ]) {
    test(`row 46: ${name} is no result`, async (t) => {
      const { result } = await expect(t, [vectors(list)], { class: "permanent", requests: 1 }, THREE);
      assert.equal(result.vectors, undefined);
    });
  }

  test("row 46: a number that is not finite", (t) =>
    expect(t, [body('{"data":[{"index":0,"embedding":[1e999,1]}]}', { headers: { "Content-Type": "application/json" } })],
      { class: "permanent", requests: 1 }, embed("a")));

  test("row 46: an empty list of texts asks nothing", async (t) => {
    const server = await serve(t, () => vectors([]));
    const result = await ask(server, embed());
    assert.equal(server.requests.length, result.requests);
    assert.ok(result.requests === 0, `${result.requests} requests`);
  });

  test("row 46: a batch that is too large is halved", async (t) => {
    const texts = Array.from({ length: 10 }, (_, i) => `t${i + 1}`);
    const most = 3;
    const server = await serve(t, ({ json: { input } }) => (input.length > most
      ? error(400, said(`batch size ${input.length} > maximum allowed batch size ${most}`))
      : vectors(input.map((word) => [Number(word.slice(1)), 1]))));
    const result = await ask(server, embed(...texts));
    assert.equal(result.class, "ok", JSON.stringify(result));
    assert.deepEqual(result.vectors, texts.map((_, i) => [i + 1, 1]));
    assert.equal(server.requests.length, result.requests);
    assert.ok(result.requests <= 9, `${result.requests} requests`);
  });

  test("row 46: one text that is refused is an error", async (t) => {
    const server = await serve(t, () => error(400, said("input is too large to process")));
    const result = await ask(server, embed("a", "b"));
    assert.equal(result.class, "permanent");
    assert.equal(server.requests.length, result.requests);
    assert.ok(result.requests <= 3, `${result.requests} requests`);
  });

  test("row 46: other refusals are not halved, breakdowns are tried again", async (t) => {
    await expect(t, () => error(401), { class: "permanent", requests: 1 }, THREE);
    await expect(t, [error(503), vectors([[1, 2], [3, 4], [5, 6]])], { class: "ok", requests: 2 }, THREE);
    await expect(t, () => body({ error: "no embeddings here" }), { class: /permanent|retryable/, requests: 1 }, { ...THREE, settings: { tries: 1 } });
  });

  for (const [name, models] of [
    ["null", () => body({ object: "list", data: null })], ["a bare array", () => body([{ id: "fake" }])], ["404", () => error(404)],
  ]) {
    test(`row 47: a list of models that is ${name} does not matter to the connection test`, async (t) => {
      const server = await serve(t, ({ path, json: asked }) => (!path.endsWith("/chat/completions") ? models()
        : asked.response_format ? json({ ok: true }) : text("Hi", { pieces: 1 })));
      const env = { VIVA_VAR: folder(t), OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY, OPENAI_MODEL: "fake" };
      const { status, output, log } = await program("viva", ["llm", "check"], { env });
      assert.equal(status, 0, `${output}${log}`);
      const chats = server.requests.filter(({ path }) => path === "/v1/chat/completions");
      const { max_tokens: tokens, max_completion_tokens: newer } = chats[0].json;
      assert.equal(tokens ?? newer, 1, "a chat of one token");
      assert.ok(server.requests.length <= 4, `${server.requests.length} requests`);
    });
  }

  test("row 47: a list of models without a key is no working connection", async (t) => {
    const server = await serve(t, ({ method }) => (method === "GET" ? body({ data: [{ id: "fake" }] })
      : error(401, said("Bad key.", { code: "invalid_api_key" }))));
    const env = { VIVA_VAR: folder(t), OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY, OPENAI_MODEL: "fake" };
    const { status, output } = await program("viva", ["llm", "check"], { env });
    assert.equal(status, 1, output);
    assert.match(output, /401|key/i);
    assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
  });
});
