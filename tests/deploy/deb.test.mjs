// The Debian package: built, checked by lintian, unpacked, and started as its own units say, with
// the sockets held by systemd-socket-activate and the packaged site in an nginx.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch } from "../browser/browser.mjs";
import { buildFolder, freePort, preparedDatabase, root } from "../web/instance.mjs";
import { until } from "../web/processes.mjs";
import { passInterview } from "./interview.mjs";

const EXPOSED_AT_MOST = 3; // of 10, as `systemd-analyze security` counts

let folder, unpacked, deb, browser;
const running = [];

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "viva-deb-"));
  unpacked = path.join(folder, "root");
  const env = { ...process.env, VIVA_BUILD: buildFolder() };
  delete env.MAKEFLAGS;
  deb = execFileSync(path.join(root, "tools/deb"), { env, encoding: "utf8" }).trim();
  execFileSync("dpkg-deb", ["-x", deb, unpacked]);
  browser = await launch();
});
after(async () => {
  for (const child of running) {
    child.kill("SIGTERM");
  }
  await Promise.all(running.map((child) => child.exitCode ?? child.signalCode ?? once(child, "exit")));
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const units = () => path.join(unpacked, "lib/systemd/system");

// The values of a setting in a unit.
function settings(unit, name, instance = "") {
  return readFileSync(path.join(units(), unit), "utf8").split("\n")
    .filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1).replaceAll("%i", instance));
}

// A command of a unit as it is where the package is unpacked.
function command(line, variables = {}) {
  return line.replace(/\$\{(\w+)\}/g, (_, name) => variables[name])
    .split(" ").map((word) => word.replace(/^\/usr\//, `${unpacked}/usr/`));
}

function check(program, ...args) {
  const env = { ...process.env, LANG: "C.UTF-8", PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const result = spawnSync(program, args, { encoding: "utf8", env });
  return { status: result.status, said: result.stdout + result.stderr };
}

test("lintian finds neither errors nor warnings", () => {
  const { said } = check("lintian", "--allow-root", "--tag-display-limit", "0", deb);
  assert.deepEqual(said.split("\n").filter((line) => /^[EW]:/.test(line)), []);
});

test("what the package brings is where Debian has it", () => {
  for (const file of ["etc/viva/viva.env", "etc/nginx/sites-available/viva", "etc/logrotate.d/viva", "usr/bin/viva",
    "usr/share/man/man1/viva.1.gz", "usr/share/man/man5/viva.env.5.gz", "lib/systemd/system/viva.target"]) {
    assert.ok(existsSync(path.join(unpacked, file)), file);
  }
  const conffiles = execFileSync("dpkg-deb", ["-I", deb, "conffiles"], { encoding: "utf8" });
  assert.match(conffiles, /^\/etc\/viva\/viva\.env$/m);
  const { status, said } = check("logrotate", "-d", path.join(unpacked, "etc/logrotate.d/viva"));
  assert.ok(status === 0 || /unknown user 'viva'/.test(said), said);
});

test("systemd accepts the units, and they are locked in", () => {
  const names = readdirSync(units()).filter((name) => /\.(service|socket|timer|target)$/.test(name))
    .map((name) => name.replace("@.", "@code."));
  assert.ok(names.length >= 8, names.join(" "));
  const verified = check("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", `--root=${unpacked}`, ...names);
  const complaints = verified.said.split("\n").filter((line) => line.includes("viva") && !line.includes("Command /bin/"));
  assert.deepEqual(complaints, [], verified.said); // the folder has no commands of the system
  for (const name of ["viva@code.service", "viva-refresh.service", "viva-backup.service", "viva-setup.service"]) {
    const { said } = check("systemd-analyze", "security", "--offline=yes", `--root=${unpacked}`, "--no-pager", name);
    const [, exposed] = said.match(/exposure level for \S+: ([\d.]+)/) ?? assert.fail(said);
    assert.ok(Number(exposed) <= EXPOSED_AT_MOST, `${name}: ${exposed}`);
  }
});

// nginx with the packaged site, on a port and with folders of the test.
async function startNginx(sockets, port) {
  const site = readFileSync(path.join(unpacked, "etc/nginx/sites-available/viva"), "utf8")
    .replace("listen 80; listen [::]:80;", `listen 127.0.0.1:${port};`)
    .replaceAll("unix:/run/viva/", `unix:${sockets}/`)
    .replaceAll("/usr/share/viva/", `${unpacked}/usr/share/viva/`);
  assert.doesNotMatch(site, /listen 80|unix:\/run|[ :]\/usr\//);
  const temporary = ["client_body", "fastcgi", "proxy", "scgi", "uwsgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`).join("\n");
  writeFileSync(path.join(folder, "nginx.conf"), `daemon off; pid ${folder}/nginx.pid; error_log stderr error;
    ${process.getuid() === 0 ? "user root;" : ""} events {} http { ${temporary} ${site} }`);
  const nginx = spawn("nginx", ["-e", "stderr", "-p", folder, "-c", "nginx.conf"], { stdio: ["ignore", "ignore", "inherit"] });
  running.push(nginx);
  await until(() => fetch(`http://127.0.0.1:${port}/static/`).then(() => true, () => false), "nginx answers", 30);
}

test("from the unit files: the first request starts a program, and an interview passes", async () => {
  const var_ = path.join(folder, "var");
  const sockets = path.join(folder, "run");
  const names = settings("viva.target", "Wants").join(" ").match(/(?<=viva@)\w+(?=\.socket)/g);
  assert.equal(names.length, 5);
  [var_, sockets].forEach((name) => mkdirSync(name, { mode: 0o700 }));
  copyFileSync(await preparedDatabase(), path.join(var_, "viva.db"));

  const env = { VIVA_VAR: var_, VIVA_PASSWORD_MEMORY_KB: "12288", VIVA_REGISTRATIONS_PER_HOUR: "1000" };
  for (const line of settings("viva-setup.service", "ExecStart")) {
    const [program, ...args] = command(line);
    execFileSync(program, args, { env: { ...process.env, ...env } });
  }
  assert.deepEqual(settings("viva@.service", "StandardInput"), ["socket"]);
  const variables = Object.fromEntries(settings("viva@.service", "Environment").map((pair) => pair.split("=")));
  for (const name of names) {
    const [listen] = settings("viva@.socket", "ListenStream", name);
    const [start] = settings("viva@.service", "ExecStart", name);
    const passed = Object.entries(env).flatMap(([key, value]) => ["-E", `${key}=${value}`]);
    running.push(spawn("systemd-socket-activate", ["--inetd", "-l", listen.replace("/run/viva", sockets), ...passed,
      "--", ...command(start, variables)], { stdio: ["ignore", "ignore", "ignore"] }));
  }
  await until(() => names.every((name) => existsSync(path.join(sockets, `${name}.sock`))), "the sockets", 30);
  const port = await freePort();
  await startNginx(sockets, port);
  const holders = running.filter(({ spawnfile }) => spawnfile === "systemd-socket-activate");
  assert.equal(holders.length, names.length);
  for (const { pid } of holders) {
    assert.match(readFileSync(`/proc/${pid}/cmdline`, "utf8"), /^systemd-socket-activate/, "nothing runs before it is asked for");
  }
  await passInterview(browser, `http://127.0.0.1:${port}`, { judged: true });
  const [first] = holders;
  assert.match(readFileSync(`/proc/${first.pid}/cmdline`, "utf8"), /lib\/viva\/pool/, "the socket's first visitor started it");
});
