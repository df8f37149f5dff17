// One document, one spelling: what the server writes and what browsers compute are the same
// bytes, and both refuse the same.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { buildFolder, root } from "./instance.mjs";
import { verifier } from "./verifier.mjs";

// The server's spelling of each text, in one run of the tool.
function servers(texts) {
  const output = execFileSync(path.join(root, buildFolder(), "tools/canonical"), {
    input: texts.map((text) => `${text}\n`).join(""),
    maxBuffer: 256 << 20,
  });
  return output.toString().split("\n").slice(0, -1);
}

function browsers(text) {
  try {
    const value = JSON.parse(text);
    return verifier.hasTwins(text, value) ? "refused" : verifier.canonical(value);
  } catch {
    return "refused";
  }
}

function assertAlike(texts) {
  const theirs = servers(texts);
  assert.equal(theirs.length, texts.length);
  texts.forEach((text, i) => assert.equal(theirs[i], browsers(text), text.slice(0, 200)));
  return theirs;
}

// The same numbers in every run.
function randomness(seed) {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
    return Number(state >> 33n);
  };
}

function doubleOf(bits) {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt.asUintN(64, bits));
  return view.getFloat64(0);
}

test("numbers", () => {
  const random = randomness(1);
  const numbers = ["1e21", "1e20", "5e-324", "2.2250738585072014e-308", "1.7976931348623157e308", "-0", "-0.0", "0.1", "1e-6",
    "1e-7", "123456789012345678901234567890", "0.30000000000000004", "9007199254740993", "4.35", "1E2", "1e999", "-1e999"];
  for (let exponent = -1074; exponent < 1024; exponent++) {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setFloat64(0, 2 ** exponent);
    const power = bits.getBigUint64(0);
    numbers.push(...[power - 1n, power, power + 1n].map(doubleOf).filter(Number.isFinite).map(String));
  }
  for (let i = 0; i < 8000; i++) {
    const any = doubleOf((BigInt(random()) << 33n) ^ (BigInt(random()) << 8n) ^ BigInt(random()));
    numbers.push(...[any, random() / 1000, random() / 997].filter(Number.isFinite).map(String));
  }
  const spelled = assertAlike(numbers);
  assert.deepEqual(spelled.slice(0, 7), ["1e+21", "100000000000000000000", "5e-324", "2.2250738585072014e-308",
    "1.7976931348623157e+308", "0", "0"]);
});

test("what only one of the two could read is refused by both", () => {
  const deep = (depth) => "[".repeat(depth) + "]".repeat(depth);
  const refused = ["", "{", "[1,]", "[01]", "[1.]", "nan", "'a'", '"\\ud800"', '["\\udc00\\ud800"]', '"\\u0000"', '{"a":1,"a":1}',
    '{"a":{"b":1,"\\u0062":2}}', '{"\\u0000":1}', "[1e400]", '"a\tb"', deep(65), '{"a":1}{}'];
  assert.ok(assertAlike(refused).every((spelling) => spelling === "refused"));
  assert.equal(assertAlike([deep(64)])[0], deep(64));
});

test("strings and the order of members", () => {
  const random = randomness(2);
  const letters = ["a", "b", "Z", "1", "", " ", '"', "\\", "/", "\b", "\f", "\r", "\u001f", "\u007f", "\u0080", "ö", "Ї", "€",
    "\u2028", "\ud7ff", "\ue000", "\uffff", "\ufb33", "😀", "𐀀", "\u{10ffff}", ":", "__proto__", "signature"];
  const word = () => Array.from({ length: random() % 4 }, () => letters[random() % letters.length]).join("");
  const value = (depth) => {
    const kind = random() % (depth > 3 ? 4 : 6);
    const many = () => Array.from({ length: random() % 6 }, () => [word(), value(depth + 1)]);
    return [() => word(), () => random() % 100 / 8, () => null, () => random() % 2 === 0, () => many().map(([, inner]) => inner),
      () => Object.fromEntries(many())][kind]();
  };
  const escaped = (text) => text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const documents = Array.from({ length: 3000 }, () => JSON.stringify(value(0)));
  assertAlike([...documents, ...documents.map(escaped)]);
});
