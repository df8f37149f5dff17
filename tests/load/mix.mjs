// What people do with Viva, all at once: candidates who practise, write code, read and download
// their reports, strangers who look around, recruiters who read lists. Everyone is led by
// chance of their own, so a run can be repeated by its seed.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../web/instance.mjs";
import { fieldsOf } from "../web/coding.mjs";
import { inputValue, tags, visibleText } from "../web/page.mjs";
import { fullAnswer, openChat, PASSWORD, press, thinAnswer } from "../web/story.mjs";
import { Browser } from "./browser.mjs";
import { Chance } from "./chance.mjs";

const ROLES = JSON.parse(readFileSync(path.join(root, "bank/roles.json"), "utf8")).map(({ id }) => id);
const TASKS = readdirSync(path.join(root, "bank/tasks")).filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(readFileSync(path.join(root, "bank/tasks", file), "utf8")));

const VISITS = { practise: 40, read: 27, solve: 12, lookAround: 12, logInAgain: 5, join: 2, restart: 2 };
const RECRUITER = { recruit: 60, lookAround: 10, logInAgain: 5 };
const ACTIONS = { good: 50, thin: 25, unknown: 8, hint: 9, skip: 8 };
const ABOUT_ME = "I am a backend developer with five years of Python and PostgreSQL.";
const UNKNOWN = "I do not know that, honestly.";
const FILES = ["txt", "pdf", "json"];
const VERDICT_POLL_MS = 300;

// Thrown where a person would go on when the time is over. Nobody does their next thing at that
// very moment: two hundred who all did would be measured as a crowd that never was.
class Over extends Error {}

// A person and their browser. `thinkMs`: between two clicks, on average.
export class Person {
  constructor(name, { url, timings, seed, thinkMs, isRecruiter = false, until, counts = {} }) {
    Object.assign(this, { name, thinkMs, isRecruiter, until, timings, counts });
    this.chance = new Chance(seed);
    this.browser = new Browser(url, timings);
    this.reports = [];
  }

  get isOver() {
    return performance.now() >= this.until;
  }

  async think(times = 1) {
    const left = this.until - performance.now();
    const pause = this.chance.pause(this.thinkMs * times);
    await sleep(Math.max(0, Math.min(left, pause)));
    if (pause >= left) {
      throw new Over();
    }
  }

  // A page, and time to look at it. A new browser fetches what the page is dressed in, too.
  async look(address) {
    const reply = await this.browser.get(address);
    if (!this.isDressed) {
      this.isDressed = true;
      for (const { href } of tags(reply.text, "link").filter(({ rel }) => rel === "stylesheet")) {
        await this.browser.get(href);
      }
    }
    await this.think();
    return reply;
  }

  async enter(page, fields) {
    const { text } = await this.browser.get(page);
    const reply = await this.browser.post(page, { csrf: inputValue(text, "csrf"), ...fields });
    if (reply.status !== 303) {
      throw new Error(`${page}: ${reply.status} ${visibleText(reply.text).slice(0, 200)}`);
    }
  }

  register() {
    return this.enter("/register", { username: this.name, full_name: "", password: PASSWORD });
  }

  logIn() {
    return this.enter("/login", { username: this.name, password: PASSWORD });
  }

  // --- visits ------------------------------------------------------------------

  async start(choice) {
    const { text } = await this.look("/interviews/new");
    const reply = await this.browser.post("/interviews", {
      csrf: inputValue(text, "csrf"), nonce: inputValue(text, "nonce"), role: this.chance.one(ROLES), language: "en",
      level: this.chance.one(["junior", "middle", "senior"]), type: "technical", question_count: "3", ...choice,
    });
    const id = reply.headers.location?.match(/^\/interviews\/([0-9a-f-]{36})$/)?.[1];
    if (!id) {
      throw new Error(`start: ${reply.status} ${visibleText(reply.text).slice(0, 300)}`);
    }
    return id;
  }

  // The button, and what is said with it.
  choose(chat, kind) {
    if (!chat.question) {
      return { action: "say", answer: ABOUT_ME };
    }
    const texts = { good: fullAnswer, thin: thinAnswer, unknown: () => UNKNOWN };
    return kind in texts ? { action: "say", answer: texts[kind](chat) } : { action: kind, answer: "" };
  }

  // One press of a button, streamed for most and some of these left in the middle.
  async step(chat, kind) {
    const { action, answer } = this.choose(chat, kind);
    if (action === "say") {
      await this.browser.post(`/interviews/${chat.id}/draft`, { csrf: chat.csrf, answer: answer.slice(0, 100) });
      await this.think();
    }
    if (this.chance.of(0.7)) {
      await this.browser.turn(chat, action, answer, this.chance.of(0.03) ? { leaveMs: 100 } : {});
    } else {
      await press(this.timed("turn, plain form"), chat, action, answer);
    }
    this.count("turns");
    return openChat(this.browser, chat.id);
  }

  // The browser, its forms counted as that kind.
  timed(kind) {
    return { post: (address, fields) => this.browser.request("POST", address, {
      kind, headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams(fields).toString(),
    }) };
  }

  count(what) {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  async practise() {
    const id = await this.start();
    let chat = await openChat(this.browser, id);
    for (let steps = 0; chat.isRunning && !chat.asksToConfirm && steps < 8 && !this.isOver; steps++) {
      await this.think(2);
      chat = await this.step(chat, this.chance.weighted(ACTIONS));
    }
    await this.finish(chat);
  }

  async finish(chat) {
    if (chat.isRunning && !chat.asksToConfirm) {
      await press(this.timed("turn, plain form"), chat, "stop");
      chat = await openChat(this.browser, chat.id);
    }
    if (chat.asksToConfirm) {
      await press(this.timed("Finish: the report is made"), chat, "finish");
    }
    this.reports = [...this.reports, chat.id].slice(-10);
    this.count("reports");
    await this.look(`/reports/${chat.id}`);
    if (this.chance.of(0.5)) {
      await this.look(`/reports/${chat.id}/report.${this.chance.one(FILES)}`);
    }
  }

  async solve() {
    const language = this.chance.weighted({ python: 6, javascript: 3, c: 1 });
    const id = await this.start({ role: "backend", question_count: "1", coding_percent: "100", code_language: language });
    let talk = await this.look(`/interviews/${id}`);
    if (!/\/code\/[0-9a-f-]{36}/.test(talk.text)) { // an introduction comes first
      await this.step(await openChat(this.browser, id), "good");
      talk = await this.look(`/interviews/${id}`);
    }
    const [, question] = talk.text.match(/href="\/code\/([0-9a-f-]{36})"/) ?? [];
    if (question) {
      await this.judge(question);
    }
    await this.finish(await openChat(this.browser, id));
  }

  // The starter is run, then the solution is sent.
  async judge(question) {
    const page = `/code/${question}`;
    const first = await this.look(page);
    const title = visibleText(first.text.match(/<h1[^>]*>([^]*?)<\/h1>/)?.[1] ?? "");
    const task = TASKS.find(({ title: own, variants }) => !variants && own.en === title);
    const { starter, reference } = task?.languages[fieldsOf(first.text).code_language] ?? {};
    for (const [action, code] of [["run", starter], ["submit", reference ?? starter]]) {
      if (this.isOver) {
        return; // what was sent before may still be judged
      }
      const { text } = await this.look(page);
      const fields = fieldsOf(text);
      if (!(code ?? fields.code)?.trim()) {
        throw new Error(`${page}, ${title}, ${fields.code_language}: an empty editor: ${visibleText(text).slice(0, 200)}`);
      }
      await this.browser.post(`${page}/drafts`, { ...fields, code: code ?? fields.code, action: "" });
      await this.verdict(page, { ...fields, code: code ?? fields.code, action });
      await this.think(2);
    }
  }

  async verdict(page, fields) {
    const start = performance.now();
    await this.browser.post(`${page}/runs`, fields);
    let { text } = await this.browser.get(page);
    for (const [, address] = text.match(/data-pending="([^"]+)"/) ?? []; address && !this.isOver;) {
      await sleep(VERDICT_POLL_MS);
      const reply = await this.browser.request("GET", address, { kind: "is it judged?", headers: { Accept: "application/json" } });
      if (reply.status >= 400 || !JSON.parse(reply.text).is_pending) {
        break;
      }
    }
    if (!this.isOver) {
      this.timings.add("code sent to verdict, asked every 0.3 s", performance.now() - start);
      this.count("verdicts");
    }
    ({ text } = await this.browser.get(page));
  }

  async read() {
    for (const page of ["/history", "/progress", "/review", "/profile", "/settings"].filter(() => this.chance.of(0.6))) {
      await this.look(page);
    }
    if (this.reports.length > 0) {
      const report = this.chance.one(this.reports);
      await this.look(`/reports/${report}`);
      await this.look(`/reports/${report}/report.${this.chance.one(FILES)}`);
    }
  }

  async lookAround() {
    const stranger = new Person(this.name, { ...this, url: this.browser.url, seed: 1 });
    stranger.chance = this.chance;
    for (const page of ["/", "/login", "/api", "/register", "/verify"].filter(() => this.chance.of(0.6))) {
      await stranger.look(page);
    }
    stranger.browser.agent.destroy();
  }

  async recruit() {
    const { text } = await this.look(`/admin?${this.chance.one(["", "sort=name", "sort=score", "search=load", "status=finished"])}`);
    const people = tags(text, "a").map(({ href }) => href).filter((href) => /^\/admin\/participants\/[0-9a-f-]{36}$/.test(href));
    if (people.length > 0) {
      const page = await this.look(this.chance.one(people));
      const reports = tags(page.text, "a").map(({ href }) => href).filter((href) => /^\/reports\/[0-9a-f-]{36}$/.test(href));
      if (reports.length > 0) {
        await this.look(this.chance.one(reports));
      }
    }
    await this.look(this.chance.one(["/admin/usage", "/admin/bank", "/admin/health", "/admin/invitations"]));
  }

  async logInAgain() {
    const { text } = await this.browser.get("/settings");
    await this.browser.post("/logout", { csrf: inputValue(text, "csrf") });
    await this.think();
    await this.logIn();
  }

  async join() {
    const newcomer = new Person(`${this.name}-${Math.floor(this.chance.next() * 1e9)}`, { ...this, url: this.browser.url, seed: 1 });
    newcomer.chance = this.chance;
    await newcomer.register();
    this.count("registrations");
    await newcomer.look("/interviews/new");
    newcomer.browser.agent.destroy();
  }

  async restart() {
    this.browser.restart();
    this.isDressed = false;
    this.count("restarts");
    await this.look("/history");
  }

  // One visit after the other until the time is over. What fails is counted and the person goes on.
  async live() {
    for (let visit = "think"; !this.isOver; visit = this.chance.weighted(this.isRecruiter ? RECRUITER : VISITS)) {
      try {
        await this[visit]();
        await this.think();
      } catch (error) {
        if (!(error instanceof Over)) {
          this.timings.fail(`${visit}: ${error.message.slice(0, 300)}`);
        }
      }
    }
    this.browser.agent.destroy();
  }
}
