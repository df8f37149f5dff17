// A host to deploy to: a folder of its own, an ordinary user, web servers with configurations of
// their own on free ports, and the tarball of `make dist` or an installed tree.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { buildFolder, freePort, preparedDatabase, root } from "../web/instance.mjs";

const run = promisify(execFile);
const NOBODY = 65534;
const STOP_TIMEOUT_MS = 5000;
const build = path.join(root, buildFolder());
const isRoot = process.getuid() === 0;

// Settings for tests: hashing is what they would wait for, and limits are others' subject.
export const SETTINGS = {
  VIVA_PASSWORD_MEMORY_KB: "12288",
  VIVA_REGISTRATIONS_PER_HOUR: "100000",
  VIVA_API_PER_MINUTE: "1000000",
  VIVA_API_STRANGERS_PER_MINUTE: "1000000",
};

// Everything on the host is done by somebody who is not root.
const asUser = (command, args) =>
  isRoot ? ["setpriv", [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--pdeathsig", "TERM", command, ...args]] : [command, args];

// --- what is deployed -------------------------------------------------------------

// The tarball, packed when the programs or what is in it are newer. One test file packs it.
async function tarball() {
  await run("flock", [path.join(build, ".dist-lock"), "bash", "-c", `
    made=$(ls -t ${build}/viva-*-linux-*.tar.gz 2>/dev/null | head -1)
    newer=$(find ${build}/account ${build}/report ${build}/viva tools/dist tools/install deploy templates bank static -newer "\${made:-/}" -type f | head -1)
    [ -n "$made" ] && [ -z "$newer" ] || VIVA_BUILD=${buildFolder()} tools/dist`], { cwd: root });
  const [name] = readdirSync(build).filter((file) => /^viva-.*-linux-.*\.tar\.gz$/.test(file));
  return path.join(build, name);
}

// A folder that belongs to the host's user; the owner of what the test puts there.
function makeHome() {
  const home = mkdtempSync(path.join(tmpdir(), "viva-host-"));
  mkdirSync(path.join(home, "public_html"));
  chmodSync(home, 0o755);
  return home;
}

const give = (folder) => isRoot && execFileSync("chown", ["-R", `${NOBODY}:${NOBODY}`, folder]);

async function putDatabase(folder) {
  mkdirSync(folder, { recursive: true });
  cpSync(await preparedDatabase(), path.join(folder, "viva.db"));
  chmodSync(path.join(folder, "viva.db"), 0o600);
  chmodSync(folder, 0o700);
}

function writeSettings(tree, settings) {
  mkdirSync(path.join(tree, "etc"), { recursive: true });
  const lines = Object.entries({ ...SETTINGS, ...settings }).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(path.join(tree, "etc/viva.env"), lines.join(""));
}

// A host whose user has unpacked the tarball in ~/viva, with a database that has the bank in it.
export async function unpacked(settings = {}) {
  const home = makeHome();
  const tree = path.join(home, "viva");
  mkdirSync(tree);
  await run("tar", ["xzf", await tarball(), "-C", tree, "--strip-components=1"]);
  await putDatabase(path.join(tree, "var"));
  writeSettings(tree, settings);
  give(home);
  return host(home, tree);
}

// The same with what `make install` makes.
export async function installed(settings = {}) {
  const home = makeHome();
  const tree = path.join(home, "viva");
  await run(path.join(root, "tools/install"), [tree], { env: { ...process.env, DESTDIR: "", VIVA_BUILD: buildFolder() } });
  await putDatabase(path.join(tree, "var"));
  writeSettings(tree, settings);
  give(home);
  return host(home, tree);
}

function host(home, tree) {
  const servers = [];
  return {
    home,
    tree,
    // Runs a command as the host's user, with next to nothing in its environment.
    run: (command, ...args) => {
      const [file, rest] = asUser(command, args);
      return run(file, rest, { cwd: home, env: { PATH: "/usr/bin:/bin", HOME: home } });
    },
    // A folder of the user's in their home.
    makeFolder(name) {
      const folder = path.join(home, name);
      mkdirSync(folder);
      give(folder);
      return folder;
    },
    // Starts a server as that user; with an address, waits until it answers there.
    async serve(command, args, { url } = {}) {
      const server = startServer(command, args, { cwd: home, env: { PATH: "/usr/sbin:/usr/bin:/bin", HOME: home } });
      servers.push(server);
      if (url) {
        await answers(server, url);
      }
    },
    async close() {
      await Promise.all(servers.map((server) => server.stop()));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

// --- servers ----------------------------------------------------------------------

function startServer(command, args, options) {
  const child = spawn(...asUser(command, args), { ...options, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const output = [];
  child.stdout.on("data", (data) => output.push(data));
  child.stderr.on("data", (data) => output.push(data));
  const ended = once(child, "exit");
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // the whole group is gone
    }
  };
  return {
    child,
    log: () => Buffer.concat(output).toString(),
    async stop() {
      child.kill("SIGTERM");
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_TIMEOUT_MS).unref())]);
      signal("SIGKILL");
    },
  };
}

async function answers(server, url) {
  for (;;) {
    assert.equal(server.child.exitCode, null, server.log());
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const MODULES = ["mpm_event", "unixd", "authz_core", "authz_host", "dir", "mime", "alias", "rewrite", "env",
  "setenvif", "headers", "filter", "deflate"];
const FOLDER = "/usr/lib/apache2/modules";

function loadModule(name) {
  const file = `${FOLDER}/mod_${name}.so`;
  return existsSync(file) ? `LoadModule ${name}_module ${file}\n` : "";
}

// Starts Apache for ~/public_html with these modules beside the usual ones: { url, errors(), read() }.
// `lines` stand at the end of its configuration.
export async function startApache(target, { modules, lines, defines = {} }) {
  const port = await freePort();
  const folder = target.makeFolder("apache");
  writeFileSync(path.join(folder, "httpd.conf"), `${Object.entries(defines).map(([name, value]) => `Define ${name} ${value}\n`).join("")}
ServerRoot ${folder}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile httpd.pid
DefaultRuntimeDir ${folder}
ErrorLog error.log
LogLevel warn
${[...MODULES, ...modules].map(loadModule).join("")}
TypesConfig /etc/mime.types
StartServers 1
ServerLimit 2
ThreadsPerChild 32
MinSpareThreads 8
MaxRequestWorkers 64
DocumentRoot ${target.home}/public_html
<Directory "/">
	Require all denied
	AllowOverride None
</Directory>
<Directory "${target.home}/public_html">
	Require all granted
	AllowOverride All
</Directory>
${lines}
`);
  const url = `http://127.0.0.1:${port}`;
  await target.serve("apache2", ["-DFOREGROUND", "-f", path.join(folder, "httpd.conf")], { url });
  // What Apache says of its own start and end is no error.
  const errors = () => readFileSync(path.join(folder, "error.log"), "utf8").replace(/^.*(:notice\]|AH00558).*\n/gm, "");
  return { url, errors, read: (name) => readFileSync(path.join(folder, name), "utf8") };
}
