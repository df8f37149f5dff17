// The checks of `make lint` refuse what they are there to refuse: each gets a small project
// with one fault, and must name its place; the same project without faults must pass.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { root } from "./instance.mjs";

const LINT = "tools/lint";
let base;

const CLEAN = {
  "lib/base/thing.h": "/* Twice `n`. */\nint thing_twice(int n);\n",
  "lib/base/thing.c": '#include "base/thing.h"\n\nint thing_twice(int n)\n{\n\treturn 2 * n;\n}\n',
  "lib/base/err.h": '#define ERR_LIST(X) X(OK, 200, "Done.")\n',
  "schema.sql": "-- Things.\nCREATE TABLE things (\n  id TEXT PRIMARY KEY, -- who\n  n INTEGER NOT NULL -- how many\n) STRICT;\n",
  "templates/page.html": '<p class="a{{#b}} b{{/b}}">{{#t}}Hello{{/t}} {{name}}</p>\n' +
    '<form method="post" action="/x">{{> partials/csrf}}<button>{{#t}}Go{{/t}}</button></form>\n',
};

const PO_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n' +
  '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"\n\n';
const PO = { "Done.": "Сделано.", "Go": "Вперёд", "Hello": "Привет" };

function catalogue(entries) {
  return PO_HEADER + Object.entries(entries).map(([id, text]) => `msgid "${id}"\nmsgstr "${text}"\n`).join("\n");
}

// A project in a folder of its own: the clean one with some files put in place of its own.
function project(files = {}) {
  const folder = mkdtempSync(path.join(base, "project-"));
  for (const name of ["tools/lint", "tools/messages", ".clang-format"]) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  const catalogues = { "locale/ru.po": catalogue(PO), "locale/uk.po": catalogue(PO) };
  for (const [name, text] of Object.entries({ ...CLEAN, ...catalogues, ...files })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
    if (name.endsWith(".c")) {
      const object = path.join(folder, "build/obj", name.replace(/\.c$/, ".o"));
      mkdirSync(path.dirname(object), { recursive: true });
      execFileSync("gcc", ["-w", "-Ilib", "-c", "-o", object, name], { cwd: folder });
    }
  }
  for (const name of ["cgi-bin", "tools/viva", "tests", "static"]) {
    mkdirSync(path.join(folder, name), { recursive: true });
  }
  execFileSync("git", ["init", "-q"], { cwd: folder });
  return folder;
}

function run(name, files) {
  const folder = project(files);
  const script = path.join(folder, LINT, name);
  const [command, ...args] = name.endsWith(".mjs") ? ["node", script] : [script];
  return spawnSync(command, args, { cwd: folder, encoding: "utf8" });
}

function refuses(name, files, expected) {
  const { status, stdout, stderr } = run(name, files);
  assert.match(stdout + stderr, expected);
  assert.equal(status, 1, `${name} did not fail:\n${stdout}${stderr}`);
}

before(() => {
  base = mkdtempSync(path.join(tmpdir(), "viva-lint-"));
});
after(() => rmSync(base, { recursive: true, force: true }));

for (const name of ["layers.mjs", "headers.mjs", "lengths.mjs", "templates.mjs", "schema.mjs", "words.mjs",
  "translations", "scripts", "format", "analysis"]) {
  test(`${name} passes a clean project`, () => {
    const { status, stdout, stderr } = run(name);
    assert.equal(status, 0, stdout + stderr);
  });
}

for (const [folder, symbol, expected] of [
  ["lib/web", "sqlite3_open", /lib\/store/],
  ["lib/store", "curl_easy_init", /lib\/llm/],
  ["lib/store", "FCGX_Accept_r", /lib\/web/],
  ["lib/store", "argon2id_hash_encoded", /lib\/web/],
  ["lib/base", "randombytes_buf", /lib\/web/],
  ["cgi-bin", "crypto_generichash", /lib\/web/],
  ["lib/web", "fork", /lib\/judge/],
  ["lib/web", "execvp", /lib\/judge/],
  ["tools/viva", "system", /lib\/judge/],
  ["lib/web", "posix_spawn", /lib\/judge/],
  ["lib/store", "malloc", /lib\/base/],
  ["cgi-bin", "free", /lib\/base/],
  ["tools/viva", "strdup", /lib\/base/],
]) {
  test(`layers: ${symbol} in ${folder}`, () => {
    const source = `void *${symbol}(void);\n\nvoid f(void)\n{\n\t${symbol}();\n}\n`;
    refuses("layers.mjs", { [`${folder}/bad.c`]: source }, new RegExp(`${folder}/bad\\.c:1: ${symbol}: .*${expected.source}`));
  });
}

for (const [file, line, expected] of [
  ["lib/base/bad.c", '#include "store/store.h"', /lib\/base\/bad\.c:1: .*store\/store\.h/],
  ["lib/store/bad.c", '#include "web/app.h"', /lib\/store\/bad\.c:1: /],
  ["lib/report/bad.c", '#include "interview/flow.h"', /lib\/report\/bad\.c:1: /],
  ["lib/base/bad.c", '#include "thing.h"', /lib\/base\/bad\.c:1: .*folder in front/],
  ["lib/mystery/bad.c", "int x;", /lib\/mystery is not in the list/],
]) {
  test(`layers: ${line} in ${file}`, () => {
    const included = line.match(/"(.*)"/)?.[1];
    const header = included ? { [included.includes("/") ? `lib/${included}` : path.join(path.dirname(file), included)]: "\n" } : {};
    refuses("layers.mjs", { ...header, [file]: `${line}\n` }, expected);
  });
}

test("layers: no objects at all", () => {
  const folder = project();
  rmSync(path.join(folder, "build"), { recursive: true });
  const { status } = spawnSync("node", [path.join(folder, LINT, "layers.mjs")], { cwd: folder });
  assert.equal(status, 1);
});

const longBody = "\tx++;\n".repeat(99);
for (const [what, text, expected] of [
  ["a function of 101 lines and more", `static int f(int x)\n{\n${longBody}}\n`, /bad\.c:1: f has 102 lines/],
  ["six parameters", "int f(int a, int b, int c, int d, int e,\n      int g)\n{\n\treturn 0;\n}\n", /bad\.c:1: f has 6 parameters/],
  ["a line of 101 columns", `// ${"x".repeat(98)}\n`, /bad\.c:1: 101 columns/],
  ["tabs counted as 8", `\t\t\t\t\t\t\t\t\t\t\t\tint x;\n`, /bad\.c:1: 102 columns/],
  ["a file of 501 lines", "\n".repeat(501), /bad\.c:501: 501 lines/],
]) {
  test(`lengths: ${what}`, () => {
    refuses("lengths.mjs", { "lib/base/bad.c": text }, expected);
  });
}

test("lengths: a program of 401 lines", () => {
  refuses("lengths.mjs", { "cgi-bin/bad.c": "\n".repeat(401) }, /cgi-bin\/bad\.c:401: 401 lines/);
});

test("lengths: the median and the 95th percentile", () => {
  const functions = (count, lines) => Array.from({ length: count }, (_, i) =>
    `static void f${i}_${lines}(void)\n{\n${"\t;\n".repeat(lines - 3)}}\n`).join("\n");
  refuses("lengths.mjs", { "lib/base/bad.c": functions(4, 21) }, /the median function has 21 lines/);
  refuses("lengths.mjs", { "lib/base/bad.c": functions(8, 5) + functions(1, 61) }, /95th percentile of functions is 61 lines/);
});

test("lengths: a pointer to a function counts as one parameter, an attribute as none", () => {
  const text = "__attribute__((noinline, noclone)) int f(void (*g)(int, int), int b, int c, int d, int e)\n{\n\treturn 0;\n}\n";
  const { status, stdout } = run("lengths.mjs", { "lib/base/fine.c": text });
  assert.equal(status, 0, stdout);
});

test("headers: an extern function without declaration, and one without comment", () => {
  refuses("headers.mjs", { "lib/base/bad.c": "int hidden(void)\n{\n\treturn 0;\n}\n" }, /lib\/base\/bad\.c:1: hidden is extern/);
  refuses("headers.mjs", {
    "lib/base/bad.h": "/* About something else. */\nint other;\n\nint bare(void);\n",
    "lib/base/bad.c": "int bare(void)\n{\n\treturn 0;\n}\n",
  }, /lib\/base\/bad\.h:4: bare has no comment/);
  refuses("headers.mjs", { "lib/base/twice.c": "int thing_twice(int n)\n{\n\treturn n + n;\n}\n" },
    /lib\/base\/twice\.c:1: thing_twice is defined in lib\/base\/thing\.c as well/);
});

for (const [what, html, expected] of [
  ["{{{", "<p>{{{x}}}</p>", /bad\.html:1: \{\{\{ does not escape/],
  ["{{&", "<p>\n{{& x}}</p>", /bad\.html:2: \{\{& does not escape/],
  ["an unquoted attribute", "<p class=x></p>", /bad\.html:1: the value of class needs double quotes/],
  ["an attribute in single quotes", "<p class='x'></p>", /bad\.html:1: .*double quotes/],
  ["an attribute that is only a value", "<p class={{x}}></p>", /bad\.html:1: .*double quotes/],
  ["a style attribute", '<p style="x"></p>', /bad\.html:1: inline style/],
  ["an event handler", '<p onclick="x()"></p>', /bad\.html:1: inline onclick/],
  ["a style element", "<style></style>", /bad\.html:1: inline style/],
  ["a script element", "\n<script></script>", /bad\.html:2: inline style or script/],
  ["a javascript: link", '<a href="javascript:x()"></a>', /bad\.html:1: href holds a script/],
  ["text", "<p>\n\nPlain words</p>", /bad\.html:3: text outside/],
  ["text beside a message", "<p>{{#t}}One{{/t}} two</p>", /bad\.html:1: text outside/],
  ["Cyrillic text", "<p>Привет</p>", /bad\.html:1: text outside/],
  ["a label", '<p aria-label="Menu"></p>', /bad\.html:1: the text of aria-label/],
  ["a form without token", '<form method="post" action="/x"><button></button></form>', /bad\.html:1: .*csrf/],
  ["a token in another form", '<form method="post"></form><form method="post">{{> partials/csrf}}</form>', /bad\.html:1: .*csrf/],
]) {
  test(`templates: ${what}`, () => {
    refuses("templates.mjs", { "templates/bad.html": html }, expected);
  });
}

test("templates: text in a text template", () => {
  refuses("templates.mjs", { "templates/bad.txt": "{{#t}}Fine{{/t}}\nNot fine\n" }, /bad\.txt:2: text outside/);
});

test("translations: missing, untranslated, fuzzy, unused, malformed", () => {
  const { Hello: _, ...withoutHello } = PO;
  refuses("translations", { "locale/uk.po": catalogue(withoutHello) }, /templates\/page\.html:1: "Hello": .*not defined in locale\/uk\.po/);
  refuses("translations", { "locale/ru.po": catalogue({ ...PO, Go: "" }) }, /locale\/ru\.po:\d+/);
  refuses("translations", { "locale/ru.po": catalogue(PO).replace('msgid "Go"', '#, fuzzy\nmsgid "Go"') }, /locale\/ru\.po:\d+/);
  refuses("translations", { "locale/ru.po": catalogue({ ...PO, Stop: "Стоп" }) }, /locale\/ru\.po:\d+.*not used/);
  refuses("translations", { "locale/ru.po": `${catalogue(PO)}\n#~ msgid "Old"\n#~ msgstr "Было"\n` }, /locale\/ru\.po:\d+: an unused/);
  refuses("translations", { "locale/ru.po": catalogue(PO).replace("nplurals=3", "nplurals=2") }, /locale\/ru\.po/);
});

const inC = (call) => ({ "lib/base/said.c": `const char *f(void)\n{\n\treturn ${call};\n}\n` });
for (const [what, files] of [
  ["i18n", inC('(const char *)i18n(0, "A sentence " "in two parts.")')],
  ["i18n_plural", inC('(const char *)i18n_plural(0, "%d thing", "%d things", 2)')],
  ["N_", { "lib/base/said.h": '#define N_(m) m\n#define SAID N_("Marked")\n' }],
  ["an error's text", { "lib/base/err.h": '#define ERR_LIST(X) X(OK, 200, "Done.") X(ERR_NEW, 400, "New.")\n' }],
  ["a template", { "templates/said.html": "{{#t}}Some\n   thing{{/t}}" }],
]) {
  test(`translations: a new message in ${what}`, () => {
    refuses("translations", files, /this message is used but not defined/);
  });
}

test("translations: both forms and joined literals are one message each", () => {
  const folder = project({ ...inC('(i18n(0, "One " "two"), i18n_plural(0, "%d cat", "%d cats", 2))'),
    "templates/said.html": "{{#t}}\n Some\n   thing {{/t}}" });
  execFileSync(path.join(folder, "tools/messages"), ["--list", "all.pot"], { cwd: folder });
  const pot = execFileSync("cat", [path.join(folder, "all.pot")], { encoding: "utf8" });
  assert.match(pot, /msgid "One two"/);
  assert.match(pot, /msgid "%d cat"\nmsgid_plural "%d cats"/);
  assert.match(pot, /msgid "Some thing"/);
});

test("schema: a table and a column without comment", () => {
  refuses("schema.mjs", { "schema.sql": "CREATE TABLE t (\n  a TEXT -- text\n);\n" }, /schema\.sql:1: table t/);
  refuses("schema.mjs", { "schema.sql": "-- T.\nCREATE TABLE t (\n  a TEXT, -- text\n  b TEXT\n);\n" }, /schema\.sql:4: column t\.b/);
});

test("words: paths of a machine and notes to self", () => {
  for (const folder of ["home", "root", "work"]) {
    refuses("words.mjs", { "README.md": `see\n/${folder}/somebody/x\n` }, /README\.md:2: the path/);
  }
  for (const word of ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) {
    refuses("words.mjs", { "README.md": `${word}: later\n` }, /README\.md:1: a note/);
  }
});

test("scripts: syntax errors and warnings", () => {
  refuses("scripts", { "tools/bad": "#!/bin/bash\nif true; then\n" }, /bad/);
  refuses("scripts", { "tools/bad": "#!/bin/bash\ncd /nowhere\nrm -r x\n" }, /tools\/bad:2:.*SC2164/);
  refuses("scripts", { "tests/bad.mjs": "const = 1;\n" }, /bad\.mjs/);
});

test("format: a badly formatted file", () => {
  refuses("format", { "lib/base/bad.c": "int f( void ) { return 0; }\n" }, /bad\.c:1/);
});

test("analysis: a null pointer that is used", () => {
  refuses("analysis", { "lib/base/bad.c": "int f(void)\n{\n\tint *p = 0;\n\n\treturn *p;\n}\n" }, /bad\.c:5: error/);
});
