// nginx and fcgiwrap, which starts the tarball's programs for every request, on a host that lets
// nobody's code run: no judge, and no reader of CVs.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch } from "../browser/browser.mjs";
import { freePort, root } from "../web/instance.mjs";
import { assertFiles, assertTooLarge } from "./asks.mjs";
import { unpacked } from "./host.mjs";
import { passInterview } from "./interview.mjs";

let browser, target, url;

// deploy/fcgiwrap.conf as it stands, but for the places of a test.
function writeConfiguration(port, web, socket) {
  const folder = target.makeFolder("nginx");
  const server = readFileSync(path.join(root, "deploy/fcgiwrap.conf"), "utf8")
    .replaceAll("/srv/viva-web", web)
    .replaceAll("unix:/run/fcgiwrap.socket", `unix:${socket}`)
    .replace("listen 80;", `listen 127.0.0.1:${port};`);
  const temporary = ["client_body", "fastcgi", "proxy", "scgi", "uwsgi"].map((kind) => `${kind}_temp_path ${kind};`);
  writeFileSync(path.join(folder, "nginx.conf"), `daemon off;
pid nginx.pid;
error_log error.log error;
events {}
http {
	access_log off;
	include /etc/nginx/mime.types;
	${temporary.join("\n\t")}
	${server}
}
`);
  return folder;
}

before(async () => {
  [browser, target] = await Promise.all([launch(), unpacked({ VIVA_JUDGE_TIERS: "none" })]);
  const [port, web, socket] = [await freePort(), target.makeFolder("web"), path.join(target.home, "fcgiwrap.sock")];
  await target.run(`${target.tree}/setup`, web, "/viva");
  const folder = writeConfiguration(port, web, socket);
  url = `http://127.0.0.1:${port}/viva`;
  await target.serve("fcgiwrap", ["-c", "8", "-s", `unix:${socket}`]);
  await target.serve("nginx", ["-e", "stderr", "-p", folder, "-c", "nginx.conf"], { url });
});
after(async () => {
  await browser?.close();
  await target?.close();
});

test("an interview passes, code is stored", () => passInterview(browser, url, { judged: false, reads: false }));

test("static files may be kept, and what is too large is refused with our page", async () => {
  await assertFiles(url);
  await assertTooLarge(url, 8 << 20);
});
