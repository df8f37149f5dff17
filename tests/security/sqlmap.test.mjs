// sqlmap against what people type and what stands in addresses, as stranger, candidate and admin.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiLogIn } from "../web/api.mjs";
import { formBody } from "../web/client.mjs";
import { PASSWORD, stranger } from "../web/story.mjs";
import { startDecoy } from "./decoy.mjs";
import { startCrowd, startTarget } from "./target.mjs";
import { folderFor, scan, unexplained } from "./tool.mjs";

const SECONDS = 120;
const CLEAN = /all tested parameters do not appear to be injectable/;
const FOUND = /sqlmap identified the following injection point/;
const IDLE = /no parameter\(s\) found for testing|unable to connect|not authorized/;

let target, crowd, program;

before(async () => {
  target = await startTarget({ VIVA_TRUST_PROXY: "1" });
  crowd = await startCrowd(target.url);
  program = await apiLogIn(target.instance, target.candidate.name);
});
after(async () => {
  await crowd?.close();
  await target?.instance.stop();
});

// Every * is a place where sqlmap writes.
async function inject(t, { url, cookie, data, method, headers = [] }) {
  const folder = folderFor(t);
  const { status, output } = await scan("sqlmap", [
    "-u", url, "--batch", "--disable-coloring", "--flush-session", `--output-dir=${folder}`,
    "--dbms=SQLite", "--technique=BEU", "--level=1", "--risk=1", "--threads=4", "--timeout=20",
    "--skip-waf", "--ignore-code=400,401,403,404,409,415,422,429", "--drop-set-cookie",
    ...(cookie ? ["--cookie", cookie] : []),
    ...(data ? ["--data", data] : []),
    ...(method ? ["--method", method] : []),
    ...headers.flatMap((header) => ["-H", header]),
  ], { seconds: SECONDS, cwd: folder });
  assert.notEqual(status, "late", `sqlmap took longer than ${SECONDS} s`);
  assert.doesNotMatch(output, IDLE);
  return output;
}

async function assertClean(t, request) {
  const output = await inject(t, request);
  const found = FOUND.test(output) ? [output.slice(output.search(FOUND))] : [];
  assert.deepEqual(unexplained("sqlmap", found), []);
  assert.match(output, CLEAN, "sqlmap did not come to its end");
}

test("it finds the fault of a server that has one", async (t) => {
  const decoy = await startDecoy();
  t.after(() => decoy.close());
  assert.match(await inject(t, { url: `${decoy.url}/item?id=1*` }), FOUND);
});

const PAGES = {
  candidate: ({ finished, second, running, coding }) => [
    "/history?sort=date*&page=1*&status=all*", `/history/compare?a=${finished}*&b=${second}*`,
    `/reports/${finished}*`, `/reports/${finished}/revisions/1*/report.json`, `/interviews/${running}*`,
    `/code/${coding}*?language=python*`, "/review/session?since=1*", "/interviews/new?role=backend*",
  ],
  admin: ({ owner, running, invitation }) => [
    "/admin?search=a*&sort=name*&after=x*&role=backend*&level=middle*&from=2026-01-01*",
    "/admin/bank?search=http*&track=backend*&level=middle*", "/admin/audit?action=admin*&person=x*&before=9*",
    `/admin/participants/${owner}*`, `/admin/interviews/${running}*/playback`, "/admin/appeals?state=waiting*",
    `/admin/invitations/${invitation.id}*`, "/admin/participants.csv?search=a*",
  ],
};

for (const [who, pages] of Object.entries(PAGES)) {
  test(`addresses of a ${who}`, async (t) => {
    for (const page of pages(target.ids)) {
      await t.test(page.replace(/[0-9a-f-]{32,}/g, "ID"), (one) =>
        assertClean(one, { url: target.url + page, cookie: target[who].cookieHeader() }));
    }
  });
}

test("secrets in addresses", async (t) => {
  const { share, invitation } = target.ids;
  for (const page of [`/shared/${share}*`, `${invitation.path}*`]) {
    await assertClean(t, { url: crowd.url + page });
  }
});

test("the forms of a stranger", async (t) => {
  const visitor = stranger(target.instance);
  const csrf = await visitor.csrf("/login");
  const cookie = visitor.cookieHeader();
  const forms = { "/login": { username: `${target.candidate.name}*`, password: "x*" }, "/reset": { code: "AAAA*" } };
  for (const [path, fields] of Object.entries(forms)) {
    const more = path === "/reset" ? { password: PASSWORD, password_again: PASSWORD } : { next: "/" };
    await t.test(path, (one) => assertClean(one, {
      url: crowd.url + path, cookie, data: formBody({ csrf, ...fields, ...more }).replaceAll("%2A", "*"),
    }));
  }
});

test("the cookie that says who one is", (t) =>
  assertClean(t, { url: `${target.url}/profile`, cookie: `${target.candidate.cookieHeader().replace(/viva_session=\w+/, "$&*")}` }));

test("the program's interface", async (t) => {
  const headers = [`Authorization: Bearer ${program.token}`, "Content-Type: application/json"];
  const { running, finished } = target.ids;
  for (const path of [`/interviews/${running}*`, `/interviews/${finished}*/report`, "/interviews?limit=5*&status=all*"]) {
    await t.test(path.replace(/[0-9a-f-]{36}/, "ID"), (one) => assertClean(one, { url: `${target.url}/api${path}`, headers }));
  }
  await t.test("/login", (one) => assertClean(one, {
    url: `${crowd.url}/api/login`, headers: headers.slice(1), data: JSON.stringify({ username: "someone*", password: "x*" }),
  }));
  await t.test("PATCH /me", (one) => assertClean(one, {
    url: `${target.url}/api/me`, method: "PATCH", headers, data: JSON.stringify({ full_name: "Ann*", time_zone: "Europe/Kyiv*" }),
  }));
});
