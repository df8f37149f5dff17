// A person who practises in bad times: sends what was not answered again, from the same page,
// and notes what was acknowledged.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { codingQuestion, openCode, pressCode } from "../web/coding.mjs";
import { csrfOf } from "../web/client.mjs";
import { inputValue, visibleText } from "../web/page.mjs";
import { LANGUAGES, openChat, PASSWORD, press } from "../web/story.mjs";
import { Observer } from "./replies.mjs";

const PATIENCE_MS = 120000;
const ODD = ["«ёлочки» та ’апостроф’", "emoji 👩‍💻 🙂", "<b>&amp;</b> %s %00 \\x00 ' \" `", "two\nlines\n\nand a gap", "e\u0301 \u200d \ufeff", "'; DROP TABLE turns; --"];
const FILLER = "An index makes reads faster and writes slower, so measure before and after, and keep what is used.";

export class Player {
  constructor(number, { world, journal, tally, random, isOver }) {
    Object.assign(this, { number, world, journal, tally, random, isOver, sent: 0 });
    this.language = LANGUAGES[number % 3];
    this.name = `chaos-${number}`;
    this.browser = Object.assign(new Observer(world.url, this.language, tally), { name: this.name, language: this.language });
  }

  // Asks until `request` gives something; what it throws meanwhile is bad times.
  async insist(request, what) {
    const deadline = Date.now() + PATIENCE_MS;
    let last;
    while (Date.now() < deadline) {
      try {
        const result = await request();
        if (result) {
          return result;
        }
      } catch (fault) {
        last = fault;
      }
      await sleep(50 + this.random.between(0, 100));
    }
    throw new Error(`${this.name} waited too long for ${what}: ${last?.message ?? "nothing came"}`);
  }

  // A reply that is no breakdown: the same request again until there is one.
  answered(request, what) {
    return this.insist(async () => {
      const reply = await request();
      return reply.status < 500 && reply.status !== 429 ? reply : undefined;
    }, what);
  }

  // The token of a page that came: an error page has one of its own.
  token(page) {
    return this.insist(async () => {
      const reply = await this.browser.get(page);
      return reply.status === 200 ? csrfOf(reply.text) : undefined;
    }, `the form ${page}`);
  }

  // The reply to a form that was taken: a token whose session was lost is fetched anew.
  taken(page, form, what) {
    return this.answered(async () => {
      const reply = await this.browser.post(page, { csrf: await this.token(page), ...form });
      return reply.status === 403 ? { status: 503 } : reply;
    }, what);
  }

  async register() {
    const form = { username: this.name, full_name: "", password: PASSWORD };
    const reply = await this.taken("/register", form, "a new account");
    if (reply.status !== 303) { // the name was taken: by ourselves, in a request whose answer was lost
      await this.logIn();
    }
    this.journal.account(this.name);
  }

  async logIn() {
    const reply = await this.taken("/login", { username: this.name, password: PASSWORD }, "the log-in");
    assert.equal(reply.status, 303, visibleText(reply.text));
  }

  async start() {
    const page = await this.insist(async () => {
      const reply = await this.browser.get("/interviews/new");
      return reply.status === 200 ? reply.text : undefined;
    }, "the form to start");
    const isCoding = this.number % 4 === 3;
    const reply = await this.answered(() => this.browser.post("/interviews", {
      csrf: inputValue(page, "csrf"), nonce: inputValue(page, "nonce"), role: "backend", level: "middle",
      type: "technical", language: this.language, question_count: String(this.random.between(3, 8)),
      ...(isCoding && { coding_percent: "50", code_language: "python" }),
    }), "the start");
    assert.equal(reply.status, 303, visibleText(reply.text));
    this.id = reply.headers.location.split("/").at(-1);
    this.journal.interview(this.name, this.id);
  }

  chat() {
    return this.insist(() => openChat(this.browser, this.id), `the talk ${this.id}`);
  }

  async say(chat) {
    this.sent += 1;
    const text = `${this.name} says no. ${this.sent}: ${this.random.one(ODD)} ${FILLER}`;
    const reply = await this.answered(() => press(this.browser, chat, "say", text), "an answer to an answer");
    if (reply.status === 303) {
      this.journal.turn(this.id, text);
    } else {
      assert.equal(reply.status, 409, visibleText(reply.text)); // kept as the draft; the next page has it
    }
  }

  editor(question) {
    return this.insist(() => openCode(this.browser, question), "the editor");
  }

  async code() {
    const question = await this.insist(() => codingQuestion(this.browser, this.id), "the task");
    const page = await this.editor(question);
    this.sent += 1;
    const wait = this.random.one(["", "import time\ntime.sleep(1)\n"]);
    const code = `# ${this.name} no. ${this.sent}: ${this.random.one(ODD).replace(/\n/g, " ")}\n${wait}print(input())\n`;
    const button = this.random.one(["runs submit", "runs run"]);
    const reply = await this.answered(() => pressCode(this.browser, page, button, { code }), "an answer to code");
    assert.equal(reply.status, 303, visibleText(reply.text));
    this.journal.code(question, code);
    await this.insist(async () => { // the judge has to be through with it
      const left = await pressCode(this.browser, await this.editor(question), "done", { confirmed: "1" });
      return left.status === 303 || left.status === 409;
    }, "the end of the task");
  }

  async button(chat, action) {
    await this.answered(() => press(this.browser, chat, action), action);
  }

  async step(chat) {
    const isCode = chat.html.includes(`<p class="task">`);
    const dice = this.random.next();
    if (isCode && dice < 0.8) {
      await this.code();
    } else if (dice < 0.75) {
      await this.say(chat);
    } else {
      await this.button(chat, this.random.one(["hint", "skip", "dont_know"]));
    }
  }

  // The whole life of one interview, to its report.
  async play() {
    await this.register();
    await this.start();
    for (let chat = await this.chat(); chat.isRunning; chat = await this.chat()) {
      if (this.isOver()) {
        await this.button(chat, "stop");
        await this.button(await this.chat(), "finish");
      } else {
        await this.step(chat);
      }
    }
    await this.readReport();
  }

  async readReport() {
    const report = await this.insist(async () => {
      const reply = await this.browser.get(`/reports/${this.id}/report.json`);
      return reply.status === 200 ? JSON.parse(reply.text) : undefined;
    }, `the report ${this.id}`);
    assert.equal(report.session_id, this.id);
    this.journal.report(this.id);
  }
}
