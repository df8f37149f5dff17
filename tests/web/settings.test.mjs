// Settings: names, language, time zone, password, and who else is logged in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { apiLogIn } from "./api.mjs";
import { startInstance } from "./instance.mjs";
import { inputValue, roleTexts, tags, visibleText } from "./page.mjs";
import { act, freshName, logIn, makeAdmin, openChat, PASSWORD, register, startInterview, stranger, wholeInterview } from "./story.mjs";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
const NEW_PASSWORD = "another horse, another staple";

let instance;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000", VIVA_LOGIN_TRIES: "20" } });
});
after(() => instance?.stop());

const account = (person, changes = {}) => ({
  username: person.name,
  full_name: "",
  language: "en",
  time_zone: "",
  ...changes,
});

async function save(person, changes) {
  return person.postForm("/settings", account(person, changes));
}

async function settings(person) {
  const reply = await person.get("/settings");
  assert.equal(reply.status, 200, visibleText(reply.text));
  return reply.text;
}

// The rows of the list of log-ins: { id, text, isCurrent }.
async function logIns(person) {
  const [, body] = (await settings(person)).match(/<tbody>([^]*?)<\/tbody>/);
  return body.split("<tr>").slice(1).map((row) => ({
    id: inputValue(row, "id"),
    text: visibleText(row),
    isCurrent: row.includes("this one"),
  }));
}

// A further browser of the same person.
function browserOf(person, agent, password = PASSWORD) {
  const browser = stranger(instance, "en", { "User-Agent": agent });
  return browser.postForm("/login", { username: person.name, password }).then(() => browser);
}

// --- name, language, time zone -------------------------------------------------------

test("who changes the user name logs in with the new one, and keeps everything", async () => {
  const person = await register(instance, { fullName: "Old Name" });
  const interview = await startInterview(person);
  const name = freshName("renamed");
  const reply = await save(person, { username: name, full_name: "New Name" });
  assert.equal(reply.status, 303, visibleText(reply.text));
  assert.equal(reply.headers.location, "/settings");
  const page = await settings(person);
  assert.deepEqual(roleTexts(page, "status"), ["Saved."]);
  assert.equal(inputValue(page, "username"), name);
  assert.equal(inputValue(page, "full_name"), "New Name");
  const again = await logIn(instance, name);
  assert.equal((await again.get(`/interviews/${interview}`)).status, 200);
  const old = await stranger(instance).postForm("/login", { username: person.name, password: PASSWORD });
  assert.equal(old.status, 401, "the old name is nobody's");
  assert.equal((await register(instance, { name: person.name })).name, person.name, "and free again");
});

test("the letter case of one's own name may change", async () => {
  const person = await register(instance);
  assert.equal((await save(person, { username: person.name.toUpperCase() })).status, 303);
  assert.equal(inputValue(await settings(person), "username"), person.name.toUpperCase());
});

test("a fault is told, what was typed is kept, nothing is saved", async () => {
  const person = await register(instance, { fullName: "Right" });
  const other = await register(instance);
  const cases = [
    [409, { username: other.name.toUpperCase() }, /taken/],
    [400, { username: "ab" }, /3 to 40/],
    [400, { username: "with space" }, /3 to 40/],
    [400, { username: "x".repeat(41) }, /3 to 40/],
    [400, { full_name: "x".repeat(101) }, /too long/],
    [400, { language: "de" }, /languages/],
    [400, { time_zone: "Europe/Atlantis" }, /no such time zone/],
    [400, { time_zone: "../../../etc/passwd" }, /no such time zone/],
    [400, { time_zone: "+03:00" }, /no such time zone/],
    [400, { time_zone: "x".repeat(65) }, /no such time zone/],
  ];
  for (const [status, changes, message] of cases) {
    const typed = account(person, { full_name: "<b>Typed</b>", ...changes });
    const reply = await person.postForm("/settings", typed);
    assert.equal(reply.status, status, JSON.stringify(changes));
    assert.match(roleTexts(reply.text, "alert").join(), message);
    assert.equal(inputValue(reply.text, "full_name"), typed.full_name, "what was typed is there");
    assert.equal(inputValue(reply.text, "time_zone"), typed.time_zone);
    const page = await settings(person);
    assert.equal(inputValue(page, "username"), person.name);
    assert.equal(inputValue(page, "full_name"), "Right");
    assert.equal(inputValue(page, "time_zone"), "");
  }
});

test("the language of the pages follows, also where one is not logged in", async () => {
  const person = await register(instance);
  await save(person, { language: "uk" });
  assert.match(await settings(person), /<html lang="uk">/);
  await person.postForm("/settings", {}, { action: "/logout" });
  assert.match((await person.get("/login")).text, /<html lang="uk">/);
});

// What the language switch of the page leads back to; undefined: there is none.
const backOf = (page) => inputValue(page.text, "back");

test("the switch of languages keeps the page that is open, and nothing shown once is lost by it", async () => {
  const person = await register(instance);
  for (const address of ["/history?type=technical&sort=oldest", "/settings"]) {
    assert.equal(backOf(await person.get(address)), address);
  }
  const visitor = stranger(instance);
  assert.equal(backOf(await visitor.get("/login?next=/review")), "/login?next=/review");
  const refused = await person.postForm("/settings", { old_password: "wrong" }, { action: "/settings/password" });
  assert.ok(refused.status >= 400);
  const back = await person.postForm("/settings", { language: "ru", back: backOf(refused) }, { action: "/language" });
  assert.equal((await person.get(back.headers.location)).headers.location, "/settings", "the form's page");
  assert.equal(backOf(await person.get("/history/compare?i1=a")), "/");
  assert.equal(backOf(await person.get("/nothing?a=1")), "/");
  const form = await person.get("/settings/tokens");
  const made = await person.post("/settings/tokens", {
    csrf: inputValue(form.text, "csrf"), nonce: inputValue(form.text, "nonce"), name: "a", scope: "read", days: "7",
  });
  assert.equal(made.status, 200, visibleText(made.text));
  assert.equal(backOf(made), undefined);
});

// --- the reader's clock -----------------------------------------------------------------

const dates = (html) => visibleText(html).match(/\d\d\.\d\d\.\d{4} \d\d:\d\d/g) ?? [];

// Minutes between two "21.11.2026 03:20".
function minutesBetween(a, b) {
  const ms = (text) => {
    const [day, month, year, hour, minute] = text.match(/\d+/g).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute);
  };
  return (ms(b) - ms(a)) / 60000;
}

test("times are shown by the reader's clock, and a report by each reader's own", async () => {
  const person = await register(instance);
  const admin = await makeAdmin(instance);
  const id = await wholeInterview(person);
  const report = `/reports/${id}`;
  const seen = {};
  for (const [reader, zone] of [[person, ""], [person, "Asia/Kathmandu"], [admin, "Asia/Tokyo"], [person, "Asia/Tokyo"]]) {
    assert.equal((await save(reader, { time_zone: zone.toLowerCase() })).status, 303);
    assert.equal(inputValue(await settings(reader), "time_zone"), zone, "spelt as tzdata does");
    const [text, page] = [await reader.get(`${report}/report.txt`), await reader.get(report)];
    const key = `${reader === admin ? "admin " : ""}${zone}`;
    seen[key] = { txt: dates(text.text)[0], page: dates(page.text)[0] };
    assert.ok(seen[key].txt, "the text has a date");
    assert.equal(seen[key].page, seen[key].txt);
  }
  assert.equal(minutesBetween(seen[""].txt, seen["Asia/Kathmandu"].txt), 5 * 60 + 45);
  assert.equal(minutesBetween(seen[""].txt, seen["Asia/Tokyo"].txt), 9 * 60);
  assert.equal(seen["admin Asia/Tokyo"].txt, seen["Asia/Tokyo"].txt);
  await save(person, { time_zone: "" });
  assert.equal(dates((await person.get(`${report}/report.txt`)).text)[0], seen[""].txt, "and back");
});

test("the chat's clock is the candidate's", async () => {
  const person = await register(instance);
  const id = await startInterview(person);
  const clock = async () => (await openChat(person, id)).html.match(/<time[^>]*>(\d\d:\d\d)/)[1];
  const server = await clock();
  await save(person, { time_zone: "Asia/Kolkata" });
  const [h, m] = server.split(":").map(Number);
  const minutes = (h * 60 + m + 330) % 1440;
  const pad = (n) => String(n).padStart(2, "0");
  assert.equal(await clock(), `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`);
  await act(person, id, "hint");
});

test("the form offers the zones of the world", async () => {
  const person = await register(instance);
  const zones = tags(await settings(person), "option").map(({ value }) => value).filter((value) => value.includes("/"));
  assert.ok(zones.length > 300);
  for (const zone of ["Europe/Kyiv", "America/New_York", "Europe/Oslo"]) {
    assert.ok(zones.includes(zone), zone);
  }
  assert.equal((await save(person, { time_zone: zones.at(-1) })).status, 303);
});

// --- the password -------------------------------------------------------------------------

function changePassword(person, old, fresh) {
  return person.postForm("/settings", { username: person.name, old_password: old, new_password: fresh }, { action: "/settings/password" });
}

test("a new password ends all other log-ins, this one stays", async () => {
  const person = await register(instance);
  const other = await browserOf(person, FIREFOX);
  assert.equal((await other.get("/settings")).status, 200);
  const reply = await changePassword(person, PASSWORD, NEW_PASSWORD);
  assert.equal(reply.status, 303, visibleText(reply.text));
  assert.match(roleTexts(await settings(person), "status").join(), /Password changed/);
  assert.equal((await other.get("/settings")).status, 303);
  assert.equal((await stranger(instance).postForm("/login", { username: person.name, password: PASSWORD })).status, 401);
  assert.equal((await logIn(instance, person.name, { password: NEW_PASSWORD })).name, person.name);
});

test("without the old password, or with a weak new one, nothing changes", async () => {
  const person = await register(instance);
  const other = await browserOf(person, FIREFOX);
  for (const [status, old, fresh] of [
    [403, "wrong password!", NEW_PASSWORD],
    [403, "", NEW_PASSWORD],
    [400, PASSWORD, "short"],
    [400, PASSWORD, PASSWORD],
    [400, PASSWORD, "password1"],
    [400, PASSWORD, `${person.name}${person.name}`],
  ]) {
    const reply = await changePassword(person, old, fresh);
    assert.equal(reply.status, status, `${old} ${fresh}: ${visibleText(reply.text)}`);
    assert.equal(roleTexts(reply.text, "alert").length, 1);
    assert.ok(!reply.text.includes(fresh) || fresh === "", "no password comes back");
    assert.equal((await other.get("/settings")).status, 200, "the other log-in lives");
  }
  assert.equal((await logIn(instance, person.name)).name, person.name, "the old password holds");
});

test("guessing the old password from an open browser is slowed down", async () => {
  const person = await register(instance);
  const statuses = [];
  for (let i = 0; i < 22; i++) {
    statuses.push(await changePassword(person, `wrong password ${i}`, NEW_PASSWORD));
  }
  assert.match(visibleText(statuses.at(-1).text), /Too many tries/);
  assert.match(visibleText((await changePassword(person, PASSWORD, NEW_PASSWORD)).text), /Too many tries/);
});

// --- log-ins ------------------------------------------------------------------------------

test("the list says which devices are logged in and marks this one", async () => {
  const person = await register(instance);
  await browserOf(person, FIREFOX);
  await browserOf(person, IPHONE);
  await browserOf(person, "curl/8.5.0");
  await browserOf(person, "<script>alert(1)</script>");
  const rows = await logIns(person);
  assert.equal(rows.length, 5);
  assert.equal(rows.filter(({ isCurrent }) => isCurrent).length, 1);
  for (const device of ["Firefox on Linux", "Safari on iPhone", "a program: curl"]) {
    assert.equal(rows.filter(({ text }) => text.startsWith(device)).length, 1, device);
  }
  assert.ok(!(await settings(person)).includes("<script>alert"), "a browser's name is text");
});

test("one log-in is ended, the others live; nobody ends somebody else's", async () => {
  const person = await register(instance);
  const [phone, desk] = [await browserOf(person, IPHONE), await browserOf(person, FIREFOX)];
  const { id } = (await logIns(person)).find(({ text }) => text.startsWith("Safari"));
  const intruder = await register(instance);
  const end = (who, which) => who.postForm("/settings", { id: which }, { action: "/settings/log-ins/end" });
  assert.equal((await end(intruder, id)).status, 303);
  assert.equal((await end(person, "nonsense")).status, 303);
  assert.equal((await phone.get("/settings")).status, 200);
  assert.equal((await end(person, id)).status, 303);
  assert.equal((await phone.get("/settings")).status, 303);
  assert.equal((await desk.get("/settings")).status, 200);
  assert.equal((await end(person, id)).status, 303, "the form twice");
});

test("a program's log-in is in the list, is ended there, and ends with the password", async () => {
  const person = await register(instance);
  const headers = { "User-Agent": "my-tool/1.0" };
  const [first, second] = [await apiLogIn(instance, person.name, { headers }), await apiLogIn(instance, person.name, { headers })];
  const ofPrograms = async () => (await logIns(person)).filter(({ text }) => text.startsWith("a program: my-tool through the API"));
  const listed = await ofPrograms();
  assert.equal(listed.length, 2);
  const reply = await person.postForm("/settings", { id: listed[0].id }, { action: "/settings/log-ins/end" });
  assert.equal(reply.status, 303);
  const statuses = [(await first.get("/me")).status, (await second.get("/me")).status];
  assert.deepEqual(statuses.sort(), [200, 401], "one of the two");
  assert.equal((await changePassword(person, PASSWORD, NEW_PASSWORD)).status, 303);
  assert.equal((await first.get("/me")).status, 401);
  assert.equal((await second.get("/me")).status, 401);
  assert.deepEqual(await ofPrograms(), []);
});

test("log out everywhere means everywhere", async () => {
  const person = await register(instance);
  const other = await register(instance);
  const phone = await browserOf(person, IPHONE);
  const program = await apiLogIn(instance, person.name);
  const reply = await person.postForm("/settings", {}, { action: "/settings/log-out-everywhere" });
  assert.equal(reply.headers.location, "/login");
  assert.equal((await person.get("/settings")).status, 303);
  assert.equal((await phone.get("/settings")).status, 303);
  assert.equal((await program.get("/me")).status, 401);
  assert.equal((await program.post("/token/refresh", { refresh_token: program.refreshToken })).status, 401);
  assert.equal((await other.get("/settings")).status, 200, "other people stay");
  assert.match(roleTexts((await person.get("/login")).text, "status").join(), /logged out everywhere/);
});
