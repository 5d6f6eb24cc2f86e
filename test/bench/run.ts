import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureDecisions } from "./decide.ts";
import { issueLinks } from "./issue-links.ts";
import { machine, sayDecisions, sayIssuing, sayStarts } from "./report.ts";
import { measureStarts } from "./starts.ts";

/** `npm run bench [-- --invoices 1000000]`: a minute of measuring on this machine. Only ratios of one run can be compared. */
const { values } = parseArgs({ options: { invoices: { type: "string", default: "20000" } } });
const invoices = Number(values.invoices);
const folder = mkdtempSync(join(tmpdir(), "paythread-bench-"));

try {
  console.log(machine());
  console.log(sayDecisions(measureDecisions()));
  const issuing = await issueLinks(join(folder, "issuing"), invoices, [1, 8, 20]);
  console.log(sayIssuing(issuing, invoices));
  console.log(sayStarts(await measureStarts(folder), issuing.startsMs));
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
