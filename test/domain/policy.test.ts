import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY, type Override, policyFor, termsOf } from "../../domain/policy.ts";
import { later, money, NOW, owed } from "./story.ts";

const override = (more: Partial<Override>): Override => ({
  crm: null,
  currency: null,
  from: null,
  until: null,
  terms: { resendCooldownSeconds: 1 },
  ...more,
});
const invoice = owed(); // of the book, in drams
const cooldown = (overrides: readonly Override[], at = NOW): number =>
  policyFor({ ...DEFAULT_POLICY, overrides }, invoice, at).resendCooldownSeconds;

describe("a policy has other terms in some places", () => {
  test.each<[boolean, string, Partial<Override>]>([
    [true, "everywhere", {}],
    [true, "for this CRM", { crm: "book" }],
    [false, "for another CRM", { crm: "amo" }],
    [true, "for this currency", { currency: "AMD" }],
    [false, "for another currency", { currency: "USD" }],
    [false, "for this CRM in another currency", { crm: "book", currency: "USD" }],
    [false, "for another CRM in this currency", { crm: "amo", currency: "AMD" }],
    [true, "from this moment on", { from: NOW }],
    [false, "from a moment later", { from: later(1) }],
    [false, "until this moment", { until: NOW }],
    [true, "until a moment later", { until: later(1) }],
    [false, "until a moment later, for another currency", { until: later(1), currency: "USD" }],
    [false, "for a time that is over, for this currency", { from: later(-10), until: later(-5), currency: "AMD" }],
  ])("%s: %s", (holds, _where, where) => {
    expect(cooldown([override(where)])).toBe(holds ? 1 : DEFAULT_POLICY.resendCooldownSeconds);
  });

  test("the later one wins, and what it does not say stays", () => {
    const first = override({ terms: { resendCooldownSeconds: 1, attemptGraceSeconds: 7 } });
    const second = override({ terms: { resendCooldownSeconds: 2 } });
    expect(policyFor({ ...DEFAULT_POLICY, overrides: [first, second] }, invoice, NOW)).toMatchObject({
      resendCooldownSeconds: 2,
      attemptGraceSeconds: 7,
      version: "default",
    });
  });

  test("its terms are told as texts: amounts by their minor units, times in ISO 8601", () => {
    const policy = {
      ...DEFAULT_POLICY,
      approvalAbove: { AMD: money(5n).minor },
      overrides: [override({ from: NOW })],
    };
    expect(termsOf(policy)).toMatchObject({
      approvalAbove: { AMD: "5" },
      overrides: [{ from: "2026-11-24T08:00:00.000Z", until: null, currency: null }],
    });
    expect(termsOf(policy)).not.toHaveProperty("version");
  });
});
