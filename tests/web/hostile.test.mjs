// Broken and hostile requests: each is refused with a page in the visitor's language and one
// line in the log, and harms nothing that was there before.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { formBody, multipartBody, raw } from "./client.mjs";
import { startInstance } from "./instance.mjs";
import { inputValue, textareaValue, visibleText } from "./page.mjs";
import {
  act,
  freshName,
  openChat,
  PASSWORD,
  press,
  register,
  say,
  startInterview,
  stranger,
} from "./story.mjs";

const ANSWER = "Сначала я измеряю, потом меняю. Индекс ускоряет чтение, но замедляет запись.";
const DRAFT = "Черновик, который нельзя потерять";
const MIB = 1 << 20;

let instance, person, id;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  person = await register(instance, { language: "ru", fullName: "Пётр" });
  id = await startInterview(person, { question_count: "10" });
  await say(person, id, ANSWER);
  await act(person, id, "hint", DRAFT);
});
after(() => instance?.stop());

// --- what holds for every refusal -------------------------------------------------

function systemLines(requestId) {
  const lines = readFileSync(`${instance.var}/log/system.log`, "utf8").split("\n");
  return lines.filter((line) => line.includes(`req=${requestId} `));
}

function assertRefused(reply, status, language = "ru") {
  assert.equal(reply.status, status, visibleText(reply.text).slice(0, 500));
  assert.equal(reply.headers["content-type"], "text/html; charset=utf-8");
  assert.match(reply.text, new RegExp(`<html lang="${language}"`));
  const lines = systemLines(reply.headers["x-request-id"]);
  assert.equal(lines.length, 1, `lines in the log: ${lines.join("\n")}`);
}

async function assertNothingLost() {
  const chat = await openChat(person, id);
  assert.ok(chat.turns.some((turn) => turn.isMine && turn.text === ANSWER), "the answer is still there");
  assert.equal(chat.typed, DRAFT, "the draft is still there");
}

async function turnFields(changes) {
  const chat = await openChat(person, id);
  return { csrf: chat.csrf, nonce: chat.nonce, question_id: chat.questionId, action: "say", answer: "x", ...changes };
}

const turns = () => `/interviews/${id}/turns`;

// --- bodies -----------------------------------------------------------------------

const bodies = {
  "a form of 10 MB": { status: 413, answer: () => "a".repeat(10 * MIB) },
  "a form of 20 MB": { status: 413, answer: () => "a".repeat(20 * MIB) },
  "a form a little over the programs' limit": { status: 413, answer: () => "a".repeat(6 * MIB) },
  "an answer of three million characters": { status: 400, answer: () => "слон ".repeat(60).concat("a".repeat(3e6)) },
  "an answer too long to be shown again": { status: 413, answer: () => "a".repeat(5.9e6) },
  "an empty answer": { status: 400, answer: () => "" },
  "an answer of white space": { status: 400, answer: () => " \n\t\u00a0 \n" },
};

for (const [what, { status, answer }] of Object.entries(bodies)) {
  test(what, async () => {
    const reply = await person.post(turns(), await turnFields({ answer: answer() }));
    assertRefused(reply, status);
    await assertNothingLost();
  });
}

test("an answer one character too long comes back in the field", async () => {
  const long = "я".repeat(20000) + "!";
  const reply = await person.post(turns(), await turnFields({ answer: long }));
  assertRefused(reply, 400);
  assert.equal(textareaValue(reply.text, "answer"), long);
  assert.match(visibleText(reply.text), /20/);
  await assertNothingLost();
});

test("a text too long for a draft is not said to be saved, whatever the button", async () => {
  const long = "я".repeat(90000);
  const saved = await person.post(`/interviews/${id}/draft`, { csrf: (await turnFields()).csrf, answer: long });
  assertRefused(saved, 400);
  for (const action of ["hint", "skip", "stop", "model_answer", "dont_know"]) {
    const reply = await person.post(turns(), await turnFields({ action, answer: long }));
    assertRefused(reply, 400);
    assert.equal(textareaValue(reply.text, "answer"), long, action);
  }
  await assertNothingLost();
});

test("an answer of exactly 20,000 characters is taken", async () => {
  const other = await register(instance, { language: "uk" });
  const talk = await startInterview(other);
  const long = "ї".repeat(19999) + ".";
  assert.equal((await press(other, await openChat(other, talk), "say", long)).status, 303);
  assert.ok((await openChat(other, talk)).turns.some((turn) => turn.text === long));
});

const pieces = {
  "a byte that is no UTF-8": "answer=%FF%FE",
  "an overlong form": "answer=%C0%AF",
  "half of a surrogate pair": "answer=%ED%A0%80",
  "a character above U+10FFFF": "answer=%F4%90%80%80",
  "NUL as %00": "answer=a%00b",
  "a raw NUL": "answer=a\0b",
  "a raw byte that is no UTF-8": Buffer.from("answer=\xff\xfe", "latin1"),
  "a broken escape": "answer=%4",
  "an escape of no digits": "answer=%zz",
  "a field twice": "answer=one&answer=two",
  "a field nobody asked for": "answer=one&is_admin=1",
  "ten thousand fields": Array.from({ length: 10000 }, (_, i) => `f${i}=1`).join("&"),
  "an unknown button": "answer=x&action=explode",
};

for (const [what, piece] of Object.entries(pieces)) {
  test(`a form with ${what}`, async () => {
    const { csrf, nonce, question_id: questionId } = await turnFields();
    const rest = Buffer.from(`&${formBody({ csrf, nonce, question_id: questionId })}`);
    const reply = await person.request("POST", turns(), {
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: Buffer.concat([Buffer.from(piece), rest]),
    });
    assertRefused(reply, 400);
    await assertNothingLost();
  });
}

test("what was typed beside an unknown field is shown again", async () => {
  const typed = "Долго писал и не хочу потерять <b>это</b>";
  const reply = await person.post(turns(), await turnFields({ answer: typed, extra: "1" }));
  assertRefused(reply, 400);
  assert.ok(visibleText(reply.text).includes(typed));
});

const types = {
  "application/json": '{"answer":"x"}',
  "text/plain": "answer=x",
  "application/x-www-form-urlencodedish": "answer=x",
  "": "answer=x",
};

for (const [type, body] of Object.entries(types)) {
  test(`a body of type "${type}"`, async () => {
    const reply = await person.request("POST", turns(), { headers: type ? { "Content-Type": type } : {}, body });
    assertRefused(reply, 415);
    await assertNothingLost();
  });
}

test("a multipart form works, and a broken one is refused", async () => {
  const fields = await turnFields({ action: "hint", answer: DRAFT });
  assert.equal((await person.postMultipart(turns(), fields)).status, 303);

  const { type, data } = multipartBody(await turnFields());
  const whole = data.toString("latin1");
  const broken = {
    "no end": [type, whole.slice(0, -4)],
    "cut in the middle": [type, whole.slice(0, whole.length / 2)],
    "no blank line": [type, whole.replace("\r\n\r\n", "\r\n")],
    "no name": [type, whole.replace('name="csrf"', "")],
    "no boundary": ["multipart/form-data", whole],
    "another boundary": ["multipart/form-data; boundary=other", whole],
    "an endless boundary": [`multipart/form-data; boundary=${"b".repeat(5000)}`, whole],
    "only dashes": [type, "--"],
    "a NUL in a text": [type, whole.replace("\r\n\r\nx\r\n", "\r\n\r\n\0\r\n")],
    "bad UTF-8 in a name": [type, whole.replace('name="answer"', 'name="answer\xff"')],
  };
  for (const [what, [contentType, text]] of Object.entries(broken)) {
    assert.ok(text !== whole || contentType !== type, what);
    const reply = await person.request("POST", turns(), {
      headers: { "Content-Type": contentType },
      body: Buffer.from(text, "latin1"),
    });
    assert.equal(reply.status, 400, what);
    assertRefused(reply, 400);
  }
  await assertNothingLost();
});

// --- raw requests -----------------------------------------------------------------

const cookies = () => `Cookie: ${person.cookieHeader()}\r\nAccept-Language: ru\r\n`;

const head = (request, headers = "") => `${request} HTTP/1.1\r\nHost: viva\r\nConnection: close\r\n${headers}`;

function rawStatus(answer) {
  return Number(answer.match(/^HTTP\/1\.1 (\d{3})/)?.[1]);
}

test("a form without a length", async () => {
  const headers = `${cookies()}Content-Type: application/x-www-form-urlencoded\r\n`;
  const answer = await raw(instance.url, `${head(`POST ${turns()}`, headers)}\r\n`);
  assert.equal(rawStatus(answer), 400);
  const [, requestId] = answer.match(/^X-Request-Id: (\w+)\r$/m);
  assert.equal(systemLines(requestId).length, 1);
  await assertNothingLost();
});

test("a form in chunks is a form like any other", async () => {
  const body = formBody(await turnFields({ action: "hint", answer: DRAFT }));
  const chunks = [body.slice(0, 10), body.slice(10)].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`);
  const headers = `${cookies()}Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n`;
  const answer = await raw(instance.url, `${head(`POST ${turns()}`, headers)}\r\n${chunks.join("")}0\r\n\r\n`);
  assert.equal(rawStatus(answer), 303, answer.slice(0, 300));
  await assertNothingLost();
});

for (const length of ["-1", "1e3", "99999999999999999999", "0x10", "5, 6"]) {
  test(`a length of ${length}`, async () => {
    const headers = `${cookies()}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n`;
    const status = rawStatus(await raw(instance.url, `${head(`POST ${turns()}`, headers)}\r\nanswer=x`));
    assert.ok([400, 413].includes(status), `status ${status}`);
    await assertNothingLost();
  });
}

test("a body that breaks off changes nothing", async () => {
  const body = formBody(await turnFields({ answer: "Обрывок" }));
  const headers = `${cookies()}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n`;
  await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(instance.url);
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${head(`POST ${turns()}`, headers)}\r\n${body.slice(0, -5)}`, () => socket.destroy());
    });
    socket.on("close", resolve);
    socket.on("error", reject);
  });
  await assertNothingLost();
  assert.ok(!(await openChat(person, id)).turns.some((turn) => turn.text.includes("Обрыв")));
});

const PATHS = [
  ["/profile/../admin", 403], // nginx and the program agree where this leads, or it is refused
  ["/%2e%2e/%2e%2e/etc/passwd", 400],
  ["/interviews/%2e%2e/admin", 404],
  ["//profile", 404],
  ["//evil.example/profile", 404],
  ["/profile%00.txt", 400],
  ["/profile%0d%0aSet-Cookie:%20evil=1", 404],
  ["/%ff%fe", 404],
  ["/profile%2f", 404],
  ["/%70rofile", 200],
  [`/${"a".repeat(5000)}`, 404],
  [`/${"a".repeat(40000)}`, 414],
  ["/static/0/../../viva.db", 404],
  ["/static/../viva.db", 404],
  ["/static/0/..%2f..%2fviva.db", 404],
  ["/static/0/%2e%2e/VERSION", 404],
  ["/unavailable.ru.html", 404],
  ["/unavailable.problem.json", 404],
  ["/viva.db", 404],
  ["/.env", 404],
];

for (const [path, status] of PATHS) {
  test(`the path ${path.slice(0, 60)}`, async () => {
    const answer = await raw(instance.url, `${head(`GET ${path}`, cookies())}\r\n`);
    const got = rawStatus(answer);
    assert.ok(got === status || (status !== 200 && [400, 403, 404].includes(got)), `status ${got}`);
    assert.doesNotMatch(answer, /^(Set-Cookie: evil|Location: \/\/)/m);
    assert.ok(!answer.includes("SQLite format") && !answer.includes("root:"));
  });
}

test("CR and LF in the request line make no header", async () => {
  const answer = await raw(instance.url, "GET /\r\nX: y HTTP/1.1\r\nHost: viva\r\nConnection: close\r\n\r\n");
  assert.doesNotMatch(answer, /^X: y/m);
  const query = await person.get("/login?next=%0d%0aSet-Cookie:%20evil=1");
  assert.doesNotMatch(String(query.headers["set-cookie"]), /evil/);
  const named = await raw(instance.url, `${head("GET /nothing%0d%0aX-Evil:%201", cookies())}\r\n`);
  assert.doesNotMatch(named, /^X-Evil/m);
});

test("many and long headers are served or refused, never broken", async () => {
  for (const [count, size] of [[100, 20], [2000, 20], [5, 10000], [1, 100000]]) {
    const lines = Array.from({ length: count }, (_, i) => `X-Flood-${i}: ${"f".repeat(size)}\r\n`).join("");
    const status = rawStatus(await raw(instance.url, `${head("GET /health", lines)}\r\n`));
    assert.ok([200, 400].includes(status), `${count} headers of ${size}: ${status}`);
  }
  const cookie = `Cookie: ${"c=1; ".repeat(2000)}\r\n`;
  assert.equal(rawStatus(await raw(instance.url, `${head("GET /health", cookie)}\r\n`)), 200);
});

test("cookies that are not ours, or broken ones, make a stranger", async () => {
  for (const cookie of ["viva_session=", "viva_session=zz", `viva_session=${"f".repeat(64)}`, "=;;;==; viva_session",
    `viva_session=${"'".repeat(64)}`, "viva_flash=999999999999; viva_lang=xx", "viva_flash=-1"]) {
    const reply = await stranger(instance).get("/login", { headers: { Cookie: cookie } });
    assert.equal(reply.status, 200, cookie);
    assert.ok(inputValue(reply.text, "csrf"));
  }
});

test("odd methods are refused", async () => {
  for (const method of ["FOO", "PROPFIND", "GETT", "get"]) {
    const answer = await raw(instance.url, `${head(`${method} /profile`, cookies())}\r\n`);
    assert.ok([400, 405].includes(rawStatus(answer)), `${method}: ${rawStatus(answer)}`);
  }
});

// --- forms with values nobody offered -----------------------------------------------

const starts = {
  "a role that is none": { role: "astronaut" },
  "a role of SQL": { role: "backend' OR '1'='1" },
  "no role": { role: "" },
  "a level that is none": { level: "god" },
  "two levels in one": { level: "junior middle" },
  "a type that is none": { type: "exam" },
  "a language that is none": { language: "xx" },
  "no questions": { question_count: "0" },
  "too many questions": { question_count: "16" },
  "a number that overflows": { question_count: "99999999999999999999" },
  "a negative time limit": { time_limit_min: "-1" },
  "half a minute": { time_limit_min: "0.5" },
  "a job description that is too long": { job_description: "д".repeat(10001) },
};

for (const [what, change] of Object.entries(starts)) {
  test(`an interview with ${what}`, async () => {
    const page = await person.get("/interviews/new");
    const reply = await person.post("/interviews", {
      csrf: inputValue(page.text, "csrf"),
      nonce: freshName(),
      role: "backend",
      level: "middle",
      type: "technical",
      language: "ru",
      question_count: "5",
      ...change,
    });
    assertRefused(reply, 400);
    assert.match(reply.text, /role="alert"/);
    if (change.job_description) {
      assert.equal(textareaValue(reply.text, "job_description"), change.job_description);
    }
  });
}

const registrations = {
  "a short name": { username: "ab" },
  "a long name": { username: "a".repeat(41) },
  "a name with a space": { username: "two words" },
  "a name with markup": { username: "<b>bold</b>" },
  "a name with a slash": { username: "../admin" },
  "a name with a zero-width space": { username: "ad\u200bmin" },
  "a short password": { password: "1234567" },
  "a long password": { password: "p".repeat(257) },
  "an endless password": { password: "p".repeat(5 * MIB) },
  "a long full name": { full_name: "п".repeat(101) },
};

for (const [what, change] of Object.entries(registrations)) {
  test(`a registration with ${what}`, async () => {
    const newcomer = stranger(instance, "ru");
    const fields = { username: freshName(), full_name: "", password: PASSWORD, ...change };
    const reply = await newcomer.postForm("/register", fields);
    assertRefused(reply, 400);
    assert.equal(inputValue(reply.text, "username"), fields.username);
    assert.ok(!reply.text.includes(fields.password), "the password is not sent back");
    assert.equal((await newcomer.get("/profile")).status, 303);
  });
}

test("a name is taken whatever its case, also in Cyrillic", async () => {
  const name = `Їжак-${freshName()}`;
  await register(instance, { name });
  const reply = await stranger(instance, "uk").postForm("/register", {
    username: name.toUpperCase(),
    full_name: "",
    password: `another ${PASSWORD}`, // the same one would be a form sent twice
  });
  assertRefused(reply, 409, "uk");
});

test("a profile with a field too long keeps what was typed", async () => {
  const about = "о".repeat(5001);
  const fields = { full_name: "Пётр", position: "", level: "", stack: "", about };
  const reply = await person.postForm("/profile", fields);
  assertRefused(reply, 400);
  assert.equal(textareaValue(reply.text, "about"), about);
  assert.equal(textareaValue((await person.get("/profile")).text, "about"), "");
});

// --- the logs -----------------------------------------------------------------------

test("nobody can forge a line of a log, and no secret stands in one", () => {
  for (const file of ["system.log", "personal.log"]) {
    const text = readFileSync(`${instance.var}/log/${file}`, "utf8");
    const lines = text.split("\n").slice(0, -1);
    assert.ok(lines.length > 10, `${file} has lines`);
    lines.forEach((line) => assert.match(line, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d \w+ \w+\[\d+\]/));
    assert.ok(!text.includes(PASSWORD) && !text.includes(ANSWER) && !text.includes(DRAFT));
    assert.ok(!text.includes(person.cookies.get("viva_session")));
  }
});

test("no request ended in a server error", () => {
  const requests = readFileSync(`${instance.var}/log/personal.log`, "utf8");
  assert.doesNotMatch(requests, / status=5/);
  assert.doesNotMatch(readFileSync(`${instance.var}/log/system.log`, "utf8"), / error /);
});
