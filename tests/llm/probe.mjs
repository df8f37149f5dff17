// Drives lib/llm through the program llm_probe against the fake endpoint.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildFolder, root } from "../web/instance.mjs";
import { fake } from "./fake.mjs";

// The key of every call; no program may print it, whatever the endpoint says.
export const KEY = "sk-fake-0123456789abcdef";

const PROBE_MS = 50000;
const SANITIZER_REPORT = /(AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:)[^\n]*/;
const MESSAGES = [
  { role: "system", content: "# tester\nAnswer as json when asked to." },
  { role: "user", content: "Say something." },
];

// Runs a program of the build folder: { status, output, log }.
export async function program(name, args, { input = "", env = {} } = {}) {
  const child = spawn(path.resolve(root, buildFolder(), name), args,
    { cwd: root, env: { ...process.env, ...env }, timeout: PROBE_MS });
  const output = [], log = [];
  child.stdout.on("data", (data) => output.push(data));
  child.stderr.on("data", (data) => log.push(data));
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [status, signal] = await once(child, "close");
  const said = { status: status ?? signal, output: Buffer.concat(output).toString(), log: Buffer.concat(log).toString() };
  assert.ok(!`${said.output}${said.log}`.includes(KEY), `the key was printed:\n${said.output}\n${said.log}`);
  assert.doesNotMatch(said.log, SANITIZER_REPORT);
  return said;
}

// One run of the probe; the calls are as tests/tools/llm_probe.c says.
export async function probe(server, { settings = {}, calls, together = false }) {
  const input = JSON.stringify({
    settings: { base_url: server.url, api_key: KEY, ...settings },
    calls: calls.map((call) => (call.embed || call.post ? call
      : { ...call, request: { messages: MESSAGES, model: "fake", ...call.request } })),
    together,
  });
  const { status, output, log } = await program("tools/llm_probe", [], { input });
  assert.equal(status, 0, `llm_probe ended with ${status}:\n${output}${log}`);
  return { ...JSON.parse(output), log };
}

// Whatever was asked and answered: what the reader saw is what is stored, whole characters.
function checkPieces(result) {
  assert.ok(result.is_valid, "the text is not UTF-8");
  assert.ok(result.pieces.every(({ is_valid: isValid }) => isValid), "a piece is not UTF-8");
  if (result.pieces.length > 0) {
    assert.equal(result.pieces.map(({ text }) => text).join(""), result.text, "the pieces are not the text");
  }
}

// A fake endpoint that is closed when the test ends.
export async function serve(t, on) {
  const server = await fake({ on });
  t.after(() => server.close());
  return server;
}

// One call; `call` may hold settings beside what the probe knows.
export async function ask(server, { settings, ...call } = {}) {
  const { results: [result] } = await probe(server, { settings, calls: [call] });
  checkPieces(result);
  return result;
}

// One call to a scripted endpoint. `expected` names members of the result; `requests` is
// required and is also what the endpoint must have seen. Regular expressions match texts.
export async function expect(t, on, expected, call = {}) {
  const server = await serve(t, on);
  const result = await ask(server, call);
  compare(server, result, expected);
  return { server, result };
}

export function compare(server, result, expected) {
  const story = JSON.stringify(result);
  assert.ok(Number.isInteger(expected.requests), "a scenario says how many requests it takes");
  for (const [name, value] of Object.entries(expected)) {
    if (value instanceof RegExp) {
      assert.match(String(result[name]), value, `${name} of ${story}`);
    } else {
      assert.deepEqual(result[name], value, `${name} of ${story}`);
    }
  }
  assert.equal(server.requests.length, expected.requests, `requests seen; ${story}`);
  if (result.class === "ok") {
    assert.equal(result.error, "", story);
  } else {
    assert.notEqual(result.error, "", story);
  }
}

// What a JSON agent of these tests must answer.
export const SCHEMA = {
  type: "object",
  properties: { mark: { type: "integer", minimum: 0, maximum: 5 }, word: { type: "string" } },
  required: ["mark", "word"],
  additionalProperties: false,
};
export const GOOD = { mark: 3, word: "naïve 漢字" };
export const wantJson = (request = {}) => ({ request: { schema_name: "mark", schema: SCHEMA, ...request } });

// A new folder that goes when the test ends.
export function folder(t) {
  const name = mkdtempSync(path.join(tmpdir(), "viva-llm-"));
  t.after(() => rmSync(name, { recursive: true, force: true }));
  return name;
}

// A cancelled call returns, and its connection is closed, within this.
export const PROMPT_MS = 200;
