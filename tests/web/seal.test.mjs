// Reports that prove themselves: what leaves the house is signed, and whoever changes a byte of
// it is found out, by the server, by the page in the browser and by anybody with the public key.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { apiLogIn } from "./api.mjs";
import { startInstance } from "./instance.mjs";
import { inputValue, visibleText } from "./page.mjs";
import { makeAdmin, register, shareReport, stranger, wholeInterview } from "./story.mjs";
import { verifier } from "./verifier.mjs";

let instance, owner, admin, visitor, interview, files;

before(async () => {
  instance = await startInstance();
  owner = await register(instance, { fullName: "Олена 😀" });
  admin = await makeAdmin(instance);
  visitor = stranger(instance);
  interview = await wholeInterview(owner);
  files = {
    candidate: (await owner.get(`/reports/${interview}/report.json`)).body,
    recruiter: (await admin.get(`/reports/${interview}/report.json`)).body,
    "candidate's API": await apiReport(owner),
    "recruiter's API": await apiReport(admin),
  };
});
after(() => instance?.stop());

async function apiReport(person) {
  const program = await apiLogIn(instance, person.name);
  const reply = await program.get(`/interviews/${interview}/report`);
  assert.equal(reply.status, 200, reply.text);
  return Buffer.from(reply.text);
}

function sql(statement) {
  const file = path.join(instance.var, "viva.db");
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", file, statement], { encoding: "utf8" }).trim();
}

const publicKeys = async () => JSON.parse((await visitor.get("/keys.json")).text).keys;

// What the server's page says of a file: the code of the shown state.
async function upload(data, browser = visitor) {
  const csrf = inputValue((await browser.get("/verify")).text, "csrf");
  const file = { filename: "report.json", type: "application/json", data };
  const reply = await browser.postMultipart("/verify", { csrf, file });
  const shown = [...reply.text.matchAll(/data-state="(\w+)"(?! hidden)/g)].map(([, state]) => state);
  return { reply, state: shown.join(" ") };
}

// Says it with the means of this test only: Node's Ed25519 and the standard's public key form.
function isGenuine(bytes, keys) {
  const { signature, ...rest } = JSON.parse(bytes);
  const key = keys.find(({ key_id: id }) => id === signature.key_id);
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(key.public_key, "base64")]);
  const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
  return verify(null, Buffer.from(verifier.canonical(rest)), publicKey, Buffer.from(signature.value, "base64"));
}

test("every way to take a report along gives canonical, signed bytes", async () => {
  const keys = await publicKeys();
  for (const [whose, bytes] of Object.entries(files)) {
    assert.equal(verifier.canonical(JSON.parse(bytes)), bytes.toString(), `${whose}: canonical`);
    assert.ok(isGenuine(bytes, keys), `${whose}: signed`);
    assert.equal((await verifier.judge(bytes, keys)).state, "valid", `${whose}: in a browser`);
    const { reply, state } = await upload(bytes);
    assert.equal(state, "valid", `${whose}: by upload`);
    assert.match(visibleText(reply.text), /Олена 😀/);
  }
  const candidates = JSON.parse(files.candidate);
  assert.ok(!("llm_summary_admin" in candidates) && "llm_summary_admin" in JSON.parse(files.recruiter));
});

// What can happen to a file, and what is said of it.
function accidents() {
  const text = files.candidate.toString();
  const document = JSON.parse(text);
  const { track, ...without } = document;
  const { privateKey } = generateKeyPairSync("ed25519");
  const forge = (keyId) => {
    const { signature, ...rest } = { ...document, participant: "Somebody else" };
    const value = sign(null, Buffer.from(verifier.canonical(rest)), privateKey).toString("base64");
    return verifier.canonical({ ...rest, signature: { algorithm: "Ed25519", key_id: keyId, value } });
  };
  return {
    "as it came": [text, "valid"],
    "a changed digit": [text.replace(/"total_score":\d/, '"total_score":9999'), "changed"],
    "a letter of a name": [text.replace("Олена", "Елена"), "changed"],
    "a member that is gone": [verifier.canonical(without), "changed"],
    "a member that is new": [text.replace("{", '{"a":1,'), "changed"],
    "something beside the signature": [text.replace('"algorithm":', '"a":1,"algorithm":'), "changed"],
    "another signature": [text.replace(/(?<="value":"......)./, (c) => (c === "A" ? "B" : "A")), "changed"],
    "cut off": [text.slice(0, -20), "unreadable"],
    "a member twice": [text.replace('"track":', '"track":"other","track":'), "unreadable"],
    "not UTF-8": [Buffer.concat([Buffer.from("\xff", "latin1"), files.candidate]), "unreadable"],
    "nothing": ["{}", "unsigned"],
    "a list": ["[]", "unreadable"],
    "without its signature": [JSON.stringify({ ...document, signature: undefined }), "unsigned"],
    "pretty-printed": [JSON.stringify(document, null, 2), "rewritten"],
    "a line end more": [`${text}\n`, "rewritten"],
    "a byte order mark": [`\ufeff${text}`, "rewritten"],
    "more commas than a report has values, in strings": [`{"a":"${',[{\\",'.repeat(100_000)}","b":"\\\\"}`, "unsigned"],
    "many long submissions": [JSON.stringify({ code: "я".repeat(1_500_000) }), "unsigned"],
    "a stranger's key": [forge("0123456789abcdef"), "unknown"],
    "a stranger's key in our name": [forge(document.signature.key_id), "changed"],
  };
}

test("what was done to a file is told alike by the server and in browsers", async () => {
  const keys = await publicKeys();
  for (const [what, [bytes, expected]] of Object.entries(accidents())) {
    assert.equal((await verifier.judge(Buffer.from(bytes), keys)).state, expected, `${what}, in a browser`);
    const { reply, state } = await upload(bytes);
    assert.equal(state, expected, `${what}, by upload`);
    assert.equal(reply.status, 200);
    if (!["valid", "rewritten"].includes(expected)) {
      assert.doesNotMatch(visibleText(reply.text), /Олена|Somebody else/, "nothing that is not proven is shown");
    }
  }
});

test("a byte anywhere in the file", async () => {
  const keys = await publicKeys();
  const step = Math.floor(files.candidate.length / 150);
  for (let at = 0; at < files.candidate.length; at += step) {
    const bytes = Buffer.from(files.candidate);
    bytes[at] ^= 1;
    assert.notEqual((await verifier.judge(bytes, keys)).state, "valid", `byte ${at}`);
  }
});

test("files that are too large, too many values, or none at all cost nothing", async () => {
  assert.equal((await upload(Buffer.alloc(5 * 1024 * 1024 + 1, " "))).reply.status, 413);
  assert.equal((await upload(`[${"0,".repeat(500_000)}0]`)).state, "unreadable");
  const { reply } = await upload("");
  assert.equal(reply.status, 400);
  assert.match(visibleText(reply.text), /Choose a file first/);
});

test("an exchanged key leaves what the old one signed valid", async () => {
  const [old] = await publicKeys();
  const seed = sql("SELECT secret_seed FROM signing_keys");
  await instance.cli("keys", "rotate");
  const { headers, text } = await visitor.get("/keys.json");
  assert.match(headers["cache-control"], /^public, max-age=/);
  const { keys } = JSON.parse(text);
  assert.deepEqual(keys.map(({ retired_at: at }) => at !== null), [false, true]);
  assert.equal(keys[1].public_key, old.public_key);
  assert.ok(!text.includes(seed) && !sql("SELECT group_concat(coalesce(secret_seed, '')) FROM signing_keys").includes(seed));
  assert.equal((await upload(files.recruiter)).state, "valid");
  assert.match((await instance.cli("keys", "list")).stdout, new RegExp(`${keys[0].key_id} .*in use.*\n${old.key_id} .*retired`));
  assert.equal(sql("SELECT action FROM audit WHERE action LIKE 'key.%'"), "key.rotate");
});

test("a stored report that somebody touched is given to nobody, nor is one of which the signature was taken", async () => {
  const other = await wholeInterview(owner);
  const shared = await shareReport(owner, other);
  const bytes = (await admin.get(`/reports/${other}/report.json`)).text;
  const touched = bytes.replace(/"total_score":\d/, '"total_score":9999').replaceAll("'", "''");
  const bodies = [`'${touched}'`, `json_remove('${touched}', '$.signature')`, `(SELECT body FROM reports WHERE interview_id <> '${other}')`];
  for (const body of bodies) {
    sql(`UPDATE reports SET body = ${body}, key_id = '', signature = '' WHERE interview_id = '${other}'`);
    for (const address of [`/reports/${other}`, `/reports/${other}/report.json`, `/reports/${other}/report.txt`, `/shared/${shared}`, `/shared/${shared}/report.json`]) {
      assert.equal((await owner.get(address)).status, 500, `${address} of ${body}`);
    }
  }
  assert.match(readFileSync(`${instance.var}/log/system.log`, "utf8"), new RegExp(`revision 1 of the report of interview ${other} is not as it was signed`));
});
