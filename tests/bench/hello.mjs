// The reference of all figures: a FastCGI program that says hello behind the instance's nginx.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildFolder, root } from "../web/instance.mjs";

// Adds a location to the instance's own nginx.
export function addLocation(instance, text) {
  const config = path.join(instance.var, "run/nginx.conf");
  writeFileSync(config, readFileSync(config, "utf8").replace("location / {", `${text}\n  location / {`));
  process.kill(Number(readFileSync(path.join(instance.var, "run/nginx.pid"), "utf8")), "SIGHUP");
}

// Until the address answers with what `expected` finds right.
export async function waitFor(url, expected) {
  for (let tries = 0; tries < 200; tries++) {
    try {
      const reply = await fetch(url);
      const text = await reply.text();
      if (reply.status === 200 && expected(text)) {
        return;
      }
    } catch {
      // it does not listen yet
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}

// Puts the program at /bench-hello; gives a function that ends it.
export async function addHello(instance) {
  const hello = spawn("spawn-fcgi", ["-n", "-s", path.join(instance.var, "run/hello.sock"), "-M", "0600", "-b", "1024", "--",
    "/usr/bin/multiwatch", "-f", "2", "--", path.join(root, buildFolder(), "bench/hello")], { stdio: "ignore", detached: true });
  addLocation(instance, `location = /bench-hello {
    fastcgi_pass unix:run/hello.sock;
    fastcgi_keep_conn off;
  }`);
  await waitFor(`${instance.url}/bench-hello`, (text) => text === "hello\n");
  return () => process.kill(-hello.pid, "SIGKILL"); // the pool and its programs
}
