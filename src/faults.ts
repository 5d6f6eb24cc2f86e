/**
 * Everything that can go wrong outside our rules. A refusal ("this invoice is paid") is an answer, not a fault.
 * `again` says whether the same call may succeed later; `means` says what it means for the money and what to do.
 */
export const FAULTS = {
  provider_silent: {
    again: true,
    means: "The provider did not answer. The payment may still have happened; it is asked again.",
  },
  refund_unknown: {
    again: true,
    means: "The provider did not answer a refund. The money may have gone back; the same refund is asked for again.",
  },
  checkout_not_closed: {
    again: true,
    means:
      "The provider did not answer whether it closed a checkout. Money may still come through it; it is asked again.",
  },
  day_not_listed: {
    again: true,
    means: "The provider did not say what moved on a day. Nothing was changed; it is asked for the day again.",
  },
  day_not_settled: {
    again: true,
    means:
      "A provider's day and ours differ, and it did not answer about a payment. It is asked again before a person is told.",
  },
  day_refused: {
    again: false,
    means: "The provider would not say what moved on a day. Nothing was changed; a person must compare it.",
  },
  attempt_unknown: {
    again: true,
    means: "The provider speaks of an attempt we do not know yet. It is looked for again before a person is told.",
  },
  not_recorded: {
    again: true,
    means: "The database did not answer. Nothing was recorded; please repeat.",
  },
  crm_silent: {
    again: true,
    means: "The CRM did not answer, and nothing was written there. It is looked into again before anything is written.",
  },
  crm_refused: {
    again: false,
    means: "The CRM said no. Nothing was written there; a person must look.",
  },
  crm_conflict: {
    again: false,
    means: "The CRM was told something else under the same key before. Nothing was changed; a person must look.",
  },
} as const satisfies Record<string, { again: boolean; means: string }>;

export type FaultCode = keyof typeof FAULTS;

/** A failure of the world, thrown. It says whether trying again can help; the facts name ids, never secrets. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;
  readonly facts: Readonly<Record<string, string>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: FaultCode,
    facts: Readonly<Record<string, string>>,
    more: { readonly retryAfterSeconds?: number | null; readonly cause?: unknown } = {},
  ) {
    const named = Object.entries(facts).map(([key, value]) => `${key} ${value}`);
    super(`${code} (${named.join(", ")}): ${FAULTS[code].means}`, { cause: more.cause });
    this.code = code;
    this.facts = facts;
    this.retryAfterSeconds = more.retryAfterSeconds ?? undefined;
  }

  get again(): boolean {
    return FAULTS[this.code].again;
  }
}
