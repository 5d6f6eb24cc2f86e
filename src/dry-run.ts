import { randomUUIDv7 } from "node:crypto";
import { parseArgs } from "node:util";
import type { MikroORM } from "@mikro-orm/postgresql";
import { system } from "../domain/actor.ts";
import { isLocale, type Locale } from "../domain/locale.ts";
import type { Policy } from "../domain/policy.ts";
import { sayBadGrammar } from "../domain/words/help.ts";
import { sayRehearsal } from "../domain/words/rehearsal.ts";
import { readAsk } from "../bots/ask.ts";
import { botIdOf } from "../bots/telegram/updates.ts";
import { policyInForce } from "./assembly/policy-in-force.ts";
import { type Exit, Misuse, runCommand, say } from "./command.ts";
import { readConfig } from "./config.ts";
import { createBook } from "./crm/book/book.ts";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { BOT } from "./sandbox/cast.ts";
import { createBooks } from "./store/books.ts";
import { createInvitations, newToken } from "./store/invitations.ts";
import { withDatabase } from "./store/with-database.ts";
import { createDryRun, rehearsable } from "./usecases/dry-run.ts";
import type { Rehearsing } from "./usecases/rehearse.ts";

const HELP = `What would happen and which rule says so, without doing it. The words are those of /paylink.

  npm run dry-run -- INV-1042                          (a deal: deal:77, an order: order:55)
  npm run dry-run -- INV-1042 part 50% expires 3d
  npm run dry-run -- reissue INV-1042 new date         (also: send, resend, cancel)
  npm run dry-run -- send INV-1042 --as slack:T1:U1    in this person's place; without it: as a lead
  npm run dry-run -- cancel INV-1042 typo --lang hy    in Armenian (hy), Russian (ru) or English (en)

A person of Slack is taken for a full member of the workspace: Slack is not asked.
It ends with 0 when it would be done or is already so, with 1 when it would be refused, with 2 when it cannot be said.`;

const OPTIONS = {
  lang: { type: "string", default: "en" },
  as: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

type Config = ReturnType<typeof readConfig>;

/** Everything a rehearsal reads: the same books, the same book of invoices, the same chats. */
function readingOf(config: Config, orm: MikroORM, policy: Policy): Rehearsing {
  const ids = { id: () => randomUUIDv7(), token: newToken };
  const shared = { orm, policy, ids, clock: () => new Date() };
  const bot = config.telegram.is === "live" ? botIdOf(config.telegram.botToken) : String(BOT.id);
  return {
    ...shared,
    books: createBooks({ ...shared, hears: { merchant: config.invoiceWebhook !== null, ops: true } }),
    crm: createBook(shared),
    invitations: createInvitations({ ...shared, bot }),
  };
}

type Asked = { readonly words: string; readonly as: string | undefined; readonly locale: Locale };

async function dryRun({ words, as, locale }: Asked): Promise<Exit> {
  const asked = rehearsable(readAsk(words));
  if ("problem" in asked) throw new Misuse(sayBadGrammar(asked.problem, locale, asked));
  const config = readConfig(vposAssumedV1);
  const policy = policyInForce(config);
  return withDatabase(config, async (orm): Promise<Exit> => {
    const curious = { actor: system("dry-run"), as };
    const { invoiceName, ...outcome } = await createDryRun(readingOf(config, orm, policy)).request(asked, curious);
    say(sayRehearsal(outcome, { locale, timeZone: policy.timeZone, invoiceName }));
    return outcome.no ? 1 : 0;
  });
}

async function main(): Promise<Exit> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const { lang: locale, as } = values;
  if (values.help) {
    say(HELP);
    return 0;
  }
  if (positionals.length === 0) throw new Misuse("Say what would be asked for.");
  if (!isLocale(locale)) throw new Misuse("--lang must be hy, ru or en.");
  if (as !== undefined && !/^\w+:.+/.test(as)) throw new Misuse("--as must look like slack:T1:U1.");
  return dryRun({ words: positionals.join(" "), as, locale });
}

// 1 says here that it would be refused.
await runCommand({ help: HELP, failed: 2 }, main);
