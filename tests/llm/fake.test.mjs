// The fake endpoint does what it is told: a wrong one would let every row pass for nothing.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../web/instance.mjs";
import { agentOf, body, dataOf, drop, error, fake, hang, json, stream, text } from "./fake.mjs";
import { folder, serve } from "./probe.mjs";

const post = (server, object, options = {}) => fetch(`${server.url}/chat/completions`,
  { method: "POST", body: JSON.stringify(object), headers: { "Content-Type": "application/json" }, ...options });

// The bytes that come for a request, as the socket gives them: [{ at, data }], until it ends.
async function bytesOf(server, { count = Infinity } = {}) {
  const socket = connect(server.port, "127.0.0.1");
  const reads = [];
  socket.on("data", (data) => {
    reads.push({ at: Date.now(), data });
    if (reads.length >= count) {
      socket.destroy();
    }
  });
  socket.write("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
  let failure = null;
  socket.on("error", ({ code }) => (failure = code));
  await new Promise((resolve) => socket.on("close", resolve)); // events.once would reject on the reset
  return { reads, failure, whole: Buffer.concat(reads.map(({ data }) => data)) };
}

test("a streamed text is what an OpenAI endpoint sends", async (t) => {
  const server = await serve(t, [text("Привет, 😀!", { pieces: 3 })]);
  const reply = await post(server, { stream: true });
  const lines = (await reply.text()).split("\n\n").filter(Boolean);
  assert.equal(reply.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(lines.at(-1), "data: [DONE]");
  const chunks = lines.slice(0, -1).map((line) => JSON.parse(line.slice("data: ".length)));
  assert.equal(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join(""), "Привет, 😀!");
  assert.equal(chunks.filter(({ choices }) => choices[0]?.finish_reason === "stop").length, 1);
  assert.ok(chunks.at(-1).usage.completion_tokens > 0);
});

test("exact bytes, one a write, with pauses", async (t) => {
  const server = await serve(t, [stream(["data: abc\n\n", { pauseMs: 120 }, "data: d\n\n"], { framing: "close", eol: "\r\n", split: 1 })]);
  const { reads, whole, failure } = await bytesOf(server);
  assert.match(whole.toString(), /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/event-stream; charset=utf-8\r\nConnection: close\r\n\r\ndata: abc\r\n\r\ndata: d\r\n\r\n$/);
  assert.ok(reads.length > 15, `${reads.length} reads`);
  assert.ok(reads.some(({ at }, i) => i > 0 && at - reads[i - 1].at >= 100), "the pause");
  assert.equal(failure, null);
});

test("a reset, a silence, and who closed when", async (t) => {
  const server = await serve(t, [drop(), hang(), stream([{ forever: "data: x\n\n", pauseMs: 5 }])]);
  const dropped = await bytesOf(server);
  assert.deepEqual([dropped.failure, dropped.whole.length], ["ECONNRESET", 0]);
  const start = Date.now();
  await assert.rejects(post(server, {}, { signal: AbortSignal.timeout(150) }), { name: "TimeoutError" });
  assert.ok(await server.requests[1].gone - start < 400);
  assert.equal(server.requests[1].answeredAt, null);
  const { reads } = await bytesOf(server, { count: 5 });
  assert.equal(reads.length, 5);
  await server.requests[2].gone;
  assert.equal(server.requests.length, 3);
});

test("connections are kept, requests remembered, also in pieces and in chunks", async (t) => {
  const server = await serve(t, (request, { nth }) => body({ nth, asked: request.json }));
  const socket = connect(server.port, "127.0.0.1");
  const first = Buffer.from('POST /v1/x?y=1 HTTP/1.1\r\nHost: x\r\nX-Test:  one \r\nContent-Length: 15\r\n\r\n{"a": "é😀"}', "utf8");
  for (const byte of first) {
    socket.write(Buffer.from([byte]));
    await sleep(1);
  }
  socket.write('POST /v1/z HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"b"\r\n3\r\n:1}\r\n0\r\n\r\n');
  let received = "";
  socket.on("data", (data) => (received += data));
  while (server.requests.length < 2 || !received.includes('"nth":2')) {
    await sleep(5);
  }
  socket.destroy();
  assert.deepEqual(server.requests.map(({ path: target, json: object, connection }) => [target, object, connection]),
    [["/v1/x?y=1", { a: "é😀" }, 1], ["/v1/z", { b: 1 }, 1]]);
  assert.equal(server.requests[0].headers["x-test"], "one");
  assert.equal(server.connectionCount(), 1);
});

test("a list ends with a refusal, not with silence", async (t) => {
  const server = await serve(t, [error(503)]);
  assert.equal((await post(server, {})).status, 503);
  const second = await post(server, {});
  assert.deepEqual([second.status, (await second.json()).error.code], [400, "no_script"]);
});

test("agents are told apart by their prompt", () => {
  const request = (system) => ({ json: { messages: [{ role: "system", content: system }, { role: "user", content: '{"answer": "x"}' }] } });
  assert.equal(agentOf(request("# observer\nYou watch.")), "observer");
  assert.equal(agentOf(request("/no_think\n# profile_extractor\nYou read.")), "profile_extractor");
  assert.equal(agentOf(request("You are # nobody")), "");
  assert.equal(agentOf({ json: undefined }), "");
  assert.deepEqual(dataOf(request("# x")), { answer: "x" });
});

test("as a program it runs a script that imports it", async (t) => {
  const script = path.join(folder(t), "script.mjs");
  writeFileSync(script, `import { json } from ${JSON.stringify(path.join(root, "tests/llm/fake.mjs"))};
    export default (request, { text, agentOf }) => agentOf(request) === "observer" ? json({ seen: true }, { pieces: 1 }) : text("Hello");`);
  const child = spawn("node", [path.join(root, "tests/llm/fake.mjs"), "--script", script], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill());
  const [line] = await once(child.stdout, "data");
  const [, url] = /ready at (http:\S+)/.exec(line.toString());
  const reply = await post({ url }, { messages: [{ role: "system", content: "# observer" }] });
  assert.match(await reply.text(), /seen/);
  child.kill();
  assert.deepEqual(await once(child, "exit"), [0, null]);
});

test("json is a text that holds the object", async (t) => {
  const server = await fake({ on: () => json({ mark: 3 }, { pieces: 1 }) });
  t.after(() => server.close());
  assert.match(await (await post(server, {})).text(), /"content":"\{\\"mark\\":3\}"/);
});
