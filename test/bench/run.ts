import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureDecisions } from "./decide.ts";
import { issueLinks } from "./issue-links.ts";
import { machine, sayDecisions, sayIssuing, sayStarts, sayTaking } from "./report.ts";
import { measureStarts } from "./starts.ts";
import { takePayments } from "./take-payments.ts";
import { measureWhy, sayWhy } from "./why.ts";

/**
 * `npm run bench [-- --only w2 --invoices 1000000]`: two minutes of measuring on this machine. Only ratios of one run can be
 * compared.
 */
const { values } = parseArgs({ options: { invoices: { type: "string", default: "20000" }, only: { type: "string" } } });
const invoices = Number(values.invoices);
const folder = mkdtempSync(join(tmpdir(), "paythread-bench-"));

/** With a database that runs, the starts are measured where links are issued. */
let startsMs: readonly number[] = [];

const WORKS: Readonly<Record<string, () => Promise<string> | string>> = {
  w6: () => sayDecisions(measureDecisions()),
  w7: async () => sayWhy(await measureWhy(join(folder, "asking"))),
  w1: async () => {
    const issuing = await issueLinks(join(folder, "issuing"), invoices, [1, 8, 20]);
    startsMs = issuing.startsMs;
    return sayIssuing(issuing, invoices);
  },
  w2: async () => sayTaking(await takePayments(join(folder, "taking"), invoices, [1, 8, 16]), invoices),
  w5: async () => sayStarts(await measureStarts(folder), startsMs),
};

const { only } = values;
if (only !== undefined && !Object.hasOwn(WORKS, only)) {
  throw new Error(`There is no ${only} here: say --only with one of ${Object.keys(WORKS).join(", ")}.`);
}
try {
  console.log(machine());
  for (const [name, measure] of Object.entries(WORKS)) {
    if (only === undefined || only === name) console.log(await measure());
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
