import { linkOf } from "../../domain/about.ts";
import type { Fact } from "../../domain/facts.ts";
import { type FollowUp, followUps } from "../../domain/follow-ups.ts";
import { type Audience, HEARS } from "../../domain/hears.ts";
import type { Attempt, Invoice } from "../../domain/invoice.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Bucket, Message } from "./outbox/send.ts";

/** Slack takes about one message a second into a channel, with short bursts; Telegram about thirty a second from a bot. */
const SLACK_PACE = { intervalMs: 1000, burst: 4 };
const TELEGRAM_PACE = { intervalMs: 35, burst: 20 };
/** And about twenty a minute into one group. */
const TELEGRAM_GROUP_PACE = { intervalMs: 3000, burst: 5 };
const UNPACED = { intervalMs: 0, burst: 1 };

/** The lanes' pace when the provider is asked by a job. */
const PROVIDER_PACE = { intervalMs: 50, burst: 10 };

/** Who is there to hear of anything at all: a job for nobody is work for nothing. */
export type Hearing = {
  /** The merchant's own system is told of paid invoices. */
  readonly merchant: boolean;
  /** There is a channel for cases. Without one each is only logged, and need not wait for a channel's pace. */
  readonly ops: boolean;
};

type Context = Hearing & {
  readonly policy: Policy;
  readonly now: Date;
  readonly requestId: string;
  /**
   * The links that a customer has in a chat. Whoever shows a link in a chat decides on its invoice afterwards, so either that
   * decision or this one finds the other's work. What is sent to the chat is worked on in any case: a manager was told so, and
   * where there is no chat the manager hears of that.
   */
  readonly shown: readonly string[];
};

/** Everything that must happen elsewhere because of these facts, once for each audience and subject. */
export function consequences(invoice: Invoice, facts: readonly Fact[], context: Context): readonly Message[] {
  const told = new Map<string, Message>();
  for (const fact of facts) {
    for (const audience of HEARS[fact.is]) {
      for (const message of telling(audience, fact, invoice, context)) {
        told.set(`${message.topic} ${message.lane} ${message.dedupeKey ?? ""}`, message);
      }
    }
  }
  const due = facts.flatMap((fact) =>
    followUps(invoice, fact, context.policy, context.now).map((follow) => scheduled(follow, invoice)),
  );
  return [...told.values(), ...due].map((message) => ({ ...message, requestId: context.requestId }));
}

/** The messages that tell an audience of a fact; none where it has no place to hear it. */
function telling(audience: Audience, fact: Fact, invoice: Invoice, context: Context): readonly Message[] {
  const link = linkOf(fact, invoice);
  if (audience === "crm") return toCrm(fact, invoice, context);
  if (audience === "ops") return aboutCase(fact).map(({ id }) => opsMessage(id, context));
  if (link === undefined) return [];
  switch (audience) {
    case "card":
      return [...new Set([link, ...earlierParts(fact, invoice)])].flatMap((id) =>
        toCard(invoice, id, "card", { link: id }),
      );
    case "thread":
      // A case follows its card, in the card's lane: a reply never leaves before what it replies to.
      return aboutCase(fact).flatMap(({ id }) => toCard(invoice, link, "case_thread", { link, case: id }));
    case "customer":
      return toCustomer(fact, link, context);
    case "receipt":
      return context.shown.includes(link) ? receipt(fact, link) : [];
  }
}

function toCustomer(fact: Fact, link: string, { shown }: Context): readonly Message[] {
  const sentToChat = fact.is === "link_sent" && fact.send.channel === "telegram";
  if (!sentToChat && !shown.includes(link)) return [];
  return [{ lane: `customer:${link}`, bucket: telegram, topic: "customer", payload: { link } }];
}

/** The cards of the parts that were paid before say how much is still to come: another part changes that. */
const earlierParts = (fact: Fact, { links }: Invoice): readonly string[] =>
  fact.is === "payment_applied" || fact.is === "hold_applied"
    ? links.filter(({ state }) => state === "paid").map(({ id }) => id)
    : [];

/**
 * The CRM and the merchant's system are told once for each payment that paid the rest: one that went back before it could be
 * told of must not keep the next one from being told.
 */
function toCrm(fact: Fact, { id, crm }: Invoice, { merchant }: Hearing): readonly Message[] {
  if (fact.is !== "invoice_paid") return [];
  return [
    { topic: "crm_paid", lane: `crm:${id}`, key: `crm:${crm}` },
    ...(merchant ? [{ topic: "invoice_webhook", lane: `invoice_webhook:${id}`, key: "invoice_webhook" }] : []),
  ].map(({ topic, lane, key }) => ({
    topic,
    lane,
    bucket: { key, ...UNPACED },
    payload: { invoice: id },
    dedupeKey: `${topic}:${id}:invoice_paid:${fact.payment}`,
  }));
}

const telegram: Bucket = { key: "telegram", ...TELEGRAM_PACE };

/** A receipt for every payment that pays something of the invoice, a part of it included. */
function receipt(fact: Fact, link: string): readonly Message[] {
  if (!("payment" in fact)) return [];
  const payment = typeof fact.payment === "string" ? fact.payment : fact.payment.id;
  return [
    {
      lane: `customer:${link}`,
      bucket: telegram,
      topic: "receipt",
      payload: { link, payment },
      dedupeKey: `receipt:${payment}`,
    },
  ];
}

/** The case a fact is about, if it is about one. */
const aboutCase = (fact: Fact): readonly { readonly id: string }[] =>
  "case" in fact ? [typeof fact.case === "string" ? { id: fact.case } : fact.case] : [];

/** The ops channel hears of a case; each case has its own lane, all share the channel's pace. */
export const opsMessage = (caseId: string, { ops }: Pick<Hearing, "ops">): Message => ({
  lane: `ops:${caseId}`,
  bucket: ops ? { key: "ops", ...SLACK_PACE } : { key: "ops:nobody", ...UNPACED },
  topic: "case_ops",
  payload: { case: caseId },
});

function toCard(invoice: Invoice, linkId: string, topic: string, payload: Message["payload"]): readonly Message[] {
  const origin = invoice.links.find(({ id }) => id === linkId)?.origin;
  if (!origin) return [];
  const pace = origin.chat === "slack" ? SLACK_PACE : TELEGRAM_GROUP_PACE;
  return [{ lane: `card:${linkId}`, bucket: { key: `${origin.chat}:${origin.channel}`, ...pace }, topic, payload }];
}

/** Each kind of work with each account has a pace of its own: a provider that asks to be left alone holds up nobody else. */
function scheduled(due: FollowUp, { attempts }: Pick<Invoice, "attempts">): Message {
  const pace = due.do === "look_up" ? PROVIDER_PACE : UNPACED;
  const asked = "attempt" in due ? attempts.find(({ id }) => id === due.attempt) : undefined;
  const key = asked ? `${due.do}:${asked.provider}/${asked.account}` : due.do;
  return {
    lane: due.key,
    dedupeKey: due.key,
    runAt: due.at,
    bucket: { key, ...pace },
    topic: due.do,
    payload: { ...subjectOf(due), due: due.at.toISOString() },
  };
}

/** How often one attempt is asked about because somebody looks at its page. */
const PAGE_PAUSE_MS = 20_000;

/** The provider is asked about an attempt at once; within the same few seconds it is the same message. */
export function lookUpSoon(attempt: Attempt, now: Date): Message {
  const key = `look_up:${attempt.id}:page:${Math.floor(now.getTime() / PAGE_PAUSE_MS)}`;
  return scheduled({ do: "look_up", attempt: attempt.id, at: now, key }, { attempts: [attempt] });
}

/** After a word of the provider's that could not be followed: it is asked again for days, more and more seldom. */
export const lookUpLater = (attempt: Attempt, hint: string, now: Date): readonly Message[] =>
  [600, 3600, 86_400, 2 * 86_400, 5 * 86_400].map((seconds) => {
    const at = new Date(now.getTime() + seconds * 1000);
    const key = `look_up:${attempt.id}:hint:${hint}:${seconds}`;
    return scheduled({ do: "look_up", attempt: attempt.id, at, key }, { attempts: [attempt] });
  });

/** The day of a part has been put off since somebody was to look. */
export const expectPartOn = (link: string, at: Date): Message =>
  scheduled({ do: "expect_part", link, at, key: `expect_part:${link}:later:${at.getTime()}` }, { attempts: [] });

const subjectOf = (due: FollowUp): Message["payload"] => {
  if ("link" in due) return { link: due.link };
  if ("invoice" in due) return { invoice: due.invoice };
  return due.do === "refund_payment" ? { payment: due.payment, attempt: due.attempt } : { attempt: due.attempt };
};
