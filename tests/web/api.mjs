// A program that uses Viva's API: JSON in and out, a bearer token, no cookies.
import assert from "node:assert/strict";
import { Client } from "./client.mjs";
import { freshName, PASSWORD } from "./story.mjs";

export class ApiClient {
  #client;

  constructor(instance, { token, language = "en", headers = {} } = {}) {
    this.#client = new Client(instance.url, { "Accept-Language": language, ...headers });
    this.token = token;
  }

  // Gives { status, headers, text, json }; json is undefined when the answer is none. A string
  // is sent as the body it is, anything else as JSON.
  async request(method, path, body, headers = {}) {
    const sent = {
      ...(this.token && { Authorization: `Bearer ${this.token}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    };
    const data = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const reply = await this.#client.request(method, `/api${path}`, { headers: sent, body: data });
    const isJson = /^application\/(problem\+)?json$/.test(reply.headers["content-type"] ?? "");
    return { ...reply, json: isJson && reply.text !== "" ? JSON.parse(reply.text) : undefined };
  }

  get(path, headers) {
    return this.request("GET", path, undefined, headers);
  }

  post(path, body = {}, headers = {}) {
    return this.request("POST", path, body, headers);
  }

  patch(path, body, headers) {
    return this.request("PATCH", path, body, headers);
  }

  delete(path, body, headers) {
    return this.request("DELETE", path, body, headers);
  }

  // Logs in and uses the access token from then on; gives the answer's document.
  async login(username, password = PASSWORD) {
    const reply = await this.post("/login", { username, password });
    assert.equal(reply.status, 200, reply.text);
    this.token = reply.json.access_token;
    this.refreshToken = reply.json.refresh_token;
    return reply.json;
  }
}

// A program of somebody who has an account.
export async function apiLogIn(instance, name, options) {
  const client = new ApiClient(instance, options);
  await client.login(name);
  return Object.assign(client, { name });
}

// A program whose user registered with it, logged in.
export async function apiRegister(instance, { name = freshName("api"), language = "en", ...user } = {}) {
  const client = new ApiClient(instance, { language });
  const reply = await client.post("/register", { username: name, password: PASSWORD, language, ...user });
  assert.equal(reply.status, 201, reply.text);
  await client.login(name);
  return Object.assign(client, { name, id: reply.json.id });
}

// True to RFC 9457 and to what every problem of Viva has.
export function assertProblem(reply, status, type) {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.headers["content-type"], "application/problem+json");
  assert.equal(reply.json.status, status);
  assert.equal(reply.json.instance, reply.headers["x-request-id"]);
  assert.ok(reply.json.title && reply.json.detail);
  assert.match(reply.json.type, /^\/api#[a-z-]+$/);
  if (type !== undefined) {
    assert.equal(reply.json.type, `/api#${type}`);
  }
  return reply.json;
}
