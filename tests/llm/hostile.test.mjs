// Answers that no honest endpoint gives: each ends in a class and a message, within bounds.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { describe, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { gzipSync } from "node:zlib";
import { body, chunk, DONE, error, head, raw, stream, text, vectors } from "./fake.mjs";
import { ask, expect, folder, GOOD, KEY, probe, PROMPT_MS, serve, wantJson } from "./probe.mjs";

const OK = { class: "ok", text: "The answer.", requests: 1 };
const answer = () => text("The answer.");
const FINISH = chunk({}, { finish: "stop" });
const data = (json) => `data: ${json}\n\n`;
const JSON_TYPE = { "Content-Type": "application/json" };

// A server below HTTP; `on` gets each connection.
async function listen(t, on, server = createServer()) {
  const sockets = new Set();
  server.on(server.setSecureContext ? "secureConnection" : "connection", on);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return server.address().port;
}

async function askAt(url, { settings, ...call } = {}) {
  const { results: [result] } = await probe({ url }, { settings, calls: [call] });
  return result;
}

describe("hostile endpoints", { concurrency: 6 }, () => {
  test("error: null in every chunk is no error", (t) => expect(t, [stream([
    { ...chunk({ content: "The " }), error: null }, { ...chunk({ content: "answer.", refusal: null, tool_calls: null }), error: null },
    { ...FINISH, error: null }, DONE])], OK));

  test("numbers beyond every integer", async (t) => {
    const usage = '{"prompt_tokens":1e300,"completion_tokens":-7,"total_tokens":"many","completion_tokens_details":{"reasoning_tokens":1e99}}';
    const { result } = await expect(t, [stream([
      data('{"created":-1e400,"choices":[{"index":1e300,"delta":{"content":"No."}},{"index":-1,"delta":{"content":"No."}}]}'),
      data('{"choices":[{"index":0,"delta":{"content":"The answer."},"finish_reason":"stop"}],"usage":' + usage + "}"), DONE])],
    { class: "ok", requests: 1, text: "The answer." });
    const { prompt, completion, reasoning } = result.usage;
    assert.ok([prompt, completion, reasoning].every((count) => Number.isInteger(count) && count >= 0), JSON.stringify(result.usage));
  });

  for (const delay of ["99999999999999999999s", "1e400s", "-1s", "s", "NaN", ""]) {
    test(`a retryDelay of ${JSON.stringify(delay)}`, async (t) => {
      const server = await serve(t, (request, { nth }) => (nth > 1 ? answer() : error(429, { error: {
        message: "Slow down.", code: 429, details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: delay }] } })));
      const result = await ask(server, { settings: { total_ms: 10000 } });
      assert.ok(result.took_ms < 5000, `${result.took_ms} ms`);
      assert.equal(result.class, delay.startsWith("9") ? "retryable" : result.class);
      assert.ok(["ok", "retryable"].includes(result.class), result.class);
      assert.equal(server.requests.length, result.requests);
    });
  }

  test("members of other types than they should have", async (t) => {
    for (const json of [
      '{"choices":"none"}', '{"choices":[null,1,"x",[]]}', '{"choices":[{"delta":"x"}]}', '{"choices":[{"delta":{"content":7}}]}',
      '{"choices":[{"delta":{"content":[1,null,{"text":5}]}}]}',
      '{"choices":[{"delta":{"reasoning":{"a":1},"refusal":3,"tool_calls":"x"}}]}', '{"usage":"much","choices":[]}',
      '{"choices":{"0":{"delta":{"content":"x"}}}}', "[]", "7", '"text"', "null", "true",
    ]) {
      const server = await serve(t, () => stream([data(json), chunk({ content: "The answer." }), FINISH, DONE]));
      const result = await ask(server, { settings: { tries: 1 } });
      assert.ok(result.class !== "ok" || result.text === "The answer.", `${json}: ${JSON.stringify(result)}`);
      assert.ok(["ok", "incomplete", "retryable"].includes(result.class), `${json}: ${result.class}`);
      assert.equal(server.requests.length, result.requests);
    }
  });

  test("a finish that is no text", async (t) => {
    for (const finish of ["7", "{}", "[]", "true"]) {
      const server = await serve(t, () => stream([data(`{"choices":[{"delta":{"content":"The answer."},"finish_reason":${finish}}]}`), DONE]));
      const result = await ask(server);
      assert.deepEqual([result.class, result.text, server.requests.length], ["ok", "The answer.", 1], finish);
    }
  });

  test("JSON a hundred thousand deep", async (t) => {
    const deep = "[".repeat(100000) + "]".repeat(100000);
    const server = await serve(t, () => stream([data(`{"choices":${deep}}`), DONE]));
    const result = await ask(server, { settings: { tries: 1 } });
    assert.notEqual(result.class, "ok");
    const told = await serve(t, () => text(deep, { pieces: 3 }));
    const { class: outcome, json: value } = await ask(told, wantJson());
    assert.deepEqual([outcome, value, told.requests.length], ["incomplete", undefined, 3]);
    await expect(t, [text(`${"{".repeat(50000)} ${JSON.stringify(GOOD)}`, { pieces: 3 }), text(JSON.stringify(GOOD))],
      { class: "ok", json: GOOD, requests: 1 }, wantJson());
  });

  test("[DONE] is the end, whatever follows", (t) => expect(t, [stream([chunk({ content: "The answer." }), FINISH, DONE,
    chunk({ content: " More." }), { error: { message: "Too late.", code: 500 } }, DONE])], OK));

  test("what is no HTTP", async (t) => {
    for (const bytes of ["SSH-2.0-OpenSSH_9.2\r\n", "\0\0\0\0", "HTTP/9.9 999 ?\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"]) {
      const server = await serve(t, () => raw(bytes, { end: "fin" }));
      const result = await ask(server, { settings: { tries: 2 } });
      assert.ok(["retryable", "permanent"].includes(result.class), `${JSON.stringify(bytes)}: ${result.class}`);
      assert.equal(result.text, "");
      assert.notEqual(result.error, "");
      assert.ok(server.requests.length >= 1 && server.requests.length <= 2);
    }
  });

  test("headers without end", async (t) => {
    const server = await serve(t, () => raw("HTTP/1.1 200 OK\r\n", { forever: `X-Flood: ${"x".repeat(8000)}\r\n` }));
    const result = await ask(server, { settings: { tries: 1, total_ms: 20000 } });
    assert.notEqual(result.class, "ok");
    assert.ok(result.took_ms < 15000, `${result.took_ms} ms`);
    assert.equal(server.requests.length, 1);
  });

  test("early hints, and HTTP 1.0", async (t) => {
    const early = answer();
    await expect(t, [raw("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", early.steps)], OK);
    const old = [chunk({ content: "The answer." }), FINISH].map((event) => data(JSON.stringify(event))).join("");
    await expect(t, [raw(`HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n${old}`, { end: "fin" })], OK);
  });

  test("statuses without a body", async (t) => {
    const { result } = await expect(t, () => raw(head(204), { end: "keep" }), { class: "retryable", text: "", requests: 2 });
    assert.equal(result.status, 204);
  });

  test("a bomb in gzip", async (t) => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('data: {"choices":[{"delta":{"content":"'), Buffer.alloc(300e6, "x")]));
    const headers = { "Content-Encoding": "gzip" };
    const server = await serve(t, () => stream([bomb], { headers }));
    const result = await ask(server, { settings: { tries: 1, total_ms: 30000 } });
    assert.notEqual(result.class, "ok");
    assert.ok(result.took_ms < 20000, `${result.took_ms} ms`);
    assert.equal(server.requests.length, 1);
    const whole = await serve(t, () => body(gzipSync(Buffer.alloc(300e6, " ")), { headers: { ...JSON_TYPE, ...headers } }));
    const second = await ask(whole, { settings: { tries: 1, total_ms: 30000 } });
    assert.notEqual(second.class, "ok");
    assert.ok(second.took_ms < 20000, `${second.took_ms} ms`);
  });

  test("an error of ten megabytes is told in a few words", async (t) => {
    const { result } = await expect(t, [error(400, { error: { message: "x".repeat(10e6), code: "y".repeat(1e6) } })],
      { class: "permanent", requests: 1 });
    assert.ok(result.error.length < 5000, `${result.error.length} characters of error`);
    assert.ok(result.code.length < 500, `${result.code.length} characters of code`);
  });

  test("an error with control characters, NUL and broken UTF-8", async (t) => {
    const bytes = Buffer.concat([Buffer.from('{"error":{"message":"bad\\u0000\\u001b[2J\\ud800 '), Buffer.from([0xff, 0xfe]),
      Buffer.from('end","code":"c\\u0000d"}}')]);
    const { result } = await expect(t, [error(400, bytes, JSON_TYPE)], { class: "permanent", error: /bad[^]*end/, requests: 1 });
    assert.ok(!result.error.includes("\0"));
  });

  test("a context limit beyond every integer", (t) => expect(t,
    [error(400, { error: { message: "maximum context length is 99999999999999999999 tokens", code: "context_length_exceeded" } })],
    { class: "permanent", code: "context_length", requests: 1 }));

  test("an index of a vector beyond every integer", async (t) => {
    for (const index of ["1e300", "-1e300", "0.5", '"0"', "null"]) {
      const server = await serve(t, () => body(`{"data":[{"index":${index},"embedding":[1,2]},{"index":1,"embedding":[1,2]}]}`,
        { headers: JSON_TYPE }));
      const result = await ask(server, { embed: { model: "v", texts: ["a", "b"] } });
      assert.ok(result.class === "permanent" || /null|0"/.test(index), `${index}: ${result.class}`);
      assert.equal(server.requests.length, 1);
    }
  });

  test("a vector of numbers that are too large for a float", (t) =>
    expect(t, [vectors([[1e200, 1]])], { class: "permanent", requests: 1 }, { embed: { model: "v", texts: ["a"] } }));

  test("a server that takes the connection but never the TLS handshake", async (t) => {
    const port = await listen(t, (socket) => socket.resume());
    const result = await askAt(`https://127.0.0.1:${port}/v1`, { settings: { connect_ms: 500, tries: 1, total_ms: 20000 } });
    assert.ok(["timeout", "retryable"].includes(result.class), result.class);
    assert.ok(result.took_ms >= 450 && result.took_ms < 4000, `${result.took_ms} ms`);
    const cancelled = await askAt(`https://127.0.0.1:${port}/v1`, { cancel: { after_ms: 300 } });
    assert.equal(cancelled.class, "cancelled");
    assert.ok(cancelled.took_ms <= 300 + 10 * PROMPT_MS, `${cancelled.took_ms} ms`);
  });

  test("a certificate that nobody vouches for gets no request and no key", async (t) => {
    const where = folder(t);
    const [key, cert] = ["key.pem", "cert.pem"].map((name) => path.join(where, name));
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
      "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], { stdio: "ignore" });
    let received = "";
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) });
    const port = await listen(t, (socket) => {
      socket.on("error", () => {});
      socket.on("data", (bytes) => (received += bytes));
    }, server);
    const result = await askAt(`https://127.0.0.1:${port}/v1`, { settings: { tries: 1 } });
    assert.deepEqual([result.class === "ok", result.code, received], [false, "tls", ""], JSON.stringify(result));
  });

  test("a server that speaks no TLS", async (t) => {
    let received = "";
    const port = await listen(t, (socket) => socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
      socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    }));
    const result = await askAt(`https://127.0.0.1:${port}/v1`, { settings: { tries: 1 } });
    assert.notEqual(result.class, "ok");
    assert.notEqual(result.error, "");
    assert.ok(!received.includes(KEY));
  });

  test("addresses that are none", async () => {
    for (const url of ["", "file:///etc/hostname", "ftp://127.0.0.1/", "http://", "not an address", "http://127.0.0.1:99999/v1", "http://[::1/v1"]) {
      const { has_client: hasClient, results } = await probe({ url }, { calls: [{}], settings: { tries: 1, total_ms: 3000 } });
      assert.ok(!hasClient || results[0].class !== "ok", url);
    }
  });

  test("an exporter's post: the bytes and headers as they are, one try", async (t) => {
    const server = await serve(t, (request, { nth }) => (nth === 1 ? body({ partialSuccess: {} }) : error(503, "try later")));
    const post = { url: `${server.origin}/api/public/otel/v1/traces`, body: '{"resourceSpans":[]}', content_type: "application/json",
      headers: ["Authorization: Basic cHVibGljOnNlY3JldA==", "x-langfuse-ingestion-version: 4"] };
    const { results: [sent, refused] } = await probe(server, { calls: [{ post }, { post }] });
    assert.deepEqual([sent.class, sent.status, sent.text, sent.requests], ["ok", 200, '{"partialSuccess":{}}', 1]);
    assert.deepEqual([refused.class, refused.status, refused.requests], ["retryable", 503, 1]);
    assert.equal(server.requests.length, 2);
    const [{ method, path: target, headers, body: content }] = server.requests;
    assert.deepEqual([method, target, content, headers["content-type"], headers.authorization, headers["x-langfuse-ingestion-version"]],
      ["POST", "/api/public/otel/v1/traces", post.body, "application/json", "Basic cHVibGljOnNlY3JldA==", "4"]);
  });
});
