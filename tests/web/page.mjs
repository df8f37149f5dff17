// Reads what a visitor sees out of a page's HTML.

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

// Text of HTML: entities become the characters they stand for.
export function decode(html) {
  return html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (entity, hex, decimal, name) => {
    if (hex || decimal) {
      return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal));
    }
    return ENTITIES[name] ?? entity;
  });
}

function attributes(tag) {
  const found = {};
  for (const [, name, value] of tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)) {
    found[name] = decode(value ?? "");
  }
  return found;
}

// The attributes of every tag of that name.
export function tags(html, name) {
  return [...html.matchAll(new RegExp(`<${name}(\\s[^>]*)?>`, "g"))].map(([tag]) => attributes(tag));
}

// Value of the first input of that name; undefined when there is none.
export function inputValue(html, name) {
  return tags(html, "input").find((input) => input.name === name)?.value;
}

// What stands in the first textarea of that name.
export function textareaValue(html, name) {
  const [, text] = html.match(new RegExp(`<textarea [^>]*name="${name}"[^>]*>([^]*?)</textarea>`)) ?? [];
  return text === undefined ? undefined : decode(text.replace(/^\n/, ""));
}

// Texts of the elements with that role, such as "alert" for faults, "status" for messages.
export function roleTexts(html, role) {
  const pattern = new RegExp(`<(\\w+) [^>]*role="${role}"[^>]*>([^]*?)</\\1>`, "g");
  return [...html.matchAll(pattern)].map(([, , inner]) => visibleText(inner));
}

// The texts between the tags, each trimmed, none empty.
export function textNodes(html) {
  const body = html.replace(/<(script|style)[^]*?<\/\1>/g, "");
  return body.split(/<[^>]*>/).map((text) => decode(text).replace(/\s+/g, " ").trim()).filter(Boolean);
}

export function visibleText(html) {
  return textNodes(html).join(" ");
}

// What is said in a chat: [{ isMine, isQuestion, text }].
export function turns(html) {
  const items = html.matchAll(/<li class="turn ([^"]*)"[^>]*>([^]*?)<\/li>/g);
  return [...items].map(([, classes, inner]) => ({
    isMine: /\bmine\b/.test(classes),
    isQuestion: /\bquestion\b/.test(classes),
    text: decode(inner.match(/<p>([^]*)<\/p>/)[1]),
  }));
}
