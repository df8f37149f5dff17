// The document is sound, and it has the operations that the programs have.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { decode, visibleText } from "../web/page.mjs";
import { routes } from "../web/routes.mjs";
import { LANGUAGES, stranger } from "../web/story.mjs";
import { document, file, operations } from "./document.mjs";
import { startViva } from "./world.mjs";

const here = path.dirname(new URL(import.meta.url).pathname);

let viva;

before(async () => {
  viva = await startViva();
});
after(() => viva?.stop());

function lint() {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const args = ["lint", "--config", path.join(here, "redocly.yaml"), "--format", "json", file];
  return new Promise((resolve) => {
    execFile(path.join(here, "node_modules/.bin/redocly"), args, { env }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, stdout, stderr }));
  });
}

test("redocly lint is clean", async () => {
  const { status, stdout, stderr } = await lint();
  const { totals, problems } = JSON.parse(stdout.slice(stdout.indexOf("{")));
  assert.deepEqual({ ...totals, problems }, { errors: 0, warnings: 0, ignored: 0, problems: [] }, stderr);
  assert.equal(status, 0);
});

test("the document has every route below /api, and no other", () => {
  const described = operations.map(({ method, path: at }) => `${method} ${at.replace(/\{[^}]+\}/g, "*")}`);
  const served = routes.filter((route) => /^\/api(\/|$)/.test(route.path)).map((route) => `${route.method} ${route.path}`);
  assert.ok(served.length > 20);
  assert.deepEqual(described.sort(), served.sort());
});

test("what may be sent is what the routes take", () => {
  for (const { method, path: at, fields } of routes.filter((route) => route.path.startsWith("/api/"))) {
    const operation = operations.find((one) => one.method === method && one.path.replace(/\{[^}]+\}/g, "*") === at);
    assert.deepEqual(Object.keys(operation.body?.properties ?? {}).sort(), [...fields].sort(), `${method} ${at}`);
  }
});

test("only what needs no token says so", () => {
  for (const { method, path: at, who } of routes.filter((route) => /^\/api(\/|$)/.test(route.path))) {
    const operation = operations.find((one) => one.method === method && one.path.replace(/\{[^}]+\}/g, "*") === at);
    assert.equal(operation.isOpen, who === "ANYONE", `${method} ${at}`);
    assert.equal("401" in operation.responses, who !== "ANYONE" || /login|refresh/.test(at), `${method} ${at}`);
  }
});

test("the served document is the file, and is sent once", async () => {
  const visitor = stranger(viva);
  const reply = await visitor.get("/api/openapi.yaml");
  assert.equal(reply.headers["content-type"], "application/yaml");
  assert.equal(reply.text, readFileSync(file, "utf8"));
  const again = await visitor.get("/api/openapi.yaml", { headers: { "If-None-Match": reply.headers.etag } });
  assert.deepEqual([again.status, again.text], [304, ""]);
});

for (const language of LANGUAGES) {
  test(`the page about the API lists every operation in ${language}`, async () => {
    const { text } = await stranger(viva, language).get("/api");
    const rows = [...text.matchAll(/<li><code><b>(\w+)<\/b> ([^<]+)<\/code> <span>([^<]+)<\/span>/g)];
    const summary = language === "en" ? "summary" : `x-summary-${language}`;
    const expected = operations.map(({ method, path: at }) =>
      `${method} ${at} ${document.paths[at][method.toLowerCase()][summary]}`);
    assert.deepEqual(rows.map(([, method, at, words]) => `${method} ${at} ${decode(words)}`).sort(), expected.sort());
    assert.ok(!visibleText(text).includes("undefined"));
  });
}
