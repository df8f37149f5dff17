// The audit log: whatever an admin does leaves a row, the page and the command show it, and the
// command names the row that somebody touched.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { apiLogIn } from "./api.mjs";
import { appealed } from "./appeal.mjs";
import { startInstance } from "./instance.mjs";
import { choose, preview } from "./invites.mjs";
import { code, wrongCode } from "./one_time.mjs";
import { inputValue, textareaValue, visibleText } from "./page.mjs";
import { routes } from "./routes.mjs";
import { bank, freshName, logIn, makeAdmin, PASSWORD, register, reportDocument, stranger, wholeInterview } from "./story.mjs";

let instance, admin, candidate, userId, interview;

before(async () => {
  instance = await startInstance({
    env: {
      VIVA_WEBHOOK_URL: "http://127.0.0.1:9/nobody",
      VIVA_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
      VIVA_WEBHOOK_PRIVATE: "1",
      VIVA_INTERVIEWS_PER_DAY: "100",
    },
  });
  candidate = await register(instance, { name: "olena-audited", fullName: "Olena Audited" });
  admin = await makeAdmin(instance);
  interview = await wholeInterview(candidate);
  userId = sql(`SELECT id FROM users WHERE username = '${candidate.name}'`);
});
after(() => instance?.stop());

function sql(statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement], { encoding: "utf8" }).trim();
}

// Actions in the order in which they were noted, since row `number`; the program itself notes
// each report that it makes.
function noted(number = 0) {
  return sql(`SELECT action FROM audit WHERE number > ${number} AND action <> 'report.made' ORDER BY number`).split("\n").filter(Boolean);
}

const newest = () => Number(sql("SELECT coalesce(max(number), 0) FROM audit"));

async function post(path, fields = {}, person = admin) {
  const csrf = inputValue((await person.get("/settings")).text, "csrf");
  return person.post(path, { csrf, ...fields });
}

// The address of the forms about the first answer.
async function firstQuestion() {
  const { questions } = await reportDocument(candidate, interview);
  return `/admin/interviews/${interview}/questions/${questions[0].question_id}`;
}

// `viva audit …`: { status, stdout, stderr }.
async function viva(...args) {
  try {
    return { status: 0, ...(await instance.cli("audit", ...args)) };
  } catch (error) {
    return { status: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

// --- what leaves a row ----------------------------------------------------------------------

// How each form of admins succeeds, and the action that is noted then. What changes nothing
// says so with NOTHING.
const NOTHING = "nothing";
const ROLE = { id: "audited", track: "backend", title_en: "One", title_ru: "Один", title_uk: "Один", tags: "http" };
const FORMS = {
  "/admin/appeals/*": ["appeal.accept", async () => {
    const { id } = await appealed(candidate, admin);
    return post(`/admin/appeals/${id}`, { decision: "covered", reply: "" });
  }],
  "/admin/audit/verify": [NOTHING, () => post("/admin/audit/verify")],
  "/admin/bank/*/edit": ["bank.edit", async () => {
    const { text } = await admin.get(`/admin/bank/${bank[0].id}/edit`);
    return post(`/admin/bank/${bank[0].id}/edit`, { text: textareaValue(text, "text").replace(/("estimated_answer_time_min":\s*)\d+/, "$1 14"), seen: inputValue(text, "seen") });
  }],
  "/admin/bank/*/state": ["bank.disable", () => post(`/admin/bank/${bank[0].id}/state`, { state: "disabled" })],
  "/admin/bank/*/try": [NOTHING, () => post(`/admin/bank/${bank[0].id}/try`, { answer: "An answer.", language: "en" })],
  "/admin/bank/new": ["bank.add", () => post("/admin/bank/new", { text: JSON.stringify({ ...bank[0], id: "audited" }), seen: "" })],
  "/admin/roles/new": ["role.add", () => post("/admin/roles/new", ROLE)],
  "/admin/roles/*": ["role.edit", async () => post("/admin/roles/audited", { ...ROLE, title_en: "Two", seen: inputValue((await admin.get("/admin/roles/audited")).text, "seen") })],
  "/admin/roles/*/state": ["role.disable", () => post("/admin/roles/audited/state", { state: "disabled" })],
  "/admin/transfer": ["bank.import", async () => admin.postMultipart("/admin/transfer", {
    csrf: await admin.csrf("/settings"),
    file: { filename: "bank.json", type: "application/json", data: JSON.stringify([{ ...bank[0], id: "audited-too" }]) },
  })],
  "/admin/blind": ["blind.on", () => post("/admin/blind", { blind: "on" })],
  "/admin/interviews/*/decision": ["decision.save", () => post(`/admin/interviews/${interview}/decision`, { verdict: "hold", reason: "Later.", seen: "0" })],
  "/admin/interviews/*/questions/*/score": ["score.override", async () => post(`${await firstQuestion()}/score`, { score: "5", reason: "A reason.", newest: "0" })],
  "/admin/interviews/*/questions/*/score/withdraw": ["score.withdraw", async () => post(`${await firstQuestion()}/score/withdraw`, { newest: sql("SELECT max(id) FROM overrides") })],
  "/admin/invite": ["invitation.create", async () => choose(admin, await preview(admin), "issue")],
  "/admin/invitations/*/revoke": ["invitation.revoke", () => post(`/admin/invitations/${sql("SELECT id FROM invitations")}/revoke`)],
  "/admin/participants/*/disable": ["user.disable", () => post(`/admin/participants/${userId}/disable`)],
  "/admin/participants/*/enable": ["user.enable", () => post(`/admin/participants/${userId}/enable`)],
  "/admin/participants/*/notes": ["note.add", () => post(`/admin/participants/${userId}/notes`, { note: "A note.", nonce: freshName() })],
  "/admin/participants/*/notes/*/delete": ["note.delete", () => post(`/admin/participants/${userId}/notes/${sql("SELECT id FROM notes")}/delete`)],
  "/admin/participants/*/reset": ["user.reset", () => post(`/admin/participants/${userId}/reset`)],
  "/admin/webhooks/*/again": ["webhook.send-again", () => {
    const [id, state, next_at] = sql("SELECT id, state, next_at FROM webhook_deliveries").split("|");
    return post(`/admin/webhooks/${id}/again`, { state, next_at });
  }],
};

test("it is known of every form of admins how it succeeds", () => {
  const posts = routes.filter(({ method, who }) => method === "POST" && who === "ADMIN").map(({ path }) => path);
  assert.deepEqual(Object.keys(FORMS).sort(), [...new Set(posts)].sort());
});

for (const [path, [action, send]] of Object.entries(FORMS)) {
  test(`POST ${path} leaves ${action} in the log`, async () => {
    const before = newest();
    const reply = await send();
    assert.ok([200, 303].includes(reply.status), visibleText(reply.text));
    assert.deepEqual(noted(before), action === NOTHING ? [] : [action]);
  });
}

test("what was refused leaves no row", async () => {
  const before = newest();
  assert.equal((await post(`/admin/interviews/${interview}/decision`, { verdict: "hold", reason: "" })).status, 400);
  assert.equal((await post("/admin/participants/none/disable")).status, 404);
  assert.equal((await post("/admin/blind", { blind: "maybe" })).status, 400);
  await post(`/admin/interviews/${interview}/decision`, { verdict: "hold", reason: "Later." });
  assert.deepEqual(noted(before), [], "the same decision once more is none");
});

test("reading is noted once a day, each download every time", async () => {
  const before = newest();
  for (let i = 0; i < 3; i++) {
    assert.equal((await admin.get(`/admin/participants/${userId}`)).status, 200);
    assert.equal((await admin.get(`/reports/${interview}`)).status, 200);
  }
  for (const path of ["report.txt", "report.json", "report.txt"]) {
    await admin.get(`/reports/${interview}/${path}`);
  }
  await admin.get(`/admin/interviews/${interview}/detailed.json`);
  const program = await apiLogIn(instance, admin.name);
  await program.get(`/interviews/${interview}/report`);
  assert.deepEqual(noted(before), ["participant.read", "report.read", "report.download", "report.download",
    "report.download", "log.download", "admin.log-in"]);
});

test("candidates leave nothing, not even with reports of their own", async () => {
  const person = await register(instance);
  const before = newest();
  const own = await wholeInterview(person);
  await person.get(`/reports/${own}`);
  await person.get(`/reports/${own}/report.txt`);
  await post("/settings", { username: freshName("renamed"), full_name: "", language: "en", time_zone: "" }, person);
  assert.deepEqual(noted(before), []);
});

test("an admin's log-ins, second factor and tokens are noted", async () => {
  const person = await makeAdmin(instance);
  const before = newest();
  const setup = await person.get("/settings/second-factor");
  const secret = inputValue(setup.text, "secret");
  const on = await person.post("/settings/second-factor", { csrf: inputValue(setup.text, "csrf"), secret, password: PASSWORD, code: code(secret) });
  assert.equal(on.status, 200, visibleText(on.text));
  const browser = stranger(instance);
  await browser.postForm("/login", { username: person.name, password: PASSWORD });
  assert.equal((await browser.postForm("/login/code", { code: wrongCode(secret), next: "/profile" })).status, 401);
  assert.equal((await browser.postForm("/login/code", { code: code(secret, 1), next: "/profile" })).status, 303);
  const tokens = await person.get("/settings/tokens");
  await person.post("/settings/tokens", { csrf: inputValue(tokens.text, "csrf"), nonce: inputValue(tokens.text, "nonce"), name: "a", scope: "admin", days: "7" });
  assert.deepEqual(noted(before), ["factor.on", "factor.fail", "admin.log-in", "token.create"]);
});

test("the operator's commands are noted", async () => {
  const before = newest();
  const name = freshName("boss");
  await instance.cli("admin", "create", name, { input: `${PASSWORD}\n` });
  await instance.cli("user", "reset", candidate.name);
  assert.deepEqual(noted(before), ["admin.create", "user.reset"]);
  assert.ok(sql("SELECT details FROM audit WHERE action = 'bank.import' LIMIT 1").includes('"questions":'));
});

// --- the page -------------------------------------------------------------------------------

test("the page shows the newest first, filtered by action and person, page after page", async () => {
  await post("/admin/blind", { blind: "off" });
  const all = await admin.get("/admin/audit");
  const text = visibleText(all.text);
  assert.ok(text.indexOf("Reset code issued") < text.indexOf("Account disabled"), "newest first");
  assert.ok(all.text.includes(`href="/reports/${interview}"`), "links to the report");
  assert.ok(all.text.includes(`href="/admin/participants/${userId}"`), "links to the participant");
  const noun = visibleText((await admin.get("/admin/audit?action=user")).text);
  assert.ok(noun.includes("user.disable") && !noun.includes("Report read"));
  const person = visibleText((await admin.get(`/admin/audit?user=${userId}`)).text);
  assert.ok(person.includes("Decision saved") && !person.includes("Question bank imported"));
  for (let i = 0; i < 26; i++) { // each twice: on, off
    await post("/admin/blind", { blind: "on" });
    await post("/admin/blind", { blind: "off" });
  }
  const [, older] = (await admin.get("/admin/audit?action=blind")).text.match(/href="([^"]*before=\d+)"/);
  const second = await admin.get(older.replaceAll("&amp;", "&"));
  assert.ok(visibleText(second.text).includes("Blind review switched on"));
  for (const odd of ["action=%3Cb%3E", "before=x", "before=-1", "user=none", `action=${"x".repeat(200)}`]) {
    assert.equal((await admin.get(`/admin/audit?${odd}`)).status, 200, odd);
  }
});

test("who is deleted is gone from the log's page, and the chain is whole", async () => {
  const person = await register(instance, { name: "vanishing-vera", fullName: "Vera Vanishing" });
  const own = await wholeInterview(person);
  await admin.get(`/reports/${own}`);
  assert.ok((await admin.get("/admin/audit")).text.includes("vanishing-vera"));
  await person.post("/settings/delete", { csrf: await person.csrf("/settings/delete"), username: "", password: PASSWORD });
  const { text } = await admin.get("/admin/audit");
  assert.ok(!text.includes("vanishing") && !text.includes(own));
  assert.ok(visibleText(text).includes("Account deleted by its owner"));
  assert.ok(visibleText(text).includes("interviews: 1"));
  const checked = await post("/admin/audit/verify");
  assert.match(visibleText(checked.text), /The log is whole: [\d,]+ rows\./);
});

// --- the command ----------------------------------------------------------------------------

test("viva audit verify, head and list agree", async () => {
  const { stdout } = await viva("verify");
  const [, rows, head] = stdout.match(/^(\d+) rows, head ([0-9a-f]{64})\n$/);
  assert.equal(Number(rows), newest());
  assert.equal((await viva("head")).stdout, `${head}\n`);
  assert.equal((await viva("verify", "--head", head)).status, 0);
  const listed = (await viva("list", "--rows", "3", "--action", "user")).stdout.trim().split("\n");
  assert.equal(listed.length, 3);
  assert.ok(listed.every((line) => / user\.(disable|enable|reset) /.test(line)), listed.join("\n"));
  assert.equal((await viva("list", "--rows", "x")).status, 2);
  assert.equal((await viva("verify", "--head")).status, 2);
  const foreign = await viva("verify", "--head", "0".repeat(64));
  assert.equal(foreign.status, 1);
  assert.match(foreign.stdout, /written anew/);
});

test("a row that was edited or cut out is named by the command and on the page", async () => {
  const row = Number(sql("SELECT number FROM audit WHERE action = 'decision.save' LIMIT 1"));
  assert.throws(() => sql(`UPDATE audit SET details = '{}' WHERE number = ${row}`), /never changed/);
  assert.throws(() => sql(`DELETE FROM audit WHERE number = ${row}`), /never cut/);
  sql(`DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_cut;
    UPDATE audit SET details = '{"verdict":"advance"}' WHERE number = ${row}`);
  const edited = await viva("verify");
  assert.equal(edited.status, 1);
  assert.equal(edited.stdout, `row ${row}: the row is not as it was written\n`);
  const page = visibleText((await post("/admin/audit/verify")).text);
  assert.ok(page.includes(`The log was touched: row ${row}.`), page);
  sql(`DELETE FROM audit WHERE number = ${row}`);
  assert.equal((await viva("verify")).stdout, `row ${row}: the row is missing\n`);
});

test("admins log in and are noted while the log is broken, too", async () => {
  const before = newest();
  await logIn(instance, admin.name);
  assert.deepEqual(noted(before), ["admin.log-in"]);
});
