// Requests that are wrong in one way each, made of the document.
import { resolve } from "./document.mjs";

const SAMPLES = { null: null, boolean: true, number: 1.5, string: "x", array: [1], object: { a: 1 } };

const typesOf = (schema) => [schema.type ?? Object.keys(SAMPLES)].flat().map((type) => (type === "integer" ? "number" : type));

// Values that the schema does not allow: [what is wrong, value].
export function wrongValues(given) {
  const schema = resolve(given);
  const types = typesOf(schema);
  const wrong = Object.entries(SAMPLES).filter(([type]) => !types.includes(type)).map(([type, value]) => [`is ${type}`, value]);
  const add = (what, value) => wrong.push([what, value]);
  if (schema.maxLength !== undefined) {
    add("is too long", "x".repeat(schema.maxLength + 1));
  }
  if (schema.minLength > 0) {
    add("is too short", "x".repeat(schema.minLength - 1));
  }
  if (schema.enum) {
    add("is no choice", types.includes("string") ? "no-such-choice" : 7919);
  }
  if (schema.minimum !== undefined) {
    add("is too small", schema.minimum - 1);
  }
  if (schema.maximum !== undefined) {
    add("is too large", schema.maximum + 1);
  }
  if ([schema.type].flat().includes("integer")) {
    add("is no whole number", 1.5);
    add("is enormous", 1e300);
  }
  if (schema.maxItems !== undefined) {
    add("has too many items", Array(schema.maxItems + 1).fill({}));
  }
  if (schema.items) {
    wrongValues(schema.items).forEach(([what, value]) => add(`has an item that ${what}`, [value]));
  }
  return wrong;
}

// Bodies that are wrong in one member: [what is wrong, text].
function wrongMembers(schema, right) {
  const wrong = [["has an unknown member", { ...right, no_such_member: 1 }], ["has a hostile member", { ...right, __proto__1: {}, "": 1 }]];
  for (const name of schema.required ?? []) {
    const { [name]: gone, ...rest } = right;
    wrong.push([`lacks ${name}`, rest]);
  }
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    wrongValues(member).forEach(([what, value]) => wrong.push([`${name} ${what}`, { ...right, [name]: value }]));
  }
  const texts = wrong.map(([what, body]) => [what, JSON.stringify(body)]);
  const [first] = Object.keys(right);
  if (first) {
    const text = JSON.stringify(right);
    texts.push([`has ${first} twice`, `${text.slice(0, -1)},${JSON.stringify(first)}:${JSON.stringify(right[first])}}`]);
  }
  return texts;
}

const DEEP = 10000;

// Bodies that are no such object at all.
const NO_OBJECTS = [
  ["is broken", '{"a":'],
  ["is no JSON", "username=a&password=b"],
  ["is an array", "[]"],
  ["is a text", '"x"'],
  ["is a number", "7"],
  ["is null", "null"],
  ["has bytes that are no text", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ["has a NUL", '{"a":"\\u0000"}'],
  ["is very deep", "[".repeat(DEEP) + "]".repeat(DEEP)],
  ["goes on behind its end", "{}{}"],
  ["is much too large", JSON.stringify({ a: "x".repeat(600 * 1024) })],
];

const JSON_TYPE = { "Content-Type": "application/json" };

/*
 * Wrong requests to an operation whose right body and path are given: [{ what, method, path,
 * headers, body }]. `foreign` are paths with the id of others; the token is added by the caller.
 */
export function wrongRequests(operation, { path, foreign, body = {} }) {
  const list = [];
  const add = (what, changes) => list.push({ what, method: operation.method, path, ...changes });
  const hasBody = operation.method !== "GET";
  const right = hasBody ? { headers: JSON_TYPE, body: JSON.stringify(body) } : {};

  foreign.forEach((at) => add(`somebody else's or nobody's: ${at.slice(0, 80)}`, { ...right, path: at }));
  for (const parameter of operation.parameters.filter((one) => one.in === "query")) {
    const values = wrongValues(parameter.schema).filter(([, value]) => ["string", "number"].includes(typeof value));
    const isNumber = [parameter.schema.type].flat().includes("integer");
    for (const [what, value] of values.filter(([, value]) => isNumber || typeof value === "string")) {
      add(`${parameter.name} ${what}`, { path: `${path}?${parameter.name}=${encodeURIComponent(value)}` });
    }
  }
  if (!hasBody) {
    return list;
  }
  NO_OBJECTS.forEach(([what, text]) => add(`the body ${what}`, { headers: JSON_TYPE, body: text }));
  wrongMembers(resolve(operation.body) ?? {}, body).forEach(([what, text]) => add(what, { headers: JSON_TYPE, body: text }));
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data; boundary=x", ""]) {
    add(`the body is sent as "${type}"`, { headers: { "Content-Type": type }, body: JSON.stringify(body) });
  }
  if (operation.parameters.some(({ name }) => name === "Idempotency-Key")) {
    for (const key of ["x".repeat(201), "with a space", "é"]) {
      add(`Idempotency-Key ${key.slice(0, 20)}`, { ...right, headers: { ...JSON_TYPE, "Idempotency-Key": key } });
    }
  }
  return list;
}
