import type { Case } from "../invoice.ts";
import type { Locale } from "../locale.ts";
import { type BreakKind, BREAKS } from "../reconcile.ts";
import type { DisputeState } from "../states.ts";
import { sayDecimal } from "./money.ts";
import { oneLine, plain, quote } from "./quote.ts";

/** What the sentences of a case are made of: each ready to be said, in words for "unknown" where the case does not have it. */
export type CaseFacts = {
  readonly name: string;
  readonly paid: string;
  readonly expected: string;
  readonly was: string;
  readonly now: string;
  readonly refunded: string;
  readonly order: string;
  readonly expectedOrder: string;
  readonly status: string;
  readonly dispute: DisputeState;
  /** How a provider's day and ours differ, and which day, as a calendar writes it. */
  readonly broken: BreakKind;
  readonly day: string;
  /** What the provider wrote, when neither amount nor currency could be read; otherwise empty. */
  readonly unreadable: string;
  /** In brackets after a space, or empty. */
  readonly provider: string;
  readonly what: string;
};

const UNKNOWN: Readonly<Record<Locale, { readonly amount: string; readonly text: string }>> = {
  hy: { amount: "(գումարն անհայտ է)", text: "(նշված չէ)" },
  ru: { amount: "(сумма неизвестна)", text: "(не указано)" },
  en: { amount: "(amount unknown)", text: "(not given)" },
};

/** One that nobody has decided is open. */
const disputeOf = (text = ""): DisputeState => (text === "won" || text === "lost" ? text : "open");

/** Reads the details of a case for its sentences, in one language. */
export function caseFacts({ details }: Case, locale: Locale, name: string): CaseFacts {
  const unknown = UNKNOWN[locale];
  const text = (key: string): string => oneLine(details[key] ?? "");
  const aside = (key: string): string => text(key) && ` (${plain(text(key))})`;
  const quoted = (key: string): string => (text(key) ? quote(text(key), locale) : unknown.text);
  const money = (key: string, currency: string): string =>
    text(key) ? sayDecimal(text(key), text(currency), locale) : unknown.amount;
  return {
    name: oneLine(name),
    paid: money("paid", "currency"),
    expected: money("expected", "expectedCurrency"),
    was: money("was", "currency"),
    now: money("now", "newCurrency"),
    refunded: money("refunded", "currency"),
    order: text("order") || unknown.text,
    expectedOrder: text("expectedOrder") || unknown.text,
    status: quoted("status"),
    dispute: disputeOf(details["dispute"]),
    broken: BREAKS.find((kind) => kind === details["break"]) ?? "unread",
    day: text("day") || unknown.text,
    unreadable: text("currency") ? "" : quoted("paid"),
    provider: aside("provider"),
    what: aside("what"),
  };
}
