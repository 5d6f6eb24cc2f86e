import type { CrmInvoice } from "./invoice.ts";
import type { Currency } from "./money.ts";

export const ROLES = ["lead", "accountant", "ops", "viewer"] as const;
export type Role = (typeof ROLES)[number] | "manager";

/** Amounts in minor units, by currency. */
export type Amounts = Readonly<Partial<Record<Currency, bigint>>>;

/** What a merchant may decide for itself. The defaults are section 2 of the product's description. */
export type Policy = Terms & {
  /** What the audit calls it: every entry names the policy that was asked. */
  readonly version: string;
  readonly timeZone: string;
  readonly roles: Readonly<Record<(typeof ROLES)[number], readonly string[]>>;
  /** Where other terms hold: for a CRM, for a currency, for a time. Later ones win over earlier ones. */
  readonly overrides: readonly Override[];
};

export type Override = {
  readonly crm: string | null;
  readonly currency: Currency | null;
  /** From this moment, and until just before that one; null: always. */
  readonly from: Date | null;
  readonly until: Date | null;
  readonly terms: Partial<Terms>;
};

/** What may differ from invoice to invoice. */
export type Terms = {
  /** Who opens new checkouts, such as `stripe`, or `stripe/shop2` for another account; null: the first there is. */
  readonly provider: string | null;
  /** `days` end at the close of that local day, `seconds` exactly then. */
  readonly deadline: { readonly days: number } | { readonly seconds: number };
  readonly resendCooldownSeconds: number;
  /** How long an attempt begun before the deadline may still finish and count as in time. */
  readonly attemptGraceSeconds: number;
  /** Currencies collected in whole units only. */
  readonly wholeUnits: readonly Currency[];
  /** Seconds after an attempt was opened at which the provider is asked by itself; afterwards once a day to day 5. */
  readonly lookUpLadderSeconds: readonly number[];
  /**
   * A part of what is owed: the least it may be in each currency, and into how many payments an invoice may be cut.
   * `everyDays`: so many days after a part the next one is expected; absent: nobody waits for it.
   */
  readonly parts: { readonly minimum: Amounts; readonly most: number; readonly everyDays?: number };
  /** Above this, a second person must agree before held money is applied or given back. Not listed: one person decides. */
  readonly approvalAbove: Amounts;
  /** The most a role may issue a link for, in minor units of each currency. */
  readonly limits: Readonly<Partial<Record<Role, Amounts>>>;
};

export const DEFAULT_POLICY: Policy = {
  version: "default",
  provider: null,
  deadline: { days: 3 },
  timeZone: "Asia/Yerevan",
  resendCooldownSeconds: 600,
  attemptGraceSeconds: 1200,
  wholeUnits: ["AMD"],
  lookUpLadderSeconds: [30, 120, 600, 3600],
  parts: { minimum: { AMD: 100_000n }, most: 4 },
  approvalAbove: {},
  roles: { lead: [], accountant: [], ops: [], viewer: [] },
  limits: {},
  overrides: [],
};

/** The policy as it holds for an invoice at a moment: what every rule is given. */
export function policyFor(policy: Policy, { crm, amount }: Pick<CrmInvoice, "crm" | "amount">, now: Date): Policy {
  const holding = policy.overrides.filter(
    (one) =>
      (one.crm === null || one.crm === crm) &&
      (one.currency === null || one.currency === amount.currency) &&
      (one.from === null || one.from <= now) &&
      (one.until === null || now < one.until),
  );
  return Object.assign({ ...policy }, ...holding.map(({ terms }) => terms));
}

/** The terms of a policy as texts, for the audit: amounts by their minor units. In one order, whatever a file's is. */
export const termsOf = ({ version: _version, ...terms }: Policy): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(terms)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, term]) => [name, withTexts(term)]),
  );

const withTexts = (value: unknown): unknown => {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== "object" || value === null) return value;
  const sorted = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, one]) => [name, withTexts(one)]));
};
