// `make bench`, the model's part: what the way from an endpoint to a reader adds to each
// token, and what many streams at once cost. The endpoint says in each token when it sent it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { scriptedModel } from "../llm/model.mjs";
import { formBody } from "../web/client.mjs";
import { root, startInstance } from "../web/instance.mjs";
import { openChat, register, startInterview } from "../web/story.mjs";

const STREAMS = Number(process.env.BENCH_STREAMS ?? 500);
const FEW = 20;
const TOKENS = 80;
const INTERVAL_MS = 250; // four tokens a second and stream
const GATE = 5; // the first words are held until their language is known
const build = path.resolve(root, process.env.VIVA_BUILD ?? "build");

const nowUs = () => Number(process.hrtime.bigint() / 1000n);
const percentile = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * share)];

function row(name, value, bar) {
  console.log(`${name.padEnd(58)} ${String(value).padStart(12)}   ${bar}`);
}

async function startEndpoint() {
  const args = ["0", String(TOKENS), String(INTERVAL_MS * 1000)];
  const child = spawn(path.join(build, "bench/llm_endpoint"), args, { stdio: ["ignore", "pipe", "inherit"] });
  const output = [];
  child.stdout.on("data", (data) => output.push(data));
  await once(child.stdout, "data");
  const [, port] = /^ready (\d+)/.exec(Buffer.concat(output).toString());
  const stop = async () => {
    child.kill("SIGTERM");
    await once(child, "close");
    return JSON.parse(Buffer.concat(output).toString().trim().split("\n").at(-1));
  };
  return { url: `http://127.0.0.1:${port}/v1`, stop };
}

// Sums over the instance's programs, in MiB: resident sets, and with shared pages shared out.
function memory(instance) {
  let resident = 0;
  let proportional = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const program = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0];
      if (!program.startsWith(`${build}/`) || !readFileSync(`/proc/${pid}/environ`, "utf8").includes(`VIVA_VAR=${instance.var}\0`)) {
        continue;
      }
      const sums = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
      resident += Number(/^Rss:\s+(\d+)/m.exec(sums)[1]) / 1024;
      proportional += Number(/^Pss:\s+(\d+)/m.exec(sums)[1]) / 1024;
    } catch {
      continue; // the process ended meanwhile
    }
  }
  return { resident, proportional };
}

// Presses Skip with a reader of the stream; gives the delays of its tokens in microseconds.
function readStream(person, chat, delays) {
  const body = formBody({ csrf: chat.csrf, nonce: chat.nonce, question_id: chat.questionId, answer: "", action: "skip" });
  return new Promise((resolve, reject) => {
    let tail = "";
    let seen = 0;
    const request = http.request(`${person.url}/interviews/${chat.id}/turns`, {
      method: "POST", agent: false,
      headers: {
        Accept: "text/event-stream", Cookie: person.cookieHeader(),
        "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body),
      },
    }, (reply) => {
      reply.on("data", (data) => {
        const now = nowUs();
        const text = tail + data.toString("latin1");
        let end = 0;
        for (const match of text.matchAll(/word@(\d{16})/g)) {
          seen += 1;
          end = match.index + match[0].length;
          if (seen > GATE && seen <= TOKENS) { // the last event repeats them all
            delays.push(now - Number(match[1]));
          }
        }
        tail = text.slice(Math.max(end, text.length - 64));
      });
      reply.on("end", () => (seen >= TOKENS && reply.statusCode === 200
        ? resolve() : reject(new Error(`a stream ended with ${seen} tokens, status ${reply.statusCode}`))));
      reply.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function manyChats(person, count) {
  const chats = [];
  for (let i = 0; i < count; i++) {
    chats.push(await openChat(person, await startInterview(person, { question_count: "2" })));
  }
  return chats;
}

async function measureStreams(instance, person, count) {
  const chats = await manyChats(person, count);
  const delays = [];
  let errors = 0;
  let peak = { resident: 0, proportional: 0 };
  const watch = setInterval(() => {
    const now = memory(instance);
    peak = now.proportional > peak.proportional ? now : peak;
  }, 1000);
  await Promise.all(chats.map((chat) => readStream(person, chat, delays).catch((error) => {
    errors += 1;
    if (errors <= 3) {
      console.log(error.message);
    }
  })));
  clearInterval(watch);
  return { delays, errors, peak };
}

const settings = {
  OPENAI_MODEL: "bench", VIVA_INTERVIEWS_PER_DAY: "1000", VIVA_INTERVIEW_THREADS: String(Math.ceil(STREAMS / 2) + 8),
};

async function measureDelays() {
  const endpoint = await startEndpoint();
  const instance = await startInstance({ env: { ...settings, OPENAI_BASE_URL: endpoint.url } });
  try {
    const person = await register(instance);
    const few = await measureStreams(instance, person, FEW);
    row(`${FEW} streams: delay added per token, p50 ms`, (percentile(few.delays, 0.5) / 1000).toFixed(2), "");
    row(`${FEW} streams: delay added per token, p99 ms`, (percentile(few.delays, 0.99) / 1000).toFixed(2), "bar: 5");
    const many = await measureStreams(instance, person, STREAMS);
    row(`${STREAMS} streams at once: errors`, many.errors, "bar: 0");
    row(`${STREAMS} streams: delay added per token, p50 ms`, (percentile(many.delays, 0.5) / 1000).toFixed(2), "");
    row(`${STREAMS} streams: delay added per token, p99 ms`, (percentile(many.delays, 0.99) / 1000).toFixed(2), "");
    row("all programs together, shared pages counted once, MiB", many.peak.proportional.toFixed(0), "bar: 256");
    row("the sum of their resident sets, MiB", many.peak.resident.toFixed(0), "");
  } finally {
    await instance.stop();
    const sent = await endpoint.stop();
    row("the endpoint's own tokens were late by, ms (mean)", (sent.mean_late_us / 1000).toFixed(2), "the reference");
  }
}

// Milliseconds from a reader's leaving to the end of the endpoint's connection.
async function measureCancel() {
  const model = await scriptedModel({ pieces: 60, pauseMs: 100 });
  const instance = await startInstance({ env: { ...settings, OPENAI_BASE_URL: model.url } });
  const times = [];
  try {
    const person = await register(instance);
    for (const chat of await manyChats(person, 20)) {
      const body = formBody({ csrf: chat.csrf, nonce: chat.nonce, question_id: chat.questionId, answer: "", action: "skip" });
      const request = http.request(`${person.url}/interviews/${chat.id}/turns`, {
        method: "POST", agent: false,
        headers: {
          Accept: "text/event-stream", Cookie: person.cookieHeader(),
          "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body),
        },
      });
      request.on("error", () => {});
      request.end(body);
      const [reply] = await once(request, "response");
      reply.on("error", () => {});
      let text = "";
      for await (const data of reply) {
        text += data;
        if (text.includes("event: text")) {
          break; // which destroys the connection
        }
      }
      const left = Date.now();
      const asked = model.of("interviewer").at(-1);
      await asked.gone;
      times.push(asked.goneAt - left);
    }
    row("reader gone to upstream closed, p50 ms", percentile(times, 0.5), "");
    row("reader gone to upstream closed, worst of 20, ms", Math.max(...times), "bar: 200");
  } finally {
    await instance.stop();
    await model.close();
  }
}

console.log(`${TOKENS} tokens a stream, one each ${INTERVAL_MS} ms, through nginx and back to this program\n`);
await measureDelays();
await measureCancel();
