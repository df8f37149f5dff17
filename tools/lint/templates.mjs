// Page templates: escaped values only, quoted attributes, nothing inline that the CSP
// forbids, no text outside {{#t}}…{{/t}}, a CSRF token in every form that posts.
import { blank, filesBelow, finding, lineAt, readText } from "./findings.mjs";

const NAMES = /\bviva\b/gi; // not translated
const SPOKEN = ["alt", "aria-label", "aria-description", "placeholder", "title"];

// Blanks messages and Mustache tags, so that what is left is literal.
function literalPart(text) {
  return text
    .replace(/\{\{!.*?\}\}/gs, blank)
    .replace(/\{\{#t\}\}.*?\{\{\/t\}\}/gs, blank)
    .replace(/\{\{\{?.*?\}?\}\}/gs, blank);
}

function hasLetters(text) {
  return /\p{L}/u.test(text.replace(NAMES, "").replace(/&#?\w+;/g, ""));
}

function checkAttributes(tag, report) {
  let rest = tag.replace(/^<[\w-]+/, "").replace(/\/?>$/, "");
  while (rest.trim() !== "") {
    const [whole, name, value] = rest.match(/^\s*([^\s=>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]*))?/) ?? [rest];
    rest = rest.slice(whole.length);
    if (name === undefined) {
      report(`cannot read the attributes at '${whole.trim()}'`);
    } else if (value !== undefined && !value.startsWith('"')) {
      report(`the value of ${name} needs double quotes`);
    } else if (/^on/i.test(name) || name.toLowerCase() === "style") {
      report(`inline ${name}`);
    } else if (/^"\s*javascript:/i.test(value ?? "")) {
      report(`${name} holds a script`);
    } else if (SPOKEN.includes(name) && hasLetters(value ?? "")) {
      report(`the text of ${name} stands outside {{#t}}`);
    }
  }
}

function checkHtml(file, text) {
  const literal = literalPart(text).replace(/<!--.*?-->/gs, blank).replace(/<!doctype[^>]*>/gi, blank);
  const pattern = /<\/?[a-z][\w-]*(?:"[^"]*"|'[^']*'|[^>"'])*>|[^<]+|</gi;
  for (const { 0: piece, index } of literal.matchAll(pattern)) {
    const report = (message) => finding(file, lineAt(text, index), message);
    if (!piece.startsWith("<")) {
      const at = piece.replace(NAMES, blank).search(/\p{L}/u);
      if (hasLetters(piece)) {
        finding(file, lineAt(text, index + Math.max(at, 0)), `text outside {{#t}}: '${piece.trim()}'`);
      }
    } else if (piece === "<") {
      report("a < that opens no tag");
    } else if (!piece.startsWith("</")) {
      checkAttributes(piece, report);
      if (/^<style\b/i.test(piece) || (/^<script\b/i.test(piece) && !/\ssrc\s*=/i.test(piece))) {
        report("inline style or script");
      }
    }
  }
}

function checkForms(file, text) {
  for (const { 0: tag, index } of text.matchAll(/<form\b(?:"[^"]*"|[^>"])*>/gi)) {
    const end = text.indexOf("</form>", index);
    const form = text.slice(index, end < 0 ? undefined : end);
    if (/method\s*=\s*"?post/i.test(tag) && !form.includes("{{> partials/csrf}}")) {
      finding(file, lineAt(text, index), "a form that posts needs {{> partials/csrf}}");
    }
  }
}

for (const file of filesBelow("templates", /\.html$/)) {
  const text = readText(file);
  for (const { 0: tag, index } of text.matchAll(/\{\{\{|\{\{\s*&/g)) {
    finding(file, lineAt(text, index), `${tag} does not escape`);
  }
  checkHtml(file, text);
  checkForms(file, text);
}
for (const file of filesBelow("templates", /\.txt$/)) {
  const text = readText(file);
  literalPart(text).split("\n").forEach((line, i) => {
    if (hasLetters(line)) {
      finding(file, i + 1, `text outside {{#t}}: '${line.trim()}'`);
    }
  });
}
