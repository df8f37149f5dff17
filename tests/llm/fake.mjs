// The project's fake OpenAI-compatible endpoint: it writes exactly the bytes a test wants,
// when it wants them, and remembers what it was asked.
//
//   const server = await fake({ on: (request) => text("Hello") });   // or a list, one a request
//   ... server.url, server.requests ...
//   await server.close();
//
//   node tests/llm/fake.mjs --port 21700 --script script.mjs
//     the script's default export is `on`: (request, { nth, ...helpers }) => answer,
//     where `nth` counts requests from 1
//
// An answer is a list of steps (`raw`), and the other helpers below make such lists:
//   "text" or a Buffer      these bytes in one write
//   { pauseMs }             nothing for that long
//   { forever, pauseMs }    these bytes again and again, until the client is gone
//   { end: "keep" }         the answer is whole, the connection waits for the next request
//   { end: "fin" }          the connection is closed
//   { end: "rst" }          ... is reset
//   { end: "hang" }         ... stays open and silent, and takes no further request
import { once } from "node:events";
import { STATUS_CODES } from "node:http";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const HEAD_END = "\r\n\r\n";

// --- answers ------------------------------------------------------------------

export function raw(...steps) {
  return { steps: steps.flat(Infinity) };
}

// The status line and the headers; a value may be a list, null leaves a header out.
export function head(status, headers = {}) {
  const lines = Object.entries(headers).filter(([, value]) => value !== null)
    .flatMap(([name, value]) => [value].flat().map((item) => `${name}: ${item}\r\n`));
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Status"}\r\n${lines.join("")}\r\n`;
}

// A whole body with its length. An object is sent as JSON, anything else as it is.
export function body(content, { status = 200, headers = {}, end = "keep" } = {}) {
  const isBytes = typeof content === "string" || Buffer.isBuffer(content);
  const bytes = Buffer.from(isBytes ? content : JSON.stringify(content));
  const type = isBytes ? "text/plain; charset=utf-8" : "application/json";
  return raw(head(status, { "Content-Type": type, "Content-Length": bytes.length, ...headers }), bytes, { end });
}

// An HTTP error; without a body of its own it is OpenAI's object.
export function error(status, content, headers = {}) {
  const message = `the fake endpoint answers ${status}`;
  return body(content ?? { error: { message, type: "fake_error", code: null } }, { status, headers });
}

// The connection is reset as soon as the request has come.
export function drop() {
  return raw({ end: "rst" });
}

// No byte ever comes.
export function hang() {
  return raw({ end: "hang" });
}

// One chunk of a streamed answer, to be given to `stream`.
export function chunk(delta, { finish = null, usage, index = 0 } = {}) {
  return {
    id: "chatcmpl-fake", object: "chat.completion.chunk", created: 1, model: "fake",
    choices: [{ index, delta, finish_reason: finish }],
    ...(usage === undefined ? {} : { usage }),
  };
}

export const DONE = "data: [DONE]\n\n";

function eventBytes(event, eol) {
  const lines = typeof event === "string" ? event : `data: ${JSON.stringify(event)}\n\n`;
  return Buffer.from(lines.replaceAll("\n", eol));
}

function pieces(bytes, size) {
  const list = [];
  for (let at = 0; at < bytes.length; at += size) {
    list.push(bytes.subarray(at, at + size));
  }
  return list;
}

function framed(bytes, framing) {
  return framing === "chunked"
    ? Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")])
    : bytes;
}

// Events as a stream. An event is an object (sent as `data: JSON`), a text of whole lines
// sent as it is, a Buffer, or a step of `raw`.
//   framing   "chunked" or "close": no framing, the body ends with the connection
//   eol       what stands for each LF
//   split     bytes a write, with 1 ms after each; 0: an event a write
//   joined    everything in one write
//   pauseMs   between two events
//   end       cuts the body off there, without its end; "keep" ends it properly
export function stream(events, { status = 200, headers = {}, framing = "chunked", eol = "\n", split = 0,
  joined = false, pauseMs = 0, end = framing === "chunked" ? "keep" : "fin" } = {}) {
  const isStep = (event) => event.pauseMs !== undefined || event.forever !== undefined || event.end !== undefined;
  const toBytes = (event) => (Buffer.isBuffer(event) ? event : eventBytes(event, eol));
  const whole = joined ? [Buffer.concat(events.map(toBytes))] : events;
  const steps = whole.flatMap((event, i) => {
    if (!Buffer.isBuffer(event) && isStep(event)) {
      return [event.forever === undefined ? event
        : { ...event, forever: framed(toBytes(event.forever), framing) }];
    }
    const writes = split ? pieces(toBytes(event), split).flatMap((part) => [framed(part, framing), { pauseMs: 1 }])
      : [framed(toBytes(event), framing)];
    return pauseMs && i > 0 ? [{ pauseMs }, ...writes] : writes;
  });
  return raw(
    head(status, {
      "Content-Type": "text/event-stream; charset=utf-8",
      ...(framing === "chunked" ? { "Transfer-Encoding": "chunked" } : { Connection: "close" }),
      ...headers,
    }),
    steps,
    framing === "chunked" && end === "keep" ? "0\r\n\r\n" : [],
    { end },
  );
}

// The text in about `count` parts, whole characters each.
function cut(content, count) {
  const characters = [...content];
  const size = Math.max(1, Math.ceil(characters.length / count));
  const list = [];
  for (let at = 0; at < characters.length; at += size) {
    list.push(characters.slice(at, at + size).join(""));
  }
  return list;
}

// A good streamed answer: role, the text in `pieces` (a number, or the list of them), the
// finish, the usage (null: none), [DONE]. Other options are those of `stream`.
export function text(content, options = {}) {
  const { pieces: wanted = 4, finish = "stop", done = true, ...rest } = options;
  const parts = Array.isArray(wanted) ? wanted : cut(content, wanted);
  const usage = options.usage === undefined
    ? { prompt_tokens: 21, completion_tokens: parts.length, total_tokens: 21 + parts.length } : options.usage;
  delete rest.usage;
  return stream([
    chunk({ role: "assistant", content: "" }),
    ...parts.map((part) => chunk({ content: part })),
    ...(finish ? [chunk({}, { finish })] : []),
    ...(usage ? [{ ...chunk({}), choices: [], usage }] : []),
    ...(done ? [DONE] : []),
  ], rest);
}

// What a JSON agent answers: the object as text; options of `text`.
export function json(object, options = {}) {
  return text(JSON.stringify(object), options);
}

// The whole answer that stream:false gets; options of `body`.
export function completion(content, { finish = "stop", message = {}, ...options } = {}) {
  return body({
    id: "chatcmpl-fake", object: "chat.completion", created: 1, model: "fake",
    choices: [{ index: 0, message: { role: "assistant", content, ...message }, finish_reason: finish }],
    usage: { prompt_tokens: 21, completion_tokens: 3, total_tokens: 24 },
  }, options);
}

// An answer of /embeddings: a list of vectors in order, or of whole data items.
export function vectors(list, options = {}) {
  const data = list.map((item, index) => (Array.isArray(item) ? { object: "embedding", index, embedding: item } : item));
  return body({ object: "list", model: "fake", data, usage: { prompt_tokens: 5, total_tokens: 5 } }, options);
}

// --- requests -----------------------------------------------------------------

function messageText(message) {
  const { content } = message ?? {};
  return Array.isArray(content) ? content.map((part) => part.text ?? "").join("") : content ?? "";
}

// Which agent asks: its system prompt begins with "# observer" (or "/no_think" and that);
// "" when none does.
export function agentOf(request) {
  const system = messageText(request.json?.messages?.find(({ role }) => role === "system"));
  return /^\s*(?:\/no_think\s+)?#[ \t]+([\w-]+)/.exec(system)?.[1] ?? "";
}

// What an agent was given: the last message of the user, parsed when it is JSON.
export function dataOf(request) {
  const content = messageText(request.json?.messages?.findLast(({ role }) => role === "user"));
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}

function parseHead(bytes) {
  const [first, ...lines] = bytes.toString("latin1").split("\r\n");
  const [method, target] = first.split(" ");
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { method, path: target, headers };
}

// Takes a chunked body off the front: its bytes and what is behind it; null: not yet whole.
function takeChunked(bytes) {
  const parts = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = lineEnd < 0 ? NaN : parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (!(bytes.length >= lineEnd + 4 + size)) {
      return null;
    }
    at = lineEnd + 4 + size;
    if (size === 0) {
      return { content: Buffer.concat(parts), rest: bytes.subarray(at) };
    }
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
  }
}

// Takes one request off the front of what came; null: it is not yet whole.
function takeRequest(bytes) {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) {
    return null;
  }
  const request = parseHead(bytes.subarray(0, headEnd));
  const after = bytes.subarray(headEnd + HEAD_END.length);
  const length = Number(request.headers["content-length"] ?? 0);
  const taken = /chunked/i.test(request.headers["transfer-encoding"] ?? "") ? takeChunked(after)
    : after.length >= length ? { content: after.subarray(0, length), rest: after.subarray(length) } : null;
  return taken && { ...request, body: taken.content.toString(), rest: taken.rest };
}

function parsed(content) {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

// --- the server ---------------------------------------------------------------

// One connection: requests one after the other, each answered before the next is read.
class Connection {
  constructor(socket, number, answerTo) {
    Object.assign(this, { socket, number, answerTo, requests: [], received: Buffer.alloc(0), isBusy: false });
    this.stop = new AbortController();
    this.isContinued = false;
    socket.setNoDelay(true);
    socket.on("data", (data) => this.take(data));
    socket.on("end", () => this.leave());
    socket.on("error", () => this.leave());
    socket.on("close", () => this.leave());
  }

  // The client is gone: what is being written to it ends.
  leave() {
    for (const request of this.requests.filter(({ goneAt }) => goneAt === null)) {
      request.goneAt = Date.now();
      request.tellGone(request.goneAt);
    }
    this.stop.abort();
    this.socket.destroy();
  }

  take(data) {
    this.received = Buffer.concat([this.received, data]);
    if (!this.isContinued && !this.isBusy && /\r\nexpect: *100-continue/i.test(this.received.toString("latin1", 0, 4096))) {
      this.isContinued = true;
      this.socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    this.serve();
  }

  async serve() {
    while (!this.isBusy) {
      const taken = takeRequest(this.received);
      if (!taken) {
        return;
      }
      this.received = taken.rest;
      this.isContinued = false;
      this.isBusy = true;
      const request = this.remember(taken);
      const end = await this.play((await this.answerTo(request)).steps);
      request.answeredAt = end === "gone" || end === "hang" ? null : Date.now();
      if (end !== "keep") {
        return;
      }
      this.isBusy = false;
    }
  }

  remember({ method, path: target, headers, body: content }) {
    const request = {
      method, path: target, headers, body: content, json: parsed(content), at: Date.now(),
      connection: this.number, answeredAt: null, goneAt: null,
    };
    request.gone = new Promise((resolve) => (request.tellGone = resolve));
    this.requests.push(request);
    return request;
  }

  async play(steps) {
    try {
      for (const step of steps) {
        if (this.socket.destroyed) {
          return "gone";
        }
        if (step.end !== undefined) {
          return this.finish(step.end);
        }
        await this.step(step);
      }
    } catch (failure) {
      if (failure.name !== "AbortError") {
        throw failure;
      }
      return "gone";
    }
    return this.finish("keep");
  }

  async step(step) {
    if (typeof step === "string" || Buffer.isBuffer(step)) {
      await this.write(step);
      return;
    }
    if (step.forever === undefined) {
      await sleep(step.pauseMs, undefined, { signal: this.stop.signal });
      return;
    }
    while (!this.socket.destroyed) {
      await this.write(step.forever);
      await sleep(step.pauseMs ?? 0, undefined, { signal: this.stop.signal });
    }
  }

  async write(bytes) {
    if (!this.socket.write(bytes)) {
      await once(this.socket, "drain", { signal: this.stop.signal });
    }
  }

  finish(end) {
    if (end === "fin") {
      this.socket.end();
    } else if (end === "rst") {
      this.socket.resetAndDestroy();
    }
    return end;
  }
}

const helpers = { raw, head, body, error, drop, hang, chunk, stream, text, json, completion, vectors, agentOf, dataOf, DONE };

// Starts an endpoint on 127.0.0.1. `on` is a function of the request (it may be async) or a
// list of answers, one a request. Of each request it keeps: method, path, headers (small
// letters), body, json, at, connection (a number), answeredAt (null: it never was to the end),
// goneAt and the promise gone (when the client closed the connection). All times are Date.now().
export async function fake({ on, port = 0 } = {}) {
  const requests = [];
  const connections = new Set();
  let opened = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection = new Connection(socket, ++opened, async (request) => {
      requests.push(request);
      const nth = requests.length;
      const answer = typeof on === "function" ? await on(request, { nth, ...helpers }) : on[nth - 1];
      return answer ?? error(400, { error: { message: `no answer for request ${nth}`, code: "no_script" } });
    });
    connections.add(connection);
    socket.on("close", () => connections.delete(connection));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: `${origin}/v1`,
    port: server.address().port,
    requests,
    connectionCount: () => opened,
    openCount: () => connections.size,
    // Requests of one agent.
    of: (agent) => requests.filter((request) => agentOf(request) === agent),
    async close() {
      server.close();
      connections.forEach((connection) => connection.leave());
      await once(server, "close");
    },
  };
}

async function main() {
  const { values } = parseArgs({ options: { port: { type: "string", default: "0" }, script: { type: "string" } } });
  if (!values.script) {
    console.error("usage: node tests/llm/fake.mjs --port PORT --script SCRIPT.mjs");
    process.exit(2);
  }
  const { default: on } = await import(pathToFileURL(path.resolve(values.script)));
  const server = await fake({ on, port: Number(values.port) });
  console.log(`The fake endpoint is ready at ${server.url}`);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => server.close());
  }
}

// Not awaited: a script may import this file, which then must have been evaluated.
if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main();
}
