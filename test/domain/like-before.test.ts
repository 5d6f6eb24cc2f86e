import { describe, expect, test } from "vitest";
import { liveLink } from "../../domain/invoice.ts";
import { after, link, money, owed, when } from "./story.ts";

const SLACK = { chat: "slack", user: "UANI", locale: "en" } as const;
const first = { ...SLACK, channel: "first" };
const second = { ...SLACK, channel: "second" };

describe("a link is reissued like the one before", () => {
  const invoice = owed({ it: { origin: first, language: "ru" } });
  const reissued = (more: Parameters<ReturnType<typeof when>["isReissued"]>[0] = {}) =>
    liveLink(after(invoice, when(invoice).isReissued(more)));

  test("its card stands where the manager asks now, or else where it stood", () => {
    expect(reissued({ origin: second })?.origin).toEqual(second);
    expect(reissued()?.origin).toEqual(first);
  });

  test("it speaks the language that was asked for", () => {
    expect(reissued()?.language).toBe("ru");
  });

  test("a part in a currency the invoice has left is no part of it", () => {
    const part = link("it", { amount: money(1000n, "USD"), part: true, stale: true });
    const changed = owed({ it: part });
    expect(liveLink(after(changed, when(changed).isReissued()))).toMatchObject({ amount: changed.amount, part: false });
  });
});

describe("the CRM changes the currency while a part is asked for", () => {
  test("the part, however small its number, is not right any more", () => {
    const part = owed({ it: link("it", { amount: money(1000n), part: true }) });
    const dollars = when(part).hearsFromTheCrm({ amount: money(9900n, "USD") });
    expect(liveLink(after(part, dollars))?.amount).toEqual(money(9900n, "USD"));
  });
});
