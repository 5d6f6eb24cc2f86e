import type { Invoice } from "../../domain/invoice.ts";
import type { LookedUp } from "../../domain/looked-up.ts";
import type { Money } from "../../domain/money.ts";
import { report } from "./story.ts";

/** The provider is asked about one attempt, and answers this. */
export type LookUpStep = {
  readonly do: "look up";
  readonly nth: number;
  readonly status: LookedUp["status"] | "no answer";
  /** Added to what the attempt's link asks for; `hundredfold` is the trap of the exponents. */
  readonly off: bigint | "hundredfold" | "unreadable";
  readonly wrongOrder: boolean;
  readonly refunded: bigint | null;
  readonly sharedReference: boolean;
};

export type Said = { readonly attempt: string; readonly report: LookedUp };

type Movement = { readonly reference: string; readonly amount: Money; readonly refunded: bigint };

/** What the provider told us, kept apart from what the rules made of it: one entry for each attempt that brought money. */
export type Told = ReadonlyMap<string, Movement>;

/** What the provider answers about an attempt; it can be asked only about one whose reference is known. */
export function saidBy(invoice: Invoice, step: LookUpStep, now: Date): Said | undefined {
  const tried = pick(invoice.attempts, step.nth);
  const asked = invoice.links.find(({ id }) => id === tried?.link)?.amount;
  if (tried?.reference == null || !asked || step.status === "no answer") return undefined;
  const { minor, currency } = asked;
  return {
    attempt: tried.id,
    report: report({
      status: step.status,
      reference: step.sharedReference ? "vpos-shared" : tried.reference,
      orderId: step.wrongOrder ? "INV-7" : invoice.number,
      amount: amountOf(minor, currency, step.off),
      refunded: step.refunded === null ? null : { minor: step.refunded, currency },
      paidAt: now,
    }),
  };
}

function amountOf(asked: bigint, currency: Money["currency"], off: LookUpStep["off"]): Money | null {
  if (off === "unreadable") return null;
  return { minor: off === "hundredfold" ? asked * 100n : asked + off, currency };
}

const MONEY_IS_THERE = new Set<LookedUp["status"]>(["paid", "refunded", "part_refunded"]);

/**
 * The onlooker's own book: the first that is said of a movement of money counts. What went back may come back, except of a payment
 * that pays the invoice by its other part: the books leave that to a person.
 */
export function heard(told: Told, { attempt, report: said }: Said, { payments }: Invoice): Told {
  const { status, amount, reference } = said;
  if (!MONEY_IS_THERE.has(status) || !amount || amount.minor <= 0n) return told;
  const known = told.get(attempt);
  if (!known && [...told.values()].some((one) => one.reference === reference)) return told;
  const movement = known ?? { reference, amount, refunded: 0n };
  const pays = payments.some((one) => one.attempt === attempt && one.home === "applied");
  return new Map([...told, [attempt, { ...movement, refunded: backOf(movement, said, pays) }]]);
}

function backOf({ amount, refunded: before }: Movement, { status, refunded }: LookedUp, pays: boolean): bigint {
  const whole = status === "refunded" ? amount.minor : 0n;
  const now = refunded && refunded.minor > 0n ? refunded.minor : whole;
  const most = now < amount.minor ? now : amount.minor;
  const isClear = refunded !== null && !(status === "part_refunded" && refunded.minor === 0n);
  return most > before || (isClear && !pays) ? most : before;
}

export const pick = <T>(all: readonly T[], nth: number): T | undefined => all[nth % all.length];
