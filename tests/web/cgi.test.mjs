// The same binaries as plain CGI, as on shared hosting: one process a request, no FastCGI.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { formBody, multipartBody } from "./client.mjs";
import { prepareFolder, root } from "./instance.mjs";
import { inputValue, tags, visibleText } from "./page.mjs";
import { written } from "./pdf.mjs";
import { freshName, PASSWORD } from "./story.mjs";

const build = path.join(root, process.env.VIVA_SAN === "1" ? "build/san" : process.env.VIVA_BUILD ?? "build");
const run = promisify(execFile);

let home;

before(async () => {
  home = mkdtempSync(path.join(tmpdir(), "viva-cgi-"));
  mkdirSync(path.join(home, "log"));
  await prepareFolder(home);
});
after(() => rmSync(home, { recursive: true, force: true }));

// One request as a web server would pass it on; gives what the program printed.
function runCgi(program, variables, body = "", onBroken = () => {}) {
  return new Promise((resolve, reject) => {
    const child = execFile(path.join(build, program), {
      cwd: "/",
      encoding: "buffer",
      env: {
        PATH: process.env.PATH,
        VIVA_HOME: root,
        VIVA_VAR: home,
        VIVA_PROGRAMS: path.relative(root, build),
        GATEWAY_INTERFACE: "CGI/1.1",
        SERVER_PROTOCOL: "HTTP/1.1",
        REMOTE_ADDR: "192.0.2.1",
        QUERY_STRING: "",
        ...variables,
      },
    }, (error, stdout, stderr) => (error ? reject(error) : resolve({ stdout, stderr: stderr.toString() })));
    child.stdin.on("error", onBroken);
    child.stdin.end(body);
  });
}

function parse(stdout) {
  const text = stdout.toString();
  const end = text.indexOf("\r\n\r\n");
  assert.ok(end > 0, "headers end with an empty line");
  const headers = {};
  for (const line of text.slice(0, end).split("\r\n")) {
    const [, name, value] = line.match(/^([\w-]+): (.*)$/) ?? assert.fail(`not a header line: ${line}`);
    (headers[name.toLowerCase()] ??= []).push(value);
  }
  return { status: Number(headers.status[0]), headers, text: text.slice(end + 4) };
}

// A browser that speaks CGI.
class CgiVisitor {
  constructor({ base = "", env = {} } = {}) {
    this.base = base;
    this.env = { ...env, ...(base && { VIVA_BASE_PATH: base }) };
    this.cookies = new Map();
  }

  async request(program, method, address, body, type = "application/x-www-form-urlencoded") {
    const [, query = ""] = address.split("?");
    const { stdout, stderr } = await runCgi(program, {
      ...this.env,
      REQUEST_METHOD: method,
      REQUEST_URI: this.base + address,
      QUERY_STRING: query,
      HTTP_COOKIE: [...this.cookies].map((pair) => pair.join("=")).join("; "),
      ...(body !== undefined && { CONTENT_TYPE: type, CONTENT_LENGTH: String(Buffer.byteLength(body)) }),
    }, body);
    assert.equal(stderr, "");
    const reply = parse(stdout);
    for (const line of reply.headers["set-cookie"] ?? []) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      this.cookies.set(name, value);
    }
    return reply;
  }

  get(program, address) {
    return this.request(program, "GET", address);
  }

  async post(program, page, action, fields) {
    const [pageProgram, address] = page;
    const form = await this.get(pageProgram, address);
    const csrf = inputValue(form.text, "csrf");
    const nonce = inputValue(form.text, "nonce");
    return this.request(program, "POST", action, formBody({ csrf, ...(nonce && { nonce }), ...fields }));
  }
}

test("a page of each program, with the headers of CGI", async () => {
  const visitor = new CgiVisitor();
  for (const [program, address, status] of [
    ["account", "/", 200],
    ["account", "/login?next=/profile", 200],
    ["account", "/health", 200],
    ["account", "/nothing", 404],
    ["interview", "/interviews/new", 303],
    ["report", "/reports/1", 303],
    ["code", "/code/1", 303],
    ["admin", "/admin", 303],
  ]) {
    const { status: got, headers, text } = await visitor.get(program, address);
    assert.equal(got, status, address);
    assert.equal(headers.status.length, 1);
    assert.equal(Number(headers["content-length"][0]), Buffer.byteLength(text), address);
    assert.match(headers["x-request-id"][0], /^[0-9a-f]{16}$/);
    assert.equal(headers["cache-control"][0], "no-store");
    if (status !== 303 && address !== "/health") {
      assert.equal(headers["content-type"][0], "text/html; charset=utf-8");
      assert.match(text, /^<!DOCTYPE html>/);
    }
  }
});

test("a CV is read by the process that gets it", async () => {
  const visitor = new CgiVisitor();
  await visitor.post("account", ["account", "/register"], "/register", { username: freshName(), full_name: "", password: PASSWORD });
  const csrf = inputValue((await visitor.get("account", "/profile/cv")).text, "csrf");
  const file = { filename: "cv.pdf", type: "application/pdf", data: written(["Ann Reed", "Python Developer"]) };
  const { type, data } = multipartBody({ csrf, file });
  const sent = await visitor.request("account", "POST", "/profile/cv", data, type);
  assert.equal(sent.status, 303, visibleText(sent.text));
  assert.equal(inputValue((await visitor.get("account", "/profile/cv")).text, "position"), "Python Developer");
});

test("HEAD prints no body", async () => {
  const reply = await new CgiVisitor().request("account", "HEAD", "/");
  assert.equal(reply.status, 200);
  assert.equal(reply.text, "");
  assert.ok(Number(reply.headers["content-length"][0]) > 1000);
});

test("a whole interview, each request a process of its own", async () => {
  const visitor = new CgiVisitor();
  const username = freshName();
  const registered = await visitor.post("account", ["account", "/register"], "/register", {
    username,
    full_name: "CGI Candidate",
    password: PASSWORD,
  });
  assert.equal(registered.status, 303, visibleText(registered.text));
  assert.equal(registered.headers.location[0], "/interviews/new");
  const started = await visitor.post("interview", ["interview", "/interviews/new"], "/interviews", {
    role: "backend",
    level: "junior",
    type: "technical",
    language: "en",
    question_count: "1",
  });
  assert.equal(started.status, 303, visibleText(started.text));
  const chat = started.headers.location[0];
  const page = await visitor.get("interview", chat);
  assert.equal(page.status, 200);
  const ended = await visitor.post("interview", ["interview", chat], `${chat}/turns`, {
    question_id: inputValue(page.text, "question_id"),
    action: "dont_know",
    answer: "",
  });
  const [report] = ended.headers.location;
  assert.equal(report, chat.replace("interviews", "reports"));
  assert.equal((await visitor.get("report", report)).status, 200);
  const document = JSON.parse((await visitor.get("report", `${report}/report.json`)).text);
  assert.equal(document.metrics.overall.total_score, 0);
  assert.match((await visitor.get("report", `${report}/report.txt`)).text, /CGI Candidate/);
});

test("code is judged before the program answers, by itself", async () => {
  const visitor = new CgiVisitor();
  await visitor.post("account", ["account", "/register"], "/register", {
    username: freshName(),
    full_name: "",
    password: PASSWORD,
  });
  const started = await visitor.post("interview", ["interview", "/interviews/new"], "/interviews", {
    role: "backend",
    level: "junior",
    type: "technical",
    language: "en",
    question_count: "1",
    coding_percent: "100",
    code_language: "python",
  });
  const chat = await visitor.get("interview", started.headers.location[0]);
  const [task] = chat.text.match(/\/code\/[0-9a-f-]{36}/);
  const editor = await visitor.get("code", task);
  const sent = await visitor.post("code", ["code", task], `${task}/runs`, {
    code: "this is no program",
    code_language: inputValue(editor.text, "code_language"),
    action: "run",
  });
  assert.equal(sent.status, 303, visibleText(sent.text));
  const page = await visitor.get("code", sent.headers.location[0].replace(/#.*/, ""));
  assert.match(visibleText(page.text), /The code does not compile\.|Public tests: 0 of/);
});

test("what requests left undone is done by viva work, once and silently", async () => {
  const base = path.join(home, "viva.db");
  const sql = async (text) => (await run("sqlite3", ["-cmd", ".timeout 10000", base, text])).stdout.trim();
  const [sent] = (await sql("SELECT id FROM submissions WHERE state = 'done'")).split("\n");
  assert.ok(sent, "the test before this one sent code");
  await sql(`UPDATE submissions SET state = 'queued', result = NULL, started_at = NULL, finished_at = NULL WHERE id = '${sent}'`);
  await sql("UPDATE web_sessions SET expires_at = 1 WHERE id = (SELECT id FROM web_sessions LIMIT 1)");
  const env = { PATH: process.env.PATH, VIVA_HOME: root, VIVA_VAR: home, VIVA_PROGRAMS: path.relative(root, build) };
  assert.deepEqual(await run(path.join(build, "viva"), ["work"], { env }), { stdout: "", stderr: "" });
  assert.equal(await sql(`SELECT state FROM submissions WHERE id = '${sent}'`), "done");
  assert.equal(await sql("SELECT count(*) FROM web_sessions WHERE expires_at = 1"), "0");
  assert.equal(await sql("SELECT count(*) FROM settings WHERE name LIKE 'health_%'"), "3", "the page of the installation's state knows");
});

test("a form that breaks off or lies about its length is refused", async () => {
  const visitor = new CgiVisitor();
  const variables = { REQUEST_METHOD: "POST", REQUEST_URI: "/login", CONTENT_TYPE: "application/x-www-form-urlencoded" };
  for (const [length, status] of [["500", 400], ["", 400], ["-5", 400], ["abc", 400], ["99999999", 413]]) {
    const { stdout } = await runCgi("account", { ...variables, CONTENT_LENGTH: length }, "username=x");
    assert.equal(parse(stdout).status, status, `length "${length}"`);
  }
  assert.equal((await visitor.get("account", "/login")).status, 200);
});

test("a body that is refused is read to its end, for a server may not listen before", async () => {
  const variables = { REQUEST_METHOD: "POST", REQUEST_URI: "/login", CONTENT_TYPE: "application/x-www-form-urlencoded" };
  const body = "x".repeat(9 << 20);
  const broken = [];
  const { stdout } = await runCgi("account", { ...variables, CONTENT_LENGTH: String(body.length) }, body, (error) => broken.push(error.code));
  assert.equal(parse(stdout).status, 413);
  assert.deepEqual(broken, []);
});

test("under a base path all addresses and cookies have it", async () => {
  const visitor = new CgiVisitor({ base: "/viva" });
  const front = await visitor.get("account", "/");
  assert.equal(front.status, 200);
  const links = [...tags(front.text, "a"), ...tags(front.text, "link"), ...tags(front.text, "script")];
  const addresses = links.map((tag) => tag.href ?? tag.src).filter((address) => !address.startsWith("#"));
  const actions = tags(front.text, "form").map((form) => form.action);
  assert.ok(addresses.length > 3 && actions.length > 0);
  [...addresses, ...actions].forEach((address) => assert.match(address, /^\/viva\//));

  const registered = await visitor.post("account", ["account", "/register"], "/register", {
    username: freshName(),
    full_name: "",
    password: PASSWORD,
  });
  assert.equal(registered.headers.location[0], "/viva/interviews/new");
  registered.headers["set-cookie"].forEach((line) => assert.match(line, /; Path=\/viva\/;/));
  const profile = await visitor.get("account", "/profile");
  assert.equal(profile.status, 200);
  const switched = await visitor.post("account", ["account", "/profile"], "/language", {
    language: "uk",
    back: inputValue(profile.text, "back"),
  });
  assert.equal(switched.headers.location[0], "/viva/profile", "the way back has the base path once");
  const sent = await new CgiVisitor({ base: "/viva" }).get("interview", "/interviews/new");
  assert.equal(sent.headers.location[0], "/viva/login?next=%2Finterviews%2Fnew");
});

test("what is not below the base path is not found", async () => {
  const statuses = {
    "/viva": 200,
    "/viva/": 200,
    "/": 404,
    "/login": 404,
    "/vivarium": 404,
    "/vivalogin": 404,
    "/viva//login": 404,
  };
  for (const [address, status] of Object.entries(statuses)) {
    const { stdout } = await runCgi("account", { VIVA_BASE_PATH: "/viva", REQUEST_METHOD: "GET", REQUEST_URI: address });
    assert.equal(parse(stdout).status, status, address);
  }
});

test("below a path the API's document names that path", async () => {
  const env = { VIVA_BASE_PATH: "/viva", REQUEST_METHOD: "GET", REQUEST_URI: "/viva/api/openapi.yaml" };
  const { stdout } = await runCgi("account", env);
  assert.match(parse(stdout).text, /^servers:\n {2}- url: \/viva\n/m);
});

test("below a path the API's answers have that path", async () => {
  const call = async (program, method, address, body, token = "") => {
    const text = body === undefined ? "" : JSON.stringify(body);
    const { stdout } = await runCgi(program, {
      VIVA_BASE_PATH: "/viva",
      REQUEST_METHOD: method,
      REQUEST_URI: `/viva/api${address}`,
      HTTP_AUTHORIZATION: `Bearer ${token}`,
      ...(text && { CONTENT_TYPE: "application/json", CONTENT_LENGTH: String(Buffer.byteLength(text)) }),
    }, text);
    const reply = parse(stdout);
    return { ...reply, json: JSON.parse(reply.text) };
  };
  const user = { username: freshName(), password: PASSWORD };
  assert.deepEqual((await call("account", "POST", "/register", user)).headers.location, ["/viva/api/me"]);
  const { json: { access_token: token } } = await call("account", "POST", "/login", user);
  const wish = { role_id: "backend", level: "mid", type: "technical", question_count: 1, coding_percent: 100, code_language: "python" };
  const { json: session } = await call("interview", "POST", "/interviews", wish, token);
  const at = `/interviews/${session.id}`;
  const { json: { questions: [question] } } = await call("interview", "GET", `${at}/questions`, undefined, token);
  const { json: { language } } = await call("code", "GET", `${at}/questions/${question.id}/task`, undefined, token);
  const sent = await call("code", "POST", `${at}/questions/${question.id}/runs`, { code: "x", language }, token);
  assert.deepEqual(sent.headers.location, [`/viva/api${at}/questions/${question.id}/submissions/${sent.json.id}`]);
  const { json: finished } = await call("interview", "POST", `${at}/finish`, {}, token);
  assert.equal(finished.report, `/viva/api${at}/report`);
});

test("a setting that makes no sense stops the program with a word about it", async () => {
  await assert.rejects(
    runCgi("account", { VIVA_THREADS: "many", REQUEST_METHOD: "GET", REQUEST_URI: "/" }),
    (error) => error.code === 1 && /VIVA_THREADS/.test(error.message),
  );
});
