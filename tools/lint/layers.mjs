// Who may call and include whom: system libraries are used from one folder each, and
// #include follows the arrows of HACKING.md. Needs the objects of `make objects`.
//   node tools/lint/layers.mjs [folder of the objects]
import { execFileSync } from "node:child_process";
import path from "node:path";
import { filesBelow, finding, readLines, root } from "./findings.mjs";

const objects = process.argv[2] ?? "build/obj";

const SYMBOLS = [
  { name: "SQLite", pattern: /^sqlite3_/, folder: "lib/store", also: "lib/judge/sql" },
  { name: "curl", pattern: /^curl_/, folder: "lib/llm" },
  { name: "GLib", pattern: /^g_/, folder: "lib/base", also: "lib/pdf" },
  { name: "Pango and cairo", pattern: /^(pango|cairo)_/, folder: "lib/pdf" },
  { name: "signatures", pattern: /^crypto_sign_/, folder: "lib/seal" },
  { name: "JSON web tokens", pattern: /^jwt_/, folder: "lib/web" },
  { name: "one-time passwords", pattern: /^oath_/, folder: "lib/web" },
  { name: "the check of passwords", pattern: /^FascistCheck/, folder: "lib/web" },
  { name: "QR codes", pattern: /^QR(code|input)_/, folder: "lib/view" },
  { name: "FastCGI", pattern: /^FCG[XI]_/, folder: "lib/web" },
  { name: "cryptography", pattern: /^(argon2|crypto_(?!hash_sha256|auth_hmacsha256|sign_)|sodium_(?!memzero)|randombytes)/, folder: "lib/web" },
  { name: "hashing", pattern: /^crypto_(hash_sha256|auth_hmacsha256)/, folder: "lib/base" },
  {
    name: "starting a process",
    pattern: /^(v?fork|exec(l|le|lp|v|ve|vp|vpe|veat)|fexecve|posix_spawnp?|seccomp_\w+|popen|system|clone3?)$/,
    folder: "lib/judge",
  },
  {
    name: "the heap",
    pattern: /^(malloc|calloc|realloc|reallocarray|free|_*strn?dup|_*v?asprintf(_chk)?)$/,
    folder: "lib/base",
    also: "lib/judge/sql",
  },
];

const INCLUDES = {
  base: [],
  score: ["base"],
  llm: ["base"],
  judge: ["base"],
  store: ["base"],
  examiner: ["base", "score", "llm"],
  witness: ["base", "store", "examiner", "llm", "score"],
  interview: ["base", "store", "examiner", "judge", "score", "witness"],
  bank: ["base", "store", "judge", "examiner", "score"],
  seal: ["base", "store"],
  report: ["base", "store", "examiner", "score", "witness", "seal"],
  pdf: ["base", "report"],
  profile: ["base", "judge", "score", "examiner", "witness", "store"],
  care: ["base", "store", "judge", "llm", "witness"],
  notify: ["base", "llm", "store"],
  view: ["base", "care", "interview", "notify", "profile", "report", "seal", "store", "examiner", "judge", "score", "witness"],
  web: ["base", "store"],
};

function lineOf(source, word) {
  return readLines(source).findIndex((line) => new RegExp(`\\b${word}\\b`).test(line)) + 1 || 1;
}

function checkSymbols(object) {
  const source = object.slice(objects.length + 1).replace(/\.o$/, ".c");
  const output = execFileSync("nm", ["-u", "--format=posix", path.join(root, object)], { encoding: "utf8" });
  for (const symbol of output.split("\n").map((line) => line.split(/[ @]/)[0])) {
    const rule = SYMBOLS.find(({ pattern }) => pattern.test(symbol));
    if (rule && ![rule.folder, rule.also].some((folder) => folder && source.startsWith(`${folder}/`))) {
      finding(source, lineOf(source, symbol), `${symbol}: ${rule.name} belongs in ${rule.folder}`);
    }
  }
}

function checkIncludes(source) {
  const [, folder] = source.match(/^lib\/(\w+)\//) ?? [];
  if (folder && !INCLUDES[folder]) {
    finding(source, 1, `lib/${folder} is not in the list of layers`);
    return;
  }
  readLines(source).forEach((line, i) => {
    const [, included] = line.match(/^\s*#\s*include\s+"([^"]+)"/) ?? [];
    if (included === undefined) {
      return;
    }
    const [layer, name] = included.split("/");
    if (name === undefined && folder) {
      finding(source, i + 1, `"${included}" needs its folder in front`);
    } else if (folder && layer !== folder && !INCLUDES[folder].includes(layer)) {
      finding(source, i + 1, `lib/${folder} must not use ${included}`);
    }
  });
}

const found = filesBelow(["lib", "cgi-bin", "tools/viva"].map((folder) => `${objects}/${folder}`), /\.o$/);
if (found.length === 0) {
  finding(objects, 1, "no objects: run `make objects` first");
}
found.forEach(checkSymbols);
// What stands around a candidate's code is compiled in a box, beside nothing of ours.
const isHarness = (file) => file.startsWith("lib/judge/harness/");
filesBelow(["lib", "cgi-bin", "tools/viva"], /\.[ch]$/).filter((file) => !isHarness(file)).forEach(checkIncludes);
