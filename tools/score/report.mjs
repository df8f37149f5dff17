// The whole report; tools/score-report says how to call it.
import path from "node:path";
import { parseArgs } from "node:util";
import { reportAttacks } from "./attacks.mjs";
import { bankQuestions } from "./bank.mjs";
import { readGraded, reportGraded, worstPoints } from "./graded.mjs";
import { reportPairs } from "./pairs.mjs";
import { publicQuestions, readPublic, reportPublic } from "./public.mjs";
import { Table } from "./table.mjs";
import { root } from "./viva.mjs";

function report() {
  const table = new Table();
  const folder = path.resolve(root, process.env.SCORING_DEV ?? "../shared/scoring-dev");
  const sets = readPublic(folder);

  console.log("n counts what was drawn for the intervals: an answer in three languages is one. The bars are\n" +
    "floor and goal; rows without bars are there to be watched.");
  reportGraded(table, readGraded());
  reportPublic(table, sets, folder);
  if (sets !== null) {
    reportAttacks(table, "public sets", publicQuestions(sets));
  }
  reportAttacks(table, "the bank", bankQuestions());
  reportPairs(table);
  console.log(table.missed.length === 0 ? "\nNo bar is missed." : "\nMissed:");
  for (const line of table.missed) {
    console.log(`  ${line}`);
  }
  return table.missed.length;
}

function readOptions() {
  try {
    return parseArgs({ options: { strict: { type: "boolean" }, worst: { type: "string" } } }).values;
  } catch (error) {
    console.error(`tools/score-report: ${error.message}\nusage: tools/score-report [--strict | --worst=25]`);
    process.exit(2);
  }
}

const options = readOptions();
if (options.worst !== undefined) {
  console.log(worstPoints(readGraded(), Number(options.worst)));
} else if (report() > 0 && options.strict) {
  process.exitCode = 1;
}
