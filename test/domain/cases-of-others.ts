import type { CaseKind } from "../../domain/cases.ts";
import { attemptRefused, silent } from "../../domain/look-up.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { partMissed } from "../../domain/schedule.ts";
import type { Movement } from "../../src/ports.ts";
import { createProviders } from "../../src/providers/providers.ts";
import { hearHint } from "../../src/usecases/hear-hint.ts";
import { noteDead } from "../../src/usecases/note-dead.ts";
import { stopOnAlarm, watchProviders } from "../../src/usecases/provider-health.ts";
import { reconcileDay } from "../../src/usecases/reconcile.ts";
import { tellCrmPaid } from "../../src/usecases/tell-crm.ts";
import { aCrm } from "../usecases/a-crm.ts";
import type { CaseStory } from "./case-tale.ts";
import { lived, says, type Step, TRIED } from "./lives.ts";
import type { Merchant } from "./merchant.ts";
import { DAY, DUE, later, money, NOW, owed, payment } from "./story.ts";

const NAME = "INV-1042";
const VPOS = { name: "vpos", account: "shop2" } as const;
const REFUSAL = { because: "merchant is blocked", code: "E42", mayExist: false } as const;

const refusedCheckout: Step = (it) => attemptRefused(it, "try", { ...REFUSAL, caseId: "c-refused" }, NOW);
const neverAnswered: Step = (it) => silent(it, "try", "c-silent", later(5 * DAY));

/** The same notice twice: the second one says something else, under a good signature. */
async function hearsTwoContents({ keeps }: Merchant): Promise<void> {
  const hint = { eventId: "event-1", reference: "vpos-try", orderId: NAME };
  const arrived = {
    provider: "vpos",
    key: "event-1",
    headers: {},
    reading: { is: "hint", hint },
    requestId: "r-1",
  } as const;
  await keeps({ ...arrived, raw: Buffer.from("paid") });
  await keeps({ ...arrived, raw: Buffer.from("paid, and more") });
}

/** A message about the invoice was tried until nobody tries any more. */
const isGivenUp = ({ needs, invoice }: Merchant, topic: string, error: string): Promise<void> =>
  noteDead(needs, { id: `dead-${topic}`, topic, about: { invoice: invoice.id }, payment: null, error });

/** 5 000 of 15 000 drams were paid through the only link; the policy waits a week for the next part. */
const PART_PAID = owed({ it: "paid" }, { payments: [payment("p", { amount: money(500_000n) })] });
const WEEKLY = { ...DEFAULT_POLICY, parts: { ...DEFAULT_POLICY.parts, everyDays: 7 } };

/** Another shop's Stripe, which lists this for every day. */
const listing = (...movements: readonly Movement[]) =>
  createProviders([
    {
      name: "stripe",
      account: "shop2",
      open: never,
      lookUp: never,
      movements: async () => ({ is: "happened", value: movements, requestId: null }),
    },
  ]);
const never = (): never => {
  throw new Error("nobody asks for this");
};

/** A provider, the CRM, or a message. What belongs to no invoice is opened by its use case, in a real database. */
export const CASES_OF_OTHERS = {
  provider_refused: {
    tells: "the provider does not open a checkout",
    play: () => lived(TRIED.opening, refusedCheckout),
    names: [NAME, "(vpos)", "merchant is blocked", "E42"],
  },
  provider_unclear: {
    tells: "the provider answers with a status that nobody knows",
    play: () => lived(TRIED.pending, says({ status: "unrecognised", providerStatus: "HALF_DONE" })),
    names: [NAME, "(vpos)", "HALF_DONE"],
  },
  provider_silent: {
    tells: "the last rung of the ladder has passed without a final answer",
    play: () => lived(TRIED.pending, neverAnswered),
    names: [NAME, "(vpos)"],
  },
  provider_down: {
    tells: "an account's provider answers nobody any more",
    play: async ({ needs, opened }) => {
      await watchProviders(needs, { ...VPOS, is: "silent" });
      return opened("provider_down");
    },
    names: ["(vpos/shop2)"],
  },
  provider_stopped: {
    tells: "the provider understood another amount than we asked for, and would again",
    play: async ({ needs, opened }) => {
      const answer = { is: "refused", code: "E7", because: "amount differs", alarm: true, mayExist: true } as const;
      await stopOnAlarm(needs, { provider: VPOS.name, account: VPOS.account }, answer);
      return opened("provider_stopped");
    },
    names: ["(vpos/shop2)", "amount differs", "E7"],
  },
  unknown_payment: {
    tells: "a webhook of a payment we never began is given up",
    play: async ({ needs, opened }) => {
      const hint = { eventId: "event-9", reference: "vpos-900", orderId: "INV-9" };
      await hearHint(needs, hint, { provider: "vpos", requestId: "r-9", last: true });
      return opened("unknown_payment");
    },
    names: ["(vpos)", "vpos-900", "INV-9"],
  },
  webhook_altered: {
    tells: "two notices come under one id, with two contents and a good signature",
    play: async (merchant) => {
      await hearsTwoContents(merchant);
      return merchant.opened("webhook_altered");
    },
    names: ["(vpos)", "event-1"],
  },
  part_overdue: {
    tells: "a week after the first part nothing has come, and the customer has no link",
    play: () => lived(PART_PAID, (it) => partMissed(it, "c-part", WEEKLY, later(8 * DAY))),
    names: [NAME, money(1_000_000n), `/paylink ${NAME}`],
  },
  crm_unknown: {
    tells: "the CRM's answer to a write is lost, and the record is not there when we look",
    play: async ({ needs, paid, opened }) => {
      const crm = aCrm();
      crm.strike("write", "lost on the way there");
      await tellCrmPaid({ ...needs, crm }, (await paid()).id, "r-3");
      return opened("crm_unknown");
    },
    names: [NAME, "CRM", DUE, "the connection broke"],
  },
  reconciliation_break: {
    tells: "a provider's day has a payment that no attempt of ours brought",
    play: async ({ needs, opened }) => {
      const stranger = { id: "txn_1", kind: "payment", reference: "cs_stranger", orderId: NAME, fee: null } as const;
      const providers = listing({ ...stranger, amount: DUE, at: NOW });
      await reconcileDay({ ...needs, providers }, { provider: "stripe", account: "shop2", date: "2026-11-24" }, true);
      return opened("reconciliation_break");
    },
    names: ["(stripe/shop2)", DUE, "cs_stranger"],
  },
  crm_refused: {
    tells: "the CRM would not take the news that an invoice is paid",
    play: async (merchant) => {
      await isGivenUp(merchant, "crm_paid", "record is locked");
      return merchant.opened("crm_refused");
    },
    names: [NAME, "CRM", "record is locked"],
  },
  delivery_failed: {
    tells: "the customer's receipt could not be delivered",
    play: async (merchant) => {
      await isGivenUp(merchant, "receipt", "chat not found");
      return merchant.opened("delivery_failed");
    },
    names: [NAME, "(receipt)", "chat not found", `/paylink resend ${NAME}`],
  },
} satisfies Partial<Record<CaseKind, CaseStory>>;
