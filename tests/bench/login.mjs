// What a stranger could learn from the time of a refused log-in: whether the name is known.
// Wrong passwords for known, unknown and disabled names, in turns, each round in another order.
import { execFileSync } from "node:child_process";
import { startInstance } from "../web/instance.mjs";
import { freshName, register, stranger } from "../web/story.mjs";

const ROUNDS = Number(process.env.BENCH_LOGINS ?? 300);
const KINDS = ["wrong password", "unknown name", "disabled account"];

const median = (numbers) => numbers.slice().sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const instance = await startInstance({
  env: { VIVA_LOGIN_TRIES: "1000", VIVA_ADDRESS_TRIES: "100000", VIVA_ACCOUNT_TRIES: "100000" },
});
try {
  const known = await register(instance), disabled = await register(instance);
  execFileSync("sqlite3", [`${instance.var}/viva.db`, `UPDATE users SET disabled_at = 1 WHERE username = '${disabled.name}'`]);
  const names = [known.name, freshName(), disabled.name];
  const visitor = stranger(instance);
  const csrf = await visitor.csrf("/login");
  const times = KINDS.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (let turn = 0; turn < KINDS.length; turn++) {
      const kind = (round + turn) % KINDS.length;
      const start = process.hrtime.bigint();
      const reply = await visitor.post("/login", { csrf, username: names[kind], password: "not the password" });
      times[kind].push(Number(process.hrtime.bigint() - start) / 1e6);
      if (reply.status !== 401) {
        throw new Error(`${KINDS[kind]}: ${reply.status}`);
      }
    }
  }
  const [reference, ...others] = times.map(median);
  console.log(`\n${"refused log-in, wrong password, ms (median)".padEnd(52)} ${reference.toFixed(1).padStart(12)}   the reference`);
  others.forEach((value, i) =>
    console.log(`${`${KINDS[i + 1]} / wrong password`.padEnd(52)} ${(value / reference).toFixed(3).padStart(12)}   bar: 0.95 to 1.05`));
} finally {
  await instance.stop();
}
