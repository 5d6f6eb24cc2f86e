import type { Currency } from "./money.ts";

export const ROLES = ["lead", "accountant", "ops", "viewer"] as const;
export type Role = (typeof ROLES)[number] | "manager";

/** What a merchant may decide for itself. The defaults are section 2 of the product's description. */
export type Policy = {
  /** `days` end at the close of that local day, `seconds` exactly then. */
  readonly deadline: { readonly days: number } | { readonly seconds: number };
  readonly timeZone: string;
  readonly resendCooldownSeconds: number;
  /** How long an attempt begun before the deadline may still finish and count as in time. */
  readonly attemptGraceSeconds: number;
  /** Currencies collected in whole units only. */
  readonly wholeUnits: readonly Currency[];
  /** Seconds after an attempt was opened at which the provider is asked by itself; afterwards once a day to day 5. */
  readonly lookUpLadderSeconds: readonly number[];
  readonly roles: Readonly<Record<(typeof ROLES)[number], readonly string[]>>;
  /** The most a role may issue a link for, in minor units of each currency. */
  readonly limits: Readonly<Partial<Record<Role, Readonly<Partial<Record<Currency, bigint>>>>>>;
};

export const DEFAULT_POLICY: Policy = {
  deadline: { days: 3 },
  timeZone: "Asia/Yerevan",
  resendCooldownSeconds: 600,
  attemptGraceSeconds: 1200,
  wholeUnits: ["AMD"],
  lookUpLadderSeconds: [30, 120, 600, 3600],
  roles: { lead: [], accountant: [], ops: [], viewer: [] },
  limits: {},
};
