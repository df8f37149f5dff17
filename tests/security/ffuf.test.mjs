// ffuf asks for what nobody linked: forgotten files, tricks of paths, odd ids and parameters.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { routes } from "../web/routes.mjs";
import { startDecoy } from "./decoy.mjs";
import { startTarget } from "./target.mjs";
import { folderFor, scan, unexplained } from "./tool.mjs";

const SECONDS = 120;
let target;

before(async () => {
  target = await startTarget();
});
after(() => target?.instance.stop());

// Gives what ffuf matched, as "status place"; `list` are the words for FUZZ.
async function fuzz(t, url, list, { cookie, codes = "200,201,204,206,301,302,303,307,308,401,403,405,500,502,503,504" } = {}) {
  const folder = folderFor(t);
  const words = path.join(folder, "words"), found = path.join(folder, "found.json");
  writeFileSync(words, `${list.join("\n")}\n`);
  const { status, output } = await scan("ffuf", [
    "-w", words, "-u", url, "-mc", codes, "-o", found, "-of", "json", "-s", "-t", "20",
    ...(cookie ? ["-H", `Cookie: ${cookie}`] : []),
  ], { seconds: SECONDS, cwd: folder });
  assert.equal(status, 0, output.slice(-2000));
  const { results } = JSON.parse(readFileSync(found, "utf8"));
  return results.map((result) => `${result.status} ${result.url.slice(new URL(url).origin.length)}`);
}

const NAMES = ["viva", "backup", "database", "dump", "config", "settings", "admin", "index", "main", "test", "debug", "server-status",
  "phpinfo", "schema", "nginx", "system", "personal", "core", "id_rsa", "credentials", "secrets", "Makefile", "README", "CHANGELOG",
  "package", "openapi", "swagger", "actuator", "console", "status", "trace", "env", "log", "logs", "var", "run", "cgi-bin", "build",
  "templates", "bank", "locale", "lib", "tests", "node_modules", "static", "unavailable", "unavailable.en"];
const ENDINGS = ["", "/", ".db", ".db-wal", ".sql", ".bak", ".old", ".orig", "~", ".swp", ".zip", ".tar.gz", ".log", ".conf", ".json", ".html",
  ".md", ".php", ".c", ".h", ".sock", ".lock", ".env"];
const HIDDEN = [".env", ".git/config", ".git/HEAD", ".svn/entries", ".htaccess", ".htpasswd", ".DS_Store", ".well-known/security.txt", ".lock",
  "run/nginx.conf", "run/account.sock", "log/system.log", "log/nginx.log", "var/viva.db", "build/viva", "cgi-bin/account/main.c"];

// Addresses that are pages of ours and no forgotten file.
const pages = routes.filter(({ method }) => method === "GET").map(({ path: pattern }) => new RegExp(`^${pattern.replaceAll("*", "[^/]+")}$`));
const forms = routes.map(({ path: pattern }) => new RegExp(`^${pattern.replaceAll("*", "[^/]+")}$`));
const isOurs = (found) => [...pages, ...forms].some((page) => page.test(found.split(" ")[1].split("?")[0]));

const forgotten = [...NAMES.flatMap((name) => ENDINGS.map((ending) => name + ending)), ...HIDDEN];

test("it finds the forgotten files of a server that has some", async (t) => {
  const decoy = await startDecoy();
  t.after(() => decoy.close());
  assert.deepEqual((await fuzz(t, `${decoy.url}/FUZZ`, forgotten)).sort(), ["200 /.env", "200 /.git/config", "200 /viva.db"]);
});

test("no file lies about", async (t) => {
  for (const folder of ["", "static/", "static/0/", "admin/", "api/"]) {
    const found = await fuzz(t, `${target.url}/${folder}FUZZ`, forgotten, { cookie: target.admin.cookieHeader() });
    assert.deepEqual(unexplained("ffuf", found.filter((one) => !isOurs(one))), []);
  }
});

// Ways to say "above", and words of guards that look at another path than the one behind them.
const ABOVE = ["..", "%2e%2e", "..%00", "%2e%2e%00", "..;", "%2e.", "..%5c", "..%2f", "%252e%252e", "%c0%ae%c0%ae", "%uff0e%uff0e", ".%09.", "..%0d%0a"];
const BEHIND = ["admin", "admin/", "admin/audit", "viva.db", "log/system.log", "etc/passwd", "schema.sql"];
const tricks = ["static", "static/0", "profile", "interviews", "shared", "api"].flatMap((start) =>
  ABOVE.flatMap((above) => BEHIND.flatMap((behind) => [`${start}/${above}/${behind}`, `${start}/${above}/${above}/${behind}`, `${start}//${above}${behind}`])));

test("no path leads around a guard", async (t) => {
  const found = await fuzz(t, `${target.url}/FUZZ`, [...tricks, ...BEHIND.flatMap((path_) => [`/${path_}`, `./${path_}`, `%2f${path_}`, `;/${path_}`])],
    { cookie: target.candidate.cookieHeader(), codes: "200,201,204,206,500,502,503,504" });
  assert.deepEqual(unexplained("ffuf", found), []);
});

const IDS = ["0", "1", "-1", "null", "undefined", "*", "%", "_", "%25", "..", "%00", "%0a", "%0d%0aX-Evil:1", "'", "%22", "%3Cscript%3E", "%27%20OR%201=1--",
  "1;DROP", "%ff", "%c0%af", "{{7*7}}", "${7*7}", "%F0%9F%98%80", "a".repeat(900), "00000000-0000-4000-8000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"];

test("no id but one's own opens anything, and none is an error of the server", async (t) => {
  const places = ["/interviews/FUZZ", "/reports/FUZZ", "/reports/FUZZ/report.txt", "/code/FUZZ", "/shared/FUZZ", "/history/FUZZ/delete",
    "/review/answers/FUZZ", "/reports/FUZZ/revisions/1/report.json", "/reports/FUZZ/share"];
  for (const place of places) {
    const found = await fuzz(t, target.url + place, IDS, { cookie: target.candidate.cookieHeader(), codes: "200,201,204,206,500,502,503,504" });
    assert.deepEqual(unexplained("ffuf", found), []);
  }
});

const VALUES = ["", "-1", "0", "99999999999999999999", "1e308", "NaN", "%00", "%ff", "'", "%22%3E%3Cx", "%0d%0aX-Evil:1", "[]", "{}", "..%2f..%2f",
  "a".repeat(3000), "%F0%9F%98%80", "true", "2026-99-99", "%25s%25n", "*"];

test("no value of an address is an error of the server", async (t) => {
  const addresses = ["/admin?search=FUZZ", "/admin?after=FUZZ", "/admin?sort=FUZZ", "/admin?from=FUZZ", "/admin?score_from=FUZZ", "/admin/audit?before=FUZZ",
    "/admin/bank?search=FUZZ", "/admin/bank?page=FUZZ", "/admin/usage?days=FUZZ", "/admin/participants.csv?search=FUZZ", "/history?page=FUZZ",
    "/review/session?since=FUZZ", "/login?next=FUZZ", "/history/compare?a=FUZZ&b=FUZZ", "/admin/compare?invitation=FUZZ&c1=FUZZ", "/FUZZ=1", "/?FUZZ=1"];
  for (const address of addresses) {
    const found = await fuzz(t, target.url + address, VALUES, { cookie: target.admin.cookieHeader(), codes: "500,502,503,504" });
    assert.deepEqual(unexplained("ffuf", found), []);
  }
});
