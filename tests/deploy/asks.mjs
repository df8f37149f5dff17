// What every server in front of Viva has to do besides passing pages on.
import assert from "node:assert/strict";
import { tags, visibleText } from "../web/page.mjs";

// Static files have an address of their own for each version and may be kept for ever.
export async function assertFiles(url) {
  const page = await (await fetch(`${url}/`)).text();
  const { src } = tags(page, "script").find((tag) => tag.src?.endsWith("/viva.js"));
  const reply = await fetch(new URL(src, url));
  assert.equal(reply.status, 200);
  assert.match(reply.headers.get("content-type"), /^(application|text)\/javascript; *charset=utf-8$/i);
  assert.equal(reply.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.equal(reply.headers.get("x-content-type-options"), "nosniff");
  assert.ok((await reply.text()).includes("data-once"));
  for (const hidden of ["static/viva.js", "static/abc/../../viva.db", "static/", ".htaccess", "account.cgi", "account.fcgi"]) {
    assert.equal((await fetch(`${url}/${hidden}`)).status, 404, hidden);
  }
}

// A body over the limit is refused with the program's own page, in the visitor's language.
export async function assertTooLarge(url, bytes) {
  const reply = await fetch(`${url}/login`, {
    method: "POST",
    headers: { "accept-language": "ru", "content-type": "application/x-www-form-urlencoded" },
    body: `username=${"x".repeat(bytes)}`,
  });
  const text = await reply.text();
  assert.equal(reply.status, 413, visibleText(text));
  assert.match(text, /<html lang="ru">/);
}
