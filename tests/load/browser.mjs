// A visitor whose requests are timed: a client that keeps its connection, as browsers do.
import http from "node:http";
import { Client, formBody } from "../web/client.mjs";
import { roleTexts } from "../web/page.mjs";
import { kindOf } from "./timings.mjs";

const KEEP_MS = 15000; // less than nginx keeps a silent connection

export class Browser extends Client {
  constructor(url, timings) {
    super(url, { "Accept-Language": "en", "Accept-Encoding": "identity" });
    this.timings = timings;
    this.restart();
  }

  // Closed and opened again: its connections are gone, its cookies are not.
  restart() {
    if (this.agent) {
      this.agent.destroy();
    }
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 2, timeout: KEEP_MS });
  }

  async request(method, path, options = {}) {
    const { kind, isPage } = options.kind ? { kind: options.kind } : kindOf(method, path);
    const start = performance.now();
    const reply = await super.request(method, path, options);
    this.timings.add(kind, performance.now() - start, isPage);
    if (reply.status >= 400) {
      this.timings.fail(`${method} ${path}: ${reply.status} ${roleTexts(reply.text, "alert").join(" ").slice(0, 200)}`);
    }
    return reply;
  }

  // Posts a turn and reads the stream that answers it, unless the reader leaves after `leaveMs`.
  turn(chat, action, answer, { leaveMs } = {}) {
    const body = formBody({ csrf: chat.csrf, nonce: chat.nonce, question_id: chat.questionId, answer, action });
    const start = performance.now();
    const since = () => performance.now() - start;
    return new Promise((resolve, reject) => {
      let text = "";
      const request = http.request(`${this.url}/interviews/${chat.id}/turns`, {
        method: "POST", agent: this.agent,
        headers: {
          Cookie: this.cookieHeader(), Accept: "text/html, text/event-stream",
          "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body),
        },
      }, (reply) => {
        if (reply.statusCode >= 400) {
          this.timings.fail(`POST /interviews/*/turns: ${reply.statusCode}`);
        }
        reply.on("data", (data) => {
          if (text === "") {
            this.timings.add("turn, first byte of the stream", since());
          }
          text += data;
        });
        reply.on("end", () => {
          this.timings.add("turn, whole stream", since());
          resolve(text);
        });
        reply.on("error", leaveMs ? () => resolve(text) : reject);
      });
      request.on("error", leaveMs ? () => resolve(text) : reject);
      if (leaveMs) {
        setTimeout(() => request.destroy(), leaveMs);
      }
      request.end(body);
    });
  }
}
