// What an intruder tries who knows how such programs are built: other hosts, forged reports, tricks
// of requests and paths, floods of small things, races for what can be had once.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { apiLogIn, ApiClient, assertProblem } from "./api.mjs";
import { codingQuestion, openCode, startCoding } from "./coding.mjs";
import { raw } from "./client.mjs";
import { buildFolder, root, startInstance } from "./instance.mjs";
import { invite, take } from "./invites.mjs";
import { inputValue } from "./page.mjs";
import { sql } from "./review.mjs";
import { finish, freshName, makeAdmin, openChat, PASSWORD, press, register, startInterview, stranger, wholeInterview } from "./story.mjs";

const PUBLIC = "https://viva.example.org/talks";

let instance, person, admin, invitation;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000", VIVA_PUBLIC_URL: PUBLIC } });
  person = await register(instance);
  admin = await makeAdmin(instance);
  const [, id] = (await issue()).match(/\/admin\/invitations\/([0-9a-f-]{36})/);
  invitation = id;
});
after(() => instance?.stop());

// Issues an invitation, whose link is on the page of the address.
async function issue() {
  await invite(admin).catch(() => {}); // it looks for a link of this host, which the page has not
  const list = await admin.get("/admin/invitations");
  return list.text.match(/\/admin\/invitations\/[0-9a-f-]{36}/)[0];
}

// --- where links lead --------------------------------------------------------------------------

test("links to copy begin with the configured address, whatever host was asked for", async () => {
  const interview = await wholeInterview(person);
  await person.postForm(`/reports/${interview}/share`, { scope: "numbers", days: "7", nonce: freshName() }).catch(() => {});
  const id = sql(instance, "SELECT id FROM users WHERE username = '" + person.name + "'");
  const headers = { Host: "evil.example" };
  const reset = await admin.post(`/admin/participants/${id}/reset`, { csrf: await admin.csrf("/admin") }, { headers });
  const pages = [reset, await admin.get(`/admin/invitations/${invitation}`, { headers }), await person.get("/api", { headers })];
  for (const { status, text } of pages) {
    assert.equal(status, 200);
    assert.ok(text.includes(`${PUBLIC}/`), "the link is there");
    assert.ok(!text.includes("evil.example"), "and no other");
  }
});

// --- what is stored and not believed -----------------------------------------------------------

// Does something while the report is not what was signed.
async function whileForged(interview, act_) {
  const where = `WHERE interview_id = '${interview}'`;
  sql(instance, `CREATE TABLE kept AS SELECT body FROM reports ${where};
    UPDATE reports SET body = replace(body, '"participant":"', '"participant":"Forged ') ${where}`);
  try {
    await act_();
  } finally {
    sql(instance, `UPDATE reports SET body = (SELECT body FROM kept) ${where}; DROP TABLE kept`);
  }
}

test("a report that was changed in the database is compared and practised by nobody", async () => {
  const [one, two] = [await wholeInterview(person), await wholeInterview(person)];
  const [, token] = (await admin.get(`/admin/invitations/${invitation}`)).text.match(/\/invitations\/([0-9a-f]{64})"/);
  const guests = [await register(instance), await register(instance)];
  const invited = [];
  for (const guest of guests) {
    const id = await take(guest, `/invitations/${token}`);
    await finish(guest, id);
    await guest.get(`/reports/${id}`);
    invited.push(id);
  }
  const beside = `/admin/compare?invitation=${invitation}&c1=${invited[0]}&c2=${invited[1]}`;
  const looks = [
    [one, () => person.get(`/history/compare?a=${one}&b=${two}`), 200],
    [one, async () => person.post(`/interviews/${one}/retry`, { csrf: await person.csrf("/profile"), questions: "mistakes", nonce: freshName() }), 303],
    [invited[0], () => admin.get(beside), 200],
    [invited[0], () => admin.get(beside.replace("compare?", "compare.csv?")), 200],
  ];
  for (const [interview, look, status] of looks) {
    assert.equal((await look()).status, status, "as it was signed it is read");
    await whileForged(interview, async () => {
      const reply = await look();
      assert.equal(reply.status, 500);
      assert.ok(!reply.text.includes("Forged"));
    });
  }
});

// --- requests ----------------------------------------------------------------------------------

test("one request is one request, whatever it says of its length", async () => {
  const hidden = "GET /health HTTP/1.1\r\nHost: viva\r\nX: ";
  const head = "POST /login HTTP/1.1\r\nHost: viva\r\nContent-Type: application/x-www-form-urlencoded\r\n";
  const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;
  const tricks = {
    "length and chunks": `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    "chunks and length": `${head}Transfer-Encoding: chunked\r\nContent-Length: ${chunk.length}\r\n\r\n${chunk}`,
    "two lengths": `${head}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
    "odd chunks": `${head}Transfer-Encoding: xchunked\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
    "a space before the colon": `${head}Content-Length : ${hidden.length}\r\n\r\n${hidden}`,
    "a bare line feed": `${head}Content-Length: ${hidden.length}\nTransfer-Encoding: identity\r\n\r\n${hidden}`,
  };
  for (const [what, bytes] of Object.entries(tricks)) {
    const answer = await raw(instance.url, `${bytes}\r\n\r\n`, { silence: 400 });
    assert.ok(!answer.includes('"database"'), `${what}: the hidden request was answered`);
    assert.doesNotMatch(answer, /^HTTP\/1\.1 (2|500)/, what);
  }
});

test("no other site reads an answer or asks in advance", async () => {
  for (const address of ["/profile", "/api/me", "/keys.json", "/api/openapi.yaml"]) {
    for (const method of ["GET", "OPTIONS"]) {
      const { headers, status } = await person.request(method, address, { headers: { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" } });
      assert.ok(!Object.keys(headers).some((name) => name.startsWith("access-control-")), `${method} ${address}`);
      assert.ok(method === "GET" || status === 405, `${method} ${address}: ${status}`);
    }
  }
});

test("what was escaped in a path stays so in the way to its page", async () => {
  for (const [asked, leads] of [["%3Fa=1%23b", "%3Fa%3D1%23b"], ["%5C%5Cevil.example", "%5C%5Cevil.example"], ["%C2%9B", "%C2%9B"]]) {
    const { status, headers } = await person.get(`/code/${asked}/runs`);
    assert.equal(status, 303);
    assert.equal(headers.location, `/code/${leads}`);
  }
});

// A program as a server starts it that looks at nothing; what it prints.
function runCgi(variables, body = "") {
  const env = { PATH: process.env.PATH, VIVA_HOME: root, VIVA_VAR: instance.var, VIVA_PROGRAMS: buildFolder(),
    GATEWAY_INTERFACE: "CGI/1.1", REMOTE_ADDR: "192.0.2.1", REQUEST_METHOD: "GET", QUERY_STRING: "", ...variables };
  return new Promise((resolve, reject) => {
    const child = execFile(path.join(root, buildFolder(), "account"), { env, encoding: "latin1" }, (error, stdout) =>
      (error ? reject(error) : resolve(stdout)));
    child.stdin.on("error", () => {});
    child.stdin.end(body);
  });
}

test("a server that checks nothing passes on nothing that harms", async () => {
  const odd = ["", "*", "login", "http://evil.example/login", "//login", "/login/", "/./login", "/x/../login", "/%2e%2e/login", "/login%00", "/login;x=y",
    "/%c0%aelogin", "/log%0d%0aX-Evil: 1", "/login\r\nX-Evil: 1", `/${"a".repeat(3000)}`, "/\xff\xfe", "/%"];
  for (const uri of odd) {
    const answer = await runCgi({ REQUEST_URI: uri });
    assert.match(answer, /^Status: 404\r\n/, JSON.stringify(uri));
    assert.doesNotMatch(answer, /^X-Evil/m);
  }
  const lies = [{ REQUEST_METHOD: "GET\r\nX-Evil: 1" }, { HTTP_HOST: 'a"><x>\r\nX-Evil: 1' }, { HTTP_COOKIE: "viva_flash=1\r\nX-Evil: 1" },
    { HTTP_ACCEPT_LANGUAGE: `${"ru,".repeat(20000)}` }, { QUERY_STRING: `${"a=1&".repeat(20000)}` }, { CONTENT_TYPE: "\xff", CONTENT_LENGTH: "4294967297" },
    { REMOTE_ADDR: "1.2.3.4\r\nforged line" }, { HTTP_COOKIE: `${"c=1; ".repeat(20000)}` }];
  for (const lie of lies) {
    const answer = await runCgi({ REQUEST_URI: "/login", ...lie });
    assert.match(answer, /^Status: (200|405)\r\n/, JSON.stringify(lie).slice(0, 80));
    assert.doesNotMatch(answer, /^X-Evil/m);
  }
  for (const CONTENT_LENGTH of ["-1", "99999999999999999999", "1e3", " 5", "0x5", "5"]) {
    const answer = await runCgi({ REQUEST_URI: "/login", REQUEST_METHOD: "POST", CONTENT_TYPE: "application/x-www-form-urlencoded", CONTENT_LENGTH }, "a=b");
    assert.match(answer, /^Status: 400\r\n/, CONTENT_LENGTH);
  }
});

// --- many small things -------------------------------------------------------------------------

test("documents of very many or very deep members are refused, and others are served", async () => {
  const program = await apiLogIn(instance, person.name);
  const many = (count) => `{${Array.from({ length: count }, (_, i) => `"k${i}":1`).join(",")}}`;
  const same = `{${'"about":"x",'.repeat(5000)}"about":"y"}`;
  const deep = `{"about":${"[".repeat(200000)}${"]".repeat(200000)}}`;
  const wide = `{"about":[${"0,".repeat(500000)}0]}`;
  for (const body of [many(5000), many(100000), same, deep, wide]) {
    const reply = await program.request("PATCH", "/me", body);
    assert.ok([400, 413].includes(reply.status), reply.text.slice(0, 200));
    assert.ok(reply.text.length < 20000, "and the answer is short");
  }
  assert.equal((await program.get("/me")).status, 200);
});

test("a form's one-time value is short: nothing large is stored with it", async () => {
  const large = "n".repeat(100000);
  const form = await person.get("/interviews/new");
  const start = { csrf: inputValue(form.text, "csrf"), role: "backend", level: "middle", type: "technical", language: "en", question_count: "5" };
  assert.equal((await person.post("/interviews", { ...start, nonce: large })).status, 400);
  const talk = await openChat(person, await startInterview(person));
  assert.equal((await press(person, { ...talk, nonce: large }, "say", "It is an index.")).status, 400);
  const task = await openCode(person, await codingQuestion(person, await startCoding(person)));
  for (const fields of [{ nonce: large }, { code: "x".repeat(300 * 1024) }, { custom_input: `["${large}"]` }]) {
    const code = { ...task.fields, code: "print(1)", ...fields, action: "run" };
    const { status } = await person.post(`/code/${task.id}/runs`, code);
    assert.ok(status === 400 || status === 413, `${Object.keys(fields)[0]}: ${status}`);
  }
  const longest = sql(instance, `SELECT max(length(n)) FROM (SELECT start_nonce AS n FROM interviews
    UNION ALL SELECT nonce FROM turns UNION ALL SELECT nonce || code FROM submissions)`);
  assert.ok(Number(longest) < 5000, longest);
});

test("answers that parsers stumble over are answers", async () => {
  const id = await startInterview(person, { question_count: "8" });
  const shapes = ["[", "*a_ ", "`", "](", "> ", "<a ", "&amp", "((", "!!!![", "1. ", "no not never ", "\u0301", "a-b-c.d,e "];
  for (const shape of shapes) {
    const reply = await press(person, await openChat(person, id), "say", shape.repeat(Math.floor(20000 / shape.length)));
    assert.ok([303, 400].includes(reply.status), `${shape}: ${reply.status}`);
  }
  assert.equal((await person.get(`/interviews/${id}`)).status, 200);
});

test("of one person's long PDFs a few are made at once, and the page of the report is told meanwhile", async () => {
  const id = await startInterview(person, { question_count: "8" });
  const words = "\u0645\u0631\u062d\u0628\u0627 (abc) \u0628\u0643 123 ".repeat(1000);
  for (let chat = await openChat(person, id); chat.questionId; chat = await openChat(person, id)) {
    const { headers } = await press(person, chat, "say", words);
    if (headers.location.startsWith("/reports/")) {
      break;
    }
  }
  const replies = await Promise.all(Array.from({ length: 14 }, () => person.get(`/reports/${id}/report.pdf`)));
  const of = (status) => replies.filter((reply) => reply.status === status);
  assert.equal(of(200).length + of(303).length, replies.length);
  assert.ok(of(200).length >= 1 && of(303).length >= 1, `${of(200).length} were made`);
  assert.ok(of(303).every(({ headers }) => headers.location === `/reports/${id}`));
  assert.equal((await person.get(`/reports/${id}/report.pdf`)).status, 200);
});

// --- who one is not ----------------------------------------------------------------------------

test("nobody becomes more by naming it", async () => {
  const program = await apiLogIn(instance, person.name);
  const before_ = (await program.get("/me")).json;
  for (const more of [{ role: "admin" }, { is_admin: true }, { id: "1" }, { created_at: 0 }, { password_hash: "x" }, { disabled_at: null }]) {
    assertProblem(await program.patch("/me", { about: "x", ...more }), 400);
    assertProblem(await new ApiClient(instance).post("/register", { username: freshName(), password: PASSWORD, ...more }), 400);
  }
  assert.deepEqual((await program.get("/me")).json, before_);
});

test("a name that does not exist is told as one that does, to programs as well", async () => {
  const [known, unknown] = await Promise.all([person.name, freshName("nobody")].map((username) =>
    new ApiClient(instance).post("/login", { username, password: "not the password" })));
  const told = ({ status, json, headers }) => ({ status, ...json, instance: "", headers: Object.keys(headers).sort().join() });
  assert.deepEqual(told(known), told(unknown));
  assert.equal(known.text.length, unknown.text.length);
});

test("ids of one's own open nothing of another's", async () => {
  const other = await register(instance);
  const mine = await startInterview(person), theirs = await startInterview(other);
  const program = await apiLogIn(instance, person.name);
  const { json } = await (await apiLogIn(instance, other.name)).get(`/interviews/${theirs}/questions`);
  const question = json.questions[0].id;
  assertProblem(await program.get(`/interviews/${mine}/questions/${question}/task`), 404);
  const answer = { question_id: question, answer_text: "An answer in another's talk, said to one's own interviewer." };
  const reply = await program.post(`/interviews/${mine}/answers`, answer);
  assert.ok([400, 404, 409].includes(reply.status), reply.text);
  assert.equal(sql(instance, `SELECT count(*) FROM turns WHERE body LIKE 'An answer in another%'`), "0");
});

// --- races -------------------------------------------------------------------------------------

test("of hints that are asked for all at once each is taken and paid once", async () => {
  const interview = await startCoding(person);
  const id = await codingQuestion(person, interview);
  const pages = await Promise.all(Array.from({ length: 6 }, () => openCode(person, id)));
  const replies = await Promise.all(pages.map(({ fields }) => person.post(`/code/${id}/hints`, { ...fields, level: "1" })));
  assert.ok(replies.every(({ status }) => status === 303 || status === 409));
  assert.equal(sql(instance, `SELECT count(*) || max(level) FROM hints WHERE question_id = '${id}'`), "11");
});

test("a link that is closed while it is followed shows all or nothing", async () => {
  const interview = await wholeInterview(person);
  await person.get(`/reports/${interview}`);
  const page = `/reports/${interview}/share`;
  const { text } = await person.get(page);
  await person.post(page, { csrf: inputValue(text, "csrf"), nonce: inputValue(text, "nonce"), scope: "numbers", days: "7" });
  const [, share] = (await person.get(page)).text.match(/\/shared\/([0-9a-f]{32})"/);
  const csrf = await person.csrf("/profile");
  const looks = Array.from({ length: 6 }, () => stranger(instance).get(`/shared/${share}`));
  const [closed, ...replies] = await Promise.all([person.post(`${page}/${share}/revoke`, { csrf }), ...looks]);
  assert.equal(closed.status, 303);
  for (const { status, text: shown } of replies) {
    assert.ok(status === 404 || (status === 200 && /<\/html>/.test(shown)), String(status));
  }
  assert.equal((await stranger(instance).get(`/shared/${share}`)).status, 404);
});
