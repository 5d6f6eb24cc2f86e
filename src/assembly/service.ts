import { randomUUIDv7 } from "node:crypto";
import { MikroORM } from "@mikro-orm/postgresql";
import type { Logger } from "pino";
import type { Policy } from "../../domain/policy.ts";
import { createBook } from "../crm/book/book.ts";
import { createRoutes } from "../delivery/routes.ts";
import { createServer } from "../http/server.ts";
import { startJanitor } from "../jobs/janitor.ts";
import type { Clock, Heard, Ids, InvoiceBook } from "../ports.ts";
import { createBooks } from "../store/books.ts";
import { createInbox } from "../store/inbox.ts";
import { createInvitations, newToken } from "../store/invitations.ts";
import { createLetterbox } from "../store/letterbox.ts";
import type { Lend } from "../store/outbox/hands.ts";
import { ormConfig } from "../store/orm-config.ts";
import { createUsedSignatures } from "../store/used-signatures.ts";
import { createDesk } from "../usecases/desk.ts";
import { forgetSilences, watchProviders } from "../usecases/provider-health.ts";
import { createFrontDoor } from "../usecases/front-door.ts";
import { type Needs, pageUrl } from "../usecases/needs.ts";
import { checkProviders } from "./check-providers.ts";
import { assembleProviders } from "./providers.ts";
import { chores } from "./chores.ts";
import { createDeliverers } from "./deliverers.ts";
import { keepChat } from "./keep.ts";
import { inviting, managersHave } from "./managing.ts";
import { mountRoutes, unreadable } from "./mount.ts";
import type { Parts } from "./parts.ts";
import { botIdOf } from "../../bots/telegram/updates.ts";
import { tellMerchant } from "./tell-merchant.ts";
import { assembleSlack } from "./slack.ts";
import { assembleTelegram } from "./telegram.ts";
import { createWorker } from "./work.ts";

export type Surroundings = {
  readonly policy: Policy;
  readonly parts: Parts;
  readonly databaseUrl: string;
  /** Our pages' address, without a slash at its end. */
  readonly publicUrl: string;
  readonly apiTokens: readonly string[];
  readonly invoiceWebhook: { readonly url: string; readonly secret: string } | null;
  /** How long the work of a copy that died waits for another one. */
  readonly leaseSeconds: number;
  readonly log: Logger;
  /** The time; a test moves it. Null: the machine's, and the database's where it decides what is due. */
  readonly clock: Clock | null;
  /** How long a provider may take to answer; by default as long as its adapter says. */
  readonly providerTimeoutMs?: number;
};

const ids: Ids = { id: () => randomUUIDv7(), token: newToken };

/** The whole product behind one server that does not listen yet. `receive` begins to work; `stop` ends what is in hand. */
export async function assembleService(around: Surroundings) {
  const { policy, parts, databaseUrl, publicUrl, log } = around;
  const clock = around.clock ?? (() => new Date());
  const orm = await MikroORM.init(ormConfig(databaseUrl));
  const worker = createWorker({ ...around, doing: () => ({ handle, needs, inbox, giveUp: slack.giveUp }) });
  const inbox = createInbox({ orm, clock, lend: worker.lend });
  const letterbox = createLetterbox(orm);
  const used = createUsedSignatures(orm);
  const book = createBook({ orm, clock, ids });
  const heard = (what: Heard): void => {
    watchProviders(needs, what).catch((error: unknown) => log.error(error, "a provider's silence could not be noted"));
  };
  const providers = await assembleProviders(parts, { ...around, clock, heard });
  const inviteUrl = (token: string): Promise<string> => telegram.inviteUrl(token);
  const needs: Needs = needsOf(around, { orm, clock, lend: worker.lend, book, providers, inviteUrl });
  const shared = { ...around, orm, letterbox, ids, inbox, needs, clock, used, book, timeZone: policy.timeZone };
  const managing = managersHave(parts.telegram, shared);
  const telegram = assembleTelegram(parts.telegram, {
    ...shared,
    frontDoor: createFrontDoor(needs),
    managers: { ...managing, desk: (request) => slack.desk(request), whoIs: (person) => slack.whoIs(person) },
    keep: (delivery, em) => keepChat(inbox, "telegram_update", delivery, em),
  });
  const slack = assembleSlack(parts.slack, {
    ...shared,
    ...managing,
    desk: createDesk(needs),
    accounts: inviting(managing.accounts, telegram),
    keep: (delivery) => keepChat(inbox, "slack_delivery", delivery),
  });
  const server = createServer(log, unreadable(parts));
  await mountRoutes(server, { ...shared, slack, telegram });
  const invoicePaid = tellMerchant(around.invoiceWebhook, { publicUrl, policy, clock });
  const handle = createRoutes(needs, createDeliverers({ ...shared, slack, telegram, invoicePaid }));
  return { server, book, needs, worker, ...lifeOf({ ...shared, ...managing, server, slack, telegram, worker }) };
}

type Opened = { readonly orm: MikroORM; readonly book: InvoiceBook; readonly lend: Lend } & Pick<
  Needs,
  "clock" | "providers" | "inviteUrl"
>;

const needsOf = (
  { policy, parts, publicUrl, invoiceWebhook }: Surroundings,
  { orm, book, clock, lend, ...opened }: Opened,
): Needs => ({
  books: createBooks({
    orm,
    policy,
    clock,
    ids,
    lend,
    hears: { merchant: invoiceWebhook !== null, ops: hasOps(parts) },
  }),
  invitations: createInvitations({ orm, clock, bot: botIdOf(parts.telegram.botToken) }),
  crm: book,
  pageUrl: (token) => pageUrl(publicUrl, token),
  policy,
  clock,
  ids,
  ...opened,
});

const hasOps = ({ slack, telegram }: Parts): boolean => slack.opsChannel !== null || telegram.opsChat !== null;

type Running = Parameters<typeof chores>[0] & {
  readonly needs: Needs;
  readonly server: ReturnType<typeof createServer>;
  readonly slack: ReturnType<typeof assembleSlack>;
  readonly telegram: ReturnType<typeof assembleTelegram>;
  readonly worker: ReturnType<typeof createWorker>;
  readonly log: Logger;
};

/** In reverse at the end: nothing new comes in, what is in hand is finished, then the database is left. */
function lifeOf(running: Running) {
  const { server, slack, telegram, worker, orm, log } = running;
  let receiving: { stop(): Promise<void> } | undefined;
  let hearing: Promise<void> | undefined;
  let janitor: { stop(): void } | undefined;
  return {
    receive: async (): Promise<void> => {
      forgetSilences(running.needs).catch((error: unknown) => log.error(error, "old silences could not be closed"));
      worker.start();
      receiving = telegram.receive();
      janitor = startJanitor(chores(running), (error, chore) => log.error(error, `the janitor failed at ${chore}`));
      hearing = slack.start().catch((error: unknown) => log.error(error, "Slack cannot be heard"));
      checkProviders(running.needs.providers, log).catch((error: unknown) => log.error(error, "no key was checked"));
      slack.check().catch((error: unknown) => log.error(error, "Slack does not know our token: check SLACK_BOT_TOKEN"));
    },
    stop: async (): Promise<void> => {
      await server.close();
      await hearing?.then(() => slack.stop());
      await receiving?.stop();
      janitor?.stop();
      await worker.stop();
      await orm.close();
    },
  };
}
