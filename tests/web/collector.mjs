// A fake collector of traces (OTLP/HTTP, Langfuse) that takes nothing on trust: every field of
// what comes must have the type that the protocol's JSON gives it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";

const MAX_BODY = 1 << 20;
const UINT64 = /^(0|[1-9]\d{0,19})$/;

function onlyKeys(object, keys, where) {
  assert.ok(object !== null && typeof object === "object" && !Array.isArray(object), `${where} is no object`);
  for (const key of Object.keys(object)) {
    assert.ok(keys.includes(key), `${where} has ${key}`);
  }
}

function checkValue(value, where) {
  const kinds = Object.keys(value);
  assert.equal(kinds.length, 1, `${where} has ${kinds}`);
  const [kind] = kinds;
  const checks = {
    stringValue: (it) => typeof it === "string",
    boolValue: (it) => typeof it === "boolean",
    intValue: (it) => typeof it === "string" && /^-?(0|[1-9]\d*)$/.test(it),
    doubleValue: (it) => typeof it === "number" && Number.isFinite(it),
    arrayValue: (it) => {
      onlyKeys(it, ["values"], where);
      it.values.forEach((one) => checkValue(one, where));
      return true;
    },
  };
  assert.ok(checks[kind]?.(value[kind]), `${where}: ${JSON.stringify(value)}`);
}

// A list of key and value as an object; every key once.
function attributesOf(list, where) {
  assert.ok(Array.isArray(list), `${where} is no list`);
  const found = {};
  for (const attribute of list) {
    onlyKeys(attribute, ["key", "value"], where);
    assert.equal(typeof attribute.key, "string");
    assert.ok(!(attribute.key in found), `${where}: ${attribute.key} stands twice`);
    checkValue(attribute.value, `${where}.${attribute.key}`);
    const [kind] = Object.keys(attribute.value);
    found[attribute.key] = kind === "arrayValue"
      ? attribute.value.arrayValue.values.map((one) => Object.values(one)[0])
      : kind === "intValue" ? Number(attribute.value.intValue) : attribute.value[kind];
  }
  return found;
}

function checkSpan(span) {
  const where = `span ${span.name}`;
  onlyKeys(span, ["traceId", "spanId", "parentSpanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano",
    "attributes", "status"], where);
  assert.match(span.traceId, /^(?!0{32})[0-9a-f]{32}$/, where);
  assert.match(span.spanId, /^(?!0{16})[0-9a-f]{16}$/, where);
  assert.ok(span.parentSpanId === undefined || /^[0-9a-f]{16}$/.test(span.parentSpanId), where);
  assert.ok(typeof span.name === "string" && span.name !== "");
  assert.ok([1, 3].includes(span.kind), where);
  assert.match(span.startTimeUnixNano, UINT64, where);
  assert.match(span.endTimeUnixNano, UINT64, where);
  assert.ok(BigInt(span.startTimeUnixNano) > 10n ** 18n, where);
  assert.ok(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano), `${where} ends before it starts`);
  assert.ok(BigInt(span.endTimeUnixNano) <= BigInt(Date.now() + 1000) * 1000000n, `${where} has not ended yet`);
  onlyKeys(span.status, ["code", "message"], where);
  assert.ok([undefined, 2].includes(span.status.code), where);
  return { ...span, attributes: attributesOf(span.attributes, where) };
}

// The spans of a request's body.
export function readSpans(body) {
  const document = JSON.parse(body);
  onlyKeys(document, ["resourceSpans"], "request");
  return document.resourceSpans.flatMap((resource) => {
    onlyKeys(resource, ["resource", "scopeSpans"], "resourceSpans");
    assert.equal(attributesOf(resource.resource.attributes, "resource")["service.name"], "viva");
    return resource.scopeSpans.flatMap((scope) => {
      onlyKeys(scope, ["scope", "spans"], "scopeSpans");
      assert.equal(scope.scope.name, "viva");
      assert.ok(scope.spans.length > 0 && scope.spans.length <= 128);
      return scope.spans.map(checkSpan);
    });
  });
}

async function readBody(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  assert.ok(body.length <= MAX_BODY, `${body.length} bytes`);
  return new TextDecoder("utf-8", { fatal: true }).decode(body);
}

// Starts one. `answer(request)` gives { status, headers, body }, or nothing to leave the request
// hanging; without it everything is taken. Gives { url, requests, faults, spans(), scores(),
// close() }; a request is { method, path, headers, body }.
export async function collector({ answer } = {}) {
  const requests = [];
  const faults = [];
  const state = { answer, busy: 0, mostAtOnce: 0 };
  const server = createServer(async (incoming, outgoing) => {
    state.busy += 1;
    state.mostAtOnce = Math.max(state.mostAtOnce, state.busy);
    outgoing.on("close", () => (state.busy -= 1));
    try {
      const request = { method: incoming.method, path: incoming.url, headers: incoming.headers, body: await readBody(incoming) };
      requests.push(request);
      const said = state.answer ? await state.answer(request) : { status: 200, body: "{}" };
      if (said) {
        outgoing.writeHead(said.status, { "Content-Type": "application/json", ...said.headers }).end(said.body ?? "");
      }
    } catch (error) {
      faults.push(error);
      outgoing.destroy();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  return Object.assign(state, {
    url,
    requests,
    faults,
    spans: () => requests.filter(({ path }) => path.endsWith("/v1/traces")).flatMap(({ body }) => readSpans(body)),
    scores: () => requests.filter(({ path }) => path.endsWith("/scores")).map(({ body }) => JSON.parse(body)),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
}
