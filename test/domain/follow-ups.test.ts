import { describe, expect, test } from "vitest";
import type { Fact } from "../../domain/facts.ts";
import { followUps } from "../../domain/follow-ups.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import type { AttemptState } from "../../domain/states.ts";
import { attempt, DAY, later, link, NOW, owed } from "./story.ts";

const due = (invoice: Invoice, fact: Fact, at = NOW) => followUps(invoice, fact, DEFAULT_POLICY, at);
const ENDS = later(3 * DAY);

describe("a link is issued", () => {
  test("it expires at its deadline", () => {
    expect(due(owed({ it: "active" }), { is: "link_issued", link: link("it") })).toEqual([
      { do: "expire_link", link: "it", at: ENDS, key: `expire:it:${ENDS.getTime()}` },
    ]);
  });
});

describe("an attempt is written down", () => {
  const opening = attempt("try", { state: "opening", openedAt: later(3 * DAY - 60) });
  const invoice = owed({ it: "active" }, { attempts: [opening] });

  test("the provider is asked again if nobody has got to it, and the link expires when the attempt's grace does", () => {
    const graceEnds = later(3 * DAY - 60 + 1200);
    expect(due(invoice, { is: "attempt_opening", attempt: opening }, opening.openedAt)).toEqual([
      { do: "open_attempt", attempt: "try", at: later(15, opening.openedAt), key: "open:try" },
      { do: "expire_link", link: "it", at: graceEnds, key: `expire:it:${graceEnds.getTime()}` },
    ]);
  });

  const ENDED: readonly Fact[] = [
    { is: "attempt_failed", attempt: "try", because: "declined" },
    { is: "attempt_expired", attempt: "try" },
  ];
  test.each(ENDED)("$is takes the grace with it: the link is looked at once more", (fact) => {
    const ended = owed({ it: "active" }, { attempts: [{ ...opening, state: "failed" }] });
    expect(due(ended, fact)).toEqual([
      { do: "expire_link", link: "it", at: ENDS, key: `expire:it:${ENDS.getTime()}:try` },
    ]);
  });

  test("and two attempts that end alike are two looks, not one", () => {
    const both = owed(
      { it: "active" },
      { attempts: [attempt("a", { state: "failed" }), attempt("b", { state: "failed" })] },
    );
    const keys = ["a", "b"].flatMap((id) =>
      due(both, { is: "attempt_failed", attempt: id, because: "declined" }).map(({ key }) => key),
    );
    expect(new Set(keys).size).toBe(2);
  });

  test.each(["paid", "expired", "cancelled", "replaced"] as const)("a link that is %s expires no more", (state) => {
    const ended = owed({ it: state }, { attempts: [{ ...opening, state: "failed" }] });
    expect(due(ended, { is: "attempt_failed", attempt: "try", because: "declined" })).toEqual([]);
  });
});

describe("an attempt stands open at the provider", () => {
  const pending = (state: AttemptState) => owed({ it: "active" }, { attempts: [attempt("try", { state })] });
  const opened: Fact = {
    is: "attempt_opened",
    attempt: "try",
    reference: "vpos-try",
    checkoutUrl: "https://vpos.example",
    checkoutExpiresAt: null,
    requestId: null,
  };
  const checked: Fact = { is: "attempt_checked", attempt: "try", found: "CREATED", requestId: null };

  test("the ladder is climbed rung by rung, each once, no more than 15 minutes apart at first, and ends with day five", () => {
    const climbed: number[] = [];
    const keys = new Set<string>();
    let [next] = due(pending("pending"), opened);
    while (next) {
      expect(next).toMatchObject({ do: "look_up", attempt: "try" });
      climbed.push((next.at.getTime() - NOW.getTime()) / 1000);
      keys.add(next.key);
      [next] = due(pending("pending"), checked, next.at);
    }
    expect(climbed).toEqual([30, 120, 600, 1500, 2400, 3300, 3600, DAY, 2 * DAY, 3 * DAY, 4 * DAY, 5 * DAY]);
    expect(keys.size).toBe(climbed.length);
  });

  test("a hint in between leads to the same next rung, under the same key", () => {
    expect(due(pending("pending"), checked, later(40))).toEqual(due(pending("pending"), checked, later(90)));
  });

  test("on a dead link too: money may still come", () => {
    const dead = owed({ it: "cancelled" }, { attempts: [attempt("try")] });
    expect(due(dead, checked)).toMatchObject([{ do: "look_up" }]);
  });

  test.each(["paid", "failed", "expired"] as const)(
    "once it is %s it is asked about day by day: it may be paid late, refunded or disputed without a word",
    (state) => {
      expect(due(pending(state), checked)).toMatchObject([{ do: "look_up", at: later(DAY) }]);
      expect(due(pending(state), checked, later(5 * DAY))).toEqual([]);
    },
  );

  test("what is about an attempt nobody knows leads to nothing", () => {
    expect(due(owed(), checked)).toEqual([]);
    expect(due(owed(), { is: "attempt_expired", attempt: "try" })).toEqual([]);
  });

  test("nothing becomes due because of facts that end a matter", () => {
    expect(due(pending("paid"), { is: "invoice_paid", link: "it", payment: "p" })).toEqual([]);
  });
});

describe("a link dies while its checkout is open", () => {
  const dead = (state: "cancelled" | "replaced" | "expired") =>
    owed({ it: state }, { attempts: [attempt("old", { state: "failed" }), attempt("try")] });
  const CLOSE = { do: "close_checkout", attempt: "try", at: NOW, key: "close:try" };
  const DEATHS: readonly (readonly [Fact, "cancelled" | "replaced"])[] = [
    [{ is: "link_cancelled", link: "it", reason: "typo" }, "cancelled"],
    [{ is: "link_replaced", link: "it", by: "new", reason: "typo" }, "replaced"],
    [{ is: "link_withdrawn", link: "it", paidThrough: "new" }, "cancelled"],
  ];

  test.each(DEATHS)("$is: the provider is asked at once to close it", (fact, state) => {
    expect(due(dead(state), fact)).toEqual([CLOSE]);
  });

  test("a checkout that comes about only afterwards is closed too, and asked about until it is", () => {
    const opened: Fact = {
      is: "attempt_opened",
      attempt: "try",
      reference: "vpos-try",
      checkoutUrl: "https://vpos.example",
      checkoutExpiresAt: null,
      requestId: null,
    };
    expect(due(dead("cancelled"), opened)).toMatchObject([{ do: "look_up" }, CLOSE]);
    expect(due(dead("expired"), opened)).toMatchObject([{ do: "look_up" }]);
  });

  test("a link that only expired leaves its checkout alone: it was begun in time", () => {
    expect(due(dead("expired"), { is: "link_expired", link: "it" })).toEqual([]);
  });
});
