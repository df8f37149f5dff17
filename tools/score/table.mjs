// The report's table: a figure a row, with its confidence interval and its bar.
import { interval } from "./stats.mjs";

const WIDTH = 60;

function figure(value, digits) {
  return Number.isNaN(value) || value === undefined ? "-" : value.toFixed(digits);
}

function judge(value, { floor, goal, most }) {
  const reaches = (bar) => most ? value <= bar : value >= bar;
  if (floor === undefined) {
    return "";
  }
  if (Number.isNaN(value) || !reaches(floor)) {
    return "MISSED";
  }
  return goal !== undefined && reaches(goal) ? "goal" : "floor";
}

export class Table {
  missed = [];
  #title = "";

  heading(title) {
    this.#title = title;
    const columns = ["n".padStart(7), "value".padStart(8), "95 % interval".padStart(20), "floor".padStart(11),
      "goal".padStart(11)];
    console.log(`\n${title.padEnd(WIDTH)}${columns.join("")}`);
  }

  note(text) {
    console.log(`  ${text}`);
  }

  // `clusters`: arrays of items that belong together; `bar`: {floor, goal, most, digits}, where
  // `most` says that a figure must not lie above it.
  row(name, clusters, measure, bar = {}) {
    const items = clusters.flat();
    const value = items.length > 0 ? measure(items) : NaN;
    const digits = bar.digits ?? 3;
    const [low, high] = items.length > 0 ? interval(clusters, measure) : [NaN, NaN];
    const verdict = judge(value, bar), sign = bar.most ? "<=" : ">=";
    const limit = (number) => number === undefined ? "" : `${sign} ${Number(number.toFixed(4))}`;
    const cells = [String(clusters.length).padStart(7), figure(value, digits).padStart(8),
      `${figure(low, digits)} .. ${figure(high, digits)}`.padStart(20),
      limit(bar.floor).padStart(11), limit(bar.goal).padStart(11), `  ${verdict}`];
    console.log(`  ${name.padEnd(WIDTH - 2)}${cells.join("")}`.trimEnd());
    if (verdict === "MISSED") {
      this.missed.push(`${this.#title}: ${name}: ${figure(value, digits)} ` +
        `(interval ${figure(low, digits)} .. ${figure(high, digits)}), the bar is ${limit(bar.floor)}`);
    }
    return value;
  }
}

// Items that are independent of one another.
export const single = (items) => items.map((item) => [item]);
