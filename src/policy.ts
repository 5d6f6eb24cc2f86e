import { parseArgs } from "node:util";
import type { MikroORM } from "@mikro-orm/postgresql";
import { nameOf } from "../domain/invoice.ts";
import { sayFactAlone } from "../domain/words/facts.ts";
import { sayRefusal } from "../domain/words/refusals.ts";
import { sayTime } from "../domain/words/time.ts";
import { policyInForce, sourceOf } from "./assembly/policy-in-force.ts";
import { complain, type Exit, Misuse, noSuchCommand, runCommand, say } from "./command.ts";
import { readConfig } from "./config.ts";
import { policyAsFile } from "./policy-as-file.ts";
import { policySchema, readPolicy } from "./policy-file.ts";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { entriesSince } from "./store/audit/since.ts";
import { withDatabase } from "./store/with-database.ts";
import { type Difference, replayPolicy } from "./usecases/replay-policy.ts";

const HELP = `The policy: what a merchant decides for itself (POLICY_FILE).

  npm run -s policy -- show > policy.json               the policy in force, as a POLICY_FILE that would make it
  npm run policy -- schema                              its JSON Schema, for editors
  npm run policy -- replay --policy new.json --days 30  what would have gone otherwise under another file`;

const OPTIONS = {
  help: { type: "boolean", short: "h", default: false },
  policy: { type: "string" },
  days: { type: "string", default: "30" },
} as const;

const DAY_MS = 86_400_000;

/** The file alone goes to standard output, so that it can be saved; the rest is for the person who reads. */
function show(): Exit {
  const config = readConfig(vposAssumedV1);
  const policy = policyInForce(config);
  complain(`${sourceOf(config)} The audit calls it ${policy.version}.`);
  complain(`Its deadlines end in ${policy.timeZone}: MERCHANT_TIMEZONE says that, and no policy file.`);
  say(JSON.stringify(policyAsFile(policy), null, 2));
  return 0;
}

async function replay(file: string | undefined, days: number): Promise<Exit> {
  if (file === undefined) throw new Misuse("Say which policy to try: npm run policy -- replay --policy new.json");
  if (!(days > 0)) throw new Misuse("--days must be a number of days such as 30.");
  const config = readConfig(vposAssumedV1);
  const policy = readPolicy(file, config.timeZone, { named: "--policy" });
  const since = new Date(Date.now() - days * DAY_MS);
  return withDatabase(config, async (orm: MikroORM): Promise<Exit> => {
    let invoices = 0;
    let found = 0;
    for await (const entries of entriesSince(orm, since)) {
      invoices += 1;
      for (const difference of replayPolicy(entries, { policy, since })) {
        found += 1;
        say(sentenceOf(difference, policy.timeZone));
      }
    }
    say(`${invoices} invoices of the last ${days} days, ${found} decisions would have gone otherwise.`);
    return 0;
  });
}

/** When, of which invoice, what happened, and what would have. */
function sentenceOf({ at, invoice, fact, instead }: Difference, timeZone: string): string {
  const where = { locale: "en" as const, timeZone, invoiceName: nameOf(invoice) };
  const before = `${sayTime(at, "en", timeZone)} · ${nameOf(invoice)} · ${sayFactAlone(fact, where)}`;
  if ("deadline" in instead) return `${before} -> payable until ${sayTime(instead.deadline, "en", timeZone)}`;
  if ("proposal" in instead) return `${before} -> only proposed: a second person would have had to agree`;
  return `${before} -> refused: ${sayRefusal(instead.no, where)}`;
}

async function main(): Promise<Exit> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command] = positionals;
  if (values.help) {
    say(HELP);
    return 0;
  }
  switch (command) {
    case "show":
      return show();
    case "schema":
      say(JSON.stringify(policySchema(), null, 2));
      return 0;
    case "replay":
      return replay(values.policy, Number(values.days));
    default:
      throw noSuchCommand(command);
  }
}

await runCommand({ help: HELP }, main);
