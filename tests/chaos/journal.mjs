// What people were told is saved, and whether it is.

export class Journal {
  constructor() {
    Object.assign(this, { accounts: [], interviews: [], turns: [], codes: [], reports: [] });
  }

  account(name) {
    this.accounts.push(name);
  }

  interview(name, id) {
    this.interviews.push({ name, id });
  }

  turn(interview, text) {
    this.turns.push({ interview, text });
  }

  code(question, code) {
    this.codes.push({ question, code });
  }

  report(interview) {
    this.reports.push(interview);
  }

  get acknowledged() {
    return this.accounts.length + this.interviews.length + this.turns.length + this.codes.length + this.reports.length;
  }

  // Faults of the stored rows against the journal. It waits for the answers, so nothing is
  // acknowledged meanwhile.
  check(world) {
    const { accounts, interviews, turns, codes, reports } = this;
    const faults = [];
    const expect = (stored, wanted, what) => {
      const times = new Map();
      stored.forEach((key) => times.set(key, (times.get(key) ?? 0) + 1));
      for (const key of wanted.filter((one) => times.get(one) !== 1)) {
        faults.push(`${what} ${JSON.stringify(key)} is stored ${times.get(key) ?? 0} times`);
      }
    };
    const key = (...parts) => parts.join("\u0000");
    expect(world.rows("SELECT username FROM users").map(({ username }) => username), accounts, "the account");
    expect(world.rows("SELECT id FROM interviews").map(({ id }) => id), interviews.map(({ id }) => id), "the interview");
    expect(world.rows("SELECT interview_id, body FROM turns WHERE author = 'candidate'").map((row) => key(row.interview_id, row.body)),
      turns.map(({ interview, text }) => key(interview, text)), "the answer");
    expect(world.rows("SELECT question_id, code FROM submissions").map((row) => key(row.question_id, row.code)),
      codes.map(({ question, code }) => key(question, code)), "the code");
    expect(world.rows("SELECT interview_id FROM reports").map((row) => row.interview_id), reports, "the report");
    return faults;
  }
}

// Faults of the database file itself.
export function checkDatabase(world) {
  const integrity = world.rows("PRAGMA integrity_check").map((row) => row.integrity_check);
  const orphans = world.rows("PRAGMA foreign_key_check");
  const open = world.rows("SELECT interview_id, count(*) AS number FROM questions WHERE state = 'active' GROUP BY 1 HAVING number > 1");
  return [
    ...integrity.filter((line) => line !== "ok"),
    ...orphans.map((row) => `a row of ${row.table} refers to nothing`),
    ...open.map((row) => `the interview ${row.interview_id} has ${row.number} active questions`),
  ];
}

// Every report and the audit log, by the operator's own commands.
export function checkProofs(world) {
  const faults = [];
  for (const command of [["verify", "--all"], ["audit", "verify"]]) {
    try {
      world.cli(...command);
    } catch (fault) {
      faults.push(`viva ${command.join(" ")}: ${fault.stdout}${fault.stderr}`.slice(-1500));
    }
  }
  return faults;
}

