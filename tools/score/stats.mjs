// Measures of agreement and their confidence intervals. All of it is deterministic: the
// random numbers come from seeds.

// Mulberry32: numbers in [0, 1), the same on every machine.
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const below = (random, limit) => Math.floor(random() * limit);

export function shuffled(items, random) {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = below(random, i + 1);
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

export const sample = (items, count, random) => shuffled(items, random).slice(0, count);

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

export const share = (items, holds) => items.filter(holds).length / items.length;

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

export function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) {
      groups.set(key, []);
    }
    groups.get(key).push(item);
  }
  return groups;
}

// The measures below compare what the items say as `ours` and as `theirs`.

export function pearson(items) {
  const a = mean(items.map((item) => item.ours)), b = mean(items.map((item) => item.theirs));
  let ab = 0, aa = 0, bb = 0;
  for (const { ours, theirs } of items) {
    ab += (ours - a) * (theirs - b);
    aa += (ours - a) ** 2;
    bb += (theirs - b) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : NaN;
}

export const rmse = (items) => Math.sqrt(mean(items.map(({ ours, theirs }) => (ours - theirs) ** 2)));

export const difference = (items) => mean(items.map(({ ours, theirs }) => ours - theirs));

export const within = (points) => (items) =>
  share(items, ({ ours, theirs }) => Math.abs(ours - theirs) <= points + 1e-9);

export const accuracy = (items) => share(items, ({ ours, theirs }) => ours === theirs);

// Cohen's kappa over the classes 0 .. count-1. `cost` of a disagreement: 0 for none.
export function kappa(items, count, cost = (a, b) => Number(a !== b)) {
  const rows = new Array(count).fill(0), columns = new Array(count).fill(0);
  let seen = 0, chance = 0;
  for (const { ours, theirs } of items) {
    rows[ours]++;
    columns[theirs]++;
    seen += cost(ours, theirs);
  }
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      chance += cost(a, b) * rows[a] * columns[b] / items.length;
    }
  }
  return chance > 0 ? 1 - seen / chance : NaN;
}

export const quadratic = (a, b) => (a - b) ** 2;

// `ours` and `theirs` are true or false; the mean of F1 of both classes.
export function macroF1(items) {
  let both = 0, onlyOurs = 0, onlyTheirs = 0;
  for (const { ours, theirs } of items) {
    both += Number(ours && theirs);
    onlyOurs += Number(ours && !theirs);
    onlyTheirs += Number(!ours && theirs);
  }
  const wrong = onlyOurs + onlyTheirs, neither = items.length - both - wrong;
  return (2 * both / Math.max(1, 2 * both + wrong) + 2 * neither / Math.max(1, 2 * neither + wrong)) / 2;
}

export const precision = (positive) => (items) =>
  share(items.filter((item) => positive(item.ours)), (item) => positive(item.theirs));

export const recall = (positive) => (items) =>
  share(items.filter((item) => positive(item.theirs)), (item) => positive(item.ours));

const ROUNDS = 1000;
const ROUNDS_MIN = 200; // of very many items, whose figure varies little
const DRAWS = 5e6;
const Z = 1.96;

// Wilson's interval: a share of 0 or 1 has one, too, where resampling sees no variation.
function wilson(value, count) {
  const middle = (value + Z * Z / (2 * count)) / (1 + Z * Z / count);
  const half = Z / (1 + Z * Z / count) *
    Math.sqrt(value * (1 - value) / count + Z * Z / (4 * count * count));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

// The middle 95 % of `measure` over resampled clusters; a cluster is an array of items that
// are not independent, such as one answer in three languages.
export function interval(clusters, measure) {
  const random = randomFrom(20250101), values = [];
  const whole = measure(clusters.flat());
  if (clusters.length < 2 || Number.isNaN(whole)) {
    return [NaN, NaN];
  }
  const rounds = Math.max(ROUNDS_MIN, Math.min(ROUNDS, Math.round(DRAWS / clusters.length)));
  for (let round = 0; round < rounds; round++) {
    const items = [];
    for (let i = 0; i < clusters.length; i++) {
      for (const item of clusters[below(random, clusters.length)]) {
        items.push(item);
      }
    }
    const value = measure(items);
    if (!Number.isNaN(value)) {
      values.push(value);
    }
  }
  values.sort((a, b) => a - b);
  const bounds = [values[Math.floor(values.length * 0.025)], values[Math.ceil(values.length * 0.975) - 1]];
  const isConstantShare = bounds[0] === bounds[1] && (whole === 0 || whole === 1);
  return isConstantShare ? wilson(whole, clusters.length) : bounds;
}
