// The page of a coding task, as a browser without JavaScript and as its script sees it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { codingQuestion, ECHO, fieldsOf, importTasks, judgeCode, MARKER, openCode, pressCode, SHOUT, startCoding, waitForResult } from "./coding.mjs";
import { startInstance } from "./instance.mjs";
import { decode, tags, textareaValue, visibleText } from "./page.mjs";
import { isAlive, programsOf, until } from "./processes.mjs";
import { makeAdmin, register, stranger } from "./story.mjs";

const JSON_WANTED = { headers: { Accept: "application/json" } };
const RIGHT = SHOUT.languages.python.reference;
const WRONG = "def shout(text):\n    return text\n";

let instance, echo;

before(async () => {
  instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
  await importTasks(instance, [ECHO]);
  echo = await begin();
  await importTasks(instance, [SHOUT]);
});
after(() => instance?.stop());

// A candidate at a new coding question: { person, interview, id }.
async function begin(choice) {
  const person = await register(instance);
  const interview = await startCoding(person, choice);
  return { person, interview, id: await codingQuestion(person, interview) };
}

function sql(statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 10000", path.join(instance.var, "viva.db"), statement], { encoding: "utf8" }).trim();
}

test("the page shows the task, its public tests, the starter and the prices", async () => {
  const { person, id } = await begin();
  const page = await openCode(person, id);
  assert.match(page.html, /<code>text<\/code> in <strong>capitals<\/strong>/);
  assert.ok(page.html.includes("&lt;script&gt;alert(1)&lt;/script&gt;"), "raw HTML of a task is text");
  assert.ok(!page.html.includes("javascript:"));
  assert.match(page.text, /shout\(text: string\) -> string/);
  assert.match(page.text, /\["abc"\] "ABC"/);
  assert.match(page.text, /\["<b>&amp;<\/b>"\] "<B>&AMP;<\/B>"/);
  assert.equal(page.fields.code, SHOUT.languages.python.starter);
  assert.match(page.text, /Hint 1: costs 0\.5 of 10 points/);
  assert.match(page.text, /Get answer: the task then scores 3 of 10 points at most/);
});

test("a run judges the public tests and costs nothing", async () => {
  const { person, id } = await begin();
  const page = await judgeCode(person, id, "run", { code: RIGHT });
  assert.match(page.text, /Public tests: 2 of 2 passed\./);
  assert.doesNotMatch(page.text, /Hidden tests: \d/);
  assert.doesNotMatch(page.text, /Score so far/);
  assert.equal(page.fields.code, RIGHT, "the code stays in the editor");
});

test("a wrong answer of a public test shows what differs, escaped", async () => {
  const { person, id } = await begin();
  const page = await judgeCode(person, id, "run", { code: "def shout(text):\n    return text.upper().replace('&', '+')\n" });
  assert.match(page.text, /Public tests: 1 of 2 passed\./);
  assert.match(page.html, /&quot;&lt;B&gt;<ins>&amp;<\/ins>AMP;/);
  assert.match(page.html, /&quot;&lt;B&gt;<del>\+<\/del>AMP;/);
  assert.match(page.text, /Wrong answer/);
});

test("an exception is shown with its line, and the mentor explains it", async () => {
  const { person, id } = await begin();
  const page = await judgeCode(person, id, "run", { code: "def shout(text):\n    print('out <i>')\n    return text[999]\n" });
  assert.match(page.text, /Runtime error/);
  assert.match(page.text, /IndexError: /);
  assert.match(page.text, /In line 3 of your code/);
  assert.ok(page.html.includes("out &lt;i&gt;"));
  assert.match(page.text, /What this means/);
  assert.doesNotMatch(page.html, /\/explain"/, "there is no model to explain more");
});

test("code that does not compile says where", async () => {
  const { person, id } = await begin();
  const page = await judgeCode(person, id, "run", { code: "x = 1\ndef shout(text)\n    pass\n" });
  assert.match(page.text, /The code does not compile\./);
  assert.match(page.text, /The first fault is in line 2\./);
});

test("own input is run beside the public tests, and a fault in it keeps the code", async () => {
  const { person, id } = await begin();
  const page = await judgeCode(person, id, "run", { code: RIGHT, custom_input: '["own words"]' });
  assert.match(page.text, /Own input ✓ Ran to its end/);
  assert.match(page.text, /"OWN WORDS"/);
  assert.equal(textareaValue(page.html, "custom_input"), '["own words"]');
  const refused = await pressCode(person, page, "runs run", { code: WRONG, custom_input: "no json" });
  assert.equal(refused.status, 400);
  assert.equal(textareaValue(refused.text, "code"), WRONG);
  assert.equal(textareaValue(refused.text, "custom_input"), "no json");
  assert.match(visibleText(refused.text), /must be a JSON array/);
});

test("attempts are listed with their code and the score with its steps", async () => {
  const { person, id } = await begin();
  await judgeCode(person, id, "submit", { code: WRONG });
  const page = await judgeCode(person, id, "submit", { code: RIGHT });
  assert.match(page.text, /Public tests: 2 of 2 passed\. Hidden tests: 7 of 7 passed\./);
  assert.match(page.text, /Score so far: 9\.8 \/ 10/);
  assert.match(page.text, /Best attempt 10 Failed attempts before the first full pass −0\.25/);
  assert.match(page.text, /Attempt 2 · Python 3 · 9 of 9 tests · points: 10 · best/);
  assert.match(page.text, /Attempt 1 · Python 3 · 0 of 9 tests/);
  assert.ok(decode(page.html).includes(WRONG));
});

test("hints cost what their buttons say, and one press takes one", async () => {
  const { person, id } = await begin();
  const page = await openCode(person, id);
  for (let i = 0; i < 2; i++) {
    const reply = await pressCode(person, page, "hints", { level: "1", code: RIGHT });
    assert.equal(reply.status, 303);
    assert.match(reply.headers.location, /#hints$/);
  }
  const hinted = await openCode(person, id);
  assert.match(hinted.text, /A nudge\./);
  assert.doesNotMatch(hinted.text, /The approach\./);
  assert.match(hinted.text, /Hint 2: hints then cost 1 of 10 points in all/);
  assert.equal(hinted.fields.code, RIGHT, "what was typed came along");
  const judged = await judgeCode(person, id, "submit", {});
  assert.match(judged.text, /Score so far: 9\.5 \/ 10/);
});

test("the answer is shown for its price", async () => {
  const { person, id } = await begin();
  const page = await openCode(person, id);
  const reply = await pressCode(person, page, "answer");
  assert.match(reply.headers.location, /#answer$/);
  const shown = await judgeCode(person, id, "submit", { code: RIGHT });
  assert.ok(decode(shown.html.match(/<section id="answer"[^]*?<\/section>/)[0]).includes(RIGHT));
  assert.match(shown.text, /Score so far: 3 \/ 10/);
});

test("a reset brings the starter and can be undone", async () => {
  const { person, id } = await begin();
  await pressCode(person, await openCode(person, id), "reset", { code: WRONG });
  const reset = await openCode(person, id);
  assert.equal(reset.fields.code, SHOUT.languages.python.starter);
  await pressCode(person, reset, "drafts undo");
  const undone = await openCode(person, id);
  assert.equal(undone.fields.code, WRONG);
  assert.ok(!undone.html.includes('value="undo"'));
});

test("each language has its own draft", async () => {
  const { person, id } = await begin();
  const reply = await pressCode(person, await openCode(person, id), "drafts choose", { code: WRONG, wanted_language: "javascript" });
  assert.equal(reply.headers.location, `/code/${id}?language=javascript`);
  const other = await openCode(person, id, "?language=javascript");
  assert.equal(other.fields.code, SHOUT.languages.javascript.starter);
  assert.equal(other.fields.code_language, "javascript");
  const judged = await judgeCode(person, id, "run", { code: SHOUT.languages.javascript.reference, code_language: "javascript" });
  assert.match(judged.text, /Trial run · JavaScript[^]*Public tests: 2 of 2 passed\./);
  assert.equal((await openCode(person, id, "?language=python")).fields.code, WRONG);
});

test("a tab that lags behind overwrites nothing before it is told", async () => {
  const { person, id } = await begin();
  const [first, second] = [await openCode(person, id), await openCode(person, id)];
  const saved = await person.post(`/code/${id}/drafts`, { ...first.fields, code: "first" }, JSON_WANTED);
  assert.ok(JSON.parse(saved.text).saved_at > 0);
  const late = await person.post(`/code/${id}/drafts`, { ...second.fields, code: "second" }, JSON_WANTED);
  assert.equal(late.status, 409);
  assert.equal(JSON.parse(late.text).newer, "first");
  const refused = await pressCode(person, second, "runs run", { code: "second" });
  assert.equal(refused.status, 409);
  assert.equal(textareaValue(refused.text, "code"), "second");
  assert.match(refused.text, /<pre tabindex="0"><code>first<\/code>/);
  const fields = { ...fieldsOf(refused.text), action: "run" };
  assert.equal((await person.post(`/code/${id}/runs`, fields)).status, 303, "knowing it, the second may");
  assert.equal((await waitForResult(person, id)).fields.code, "second");
});

test("the script gets the state, the result and a new nonce as JSON", async () => {
  const { person, id } = await begin();
  const page = await openCode(person, id);
  const reply = await person.post(`/code/${id}/runs`, { ...page.fields, code: RIGHT, action: "submit" }, JSON_WANTED);
  assert.equal(reply.headers["content-type"], "application/json");
  const status = JSON.parse(reply.text);
  assert.notEqual(status.nonce, page.fields.nonce);
  await waitForResult(person, id);
  const done = JSON.parse((await person.get(`/code/${id}/runs/${status.id}.json`)).text);
  assert.equal(done.state, "done");
  assert.equal(done.is_pending, false);
  assert.match(visibleText(done.results), /Hidden tests: 7 of 7 passed/);
  assert.match(visibleText(done.progress), /Score so far: 10 \/ 10/);
  const page_ = await person.get(`/code/${id}/runs/${status.id}`);
  assert.equal(page_.headers.location, `/code/${id}#results`);
  const again = await person.post(`/code/${id}/runs`, { ...page.fields, code: RIGHT, action: "submit" }, JSON_WANTED);
  assert.equal(JSON.parse(again.text).id, status.id, "the same nonce is the same submission");
});

test("nothing of a hidden test is on any page", async () => {
  const { person, id, interview } = await begin();
  const loud = [
    "import sys",
    "def shout(text):",
    "    print(text); print(text, file=sys.stderr)",
    `    if '${MARKER.slice(0, 6)}' in text: raise ValueError(text)`,
    "    return text.upper()",
  ].join("\n");
  const quiet = "def shout(text):\n    return text.upper() if len(text) < 14 else text + text.upper()\n";
  const seen = [];
  for (const code of [loud, quiet, RIGHT]) {
    const page = await openCode(person, id);
    const reply = await person.post(`/code/${id}/runs`, { ...page.fields, code, action: "submit" }, JSON_WANTED);
    const judged = await waitForResult(person, id);
    assert.match(judged.text, /Hidden tests: [07] of 7 passed/);
    const { id: sent } = JSON.parse(reply.text);
    seen.push(reply.text, judged.html, (await person.get(`/code/${id}/runs/${sent}.json`)).text);
  }
  await pressCode(person, await openCode(person, id), "answer");
  seen.push((await openCode(person, id)).html, (await person.get(`/interviews/${interview}`)).text);
  const done = await pressCode(person, await openCode(person, id), "done");
  seen.push((await person.get(done.headers.location)).text);
  for (const name of ["report.txt", "report.json"]) {
    seen.push((await person.get(`/reports/${interview}/${name}`)).text);
  }
  seen.forEach((text, index) => {
    assert.ok(text.length > 100, `${index}: ${text}`);
    assert.doesNotMatch(decode(text), new RegExp(`${MARKER}-\\d|${MARKER.toUpperCase()}`), `reply ${index}`);
  });
  assert.match(sql(`SELECT snapshot FROM questions WHERE id = '${id}'`), new RegExp(`${MARKER}-1`), "the marker is there to be hidden");
});

test("a task that reads its input shows a difference of lines", async () => {
  const { person, id } = echo;
  const page = await judgeCode(person, id, "run", {
    code: "import sys\nprint(sys.stdin.read().replace('two', '2'), end='')\n",
    custom_input: "own\n",
  });
  assert.match(page.html, /<span class="missing">− two\n<\/span><span class="extra">\+ 2\n<\/span>/);
  assert.match(page.html, /<span>  one\n<\/span>/);
  const judged = await judgeCode(person, id, "submit", { code: ECHO.languages.python.reference });
  assert.match(judged.text, /Hidden tests: 7 of 7 passed/);
});

test("done leads to the talk or, after the last question, to the report", async () => {
  const { person, id, interview } = await begin();
  const page = await judgeCode(person, id, "submit", { code: RIGHT });
  for (let i = 0; i < 2; i++) {
    const reply = await pressCode(person, page, "done");
    assert.equal(reply.headers.location, `/reports/${interview}`, "a double click too");
  }
  const closed = await openCode(person, id);
  assert.match(closed.text, /This task is closed\./);
  assert.ok(!closed.html.includes("<textarea"));
  const late = await person.post(`/code/${id}/runs`, { ...page.fields, nonce: "another", action: "submit" });
  assert.equal(late.status, 409);
  assert.match(visibleText(late.text), /nothing more can be sent/);
});

test("done asks first when code was written and never submitted", async () => {
  const { person, id, interview } = await begin();
  const untouched = await begin();
  await judgeCode(person, id, "run", { code: RIGHT });
  const asked = await pressCode(person, await openCode(person, id), "done");
  assert.equal(asked.headers.location, `/code/${id}?language=python&leave=ask#leave`);
  const page = await openCode(person, id, "?language=python&leave=ask");
  assert.match(page.text, /You have not submitted your code\. Submit it, or leave the task without an attempt\?/);
  assert.equal(page.fields.code, RIGHT);
  const left = await pressCode(person, page, "done", { confirmed: "1" });
  assert.equal(left.headers.location, `/reports/${interview}`);
  const start = await openCode(untouched.person, untouched.id, "?leave=ask");
  assert.doesNotMatch(start.text, /You have not submitted/, "nothing was written");
  const drafted = await pressCode(untouched.person, start, "done", { code: WRONG });
  assert.match(drafted.headers.location, /leave=ask#leave$/, "what was only typed counts, too");
  await judgeCode(untouched.person, untouched.id, "submit", {});
  const done = await pressCode(untouched.person, await openCode(untouched.person, untouched.id), "done");
  assert.equal(done.headers.location, `/reports/${untouched.interview}`);
});

test("while code is judged more of it is refused and kept", async () => {
  const { person, id } = await begin();
  const slow = "import time\ndef shout(text):\n    time.sleep(4)\n    return ''\n";
  await pressCode(person, await openCode(person, id), "runs run", { code: slow });
  const page = await openCode(person, id);
  assert.ok(page.html.includes("data-pending"));
  assert.ok(/<noscript><meta http-equiv="refresh"/.test(page.html), "the page loads itself anew");
  assert.match(page.text, /The judge is at work\.|Place in the queue: 1\./);
  const refused = await pressCode(person, page, "runs submit", { code: RIGHT });
  assert.equal(refused.status, 503);
  assert.equal(textareaValue(refused.text, "code"), RIGHT);
  assert.match(visibleText(refused.text), /still being judged/);
  assert.equal((await pressCode(person, { ...page, fields: fieldsOf(refused.text) }, "done", { confirmed: "1" })).status, 503);
  assert.equal((await waitForResult(person, id)).fields.code, RIGHT);
});

test("what the judge broke off can be sent again", async () => {
  const { person, id } = await begin();
  await judgeCode(person, id, "submit", { code: RIGHT });
  sql(`UPDATE submissions SET state = 'failed', result = NULL WHERE question_id = '${id}'`);
  const page = await openCode(person, id);
  assert.match(page.text, /The judge broke off\. Send it again\. Submit again/);
  assert.match(page.text, /Attempt 1 · Python 3 · broken off/);
});

test("when the program dies over it, code is broken off and can be sent again", async () => {
  const { person, id } = await begin();
  const slow = "import time\ndef shout(text):\n    time.sleep(4)\n    return text.upper()\n";
  await pressCode(person, await openCode(person, id), "runs run", { code: slow });
  await until(() => sql(`SELECT state FROM submissions WHERE question_id = '${id}'`) === "running", "the run");
  const old = programsOf(instance, ["code"]);
  old.forEach(({ pid }) => process.kill(pid, "SIGKILL"));
  await until(() => programsOf(instance, ["code"]).some(({ pid }) => isAlive(pid) && !old.some((gone) => gone.pid === pid)), "the next one");
  await until(async () => (await person.get(`/code/${id}`)).status === 200, "an answer");
  const page = await waitForResult(person, id);
  assert.match(page.text, /The judge broke off\. Send it again\. Run again/);
  assert.equal(page.fields.code, slow, "nothing typed is lost");
  const again = await judgeCode(person, id, "submit", { code: RIGHT });
  assert.match(again.text, /Hidden tests: 7 of 7 passed/);
});

test("too much code is refused", async () => {
  const { person, id } = await begin();
  const page = await openCode(person, id);
  const long = await pressCode(person, page, "runs run", { code: "#".repeat(256 * 1024 + 1) });
  assert.equal(long.status, 413);
  const most = await pressCode(person, page, "runs run", { code: RIGHT + "#".repeat(256 * 1024 - RIGHT.length) });
  assert.equal(most.status, 303, visibleText(most.text).slice(0, 300));
  const empty = await pressCode(person, await openCode(person, id), "runs run", { code: "  \n" });
  assert.equal(empty.status, 400);
});

test("what stands first in the code stays, and odd characters do", async () => {
  const { person, id } = await begin();
  const code = "\n\n# </textarea><script>ї😀\ndef shout(text): return text.upper()\n";
  const page = await judgeCode(person, id, "run", { code });
  assert.equal(page.fields.code, code);
  assert.match(page.text, /Public tests: 2 of 2 passed/);
});

test("events are stored with their evidence", async () => {
  const { person, id } = await begin();
  const { fields } = await openCode(person, id);
  const events = JSON.stringify([{ kind: "focus_lost", ms: 9000 }]);
  assert.equal((await person.post(`/code/${id}/events`, { csrf: fields.csrf, events })).status, 204);
  assert.match(sql(`SELECT kind || evidence FROM events WHERE question_id = '${id}'`), /^focus_lost.*9000/);
  for (const bad of ["", "[", '{"kind":"focus_lost"}', '[{"kind":"other","ms":9000}]']) {
    assert.equal((await person.post(`/code/${id}/events`, { csrf: fields.csrf, events: bad })).status, 400, bad);
  }
});

test("another's task is not found, not even by an admin, and a stranger has to log in", async () => {
  const { person, id } = await begin();
  const page = await judgeCode(person, id, "run", { code: RIGHT });
  const [, sent] = (await person.post(`/code/${id}/runs`, { ...page.fields, code: WRONG, action: "run" }, JSON_WANTED)).text.match(/"id":"([^"]+)"/);
  await waitForResult(person, id);
  for (const other of [await register(instance), await makeAdmin(instance)]) {
    const csrf = await other.csrf("/profile");
    for (const address of [`/code/${id}`, `/code/${id}/runs/${sent}`, `/code/${id}/runs/${sent}.json`]) {
      const reply = await other.get(address);
      assert.equal(reply.status, 404, address);
      assert.ok(!reply.text.includes("shout"));
    }
    for (const form of ["runs", "drafts", "hints", "answer", "done", "reset", "events"]) {
      const fields = form === "events" ? { csrf, events: "[]" } : { csrf, code: "x", code_language: "python" };
      assert.equal((await other.post(`/code/${id}/${form}`, fields)).status, 404, form);
    }
  }
  const foreign = await begin();
  assert.equal((await foreign.person.get(`/code/${foreign.id}/runs/${sent}.json`)).status, 404, "by one's own task neither");
  assert.equal((await stranger(instance).get(`/code/${id}`)).headers.location, `/login?next=${encodeURIComponent(`/code/${id}`)}`);
});

test("languages of the page are those that solve the task", async () => {
  const { person, id } = await begin();
  const page = await openCode(person, id);
  const choices = tags(page.html, "option").map((option) => option.value);
  assert.ok(choices.includes("python") && choices.includes("javascript") && !choices.includes("sql"));
  assert.equal((await pressCode(person, page, "runs run", { code_language: "sql" })).status, 400);
});

test("a server without a judge stores the code and says so", async () => {
  const poor = await startInstance({ env: { VIVA_JUDGE_TIERS: "none" } });
  try {
    await importTasks(poor, [SHOUT]);
    const person = await register(poor);
    const id = await codingQuestion(person, await startCoding(person));
    assert.match((await openCode(person, id)).text, /Code is not judged on this server\./);
    const page = await judgeCode(person, id, "submit", { code: RIGHT });
    assert.match(page.text, /Stored\. It is not judged on this server\./);
    assert.match(page.text, /Attempt 1 · Python 3 · not judged/);
    assert.equal(page.fields.code, RIGHT);
    assert.doesNotMatch(page.text, /not available on this server/, "any language can be chosen");
  } finally {
    await poor.stop();
  }
});
