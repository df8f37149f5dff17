// Candidates of one invitation side by side: the same questions, the same rules, nobody ranked.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey, sign } from "node:crypto";
import { after, before, test } from "node:test";
import { startInstance } from "./instance.mjs";
import { invite, take } from "./invites.mjs";
import { visibleText } from "./page.mjs";
import { act, answerWell, finish, makeAdmin, register, say, thinAnswer, openChat, wholeInterview } from "./story.mjs";
import { verifier } from "./verifier.mjs";

let instance, admin, made, good, poor, early;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  admin = await makeAdmin(instance);
  made = await invite(admin, { question_count: "3" });
  good = await guest("Ada Good");
  for (let i = 0; i < 3; i++) {
    await answerWell(good, good.id);
  }
  poor = await guest("Пан Поганий");
  await act(poor, poor.id, "hint");
  await say(poor, poor.id, thinAnswer(await openChat(poor, poor.id)));
  await act(poor, poor.id, "model_answer");
  await finish(poor, poor.id);
  early = await guest("Eve Early");
  await finish(early, early.id);
});
after(() => instance?.stop());

async function guest(fullName) {
  const person = await register(instance, { fullName });
  return Object.assign(person, { id: await take(person, made.path), fullName });
}

function ask(statement) {
  const args = ["-cmd", ".timeout 10000", `${instance.var}/viva.db`, statement];
  return execFileSync("sqlite3", args, { encoding: "utf8" }).trim();
}

// The document as this Viva would have signed it, with the key that it has.
function signed({ signature, ...document }) {
  const seed = Buffer.from(ask("SELECT secret_seed FROM signing_keys WHERE retired_at IS NULL"), "base64");
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]); // RFC 8410
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const value = sign(null, Buffer.from(verifier.canonical(document)), key).toString("base64");
  return verifier.canonical({ ...document, signature: { ...signature, value } });
}

const SAID = { covered: "said", partial: "half said", missing: "not said" };

const addressOf = (...people) =>
  `/admin/compare?invitation=${made.id}&${people.map(({ id }, i) => `c${i + 1}=${id}`).join("&")}`;

// The tables of the page: [{ caption, names, rows: [[title, ...cells]] }].
function tables(html) {
  const cells = (row) => [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, inner]) => visibleText(inner));
  return [...html.matchAll(/<table class="beside">([\s\S]*?)<\/table>/g)].map(([, table]) => {
    const [head, ...rows] = [...table.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row]) => cells(row));
    return { caption: visibleText(table.match(/<caption[^>]*>([\s\S]*?)<\/caption>/)?.[1] ?? ""), names: head.slice(1), rows };
  });
}

const rowOf = (html, title) => tables(html).flatMap(({ rows }) => rows).find(([head]) => head === title);

test("the invitation's page has everybody with a tick for who has a report", async () => {
  const page = await admin.get(`/admin/invitations/${made.id}`);
  for (const { id, fullName } of [good, poor, early]) {
    assert.ok(page.text.includes(`value="${id}"`) && visibleText(page.text).includes(fullName));
  }
});

test("who compares reads each score as it stands in the reports", async () => {
  const page = await admin.get(addressOf(good, poor, early));
  assert.equal(page.status, 200, visibleText(page.text));
  assert.ok(tables(page.text).every(({ names }) => String(names) === "Ada Good,Пан Поганий,Eve Early"), "one column a person");
  const documents = await Promise.all([good, poor, early].map(async ({ id }) =>
    JSON.parse((await admin.get(`/reports/${id}/report.json`)).text)));
  assert.match(tables(page.text).find(({ caption }) => caption === "").rows[0][1], / \/ 10 ★ best value$/);
  const [, ...shares] = rowOf(page.text, "Share of the full score");
  documents.forEach(({ metrics }, i) => {
    const percent = `${Math.round(metrics.overall.score_ratio * 1000) / 10}%`;
    assert.equal(shares[i], i === 0 ? `${percent} ★ best value` : percent);
  });
  assert.deepEqual(rowOf(page.text, "Hints taken").slice(1), ["0", "1", "0"], "what was done has no star");
  assert.deepEqual(rowOf(page.text, "Model answers looked at").slice(1), ["0", "1", "0"]);
  const questions = tables(page.text).filter(({ caption }) => caption === "");
  assert.equal(questions.length, 3);
  const [, goodScore, poorScore, earlyScore] = questions[2].rows[0];
  assert.match(goodScore, /^\d.* \/ 10$/, "one alone is not the best");
  assert.equal(earlyScore, "not asked");
  assert.equal(poorScore, "not asked");
  for (const [i, { rows: [, ...points] }] of questions.entries()) {
    const expected = documents[0].questions[i].metrics.theory.key_points.map(({ text, status }) => [text, SAID[status]]);
    assert.deepEqual(points.map(([text, status]) => [text, status]), expected, "each key point with its status");
  }
  assert.deepEqual(questions[2].rows.at(-1).slice(2), ["—", "—"], "nothing is said of who was not asked");
});

test("the file for spreadsheets has the same figures, and no formula", async () => {
  const villain = await guest("=cmd()");
  await finish(villain, villain.id);
  const page = await admin.get(addressOf(good, villain));
  const [, link] = page.text.match(/href="([^"]*compare\.csv[^"]*)"/);
  const reply = await admin.get(link.replaceAll("&amp;", "&"));
  assert.equal(reply.status, 200);
  assert.match(reply.headers["content-disposition"], /viva_comparison\.csv/);
  const rows = reply.text.replace(/^\uFEFF/, "").split("\r\n").map((line) => line.split(/,(?! )/).map((cell) => cell.replace(/^"|"$/g, "")));
  assert.deepEqual(rows[0], ["Candidate", "Ada Good", "'=cmd()"]);
  const total = rows.find(([title]) => title.startsWith("Total score"));
  assert.deepEqual(total, ["Total score, of 30", rowOf(page.text, "Total score")[1].split(" ")[0], "0"]);
  assert.match(ask("SELECT action || details FROM audit ORDER BY number DESC LIMIT 1"), /^export\.csv.*comparison/);
});

test("of people with one name the user names stand beside it", async () => {
  const [one, two] = [await guest("Ann Same"), await guest("Ann Same")];
  await finish(one, one.id);
  await finish(two, two.id);
  const page = await admin.get(addressOf(one, good, two));
  const names = [`Ann Same (${one.name})`, "Ada Good", `Ann Same (${two.name})`];
  assert.deepEqual(tables(page.text)[0].names, names);
  const [, link] = page.text.match(/href="([^"]*compare\.csv[^"]*)"/);
  const { text } = await admin.get(link.replaceAll("&amp;", "&"));
  assert.ok(text.includes(names.map((name) => `"${name}"`).join(",")), text.slice(0, 200));
  assert.match(text, /\r\n"Time, s",\d/);
});

test("what cannot be compared is refused, and says why", async () => {
  const practice = await wholeInterview(good);
  const running = await guest("Run Running");
  const refusals = [
    [addressOf(good), 400, /two to five/],
    [addressOf(good, good), 400, /two to five/],
    [addressOf(good, poor, early, ...["a", "b", "c"].map((id) => ({ id }))), 400, /two to five/],
    [addressOf(good, { id: practice }), 404, /./],
    [addressOf(good, { id: "none" }), 404, /./],
    [addressOf(good, running), 409, /no report yet/],
    ["/admin/compare", 404, /./],
    ["/admin/compare?invitation=none", 404, /./],
  ];
  for (const [address, status, words] of refusals) {
    const reply = await admin.get(address);
    assert.equal(reply.status, status, address);
    assert.match(visibleText(reply.text), words);
  }
  const body = ask(`SELECT body FROM reports WHERE interview_id = '${poor.id}'`);
  const document = JSON.parse(body);
  const older = signed({ ...document, scoring: { ...document.scoring, version: "builtin-0" } });
  const put = (text) => ask(`UPDATE reports SET body = '${text.replaceAll("'", "''")}' WHERE interview_id = '${poor.id}'`);
  put(older);
  const reply = await admin.get(addressOf(good, poor));
  put(body);
  assert.equal(reply.status, 409);
  assert.match(visibleText(reply.text), /viva rescore/);
});

test("who reviews blind compares without names, until it is decided", async () => {
  ask(`UPDATE users SET is_blind = 1 WHERE username = '${admin.name}'`);
  try {
    for (const address of [addressOf(good, poor), `/admin/invitations/${made.id}`]) {
      const page = await admin.get(address);
      assert.equal(page.status, 200);
      assert.match(visibleText(page.text), /Candidate [0-9A-F]{6}/);
      for (const { name, fullName } of [good, poor]) {
        assert.ok(!page.text.includes(name) && !page.text.includes(fullName), `${address} names ${fullName}`);
      }
    }
    ask(`INSERT INTO decisions (interview_id, verdict, reason, was_blind, created_at) VALUES ('${good.id}', 'advance', 'r', 1, 1)`);
    const page = await admin.get(addressOf(good, poor));
    assert.ok(page.text.includes("Ada Good"));
    assert.deepEqual(rowOf(page.text, "Decision").slice(1), ["Advance", "not decided yet"]);
    assert.ok(!page.text.includes("Поганий"));
  } finally {
    ask(`UPDATE users SET is_blind = 0 WHERE username = '${admin.name}'`);
  }
});
