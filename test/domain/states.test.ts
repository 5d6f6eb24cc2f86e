import { describe, expect, test } from "vitest";
import { applyAll } from "../../domain/apply.ts";
import type { Fact } from "../../domain/facts.ts";
import {
  afterAttemptChange,
  afterLinkChange,
  ATTEMPT_STATES,
  type AttemptChange,
  type AttemptState,
  isOpen,
  LINK_STATES,
  type LinkChange,
  type LinkState,
} from "../../domain/states.ts";
import { attempt, owed, payment } from "./story.ts";

// The two tables once more, every cell of them: a state or a change without an entry does not compile.
const LINKS: Record<LinkState, Record<LinkChange, LinkState | "no">> = {
  active: { paid: "paid", expired: "expired", cancelled: "cancelled", replaced: "replaced" },
  expired: { paid: "paid", expired: "no", cancelled: "no", replaced: "no" },
  replaced: { paid: "paid", expired: "no", cancelled: "no", replaced: "no" },
  cancelled: { paid: "no", expired: "no", cancelled: "no", replaced: "no" },
  paid: { paid: "no", expired: "no", cancelled: "no", replaced: "no" },
};
const ATTEMPTS: Record<AttemptState, Record<AttemptChange, AttemptState | "no">> = {
  opening: { opened: "pending", unanswered: "unknown", failed: "failed", expired: "no", paid: "no" },
  unknown: { opened: "pending", unanswered: "no", failed: "failed", expired: "no", paid: "paid" },
  pending: { opened: "no", unanswered: "no", failed: "failed", expired: "expired", paid: "paid" },
  failed: { opened: "no", unanswered: "no", failed: "no", expired: "no", paid: "paid" },
  expired: { opened: "no", unanswered: "no", failed: "no", expired: "no", paid: "paid" },
  paid: { opened: "no", unanswered: "no", failed: "no", expired: "no", paid: "no" },
};

const LINK_CELLS = LINK_STATES.flatMap((from) =>
  (["paid", "expired", "cancelled", "replaced"] as const).map((change) => ({ from, change, to: LINKS[from][change] })),
);
const ATTEMPT_CELLS = ATTEMPT_STATES.flatMap((from) =>
  (["opened", "unanswered", "failed", "expired", "paid"] as const).map((change) => ({
    from,
    change,
    to: ATTEMPTS[from][change],
  })),
);

/** The state that came of it, or what the bug says. */
function outcomeOf(hears: () => string | undefined): string | undefined {
  try {
    return hears();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("a link that is", () => {
  test.each(LINK_CELLS)("$from and is then $change becomes $to", ({ from, change, to }) => {
    expect(afterLinkChange(from, change) ?? "no").toBe(to);
  });

  const FACTS: Partial<Record<LinkChange, readonly Fact[]>> = {
    expired: [{ is: "link_expired", link: "it" }],
    cancelled: [
      { is: "link_cancelled", link: "it", reason: "typo" },
      { is: "link_withdrawn", link: "it", paidThrough: "other" },
    ],
  };
  const moved = LINK_CELLS.flatMap((cell) =>
    (FACTS[cell.change] ?? []).map((fact) => ({ ...cell, fact, is: fact.is })),
  );

  test.each(moved)("$from and hears $is becomes $to, or the fact is refused as a bug", ({ from, change, fact, to }) => {
    const hears = () => applyAll(owed({ it: from }), [fact]).links[0]?.state;
    expect(outcomeOf(hears)).toBe(to === "no" ? `link it is ${from} and cannot become ${change}` : to);
  });

  test.each(LINK_STATES)("%s stays where it is when money comes that it cannot become paid by", (from) => {
    const paid = applyAll(owed({ it: from }, { attempts: [attempt("try-p")] }), [
      { is: "payment_applied", payment: payment("p"), late: false },
    ]);
    expect(paid.links[0]?.state).toBe(LINKS[from].paid === "no" ? from : "paid");
  });
});

describe("an attempt that is", () => {
  test.each(ATTEMPT_CELLS)("$from and is then $change becomes $to", ({ from, change, to }) => {
    expect(afterAttemptChange(from, change) ?? "no").toBe(to);
  });

  const opened = {
    reference: "vpos-1",
    checkoutUrl: "https://vpos.example/1",
    checkoutExpiresAt: null,
    requestId: null,
  };
  const FACTS: Record<AttemptChange, Fact> = {
    opened: { is: "attempt_opened", attempt: "try", ...opened },
    unanswered: { is: "attempt_unanswered", attempt: "try", because: "no answer" },
    failed: { is: "attempt_failed", attempt: "try", because: "declined" },
    expired: { is: "attempt_expired", attempt: "try" },
    paid: { is: "payment_held", payment: payment("p", { attempt: "try", home: "held" }), because: "underpaid" },
  };

  test.each(ATTEMPT_CELLS)(
    "$from and hears that it is $change becomes $to, or the fact is refused as a bug",
    (cell) => {
      const { from, change, to } = cell;
      const hears = () =>
        applyAll(owed({ it: "active" }, { attempts: [attempt("try", { state: from })] }), [FACTS[change]]).attempts[0]
          ?.state;
      expect(outcomeOf(hears)).toBe(to === "no" ? `attempt try is ${from} and cannot become ${change}` : to);
    },
  );

  test("opening, pending or unknown may still become a payment by itself; the others have ended", () => {
    const OPEN: Record<AttemptState, boolean> = {
      opening: true,
      pending: true,
      unknown: true,
      paid: false,
      failed: false,
      expired: false,
    };
    expect(Object.fromEntries(ATTEMPT_STATES.map((state) => [state, isOpen(state)]))).toEqual(OPEN);
  });
});

describe("a fact about something the invoice does not have", () => {
  test("is a bug, and says so", () => {
    expect(() => applyAll(owed(), [{ is: "link_expired", link: "ghost" }])).toThrow("INV-1042 has no link ghost");
    expect(() => applyAll(owed(), [{ is: "attempt_expired", attempt: "ghost" }])).toThrow("has no attempt ghost");
  });
});

describe("the lists that the tables of the database repeat", () => {
  test("name every state once", () => {
    expect(LINK_STATES.toSorted()).toEqual(Object.keys(LINKS).toSorted());
    expect(ATTEMPT_STATES.toSorted()).toEqual(Object.keys(ATTEMPTS).toSorted());
  });
});
