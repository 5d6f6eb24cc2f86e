import { describe, expect, test } from "vitest";
import { cancel } from "../../domain/cancel.ts";
import { after, attempt, owed, when } from "./story.ts";

describe("a manager cancels", () => {
  const invoice = owed({ old: "expired", it: "active" }, { attempts: [attempt("try")] });

  test("the live link is cancelled with the reason given", () => {
    expect(when(invoice).isCancelled("agreed otherwise")).toEqual({
      kind: "done",
      facts: [{ is: "link_cancelled", link: "it", reason: "agreed otherwise" }],
    });
  });

  test("no new attempt is opened from then on, and the one at the provider is left to end", () => {
    const cancelled = after(invoice, when(invoice).isCancelled("agreed otherwise"));
    expect(when(cancelled).isTriedThrough("it")).toEqual({ kind: "refused", because: "link_not_payable" });
    expect(cancelled.attempts).toEqual(invoice.attempts);
  });

  test("the button of an old card never cancels a newer link", () => {
    expect(cancel(invoice, "typo", "old")).toEqual({ kind: "refused", because: "no_live_link" });
    expect(cancel(invoice, "typo", "it")).toMatchObject({ facts: [{ is: "link_cancelled", link: "it" }] });
  });

  test.each(["paid", "expired", "cancelled", "replaced"] as const)(
    "there is nothing to cancel on a link that is %s",
    (state) => {
      expect(when(owed({ it: state })).isCancelled("typo")).toEqual({ kind: "refused", because: "no_live_link" });
    },
  );
});
