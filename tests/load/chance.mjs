// Chance that can be repeated: the same seed gives the same numbers.
export class Chance {
  #state;

  constructor(seed) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0;
  }

  // From 0 to 1 (mulberry32).
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  of(share) {
    return this.next() < share;
  }

  one(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  // One of the names of { name: weight }.
  weighted(weights) {
    const entries = Object.entries(weights);
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    return (entries.find(([, weight]) => (left -= weight) < 0) ?? entries[0])[0];
  }

  // Milliseconds between two clicks: exponential, none longer than five times the mean.
  pause(meanMs) {
    return Math.min(-Math.log(1 - this.next()) * meanMs, 5 * meanMs);
  }
}
