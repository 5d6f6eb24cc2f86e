import { describe, expect, test } from "vitest";
import { expiryOf } from "../../domain/expire.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { attempt, later, NOW, owed, when } from "./story.ts";

const EXPIRED = { kind: "done", facts: [{ is: "link_expired", link: "it" }] };
const ALREADY = { kind: "already" };

describe("the deadline of a link comes", () => {
  const invoice = owed({ it: { expiresAt: NOW } });

  test("the link expires in that second, not before", () => {
    expect(when(invoice).comesToItsDeadline()).toEqual(EXPIRED);
    expect(when(invoice, { at: new Date(NOW.getTime() - 1) }).comesToItsDeadline()).toEqual(ALREADY);
  });

  test.each(["paid", "expired", "cancelled", "replaced"] as const)("a link that is %s has ended already", (state) => {
    const ended = owed({ it: { state, expiresAt: NOW } });
    expect(when(ended).comesToItsDeadline()).toEqual(ALREADY);
    expect(expiryOf(ended, "it", DEFAULT_POLICY)).toBeUndefined();
  });

  test("a link nobody knows ends nothing", () => {
    expect(when(invoice).comesToItsDeadline("ghost")).toEqual(ALREADY);
  });
});

describe("the customer was paying when the deadline came", () => {
  const trying = (state: Parameters<typeof attempt>[1]) =>
    owed({ it: { expiresAt: NOW } }, { attempts: [attempt("try", { openedAt: later(-60), ...state })] });

  test.each(["opening", "unknown", "pending"] as const)(
    "the link waits twenty minutes for an attempt that is %s",
    (state) => {
      expect(when(trying({ state })).comesToItsDeadline()).toEqual(ALREADY);
      expect(when(trying({ state }), { at: later(1139) }).comesToItsDeadline()).toEqual(ALREADY);
      expect(when(trying({ state }), { at: later(1140) }).comesToItsDeadline()).toEqual(EXPIRED);
    },
  );

  test.each(["failed", "expired", "paid"] as const)("it does not wait for one that is %s", (state) => {
    expect(when(trying({ state })).comesToItsDeadline()).toEqual(EXPIRED);
  });

  test("it waits as long as the policy says", () => {
    const policy = { attemptGraceSeconds: 90 };
    expect(when(trying({}), { at: later(29), policy }).comesToItsDeadline()).toEqual(ALREADY);
    expect(when(trying({}), { at: later(30), policy }).comesToItsDeadline()).toEqual(EXPIRED);
  });

  test("an attempt on another link is not waited for", () => {
    expect(when(trying({ link: "other" })).comesToItsDeadline()).toEqual(EXPIRED);
  });

  test("an attempt that ran out long before shortens nothing", () => {
    const early = owed({ it: { expiresAt: later(7200) } }, { attempts: [attempt("try")] });
    expect(expiryOf(early, "it", DEFAULT_POLICY)).toEqual(later(7200));
  });
});
