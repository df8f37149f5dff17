// The checker that browsers run (static/verify.js), loaded as it stands.
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";

const source = readFileSync(new URL("../../static/verify.js", import.meta.url), "utf8");

// { canonical(value), judge(bytes, keys) }
export const verifier = new Function("crypto", `${source}\nreturn { canonical, judge, hasTwins };`)(webcrypto);
