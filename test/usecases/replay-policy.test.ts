import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../domain/audit.ts";
import type { Decision } from "../../domain/decision.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { DEFAULT_POLICY, type Policy } from "../../domain/policy.ts";
import { replayPolicy } from "../../src/usecases/replay-policy.ts";
import { after, ani, attempt, crmOf, factsOf, later, NOW, openedCase, owed, payment, when } from "../domain/story.ts";

const OPENED = {
  is: "attempt_opened",
  attempt: "try-p",
  reference: "vpos-p",
  checkoutUrl: "https://vpos.example",
  checkoutExpiresAt: null,
  requestId: null,
} as const;

type Step = (invoice: Invoice, at: Date) => Decision;

/** What happened, twenty minutes apart, as the audit has it. */
function history(steps: readonly Step[]): readonly AuditEntry[] {
  let invoice = owed();
  const told = { is: "invoice_learned", told: crmOf(invoice) } as const;
  const entries: AuditEntry[] = [{ position: 1, fact: told, actor: ani, at: NOW, requestId: "r" }];
  for (const [nth, step] of steps.entries()) {
    const at = later(1200 * nth);
    const decision = step(invoice, at);
    invoice = after(invoice, decision);
    for (const fact of factsOf(decision)) {
      entries.push({ position: entries.length + 1, fact, actor: ani, at, requestId: "r" });
    }
  }
  return entries;
}

const replayed = (entries: readonly AuditEntry[], changed: Partial<Policy>) =>
  replayPolicy(entries, { policy: { ...DEFAULT_POLICY, ...changed }, since: NOW });

const SENT_TWICE = history([
  (one, at) => when(one, { at }).isIssued(),
  (one, at) => when(one, { at }).isSent(),
  (one, at) => when(one, { at }).isSent({ id: "s3", key: "k3" }),
]);

describe("what happened is run through another policy", () => {
  test("the policy that was asked says what it said", () => {
    expect(replayed(SENT_TWICE, {})).toEqual([]);
  });

  test("a longer cooldown would have refused the second message", () => {
    expect(replayed(SENT_TWICE, { resendCooldownSeconds: 3600 })).toMatchObject([
      { fact: { is: "link_sent" }, instead: { no: { because: "resend_too_soon" } } },
    ]);
  });

  test("a lower limit would have refused the link, to a manager who has no other role", () => {
    const limits = { manager: { AMD: 1_000_000n } };
    expect(replayed(SENT_TWICE, { limits })).toMatchObject([{ instead: { no: { because: "over_your_limit" } } }]);
    expect(replayed(SENT_TWICE, { limits, roles: { ...DEFAULT_POLICY.roles, lead: [ani.id] } })).toEqual([]);
  });

  test("another deadline is named", () => {
    expect(replayed(SENT_TWICE, { deadline: { seconds: 60 } })).toMatchObject([
      { fact: { is: "link_issued" }, instead: { deadline: later(60) } },
    ]);
  });

  test("a larger minimum would have refused the part", () => {
    const part = history([(one, at) => when(one, { at }).isIssued({ part: "5000" })]);
    expect(replayed(part, { parts: { minimum: { AMD: 600_000n }, most: 4 } })).toMatchObject([
      { instead: { no: { because: "part_too_small" } } },
    ]);
    expect(replayed(part, {})).toEqual([]);
  });

  test("a lower limit for one person would have asked for a second one", () => {
    const held = history([
      (one, at) => when(one, { at }).isIssued({ id: "it" }),
      () => ({
        kind: "done",
        facts: [{ is: "attempt_opening", attempt: attempt("try-p", { state: "opening" }) }, OPENED],
      }),
      () => ({
        kind: "done",
        facts: [
          { is: "payment_held", payment: payment("p", { home: "held" }), because: "paid_stale_link" },
          {
            is: "case_opened",
            case: openedCase("c", { kind: "paid_stale_link", cause: "payment:vpos:vpos-p", link: "it" }),
          },
        ],
      }),
      (one) => when(one).isDecided(),
    ]);
    expect(replayed(held, { approvalAbove: { AMD: 1n } })).toMatchObject([
      { fact: { is: "case_resolved" }, instead: { proposal: true } },
    ]);
    expect(replayed(held, {})).toEqual([]);
  });

  test("terms for one currency leave the others alone, and so do terms of another time", () => {
    const dollars = {
      crm: null,
      currency: "USD",
      from: null,
      until: null,
      terms: { deadline: { seconds: 60 } },
    } as const;
    expect(replayed(SENT_TWICE, { overrides: [dollars] })).toEqual([]);
    const drams = { ...dollars, currency: "AMD" } as const;
    expect(replayed(SENT_TWICE, { overrides: [drams] })).toHaveLength(1);
    expect(replayed(SENT_TWICE, { overrides: [{ ...drams, from: later(1) }] })).toEqual([]);
    expect(replayed(SENT_TWICE, { overrides: [{ ...drams, until: NOW }] })).toEqual([]);
  });

  test("what happened before the days that are asked for is not judged", () => {
    const policy = { ...DEFAULT_POLICY, limits: { manager: { AMD: 1n } } };
    expect(replayPolicy(SENT_TWICE, { policy, since: later(1) })).toEqual([]);
  });
});
