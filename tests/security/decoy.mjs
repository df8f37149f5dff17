// A server with one of each fault, so that a scanner which finds nothing in Viva is known to look.
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { once } from "node:events";

const TABLE = "CREATE TABLE items (id INTEGER, name TEXT); INSERT INTO items VALUES (1, 'spoon'), (2, 'fork');";
const SECRET_FILES = ["/.env", "/.git/config", "/viva.db"];
const SEATS = 20; // connections, so that it is soon full

const FRONT = `<!doctype html><title>Decoy</title><a href="/item?id=1">One</a> <a href="/say?text=hello">Say</a>
<form action="/say"><input name="text"><button>Go</button></form>`;

// The visitor's words are part of the statement: the fault.
function select(id) {
  return new Promise((resolve) => {
    execFile("sqlite3", [":memory:", `${TABLE} SELECT name FROM items WHERE id = ${id};`], (error, stdout, stderr) => {
      resolve(error ? { status: 500, text: `SQLite error: near "${stderr}"` } : { status: 200, text: `Found: ${stdout}` });
    });
  });
}

async function answer(request, reply) {
  const { pathname, searchParams } = new URL(request.url, "http://decoy");
  const html = (status, text) => reply.writeHead(status, { "Content-Type": "text/html" }).end(text);
  if (pathname === "/") {
    return html(200, FRONT);
  } else if (pathname === "/item") {
    const { status, text } = await select((searchParams.get("id") ?? "1").replaceAll("\0", ""));
    return html(status, `<p>${text}</p>`);
  } else if (pathname === "/say") {
    return html(200, `<p>You said ${searchParams.get("text") ?? ""}</p>`);
  }
  return SECRET_FILES.includes(pathname) ? html(200, "SECRET=1") : html(404, "nothing here");
}

// Gives { url, close() }.
export async function startDecoy() {
  const server = createServer((request, reply) => void answer(request, reply));
  server.headersTimeout = server.requestTimeout = 0;
  server.maxConnections = SEATS;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
