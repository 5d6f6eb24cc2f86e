import type { Refusal } from "./decision.ts";
import { dueOf, type Invoice } from "./invoice.ts";
import { EXPONENTS, type Money, parseMoney } from "./money.ts";
import type { Policy } from "./policy.ts";

const PERCENT = /^(?<whole>\d{1,3})(?:\.(?<fraction>\d{1,2}))?%$/;

/**
 * The amount of a part (product rule 2): `20000`, or `50%` of the invoice, rounded down to a unit that is collected. It is
 * checked against what the policy allows: not below the minimum, not more than is owed, in not more payments than agreed,
 * and without leaving a rest that could not be asked for. All that is owed is never refused: it is no part.
 */
export function partOf(invoice: Invoice, asked: string, policy: Policy): Money | Refusal {
  const part = read(invoice, asked, policy);
  return part ? (problemOf(invoice, part, policy) ?? part) : { because: "part_unreadable" };
}

function read({ amount }: Invoice, asked: string, policy: Policy): Money | undefined {
  const percent = PERCENT.exec(asked)?.groups;
  if (!percent) {
    const money = parseMoney(asked, amount.currency);
    return typeof money === "string" ? undefined : money;
  }
  const hundredths = BigInt(`${percent["whole"] ?? ""}${(percent["fraction"] ?? "").padEnd(2, "0")}`);
  const exact = (amount.minor * hundredths) / 10_000n;
  return { minor: exact - (exact % unitOf(amount, policy)), currency: amount.currency };
}

/** The smallest amount that is collected: a whole dram, a cent. */
const unitOf = ({ currency }: Money, { wholeUnits }: Policy): bigint =>
  wholeUnits.includes(currency) ? 10n ** BigInt(EXPONENTS[currency]) : 1n;

function problemOf(invoice: Invoice, part: Money, policy: Policy): Refusal | undefined {
  const { currency } = part;
  const due = dueOf(invoice);
  const limit = (minor: bigint) => ({ limit: { minor, currency } });
  if (part.minor === due.minor) return undefined;
  const least = policy.parts.minimum[currency] ?? 1n;
  if (part.minor < least) return { because: "part_too_small", ...limit(least) };
  if (part.minor > due.minor) return { because: "part_too_large", ...limit(due.minor) };
  if (partsPaid(invoice) + 2 > policy.parts.most) return { because: "part_too_many", ...limit(due.minor) };
  const rest = due.minor - part.minor;
  return rest < least ? { because: "part_leaves_too_little", ...limit(least) } : undefined;
}

/** How many payments stand against the invoice already: this part and the rest come on top. */
export const partsPaid = ({ payments }: Invoice): number => payments.filter(({ home }) => home === "applied").length;
