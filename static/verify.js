// Checks the signature of a report in the browser: nothing of the file leaves it. The same
// script stands in the page to keep (/verify/offline.html). Without Ed25519 in the browser
// the form goes to the server, which says the same.
"use strict";

const MOST_BYTES = 64 * 1024 * 1024;
const DEEPEST = 64;

// --- canonical JSON (RFC 8785) ----------------------------------------------------

// JSON.stringify writes numbers and strings as the standard wants them; what two readers
// could read apart is refused.
function canonical(value, depth = 0) {
  const isInner = value !== null && typeof value === "object";
  if ((isInner && depth >= DEEPEST) || (typeof value === "number" && !Number.isFinite(value)) ||
      (typeof value === "string" && /[\0\p{Surrogate}]/u.test(value))) {
    throw new SyntaxError("no canonical form");
  }
  if (Array.isArray(value)) {
    return `[${value.map((element) => canonical(element, depth + 1)).join(",")}]`;
  }
  if (isInner) {
    const members = Object.keys(value).sort(); // by UTF-16 code units
    return `{${members.map((name) => `${canonical(name)}:${canonical(value[name], depth + 1)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

// JSON.parse takes the last of two members of one name.
function hasTwins(text, document) {
  const strings = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?/g) ?? [];
  const named = strings.filter((string) => string.endsWith(":")).length;
  const count = (value) =>
    value !== null && typeof value === "object"
      ? Object.values(value).reduce((sum, inner) => sum + count(inner), Array.isArray(value) ? 0 : Object.keys(value).length)
      : 0;
  return named !== count(document);
}

// --- the verdict ------------------------------------------------------------------

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

async function isSigned(key, value, message) {
  try {
    const imported = await crypto.subtle.importKey("raw", bytesOf(key.public_key), "Ed25519", false, ["verify"]);
    return btoa(atob(value)) === value &&
      await crypto.subtle.verify("Ed25519", imported, bytesOf(value), new TextEncoder().encode(message));
  } catch {
    return false;
  }
}

// { state, document }; the states are those of lib/seal/seal.h.
async function judge(bytes, keys) {
  let document, text, written;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    document = JSON.parse(text);
    written = canonical(document);
  } catch {
    return { state: "unreadable" };
  }
  if (document === null || typeof document !== "object" || Array.isArray(document) || hasTwins(text, document)) {
    return { state: "unreadable" };
  }
  const { signature, ...rest } = document;
  const { algorithm, key_id: keyId, value } = signature ?? {};
  if (algorithm !== "Ed25519" || typeof keyId !== "string" || typeof value !== "string") {
    return { state: "unsigned", document };
  }
  const key = keys.find(({ key_id: id }) => id === keyId);
  if (!key) {
    return { state: "unknown", document };
  }
  if (!(await isSigned(key, value, canonical(rest))) || Object.keys(signature).length !== 3) {
    return { state: "changed", document };
  }
  const isAsWritten = written === text && new TextEncoder().encode(written).length === bytes.length;
  return { state: isAsWritten ? "valid" : "rewritten", document };
}

// --- the page ---------------------------------------------------------------------

const box = globalThis.document?.getElementById("verify");

function factsOf(document) {
  const report = document.report ?? document;
  const overall = report.metrics?.overall ?? {};
  const number = (value) => (typeof value === "number" ? value.toLocaleString(box.lang) : "–");
  return {
    participant: report.participant,
    role: report.role?.title,
    level: box.dataset[report.level],
    date: report.finished_at?.slice(0, 10),
    score: `${number(overall.total_score)} / ${number(overall.max_total_score)}`,
    key: document.signature.key_id,
  };
}

function show({ state, document }) {
  const isGenuine = state === "valid" || state === "rewritten";
  const facts = isGenuine ? factsOf(document) : {};
  for (const verdict of box.querySelectorAll("[data-state]")) {
    verdict.hidden = verdict.dataset.state !== state;
  }
  box.querySelector("[data-facts]").hidden = !isGenuine;
  for (const field of box.querySelectorAll("[data-fact]")) {
    field.textContent = facts[field.dataset.fact] ?? "–";
  }
}

async function hasEd25519(keys) {
  try {
    await crypto.subtle.importKey("raw", bytesOf(keys[0].public_key), "Ed25519", false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

async function begin() {
  const { keys } = JSON.parse(box.dataset.keys);
  const form = box.querySelector("form");
  const isAble = await hasEd25519(keys);
  for (const note of box.querySelectorAll("[data-when]")) {
    note.hidden = note.dataset.when !== (isAble ? "able" : "unable");
  }
  if (!isAble) {
    return;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = form.elements.file.files;
    if (file) {
      show(file.size > MOST_BYTES ? { state: "large" } : await judge(new Uint8Array(await file.arrayBuffer()), keys));
    }
  });
  box.dataset.ready = "1";
}

if (box) {
  begin();
}
