// Chance that can be repeated: the same seed gives the same numbers.
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  // From 0 to below 1 (mulberry32).
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  // A whole number from `least` to `most`.
  between(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  one(items) {
    return items[this.between(0, items.length - 1)];
  }

  shuffled(items) {
    return items.map((item) => ({ item, key: this.next() })).sort((a, b) => a.key - b.key).map(({ item }) => item);
  }

  // Another source of chance, which takes nothing more from this one.
  fork() {
    return new Random(Math.floor(this.next() * 4294967296));
  }
}
