// wapiti crawls and attacks every page that it finds, as stranger, candidate and admin.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { startDecoy } from "./decoy.mjs";
import { startCrowd, startTarget } from "./target.mjs";
import { folderFor, scan, unexplained } from "./tool.mjs";

const CRAWL_S = 40, ATTACK_S = 25, SECONDS = 400;
// Those that need no other machine: without ssrf, xxe, nikto, wapp and the lists of other products.
const MODULES = "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss";
// What would end the scan, or the data that it looks at.
const LEFT_OUT = ["/logout", "/settings/delete", "/settings/log-out-everywhere", "/settings/password", "/history/clear"];

let target, door;

before(async () => {
  target = await startTarget();
  door = await startCrowd(target.url, LEFT_OUT);
});
after(async () => {
  await door?.close();
  await target?.instance.stop();
});

// The cookies of a browser in wapiti's own form.
function cookieFile(folder, url, person) {
  const { hostname } = new URL(url);
  const jar = Object.fromEntries([...person.cookies].map(([name, value]) =>
    [name, { value, version: 0, expires: null, secure: false, port: null }]));
  const file = path.join(folder, "cookies.json");
  writeFileSync(file, JSON.stringify({ [`.${hostname}`]: { "/": jar }, [hostname]: { "/": jar } }));
  return file;
}

// What wapiti reports: [{ kind, place }], and how much it looked at.
async function attack(t, url, { person, starts = [] } = {}) {
  const folder = folderFor(t);
  const report = path.join(folder, "report.json");
  const { status, output } = await scan("wapiti", [
    "-u", `${url}/`, "-m", MODULES, "-f", "json", "-o", report, "--no-bugreport", "--flush-session",
    "--store-session", folder, "--store-config", folder, "-v", "1", "-S", "aggressive", "-d", "4",
    "--max-scan-time", String(CRAWL_S), "--max-attack-time", String(ATTACK_S), "-t", "10",
    "--endpoint", `${url}/`, // no machine but this one
    ...starts.flatMap((start) => ["-s", url + start]),
    ...(person ? ["-c", cookieFile(folder, url, person)] : []),
  ], { seconds: SECONDS, cwd: folder });
  assert.equal(status, 0, output.slice(-2000));
  const { vulnerabilities, anomalies } = JSON.parse(readFileSync(report, "utf8"));
  const findings = [vulnerabilities, anomalies].flatMap((group) => Object.entries(group))
    .flatMap(([kind, rows]) => rows.map(({ method, path: place, info, parameter }) =>
      `${kind}: ${method} ${place} ${parameter ?? ""} ${info}`));
  return { findings, output };
}

test("it finds the faults of a server that has some", async (t) => {
  const decoy = await startDecoy();
  t.after(() => decoy.close());
  const { findings } = await attack(t, decoy.url);
  assert.ok(findings.some((finding) => /Cross Site Scripting/.test(finding)), findings.join("\n"));
});

const PEOPLE = {
  stranger: () => ({ starts: ["/login", "/register", "/reset", "/verify", "/api", `/shared/${target.ids.share}`, target.ids.invitation.path] }),
  candidate: () => ({
    person: target.candidate,
    starts: ["/profile", "/history", "/progress", "/review", "/settings", "/interviews/new", `/interviews/${target.ids.running}`,
      `/reports/${target.ids.finished}`, `/code/${target.ids.coding}`],
  }),
  admin: () => ({
    person: target.admin,
    starts: ["/admin", "/admin/bank", "/admin/roles", "/admin/audit", "/admin/usage", "/admin/health", "/admin/appeals",
      "/admin/invitations", "/admin/webhooks", `/admin/participants/${target.ids.owner}`],
  }),
};

for (const [who, choice] of Object.entries(PEOPLE)) {
  test(`the pages of a ${who}`, async (t) => {
    const { findings } = await attack(t, door.url, choice());
    assert.deepEqual(unexplained("wapiti", findings), []);
    const log = readFileSync(`${target.instance.var}/log/personal.log`, "utf8");
    assert.doesNotMatch(log, / status=5\d\d /, "no attack ended in a server error");
    const seen = new Set([...log.matchAll(/GET (\S+) status=200 /g)].map(([, page]) => page.replace(/[0-9a-f-]{32,}/g, "*")));
    assert.ok(seen.size >= 15, `it saw ${seen.size} pages`);
    if (choice().person) {
      assert.equal((await choice().person.get("/profile")).status, 200, "it was logged in to the end");
    }
  });
}
