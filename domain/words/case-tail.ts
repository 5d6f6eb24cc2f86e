import type { CaseKind, Doubt } from "../cases.ts";
import type { Case } from "../invoice.ts";
import type { Locale } from "../locale.ts";
import { oneLine, quote } from "./quote.ts";
import { sayTime } from "./time.ts";

type Phrases = {
  readonly heldOwed: string;
  readonly heldSettled: string;
  readonly held: string;
  readonly reason: (because: string, code: string) => string;
  readonly reference: (text: string) => string;
  readonly order: (text: string) => string;
  readonly paidAt: (time: string) => string;
  readonly by: (time: string) => string;
};

const PHRASES: Readonly<Record<Locale, Phrases>> = {
  hy: {
    heldOwed: "Գումարը պահված է մինչև հաշվապահի որոշումը, իսկ հաշիվը դեռ ամբողջությամբ վճարված չէ։",
    heldSettled: "Գումարը պահված է մինչև հաշվապահի որոշումը. հաշվով այլևս պարտք չկա։",
    held: "Գումարը պահված է մինչև հաշվապահի որոշումը և որպես հաշվի վճարում չի գրանցվել։",
    reason: (because, code) => `Պատճառը՝ ${because}${code && ` (կոդը՝ ${code})`}։`,
    reference: (text) => `Վճարման համարը՝ ${text}։`,
    order: (text) => `Պատվերի համարը՝ ${text}։`,
    paidAt: (time) => `Վճարման պահը՝ ${time}։`,
    by: (time) => `Սպասվում էր մինչև ${time}։`,
  },
  ru: {
    heldOwed: "Деньги отложены до решения бухгалтера, счёт всё ещё не оплачен полностью.",
    heldSettled: "Деньги отложены до решения бухгалтера, долга по счёту больше нет.",
    held: "Деньги отложены до решения бухгалтера и не зачтены в оплату счёта.",
    reason: (because, code) => `Причина: ${because}${code && ` (код ${code})`}.`,
    reference: (text) => `Номер платежа: ${text}.`,
    order: (text) => `Номер заказа: ${text}.`,
    paidAt: (time) => `Время оплаты: ${time}.`,
    by: (time) => `Ожидалась до ${time}.`,
  },
  en: {
    heldOwed: "The money is held for the accountant; the invoice is still owed.",
    heldSettled: "The money is held for the accountant; nothing more is owed on the invoice.",
    held: "The money is held for the accountant and is not applied to the invoice.",
    reason: (because, code) => `The reason given: ${because}${code && ` (code ${code})`}.`,
    reference: (text) => `Payment reference: ${text}.`,
    order: (text) => `Order: ${text}.`,
    paidAt: (time) => `Paid at: ${time}.`,
    by: (time) => `It was expected by ${time}.`,
  },
};

/** Whose money is held, and whether the sentence may say if the invoice is still owed. */
const HELD: { readonly [Kind in CaseKind]: Kind extends Doubt ? "told" | "untold" : "not held" } = {
  order_differs: "told",
  currency_differs: "told",
  amount_differs: "told",
  overpaid: "told",
  underpaid: "told",
  paid_twice: "told",
  paid_cancelled_link: "untold", // the invoice may have been cancelled with its link: nobody can say that it is owed
  paid_stale_link: "told",
  paid_expired_link: "told",
  paid_replaced_link: "told",
  unknown_payment: "not held",
  refund_unannounced: "not held",
  refund_overdue: "not held", // its sentence says where the money is
  refund_refused: "not held", // its sentence says where the money is
  refund_came_back: "not held", // its sentence says where the money is
  refund_reversed: "not held",
  reconciliation_break: "not held",
  chargeback: "not held",
  fiscal_failed: "not held",
  refund_exceeds: "not held",
  link_stale: "not held",
  part_overdue: "not held",
  provider_refused: "not held",
  provider_unclear: "not held",
  provider_silent: "not held",
  provider_down: "not held",
  provider_stopped: "not held",
  webhook_altered: "not held",
  crm_unknown: "not held",
  crm_refused: "not held",
  delivery_failed: "not held",
};

/** What follows the sentence of any case: where its money is, why, and by what a person finds it at the provider. */
export const caseTail = (one: Case, locale: Locale, timeZone: string): readonly string[] => [
  heldOf(one, PHRASES[locale]),
  reasonOf(one, locale),
  ...traceOf(one, locale, timeZone),
];

/** Money that was not even readable is no payment yet: nothing of it is held here. */
function heldOf({ kind, details, resolution }: Case, { held, heldOwed, heldSettled }: Phrases): string {
  if (resolution && resolution.action !== "dismiss") return ""; // its end says where the money went
  if (HELD[kind] === "not held" || (kind === "currency_differs" && !details["currency"])) return "";
  const due = details["due"];
  if (HELD[kind] === "untold" || !due) return held;
  return /[1-9]/.test(due) ? heldOwed : heldSettled;
}

function reasonOf({ details }: Case, locale: Locale): string {
  const because = details["because"] ?? details["error"] ?? "";
  return because && PHRASES[locale].reason(quote(because, locale), oneLine(details["code"] ?? ""));
}

function traceOf({ kind, details }: Case, locale: Locale, timeZone: string): readonly string[] {
  const phrases = PHRASES[locale];
  const reference = oneLine(details["reference"] ?? "");
  const order = kind === "unknown_payment" ? oneLine(details["order"] ?? "") : "";
  const time = (key: string): string => {
    const at = new Date(details[key] ?? "");
    return Number.isNaN(at.getTime()) ? "" : sayTime(at, locale, timeZone);
  };
  const [paidAt, by] = [time("paidAt"), time("by")];
  return [
    reference && phrases.reference(reference),
    order && phrases.order(order),
    paidAt && phrases.paidAt(paidAt),
    by && phrases.by(by),
  ];
}
