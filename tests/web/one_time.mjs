// The codes that an app for one-time codes would show (RFC 6238).
import { createHmac } from "node:crypto";

const STEP_MS = 30000;
const TIME_TO_SEND_MS = 8000;

function base32(text) {
  const bits = [...text].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

// Waits for the next step where this one ends before a code could be sent.
function waitForStep() {
  const left = STEP_MS - (Date.now() % STEP_MS);
  if (left < TIME_TO_SEND_MS) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, left + 1);
  }
}

// The code of RFC 6238 that an app shows so many steps from now. That of the step before is
// good until the end of this one.
export function code(secret, steps = 0) {
  if (steps === -1) {
    waitForStep();
  }
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + steps));
  const digest = createHmac("sha1", base32(secret)).update(counter).digest();
  const value = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(value % 1000000).padStart(6, "0");
}

// A code that none of the steps nearby has.
export function wrongCode(secret) {
  const near = [-1, -2, 0, 1, 2].map((steps) => code(secret, steps));
  return ["000000", "111111", "222222", "333333", "444444", "555555"].find((digits) => !near.includes(digits));
}
