// What the scanners look at: a private Viva in which people have done things, and who they are.
import { createServer, request as send } from "node:http";
import { once } from "node:events";
import { codingQuestion, startCoding } from "../web/coding.mjs";
import { startInstance } from "../web/instance.mjs";
import { invite } from "../web/invites.mjs";
import { makeAdmin, register, shareReport, startInterview, wholeInterview } from "../web/story.mjs";

// Gives { instance, url, candidate, admin, ids }: the people logged in, what is theirs by name.
export async function startTarget(env = {}) {
  const instance = await startInstance({ env: { VIVA_INTERVIEWS_PER_DAY: "1000", ...env } });
  const candidate = await register(instance, { fullName: "Ann Scanned" });
  const admin = await makeAdmin(instance);
  const [finished, second] = [await wholeInterview(candidate), await wholeInterview(candidate)];
  const ids = {
    finished,
    second,
    running: await startInterview(candidate),
    coding: await codingQuestion(candidate, await startCoding(candidate)),
    share: await shareReport(candidate, finished),
    invitation: await invite(admin),
    owner: JSON.parse((await candidate.get(`/reports/${finished}/report.json`)).text).owner_id,
  };
  return { instance, url: instance.url, candidate, admin, ids };
}

// Passes everything on as if each request came from another address: who tries passwords meets
// a pause, and behind that pause a scanner would see nothing. What would end a scan is `closed`.
// Gives { url, close() }.
export async function startCrowd(url, closed = []) {
  let visitors = 0;
  const server = createServer((incoming, reply) => {
    if (closed.includes(incoming.url.split("?")[0])) {
      reply.writeHead(404).end();
      return;
    }
    visitors += 1;
    const address = `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`;
    const headers = { ...incoming.headers, "x-forwarded-for": address };
    const onward = send(url + incoming.url, { method: incoming.method, headers }, (answer) => {
      reply.writeHead(answer.statusCode, answer.headers);
      answer.pipe(reply);
    });
    onward.on("error", () => reply.destroy());
    incoming.pipe(onward);
  });
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
