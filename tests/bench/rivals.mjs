// `make bench`: the history page with ten interviews, beside the same page in FastAPI and in PHP
// behind the same nginx, from the same database. They have its frame as a fixed text and no
// other language, CSRF key, log or statistics: what they do is the least that the page needs.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildFolder, root, startInstance } from "../web/instance.mjs";
import { register, wholeInterview } from "../web/story.mjs";
import { addHello, addLocation, waitFor } from "./hello.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const rivals = path.join(root, "tests/bench/rivals");
const frame = path.join(root, buildFolder(), "bench/frame");

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function row(name, value, bar = "") {
  console.log(`${name.padEnd(52)} ${String(value).padStart(12)}   ${bar}`);
}

function requestsPerSecond(url, cookie) {
  const output = execFileSync("wrk", ["-t2", "-c16", `-d${SECONDS}s`, "-H", `Cookie: ${cookie}`, url], { encoding: "utf8" });
  if (/Non-2xx|Socket errors/.test(output)) {
    throw new Error(`${url}:\n${output}`);
  }
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(output)[1]);
}

function start(instance, command, args) {
  const env = { ...process.env, BENCH_FRAME: frame, VIVA_VAR: instance.var };
  const child = spawn(command, args, { cwd: rivals, env, stdio: ["ignore", "ignore", "inherit"], detached: true });
  return () => process.kill(-child.pid, "SIGKILL");
}

// Two workers, as each of our programs has two processes.
function startFastApi(instance) {
  addLocation(instance, `location = /bench-fastapi {
    proxy_pass http://unix:${instance.var}/run/fastapi.sock;
    proxy_set_header Host $host;
  }`);
  return start(instance, "/usr/bin/python3", ["-m", "uvicorn", "--uds", path.join(instance.var, "run/fastapi.sock"),
    "--workers", "2", "--no-access-log", "--log-level", "error", "page:app"]);
}

function startPhp(instance) {
  const config = path.join(instance.var, "run/php-fpm.conf");
  writeFileSync(config, `[global]
error_log = ${instance.var}/log/php.log
daemonize = no
[www]
user = root
group = root
listen = ${instance.var}/run/php.sock
pm = static
pm.max_children = 4
clear_env = no
`);
  addLocation(instance, `location = /bench-php {
    fastcgi_pass unix:run/php.sock;
    fastcgi_param REQUEST_METHOD $request_method;
    fastcgi_param QUERY_STRING $query_string;
    fastcgi_param SCRIPT_FILENAME ${rivals}/page.php;
  }`);
  return start(instance, "/usr/sbin/php-fpm8.2", ["-R", "-F", "-y", config]);
}

// What stands before and behind the rows of our page.
async function writeFrame(person) {
  const { text } = await person.get("/history");
  rmSync(frame, { recursive: true, force: true });
  mkdirSync(frame, { recursive: true });
  const [begin, end] = [text.indexOf("<tbody>") + "<tbody>".length, text.indexOf("</tbody>")];
  writeFileSync(path.join(frame, "head.html"), text.slice(0, begin));
  writeFileSync(path.join(frame, "tail.html"), text.slice(end));
  return text.length;
}

async function sizeOf(url, cookie) {
  const reply = await fetch(url, { headers: { Cookie: cookie } });
  const text = await reply.text();
  if (reply.status !== 200 || (text.match(/class="row-title"/g) ?? []).length !== 10) {
    throw new Error(`${url}: not ten interviews`);
  }
  return Buffer.byteLength(text);
}

const instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000" } });
const stops = [];
try {
  const person = await register(instance);
  for (let i = 0; i < 10; i++) {
    await wholeInterview(person, { answers: 1 });
  }
  await writeFrame(person);
  stops.push(await addHello(instance), startFastApi(instance), startPhp(instance));
  const addresses = {
    hello: "/bench-hello", "history page of ten interviews": "/history", "the same in FastAPI and uvicorn": "/bench-fastapi",
    "the same in PHP-FPM": "/bench-php",
  };
  const cookie = person.cookieHeader();
  const results = Object.fromEntries(Object.keys(addresses).map((name) => [name, []]));
  await waitFor(`${instance.url}/bench-fastapi`, () => true);
  for (const [name, address] of Object.entries(addresses).slice(1)) {
    row(`${name}, bytes`, await sizeOf(instance.url + address, cookie));
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, address] of Object.entries(addresses)) {
      results[name].push(requestsPerSecond(instance.url + address, cookie));
    }
  }
  const [hello, ours, ...others] = Object.entries(results).map(([name, rates]) => [name, median(rates)]);
  row("FastCGI hello, requests per second", hello[1].toFixed(0), "the reference");
  row(`${ours[0]} / hello`, (ours[1] / hello[1]).toFixed(2));
  for (const [name, rate] of others) {
    row(`${name} / hello`, (rate / hello[1]).toFixed(3));
    row(`our page / ${name}`, (ours[1] / rate).toFixed(1));
  }
} finally {
  stops.forEach((stop) => stop());
  await instance.stop();
}
