import { z } from "zod";
import { INVOICE_KINDS } from "../../../domain/invoice.ts";
import { EXPONENTS, isCurrency, type Money, type MoneyProblem, parseMoney } from "../../../domain/money.ts";
import type { InvoiceEntry } from "../../ports.ts";
import type { Wrong } from "../problem.ts";
import { InvoiceBody } from "./invoice-body.ts";
import { mistakesOf } from "./text.ts";

/** What people can type in a chat: another number could be stored and never be asked for. */
const NUMBER = /^(?=.*[\p{L}\p{N}])[\p{L}\p{M}\p{N}._/#-]{1,64}$/u;

/** The name of an invoice in an address or a table. */
export const InvoicePath = z.object({
  kind: z.enum(INVOICE_KINDS, "The kind must be invoice, deal or order."),
  number: z
    .string()
    .normalize("NFC")
    .regex(NUMBER, "The number may have 1 to 64 letters, digits and . _ / # - and nothing else.")
    .meta({ description: "Letters' case makes no difference.", example: "INV-1042" }),
});

/** More mistakes than these are not read by anybody. */
const MOST_WRONG = 50;

/**
 * An invoice as it comes from outside, by HTTP or from a table, to what the book takes, or everything that is wrong with
 * it at once.
 */
export function readEntry(
  name: { readonly kind: string; readonly number: string },
  given: unknown,
): { readonly entry: InvoiceEntry } | { readonly wrong: readonly Wrong[] } {
  const path = InvoicePath.safeParse(name);
  const body = InvoiceBody.safeParse(given);
  const money = readMoney(given);
  const wrong = [...mistakesOf(path), ...mistakesOf(body), ...("wrong" in money ? money.wrong : [])];
  return path.success && body.success && "money" in money
    ? { entry: entryOf(path.data, body.data, money.money) }
    : { wrong: wrong.slice(0, MOST_WRONG) };
}

const entryOf = (
  { kind, number }: z.output<typeof InvoicePath>,
  { purpose, customer, owner, state }: InvoiceBody,
  amount: Money,
): InvoiceEntry => ({
  kind,
  number,
  amount,
  purpose,
  state,
  customer: {
    id: customer.id,
    name: customer.name,
    phone: customer.phone ?? null,
    email: customer.email ?? null,
    language: customer.language ?? null,
  },
  owner: owner ? { id: owner.id, name: owner.name, slackUserId: owner.slackUserId ?? null } : null,
});

const Amount = z.object({ amount: z.string(), currency: z.string() });

/** Where there are no two texts to read, the body's own sentences say so. */
function readMoney(given: unknown): { readonly money: Money } | { readonly wrong: readonly Wrong[] } {
  const read = Amount.safeParse(given).data;
  if (!read) return { wrong: [] };
  const money = parseMoney(read.amount, read.currency);
  if (typeof money !== "string") return { money };
  const path = money === "currency_unknown" ? "currency" : "amount";
  return { wrong: [{ path, message: MONEY_SENTENCES[money](read.currency) }] };
}

/** Every reason of `parseMoney`, as a sentence that says what to send instead. */
const MONEY_SENTENCES: Readonly<Record<MoneyProblem, (currency: string) => string>> = {
  currency_unknown: () => `The currency is not one we can collect. We can: ${Object.keys(EXPONENTS).join(", ")}.`,
  amount_unreadable: () =>
    'The amount cannot be read: write digits with a point before the decimals, as in "15000.00".',
  amount_too_precise: (currency) =>
    `The amount has more decimals than ${currency} has (${isCurrency(currency) ? EXPONENTS[currency] : 0}); nothing is rounded.`,
  amount_not_positive: () => "The amount must be more than zero.",
  amount_too_large: () => "The amount is larger than a link can carry.",
};
