// What a visitor may be shown when something is broken: a page of ours in their language, below
// /api a problem document. Never a blank, never the words of a server in between.
import assert from "node:assert/strict";
import { Client } from "../web/client.mjs";
import { visibleText } from "../web/page.mjs";

const CYRILLIC = /[а-яіїєґё]/i;

function checkProblem(reply, where) {
  assert.match(reply.headers["content-type"] ?? "", /^application\/problem\+json/, `${where}: ${reply.text.slice(0, 300)}`);
  assert.equal(JSON.parse(reply.text).status, reply.status, where);
}

function checkPage(reply, where, language) {
  assert.match(reply.headers["content-type"] ?? "", /^text\/html/, `${where}: ${reply.text.slice(0, 300)}`);
  const [, shown] = reply.text.match(/<html lang="(\w+)"/) ?? [];
  assert.equal(shown, language, `${where}: ${reply.text.slice(0, 300)}`);
  const words = visibleText(reply.text.replace(/<(textarea|pre|code)\b[^]*?<\/\1>/g, "")); // what was typed is in any
  assert.ok(words.length > 40, `${where}: a blank page`);
  assert.equal(CYRILLIC.test(words.replace(/English|Русский|Українська/g, "")), language !== "en", `${where}: ${words}`);
  assert.ok(reply.headers["content-security-policy"], `${where}: no policy`);
}

// Throws unless the reply is one that a visitor may see.
export function checkReply(reply, path, language) {
  const where = `${path} answered ${reply.status}`;
  assert.notEqual(reply.status, 502, where);
  assert.notEqual(reply.status, 504, where);
  assert.doesNotMatch(reply.text, /<center>nginx/, where);
  if (reply.status < 500) {
    return;
  }
  if (path.startsWith("/api/")) {
    checkProblem(reply, where);
  } else {
    checkPage(reply, where, language);
  }
}

// A browser that looks at each reply. `shown` is told of those that are not as they should be.
export class Observer extends Client {
  constructor(url, language, tally) {
    super(url, { "Accept-Language": language });
    Object.assign(this, { language, tally });
  }

  async request(method, path, options) {
    try {
      const reply = await super.request(method, path, options);
      this.tally.count(reply.status);
      this.tally.look(() => checkReply(reply, path, this.language));
      return reply;
    } catch (fault) {
      this.tally.count(fault.code ?? "timeout");
      throw fault;
    }
  }
}

// How often which status was answered, and what was wrong with replies.
export class Tally {
  constructor() {
    this.counts = new Map();
    this.faults = [];
  }

  count(what) {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  look(check) {
    try {
      check();
    } catch (fault) {
      this.faults.push(fault.message.split("\n")[0].slice(0, 600));
    }
  }

  toString() {
    return [...this.counts].map(([what, times]) => `${what} ${times}`).join(", ");
  }
}
