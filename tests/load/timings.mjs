// How long requests took, by kind: what the load and the soak print.

// The value below which that share of the sorted numbers lies.
export function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

const PAGES = [
  [/^\/(login|register|api|verify)?$/, "page for strangers"],
  [/^\/interviews\/new/, "start form"],
  [/^\/interviews\/[^/]+$/, "talk"],
  [/^\/code\//, "coding task"],
  [/^\/reports\/[^/]+\/report\.(txt|json)$/, "report as TXT, JSON"],
  [/^\/reports\/[^/]+\/report\.pdf$/, "report as PDF"],
  [/^\/reports\//, "report"],
  [/^\/(history|progress|review)/, "history, progress, review"],
  [/^\/(profile|settings)/, "profile, settings"],
  [/^\/admin/, "recruiter's page"],
  [/^\/static\//, "style sheet, script"],
];

const FORMS = [
  [/^\/(login|register)$/, "log-in, registration (password hashed)"],
  [/^\/interviews$/, "start of an interview"],
  [/^\/interviews\/[^/]+\/(draft|events)$/, "draft, note of the page"],
  [/^\/code\/[^/]+\/(runs|done)/, "code sent"],
  [/^\/code\/[^/]+\/drafts/, "draft, note of the page"],
];

// Of what kind a request is, and whether it is a page: what the bar of 50 ms is about.
export function kindOf(method, path) {
  const [address] = path.split("?");
  const [, kind] = (method === "GET" ? PAGES : FORMS).find(([pattern]) => pattern.test(address)) ?? [, "another form"];
  const isFile = /^\/static\/|^\/code\/.*\/runs\/|\.(txt|json|pdf)$/.test(address);
  return { kind, isPage: method === "GET" && !isFile };
}

export class Timings {
  #kinds = new Map();
  errors = [];
  errorCount = 0;
  pages = [];

  add(kind, ms, isPage = false) {
    if (!this.#kinds.has(kind)) {
      this.#kinds.set(kind, []);
    }
    this.#kinds.get(kind).push(ms);
    if (isPage) {
      this.pages.push(ms);
    }
  }

  fail(text) {
    this.errorCount += 1;
    if (this.errors.length < 10) {
      this.errors.push(text);
    }
  }

  get count() {
    return [...this.#kinds.values()].reduce((sum, list) => sum + list.length, 0);
  }

  // [{ kind, count, p50, p95, p99, max }], the most frequent first, after all pages together.
  rows() {
    const kinds = [...this.#kinds].sort(([, a], [, b]) => b.length - a.length);
    return [["all pages", this.pages], ...kinds].map(([kind, list]) => {
      const sorted = [...list].sort((a, b) => a - b);
      return {
        kind, count: sorted.length, p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95),
        p99: percentile(sorted, 0.99), max: sorted.at(-1) ?? NaN,
      };
    });
  }
}
