import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import type { MikroORM } from "@mikro-orm/postgresql";
import { nameOf } from "../domain/invoice.ts";
import { readInvoiceName } from "../bots/ask.ts";
import { complain, type Exit, Misuse, noSuchCommand, runCommand, say } from "./command.ts";
import { readConfig } from "./config.ts";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { type KeptWebhook, replayWebhook, webhookOf, webhooksOf } from "./store/kept-webhooks.ts";
import { loadInvoice } from "./store/load-invoice.ts";
import { withDatabase } from "./store/with-database.ts";

const HELP = `What the payment providers sent, as it arrived.

  npm run inbox -- list INV-1042    the webhooks about an invoice (a deal: deal:77, an order: order:55)
  npm run inbox -- show 17          one of them, with its body
  npm run inbox -- replay 17        works on it once more: the provider is asked, and nothing is ever done twice`;

const refuse = (sentence: string): Exit => {
  complain(sentence);
  return 1;
};

const FORGOTTEN = "what it said was forgotten after 400 days, and only that it came is known.";

const lineOf = ({ id, source, key, receivedAt, verdict }: KeptWebhook): string =>
  `${id}  ${receivedAt.toISOString()}  ${source.replace("webhook:", "")}  ${key}  ${verdict}`;

async function list(orm: MikroORM, text: string): Promise<Exit> {
  const name = readInvoiceName(text);
  if (!name) throw new Misuse(`"${text}" is no invoice: write INV-1042, deal:77 or order:55.`);
  const em = orm.em.fork();
  const invoice = (await loadInvoice(em, { key: { crm: "book", ...name } }))?.invoice;
  if (!invoice) return refuse(`There is no ${text} in the books: nobody has asked for it yet.`);
  const kept = await webhooksOf(em, invoice.attempts);
  kept.forEach((webhook) => say(lineOf(webhook)));
  if (kept.length === 0) say(`No provider has sent anything about ${nameOf(invoice)} yet.`);
  return 0;
}

async function one(orm: MikroORM, id: string, then: (kept: KeptWebhook) => Exit | Promise<Exit>): Promise<Exit> {
  const kept = await webhookOf(orm.em.fork(), id);
  if (!kept)
    return refuse(`There is no webhook ${id} in the inbox. The numbers are in: npm run inbox -- list INV-1042`);
  return then(kept);
}

const show = (orm: MikroORM, id: string): Promise<Exit> =>
  one(orm, id, (kept) => {
    say(`${lineOf(kept)}\n${kept.body === "" ? FORGOTTEN : kept.body}`);
    return 0;
  });

const replay = (orm: MikroORM, id: string): Promise<Exit> =>
  one(orm, id, async (kept) => {
    if (kept.verdict === "rejected")
      return refuse(`Webhook ${id} was rejected: nobody has signed it, so it is not worked on.`);
    if (kept.body === "") return refuse(`Webhook ${id}: ${FORGOTTEN}`);
    await orm.em.fork().transactional((em) => replayWebhook(em, kept, `replay-${randomUUID()}`));
    say(`Webhook ${id} is queued again: a running paythread works on it now.`);
    return 0;
  });

const COMMANDS = new Map(Object.entries({ list, show, replay }));

async function main(): Promise<Exit> {
  const { values, positionals } = parseArgs({
    options: { help: { type: "boolean", short: "h", default: false } },
    allowPositionals: true,
  });
  const [verb, subject, extra] = positionals;
  if (values.help) {
    say(HELP);
    return 0;
  }
  const command = COMMANDS.get(verb ?? "");
  if (!command) throw noSuchCommand(verb);
  if (subject === undefined) throw new Misuse(`Say of what: npm run inbox -- ${verb} and an invoice or a number.`);
  if (extra !== undefined) throw new Misuse(`"${extra}" is one word too many.`);
  return withDatabase(readConfig(vposAssumedV1), (orm) => command(orm, subject));
}

await runCommand({ help: HELP }, main);
