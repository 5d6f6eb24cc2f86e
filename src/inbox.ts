import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import type { MikroORM } from "@mikro-orm/postgresql";
import { nameOf } from "../domain/invoice.ts";
import { readInvoiceName } from "../bots/ask.ts";
import { readConfig } from "./config.ts";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { type KeptWebhook, replayWebhook, webhookOf, webhooksOf } from "./store/kept-webhooks.ts";
import { loadInvoice } from "./store/load-invoice.ts";
import { withDatabase } from "./store/with-database.ts";

const HELP = `What the payment providers sent, as it arrived.

  npm run inbox -- list INV-1042    the webhooks about an invoice (a deal: deal:77, an order: order:55)
  npm run inbox -- show 17          one of them, with its body
  npm run inbox -- replay 17        works on it once more: the provider is asked, and nothing is ever done twice`;

const { values, positionals } = parseArgs({
  options: { help: { type: "boolean", short: "h", default: false } },
  allowPositionals: true,
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): number => {
  process.stderr.write(`${line}\n`);
  return 1;
};

const lineOf = ({ id, source, key, receivedAt, verdict }: KeptWebhook): string =>
  `${id}  ${receivedAt.toISOString()}  ${source.replace("webhook:", "")}  ${key}  ${verdict}`;

async function list(orm: MikroORM, text: string): Promise<number> {
  const name = readInvoiceName(text);
  if (!name) return complain(`"${text}" is no invoice: write INV-1042, deal:77 or order:55.`);
  const em = orm.em.fork();
  const invoice = (await loadInvoice(em, { key: { crm: "book", ...name } }))?.invoice;
  if (!invoice) return complain(`There is no ${text} in the books: nobody has asked for it yet.`);
  const kept = await webhooksOf(em, invoice.attempts);
  kept.forEach((webhook) => say(lineOf(webhook)));
  if (kept.length === 0) say(`No provider has sent anything about ${nameOf(invoice)} yet.`);
  return 0;
}

async function one(orm: MikroORM, id: string, then: (kept: KeptWebhook) => Promise<void>): Promise<number> {
  const kept = await webhookOf(orm.em.fork(), id);
  if (!kept)
    return complain(`There is no webhook ${id} in the inbox. The numbers are in: npm run inbox -- list INV-1042`);
  await then(kept);
  return 0;
}

const show = (orm: MikroORM, id: string): Promise<number> =>
  one(orm, id, async (kept) => say(`${lineOf(kept)}\n${kept.body}`));

const replay = (orm: MikroORM, id: string): Promise<number> =>
  one(orm, id, async (kept) => {
    if (kept.verdict === "rejected")
      return void complain(`Webhook ${id} was rejected: nobody has signed it, so it is not worked on.`);
    await orm.em.fork().transactional((em) => replayWebhook(em, kept, `replay-${randomUUID()}`));
    say(`Webhook ${id} is queued again: a running paythread works on it now.`);
  });

const COMMANDS = new Map(Object.entries({ list, show, replay }));

const [verb = "", subject] = positionals;
const command = COMMANDS.get(verb);
if (!command || subject === undefined || values.help) {
  process.stderr.write(`${HELP}\n`);
  process.exitCode = values.help ? 0 : 2;
} else {
  process.exitCode = await withDatabase(readConfig(vposAssumedV1), (orm) => command(orm, subject));
}
