// A small HTTP client with a cookie jar. It follows nothing and hides nothing.
import http from "node:http";
import { connect } from "node:net";

const TIMEOUT_MS = 60000;

function decodeEntities(text) {
  return text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

// The value of the hidden input `csrf` of a page; undefined when it has none.
export function csrfOf(html) {
  const tag = html.match(/<input[^>]*\bname="csrf"[^>]*>/)?.[0];
  const value = tag?.match(/\bvalue="([^"]*)"/)?.[1];
  return value === undefined ? undefined : decodeEntities(value);
}

// An application/x-www-form-urlencoded body; an array gives a field several times.
export function formBody(fields) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const item of [value].flat()) {
      body.append(name, String(item));
    }
  }
  return body.toString();
}

// A multipart/form-data body: a field is a text, or { filename, type, data } for a file.
export function multipartBody(fields, boundary = "----viva-test-boundary") {
  const parts = [];
  for (const [name, value] of Object.entries(fields)) {
    const file = typeof value === "object" ? value : undefined;
    parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"`));
    parts.push(Buffer.from(file ? `; filename="${file.filename}"\r\nContent-Type: ${file.type}` : ""));
    parts.push(Buffer.from("\r\n\r\n"), Buffer.from(file ? file.data : String(value)), Buffer.from("\r\n"));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, data: Buffer.concat(parts) };
}

// Sends bytes as they are and gives what came back, as latin1, when the server closes the
// connection or has been silent for `silence` ms.
export function raw(url, bytes, { silence = 3000 } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const answer = [];
    const done = () => resolve(Buffer.concat(answer).toString("latin1"));
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(silence, () => socket.destroy());
    socket.on("data", (data) => answer.push(data));
    socket.on("error", (error) => (error.code === "ECONNREFUSED" ? reject(error) : done()));
    socket.on("close", done);
  });
}

export class Client {
  constructor(url, headers = {}) {
    this.url = url;
    this.headers = headers;
    this.cookies = new Map();
    this.agent = false; // a connection for each request
  }

  cookieHeader() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #keepCookies(lines = []) {
    for (const line of lines) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (/;\s*max-age=0\b/i.test(line) || value === "") {
        this.cookies.delete(name);
      } else {
        this.cookies.set(name, value);
      }
    }
  }

  // Gives { status, headers, body, text }: headers as node:http has them, body a Buffer.
  request(method, path, { headers = {}, body } = {}) {
    const cookie = this.cookieHeader();
    const sent = { ...this.headers, ...(cookie && { Cookie: cookie }), ...headers };
    if (body !== undefined) {
      sent["Content-Length"] = Buffer.byteLength(body);
    }
    return new Promise((resolve, reject) => {
      const request = http.request(this.url + path, { method, headers: sent, agent: this.agent }, (reply) => {
        const chunks = [];
        reply.on("data", (chunk) => chunks.push(chunk));
        reply.on("error", reject);
        reply.on("end", () => {
          const bytes = Buffer.concat(chunks);
          this.#keepCookies(reply.headers["set-cookie"]);
          resolve({ status: reply.statusCode, headers: reply.headers, body: bytes, text: bytes.toString() });
        });
      });
      request.setTimeout(TIMEOUT_MS, () => request.destroy(new Error(`${method} ${path}: timeout`)));
      request.on("error", reject);
      request.end(body);
    });
  }

  get(path, options) {
    return this.request("GET", path, options);
  }

  // Posts fields as a form; a string is sent as the body it is.
  post(path, fields = {}, { headers = {} } = {}) {
    const body = typeof fields === "string" ? fields : formBody(fields);
    return this.request("POST", path, {
      headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
      body,
    });
  }

  postMultipart(path, fields, { headers = {} } = {}) {
    const { type, data } = multipartBody(fields);
    return this.request("POST", path, { headers: { "Content-Type": type, ...headers }, body: data });
  }

  // The CSRF token of a page of ours.
  async csrf(page) {
    const { status, text } = await this.get(page);
    const token = csrfOf(text);
    if (token === undefined) {
      throw new Error(`no CSRF token at ${page}, status ${status}`);
    }
    return token;
  }

  // Fetches `page` for its token, then posts the fields with it to `action`.
  async postForm(page, fields, { action = page, headers } = {}) {
    return this.post(action, { csrf: await this.csrf(page), ...fields }, { headers });
  }
}
