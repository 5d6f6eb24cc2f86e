import { describe, expect, test } from "vitest";
import { liveLink } from "../../domain/invoice.ts";
import {
  after,
  attempt,
  DAY,
  factsOf,
  later,
  link,
  money,
  namesOf,
  openedCase,
  owed,
  payment,
  sent,
  when,
  withAttemptOn,
} from "./story.ts";

describe("a manager reissues", () => {
  const invoice = owed({ it: "active" });

  test("the old link is replaced and a new one lives, in one decision", () => {
    const decision = when(invoice).isReissued();
    expect(namesOf(decision)).toEqual(["link_replaced", "link_issued"]);
    expect(after(invoice, decision).links.map(({ id, state }) => [id, state])).toEqual([
      ["it", "replaced"],
      ["new", "active"],
    ]);
  });

  test("the reason and what took its place are kept", () => {
    expect(factsOf(when(invoice).isReissued({ reason: "new date" }))[0]).toEqual({
      is: "link_replaced",
      link: "it",
      by: "new",
      reason: "new date",
    });
  });

  test("a stale link gives way to one for what is owed now, and its case is over", () => {
    const stale = owed(
      { it: { stale: true, amount: money(1_000_000n), sends: [sent("s")] } },
      { cases: [openedCase("c", { kind: "link_stale", cause: "link:it", link: "it" })] },
    );
    const reissued = after(stale, when(stale).isReissued());
    expect(liveLink(reissued)?.amount).toEqual(money(1_500_000n));
    expect(reissued.cases).toMatchObject([{ state: "resolved", resolution: { by: "paythread" } }]);
  });

  test("a part stays the same part while that much is owed, else it is the rest", () => {
    const part = { it: link("it", { amount: money(500_000n), part: true }) };
    const most = owed(part);
    expect(liveLink(after(most, when(most).isReissued()))).toMatchObject({ amount: money(500_000n), part: true });
    const less = owed(part, { amount: money(400_000n) });
    expect(liveLink(after(less, when(less).isReissued()))).toMatchObject({ amount: money(400_000n), part: false });
  });

  test("a later deadline that a manager chose is kept, an earlier one is the usual one again", () => {
    const long = owed({ it: { expiresAt: later(30 * DAY) } });
    expect(liveLink(after(long, when(long).isReissued()))?.expiresAt).toEqual(later(30 * DAY));
    const short = owed({ it: { expiresAt: later(60) } });
    expect(liveLink(after(short, when(short).isReissued()))?.expiresAt.getTime()).toBeGreaterThan(
      later(2 * DAY).getTime(),
    );
  });

  test("the button of an old card never replaces a newer link", () => {
    expect(when(owed({ old: "expired", it: "active" })).isReissued({ meant: "old" })).toMatchObject({
      because: "no_live_link",
    });
    expect(when(invoice).isReissued({ meant: "it" }).kind).toBe("done");
  });

  test.each([
    ["nothing is live", owed({ it: "expired" }), "no_live_link"],
    ["the invoice is cancelled", owed({ it: "active" }, { state: "cancelled" }), "invoice_cancelled"],
    ["all is paid", owed({ it: "active" }, { payments: [payment("p")] }), "invoice_paid"],
  ])("no: %s", (_, one, because) => {
    expect(when(one).isReissued()).toMatchObject({ kind: "refused", because });
  });
});

describe("the customer pays through the link that was replaced", () => {
  const before = owed({ it: "active" }, { attempts: [attempt("try-it")] });
  const reissued = after(before, when(before).isReissued());

  test("the invoice is paid by it, and the new link is withdrawn", () => {
    const decision = when(reissued).isPaidThrough("it");
    expect(namesOf(decision)).toEqual(["payment_applied", "invoice_paid", "link_withdrawn"]);
    expect(after(reissued, decision).links.map(({ state }) => state)).toEqual(["paid", "cancelled"]);
  });

  test("after the new one was cancelled too: the money still pays what is owed", () => {
    const cancelled = after(reissued, when(reissued).isCancelled("typo"));
    expect(namesOf(when(cancelled).isPaidThrough("it"))).toEqual(["payment_applied", "invoice_paid"]);
  });

  test("after the new one was paid: it is held, and one case says which link it came through", () => {
    const both = withAttemptOn(reissued, "new");
    const paid = after(both, when(both).isPaidThrough("new", { reference: "vpos-first" }));
    expect(factsOf(when(paid).isPaidThrough("it", { reference: "vpos-second" }))).toMatchObject([
      { is: "payment_held", because: "paid_twice" },
      { is: "case_opened", case: { link: "it" } },
    ]);
  });
});
