import type { Case, Invoice, Link } from "../../domain/invoice.ts";
import { closeCheckout } from "../usecases/close-checkout.ts";
import { expectPart } from "../usecases/expect-part.ts";
import { expireLink } from "../usecases/expire-link.ts";
import { climbLadder } from "../usecases/look-up-attempt.ts";
import type { Needs } from "../usecases/needs.ts";
import { openCheckout } from "../usecases/open-checkout.ts";
import { reconcileDay } from "../usecases/reconcile.ts";
import { refundPayment } from "../usecases/refund-payment.ts";
import { lookInCrm, tellCrmPaid } from "../usecases/tell-crm.ts";
import { Fault } from "../faults.ts";
import type { Job } from "./job.ts";
import { accountDayOf, dueOf, type HeardHint, heardOf, textOf } from "./payload.ts";

/** Who takes a message where. `src/assembly/` hangs the bots' notifiers and the edges' handlers here. */
export type Deliverers = {
  readonly card: (invoice: Invoice, link: Link, repeat: boolean) => Promise<void>;
  readonly caseThread: (invoice: Invoice, link: Link, one: Case, repeat: boolean) => Promise<void>;
  readonly caseOps: (invoice: Invoice | null, one: Case, repeat: boolean) => Promise<void>;
  readonly customer: (invoice: Invoice, link: Link) => Promise<void>;
  readonly receipt: (invoice: Invoice, link: Link, payment: string) => Promise<void>;
  /** The merchant's own system hears of a paid invoice; does nothing where it is not configured. */
  readonly invoicePaid: (invoice: Invoice, key: string) => Promise<void>;
  /** What was kept in the inbox, by its row. `last`: it is not tried again. */
  readonly slack: (inbox: string) => Promise<void>;
  readonly telegram: (inbox: string) => Promise<void>;
  readonly webhook: (webhook: Webhook, requestId: string, last: boolean) => Promise<void>;
};

/** A webhook by its row, with what was understood of it when it came. */
export type Webhook = { readonly inbox: string; readonly heard: HeardHint | undefined };

/** Every topic of the outbox. A topic that is not here cannot be sent to anybody. */
export const TOPICS = [
  "card",
  "case_thread",
  "case_ops",
  "customer",
  "receipt",
  "crm_paid",
  "invoice_webhook",
  "slack_delivery",
  "telegram_update",
  "webhook",
  "expire_link",
  "expect_part",
  "look_in_crm",
  "reconcile",
  "open_attempt",
  "look_up",
  "close_checkout",
  "refund_payment",
] as const;
export type Topic = (typeof TOPICS)[number];

/** How often each is tried. Money is asked about for days by its own ladder; a chat message is worth some hours. */
export const attemptsOf = (topic: string): number => (topic === "webhook" ? WEBHOOK_TRIES : TRIES);

const TRIES = 12;

/** A webhook that overtook the answer to our own call finds its attempt within seconds; the ladder asks in any case. */
const WEBHOOK_TRIES = 6;

const isLast = ({ attempts, topic }: Job): boolean => attempts + 1 >= attemptsOf(topic);

type Route = (job: Job) => Promise<void>;

/** From a job's topic to what is done. Everything is rendered from what is true now, not from when it was written down. */
export function createRoutes(needs: Needs, to: Deliverers): (job: Job) => Promise<void> {
  const routes: Record<Topic, Route> = { ...chatRoutes(needs, to), ...edgeRoutes(needs, to), ...dueRoutes(needs) };
  return async (job) => {
    const topic = TOPICS.find((known) => known === job.topic);
    if (!topic) throw new Error(`nothing takes the topic ${job.topic}: it is given up`);
    await routes[topic](job);
  };
}

type ChatTopic = "card" | "case_thread" | "case_ops" | "customer" | "receipt";

function chatRoutes(needs: Needs, to: Deliverers): Record<ChatTopic, Route> {
  const withLink = async (job: Job, tell: (invoice: Invoice, link: Link) => Promise<void>): Promise<void> => {
    const id = textOf(job, "link");
    const invoice = await needs.books.read({ link: id });
    const link = invoice?.links.find((one) => one.id === id);
    if (invoice && link) await tell(invoice, link);
  };
  return {
    card: (job) => withLink(job, (invoice, link) => to.card(invoice, link, job.attempts > 0)),
    case_thread: (job) =>
      withLink(job, async (invoice, link) => {
        const one = invoice.cases.find(({ id }) => id === textOf(job, "case"));
        if (one) await to.caseThread(invoice, link, one, job.attempts > 0);
      }),
    case_ops: async (job) => {
      const found = await needs.books.readCase(textOf(job, "case"));
      if (found) await to.caseOps(found.invoice, found.case, job.attempts > 0);
    },
    customer: (job) => withLink(job, to.customer),
    receipt: (job) => withLink(job, (invoice, link) => to.receipt(invoice, link, textOf(job, "payment"))),
  };
}

type EdgeTopic = "crm_paid" | "invoice_webhook" | "slack_delivery" | "telegram_update" | "webhook";

const edgeRoutes = (needs: Needs, to: Deliverers): Record<EdgeTopic, Route> => ({
  crm_paid: (job) => tellCrmPaid(needs, textOf(job, "invoice"), job.requestId ?? job.id),
  invoice_webhook: async (job) => {
    const invoice = await needs.books.read({ id: textOf(job, "invoice") });
    if (invoice) await to.invoicePaid(invoice, job.idempotencyKey);
  },
  slack_delivery: (job) => to.slack(textOf(job, "inbox")),
  telegram_update: (job) => to.telegram(textOf(job, "inbox")),
  webhook: (job) =>
    to.webhook({ inbox: textOf(job, "inbox"), heard: heardOf(job) }, job.requestId ?? job.id, isLast(job)),
});

type DueTopic =
  | "expire_link"
  | "expect_part"
  | "look_in_crm"
  | "reconcile"
  | "open_attempt"
  | "look_up"
  | "close_checkout"
  | "refund_payment";

const dueRoutes = (needs: Needs): Record<DueTopic, Route> => ({
  expire_link: (job) => expireLink(needs, textOf(job, "link"), dueOf(job)),
  expect_part: (job) => expectPart(needs, textOf(job, "link"), dueOf(job)),
  look_in_crm: async (job) => {
    await lookInCrm(needs, textOf(job, "invoice"), job.requestId ?? job.id);
  },
  reconcile: (job) => reconcileDay(needs, accountDayOf(job), isLast(job)),
  open_attempt: async (job) => {
    const opening = await openCheckout(needs, textOf(job, "attempt"));
    if (opening?.again) throw new Fault("provider_silent", { attempt: textOf(job, "attempt") }, opening);
  },
  look_up: (job) => climbLadder(needs, textOf(job, "attempt"), dueOf(job)),
  close_checkout: (job) => closeCheckout(needs, textOf(job, "attempt")),
  refund_payment: (job) => refundPayment(needs, textOf(job, "payment"), textOf(job, "attempt")),
});
