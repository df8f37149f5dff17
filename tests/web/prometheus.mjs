// A strict reader of Prometheus' text format, and what tests ask of a page of metrics.
import assert from "node:assert/strict";

const LINE = /^(?<name>[a-z_]+)(?:\{(?<labels>[a-z]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z]+="(?:[^"\\\n]|\\["\\n])*")*)\})? (?<value>\d+(?:\.\d+)?)$/;

function readSample(line, families) {
  const { name, labels = "", value } = line.match(LINE)?.groups ?? assert.fail(line);
  const type = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ""));
  assert.ok(type, `${name} has no TYPE before it`);
  assert.equal(type === "counter", name.endsWith("_total"), `${name} is a ${type}`);
  const pairs = [...labels.matchAll(/([a-z]+)="((?:[^"\\]|\\.)*)"/g)];
  return { name, labels: Object.fromEntries(pairs.map(([, key, text]) => [key, text])), value: Number(value) };
}

// [{ name, labels, value }] of a page, which must be well-formed: each family once, with its
// help and type before its samples, no sample twice.
export function samplesOf(text) {
  const families = new Map();
  const seen = new Set();
  const samples = [];
  assert.ok(text.endsWith("\n"));
  for (const line of text.split("\n").slice(0, -1)) {
    const [, family, type] = line.match(/^# TYPE (\w+) (counter|gauge|histogram)$/) ?? [];
    if (family) {
      assert.ok(!families.has(family), `${family} stands twice`);
      families.set(family, type);
    } else if (!/^# HELP \w+ \S.*\.$/.test(line)) {
      samples.push(readSample(line, families));
      const key = line.slice(0, line.lastIndexOf(" "));
      assert.ok(!seen.has(key), `${key} stands twice`);
      seen.add(key);
    }
  }
  return samples;
}

export const sum = (samples, name, wanted = () => true) =>
  samples.filter((sample) => sample.name === name && wanted(sample.labels)).reduce((all, { value }) => all + value, 0);

// The histograms of that name are cumulative and end with their count; gives the counts.
export function histogramsOf(samples, name) {
  const counts = samples.filter((sample) => sample.name === `${name}_count`);
  for (const { labels, value } of counts) {
    const buckets = samples.filter((sample) => sample.name === `${name}_bucket` &&
      Object.entries(labels).every(([key, text]) => sample.labels[key] === text));
    const values = buckets.map((bucket) => bucket.value);
    assert.deepEqual(values, [...values].sort((a, b) => a - b));
    assert.equal(buckets.at(-1).labels.le, "+Inf");
    assert.equal(values.at(-1), value);
  }
  return counts;
}
