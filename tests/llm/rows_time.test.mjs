// Rows 31 to 37 and 48: clocks, cancellation, what a 429 says, many calls at once.
import assert from "node:assert/strict";
import path from "node:path";
import { describe, test } from "node:test";
import { chunk, DONE, error, hang, json, stream, text } from "./fake.mjs";
import { ask, compare, expect, folder, GOOD, probe, PROMPT_MS, serve, wantJson } from "./probe.mjs";

const OK = { class: "ok", text: "The answer.", requests: 1 };
const answer = () => text("The answer.");
const FINISH = chunk({}, { finish: "stop" });
const limit = (headers, details) => error(429, { error: { message: "Slow down.", code: "rate_limit_exceeded", ...details } }, headers);
const endless = () => stream([{ forever: `data: ${JSON.stringify(chunk({ content: "ha " }))}\n\n`, pauseMs: 20 }]);

function between(value, low, high, what) {
  assert.ok(value >= low && value < high, `${what}: ${value} ms, not ${low} to ${high}`);
}

describe("rows 31-37 and 48", { concurrency: 8 }, () => {
  test("row 31: no first byte", async (t) => {
    const { result } = await expect(t, () => hang(), { class: "timeout", text: "", requests: 1 },
      { settings: { first_byte_ms: 500, idle_ms: 60000, tries: 1 } });
    between(result.took_ms, 450, 3000, "took");
  });

  test("row 31: headers but no body", async (t) => {
    const silent = () => stream([{ end: "hang" }]);
    const { result } = await expect(t, silent, { class: "timeout", text: "", requests: 1 },
      { settings: { first_byte_ms: 500, idle_ms: 700, tries: 1 } });
    between(result.took_ms, 450, 4000, "took");
  });

  test("row 31: a queue is waited for, the idle clock has not begun", (t) =>
    expect(t, [{ steps: [{ pauseMs: 1200 }, ...answer().steps] }], OK, { settings: { first_byte_ms: 10000, idle_ms: 400 } }));

  test("row 31: a server that accepts and never reads on is not a connect failure for ever", async (t) => {
    const { result } = await expect(t, () => hang(), { class: "timeout", requests: 1 },
      { settings: { first_byte_ms: 60000, total_ms: 700 } });
    between(result.took_ms, 650, 3000, "took");
  });

  test("row 32: tokens, then silence", async (t) => {
    const { server, result } = await expect(t, [stream([chunk({ content: "Half" }), { end: "hang" }]), answer()],
      { class: "timeout", text: "Half", requests: 1 }, { settings: { idle_ms: 500, first_byte_ms: 60000 } });
    between(result.took_ms, 450, 3000, "took");
    await server.requests[0].gone;
  });

  test("row 33: pings do not stand for tokens", async (t) => {
    const pinging = stream([chunk({ content: "Half" }), { forever: ": ping\n\n", pauseMs: 50 }]);
    const { result } = await expect(t, [pinging, answer()], { class: "timeout", text: "Half", requests: 1 },
      { settings: { idle_ms: 600, first_byte_ms: 60000, total_ms: 20000 } });
    between(result.took_ms, 550, 4000, "took");
  });

  test("row 33: pings alone are a queue; the deadline ends it", async (t) => {
    const { result } = await expect(t, () => stream([{ forever: ": ping\n\n", pauseMs: 50 }]), { class: "timeout", text: "", requests: 1 },
      { settings: { idle_ms: 60000, first_byte_ms: 500, total_ms: 1500, tries: 1 } });
    between(result.took_ms, 1400, 4000, "took");
  });

  test("row 33: pings, then the answer", (t) =>
    expect(t, [stream([...Array(20).fill(": ping\n\n"), chunk({ content: "The answer." }), FINISH, DONE], { pauseMs: 50 })], OK,
      { settings: { idle_ms: 30000, first_byte_ms: 600 } }));

  test("row 34: a slow drip", async (t) => {
    const { result } = await expect(t, [text("The answer.", { pieces: 11, pauseMs: 150 })], OK,
      { settings: { idle_ms: 900, first_byte_ms: 900 } });
    assert.ok(result.took_ms > 1400, "longer than any of the limits");
    assert.ok(result.pieces.at(-1).at_ms - result.pieces[0].at_ms > 1000, "the pieces came as they were sent");
  });

  // From the cancellation, which is `after_ms` after the call began.
  async function cancelled(t, on, call, { requests = 1, slack = 0 } = {}) {
    const server = await serve(t, on);
    const result = await ask(server, call);
    compare(server, result, { class: "cancelled", requests });
    const at = result.started_at + call.cancel.after_ms;
    assert.ok(result.ended_at - at >= -5, "not before it was cancelled");
    assert.ok(result.ended_at - at <= PROMPT_MS + slack, `returned ${result.ended_at - at} ms after the cancellation`);
    if (server.requests.at(-1).answeredAt === null) {
      const gone = await server.requests.at(-1).gone;
      assert.ok(gone - at <= PROMPT_MS + slack, `closed ${gone - at} ms after the cancellation`);
    }
    return { server, result };
  }

  for (const by of ["readable", "hangup", "wait"]) {
    const slack = by === "wait" ? PROMPT_MS : 0; // asked about every 200 ms
    const call = { cancel: { after_ms: 500, by } };
    test(`row 35: cancelled (${by}) while nothing comes`, (t) => cancelled(t, () => hang(), call, { slack }));
    test(`row 35: cancelled (${by}) in the stream`, async (t) => {
      const on = by === "wait" ? () => stream([chunk({ content: "ha " }), { end: "hang" }]) : endless;
      const { result } = await cancelled(t, on, call, { slack });
      assert.match(result.text, /^(ha )+$/);
    });
    test(`row 35: cancelled (${by}) while waiting for the next try`, (t) =>
      cancelled(t, () => limit({ "Retry-After": "5" }), call, { slack }));
    test(`row 35: cancelled (${by}) with JSON wanted`, (t) =>
      cancelled(t, () => hang(), { ...wantJson(), ...call }, { slack }));
  }

  test("row 35: the reader of the text says no", async (t) => {
    const { server, result } = await expect(t, endless, { class: "cancelled", text: "ha ha ha ", requests: 1 }, { stop_after_pieces: 3 });
    assert.ok(await server.requests[0].gone - result.started_at < result.pieces[2].at_ms + PROMPT_MS + 100);
  });

  test("row 35: a cancellation is noticed when it comes, not at the next tick", async (t) => {
    const server = await serve(t, () => hang());
    const { results } = await probe(server, { calls: Array(3).fill({ cancel: { after_ms: 430 } }) });
    const fastest = Math.min(...results.map((result) => result.took_ms));
    between(fastest, 425, 500, "the fastest of three"); // a busy machine may delay one
    assert.equal(server.requests.length, 3);
  });

  test("row 35: cancelled before it began", async (t) => {
    const server = await serve(t, () => hang());
    const result = await ask(server, { cancel: { after_ms: 0 } });
    assert.equal(result.class, "cancelled");
    assert.ok(result.took_ms <= PROMPT_MS, `${result.took_ms} ms`);
  });

  test("row 35: cancelled while another call has the only place", async (t) => {
    const server = await serve(t, () => text("The answer.", { pieces: 11, pauseMs: 150 }));
    const { results: [first, second] } = await probe(server, {
      settings: { parallel: 1 }, together: true, calls: [{}, { after_ms: 300, cancel: { after_ms: 300 } }],
    });
    assert.deepEqual([first.class, second.class, second.requests], ["ok", "cancelled", 0]);
    assert.ok(second.took_ms <= 300 + PROMPT_MS, `${second.took_ms} ms`);
    assert.equal(server.requests.length, 1);
  });

  test("row 35: the connection of a cancelled call is not used again", async (t) => {
    const server = await serve(t, (request, { nth }) => (nth === 1 ? endless() : answer()));
    const { results } = await probe(server, { calls: [{ cancel: { after_ms: 300 } }, {}] });
    assert.deepEqual(results.map((result) => result.class), ["cancelled", "ok"]);
    assert.equal(results[1].text, "The answer.");
    assert.equal(server.connectionCount(), 2);
  });

  const soon = () => new Date(Date.now() + 3000).toUTCString();
  const retryInfo = (retryDelay) => ({ status: "RESOURCE_EXHAUSTED", code: 429,
    details: [{ "@type": "type.googleapis.com/google.rpc.QuotaFailure", violations: [] },
      { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay }] });
  for (const [name, make, least] of [
    ["seconds", () => limit({ "Retry-After": "1" }), 1000],
    ["a fraction", () => limit({ "Retry-After": "1.5" }), 1500],
    ["milliseconds", () => limit({ "Retry-After-Ms": "1300" }), 1300],
    ["both", () => limit({ "Retry-After-Ms": "1300", "Retry-After": "2" }), 1300],
    ["an HTTP date", () => limit({ "Retry-After": soon() }), 1900],
    ["Gemini's retryDelay", () => limit({}, retryInfo("1.4s")), 1400],
    ["Gemini's retryDelay in a list", () => error(429, [{ error: { message: "Slow down.", ...retryInfo("1.4s") } }]), 1400],
    ["503 and seconds", () => error(503, undefined, { "Retry-After": "1" }), 1000],
  ]) {
    test(`row 36: waits as told: ${name}`, async (t) => {
      const { server, result } = await expect(t, (request, { nth }) => (nth === 1 ? make() : answer()), { ...OK, requests: 2 });
      const waited = server.requests[1].at - server.requests[0].at;
      between(waited, least - 20, least + 4000, "waited");
      assert.equal(result.retry_after_ms, 0);
    });
  }

  for (const value of ["soon", "-5", "", "1e999", "NaN", "0x10"]) {
    test(`row 37: Retry-After: ${JSON.stringify(value)} is ignored`, async (t) => {
      const { server } = await expect(t, [limit({ "Retry-After": value }), answer()], { ...OK, requests: 2 });
      between(server.requests[1].at - server.requests[0].at, 100, 3000, "waited");
    });
  }

  for (const [name, headers, least] of [
    ["an hour", { "Retry-After": "3600" }, 3600000], ["a huge number", { "Retry-After": "99999999999999999999" }, 120001],
    ["a far date", { "Retry-After": "Fri, 31 Dec 2999 23:59:59 GMT" }, 120001],
    ["milliseconds", { "Retry-After-Ms": "3600000" }, 3600000],
  ]) {
    test(`row 37: Retry-After of ${name} fails at once`, async (t) => {
      const { result } = await expect(t, () => limit(headers), { class: "retryable", error: /Slow down/, requests: 1 });
      assert.ok(result.took_ms < 2000, `${result.took_ms} ms`);
      assert.ok(result.retry_after_ms >= least, `${result.retry_after_ms}`);
    });
  }

  test("row 37: a wait beyond the deadline fails at once", async (t) => {
    const { result } = await expect(t, () => limit({ "Retry-After": "30" }), { class: "retryable", requests: 1 },
      { settings: { total_ms: 5000 } });
    assert.ok(result.took_ms < 2000, `${result.took_ms} ms`);
    between(result.retry_after_ms, 29000, 40000, "reported");
  });

  test("row 37: a wait beyond the cap fails at once, though there is time", async (t) => {
    const { result } = await expect(t, () => limit({ "Retry-After": "3" }), { class: "retryable", requests: 1 },
      { settings: { max_retry_after_ms: 2000 } });
    assert.ok(result.took_ms < 1500, `${result.took_ms} ms`);
    between(result.retry_after_ms, 3000, 3100, "reported");
  });

  test("row 37: a past date is waited for no longer than usual", async (t) => {
    const { server } = await expect(t, [limit({ "Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT" }), answer()], { ...OK, requests: 2 });
    between(server.requests[1].at - server.requests[0].at, 0, 3000, "waited");
  });

  // The most requests that were being answered at one time.
  function most(requests) {
    const moments = requests.flatMap(({ at, answeredAt }) => [[at, 1], [answeredAt, -1]])
      .sort(([a, up], [b, other]) => a - b || up - other);
    let now = 0;
    return Math.max(...moments.map(([, change]) => (now += change)));
  }

  test("row 48: never more calls at once than allowed", async (t) => {
    const server = await serve(t, () => text("The answer.", { pieces: 3, pauseMs: 60 }));
    const { results } = await probe(server, { settings: { parallel: 3 }, together: true, calls: Array(12).fill({}) });
    assert.deepEqual(results.map((result) => [result.class, result.text, result.requests]), Array(12).fill(["ok", "The answer.", 1]));
    assert.equal(server.requests.length, 12);
    assert.equal(most(server.requests), 3);
    assert.ok(server.connectionCount() <= 4, `${server.connectionCount()} connections`);
  });

  test("row 48: without a limit all go at once", async (t) => {
    const server = await serve(t, () => text("The answer.", { pieces: 3, pauseMs: 200 }));
    const { results } = await probe(server, { together: true, calls: Array(12).fill({}) });
    assert.ok(results.every((result) => result.class === "ok"));
    assert.equal(most(server.requests), 12);
  });

  test("row 48: who came first is served first", async (t) => {
    const server = await serve(t, () => text("The answer.", { pieces: 3, pauseMs: 50 }));
    const calls = [0, 1, 2, 3, 4].map((i) => ({ after_ms: 40 * i, request: { model: `m${i}` } }));
    await probe(server, { settings: { parallel: 1 }, together: true, calls });
    assert.deepEqual(server.requests.map((request) => request.json.model), ["m0", "m1", "m2", "m3", "m4"]);
  });

  const PAUSE_MS = 2000;
  const paused = (request, { nth }) => (nth === 1 ? limit({ "Retry-After": String(PAUSE_MS / 1000) }) : answer());

  test("row 48: a 429 pauses all calls of the process", async (t) => {
    const server = await serve(t, paused);
    const { results } = await probe(server, {
      together: true, calls: [{}, ...[300, 310, 320, 330, 340, 350].map((after) => ({ after_ms: after }))],
    });
    assert.deepEqual(results.map((result) => [result.class, result.requests]), [["ok", 2], ...Array(6).fill(["ok", 1])]);
    assert.equal(server.requests.length, 8);
    const starts = server.requests.slice(1).map(({ at }) => at - server.requests[0].at);
    assert.ok(Math.min(...starts) >= PAUSE_MS - 20, `the first came after ${Math.min(...starts)} ms`);
    // No thundering herd: the seven waiting calls come spread out.
    assert.ok(Math.max(...starts) - Math.min(...starts) >= 50, `all came within ${Math.max(...starts) - Math.min(...starts)} ms`);
  });

  test("row 48: a 429 pauses the calls of another process", async (t) => {
    const server = await serve(t, paused);
    const settings = { state_path: path.join(folder(t), "endpoints") };
    const runs = await Promise.all([probe(server, { settings, calls: [{}] }),
      probe(server, { settings, calls: [{ after_ms: 1000 }] })]);
    assert.deepEqual(runs.map(({ results: [result] }) => [result.class, result.requests]), [["ok", 2], ["ok", 1]]);
    const starts = server.requests.map(({ at }) => at - server.requests[0].at);
    assert.equal(starts.length, 3);
    assert.ok(starts[1] >= PAUSE_MS - 20, `${starts}`);
  });

  test("row 48: another endpoint is not paused", async (t) => {
    const [first, second] = [await serve(t, () => limit({ "Retry-After": "3600" })), await serve(t, () => answer())];
    const settings = { state_path: path.join(folder(t), "endpoints") };
    await probe(first, { settings, calls: [{}] });
    const { results: [result] } = await probe(second, { settings, calls: [{}] });
    compare(second, result, OK);
    assert.ok(result.took_ms < 2000, `${result.took_ms} ms`);
  });

  test("row 48: who cannot wait is told so without a request", async (t) => {
    const server = await serve(t, paused);
    const settings = { state_path: path.join(folder(t), "endpoints") };
    const [, { results: [second] }] = await Promise.all([probe(server, { settings, calls: [{}] }),
      probe(server, { settings, calls: [{ after_ms: 800, request: { total_ms: 300 } }] })]);
    assert.notEqual(second.class, "ok");
    assert.equal(second.requests, 0);
    assert.ok(second.took_ms < 1000, `${second.took_ms} ms`);
    assert.equal(server.requests.length, 2);
  });

  test("row 48: JSON calls in parallel keep apart", async (t) => {
    const server = await serve(t, (request) => json({ ...GOOD, word: request.json.model }, { pieces: 20, pauseMs: 5 }));
    const calls = Array.from({ length: 16 }, (_, i) => wantJson({ model: `m${i}` }));
    const { results } = await probe(server, { together: true, calls });
    assert.deepEqual(results.map((result) => result.json?.word), calls.map(({ request }) => request.model));
  });
});
