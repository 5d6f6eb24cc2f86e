import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sayAnswer } from "../../bots/slack/answers.ts";
import { type CardContext, renderCard } from "../../bots/slack/card.ts";
import { askOfPress, valueOf } from "../../bots/slack/press.ts";
import { spoken, whispered } from "../../bots/slack/whisper.ts";
import type { Link } from "../../domain/invoice.ts";
import { LOCALES } from "../../domain/locale.ts";
import { checkBlocks } from "../../src/sandbox/slack/block-kit/message-blocks.ts";
import { aCase, aLink, anAttempt, anInvoice, aPayment, aSend, PAGE, TIME_ZONE } from "./slack-story.ts";

const where: CardContext = { url: PAGE, locale: "en", timeZone: TIME_ZONE };

const buttonsIn = (link: Link, attempts = [anAttempt()]) => {
  const { blocks } = renderCard(anInvoice({ links: [link], attempts }), link, where);
  const elements = blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
  return elements.filter((element) => element.type === "button");
};
const idsIn = (...given: Parameters<typeof buttonsIn>) => buttonsIn(...given).map(({ action_id: id }) => id);

/** Every text in the blocks, where Slack would show it. */
function textsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "text" && typeof inner === "string" ? [inner] : textsIn(inner),
  );
}

describe("a card shows what its manager needs to know", () => {
  const link = aLink({ sends: [aSend({ outcome: "opened" })] });
  const invoice = anInvoice({ links: [link], attempts: [anAttempt()], cases: [aCase()] });
  const all = textsIn(renderCard(invoice, link, where).blocks).join("\n");

  test.each(["INV-1042", "15,000", "Karen", "Delivery of 3 chairs", "Ani", "27 Nov 2026", PAGE, "in Telegram"])(
    "%s is on it",
    (text) => {
      expect(all).toContain(text);
    },
  );

  test("it says the same for the same invoice, so that nothing is edited for nothing", () => {
    expect(renderCard(invoice, link, where)).toEqual(renderCard(invoice, link, where));
  });

  test("an open case of the link stands on it, a resolved one and another link's do not", () => {
    const cases = [aCase({ state: "resolved" }), aCase({ id: "case-2", link: "link-0" })];
    expect(all).toContain("⚠");
    expect(textsIn(renderCard({ ...invoice, cases }, link, where).blocks).join()).not.toContain("⚠");
  });
});

describe("a link is over and its checkout is not", () => {
  const until = new Date("2026-11-24T10:20:00Z");
  const says = (state: Link["state"], attempt: Parameters<typeof anAttempt>[0]) => {
    const link = aLink({ state });
    return textsIn(renderCard(anInvoice({ links: [link], attempts: [anAttempt(attempt)] }), link, where).blocks).join(
      "\n",
    );
  };

  test.each(["cancelled", "replaced"] as const)("%s: the card says until when money may still come", (state) => {
    expect(says(state, { checkoutExpiresAt: until })).toContain("could be paid until 24 Nov 2026, 14:20");
    expect(says(state, {})).toContain("is still open at the provider and could be paid.");
  });

  test("closed, or never of a dead link: nothing is said", () => {
    expect(says("cancelled", { state: "expired" })).not.toContain("still open at the provider");
    expect(says("active", {})).not.toContain("still open at the provider");
    expect(says("expired", {})).not.toContain("still open at the provider");
  });
});

describe("what was paid needs a fiscal receipt", () => {
  test("the card says where it stands, and nothing where none is needed", () => {
    const link = aLink({ state: "paid" });
    const paid = (fiscal: "none" | "queued") =>
      textsIn(renderCard(anInvoice({ links: [link], payments: [aPayment({ fiscal })] }), link, where).blocks).join(
        "\n",
      );
    expect(paid("queued")).toContain("Fiscal receipt: queued");
    expect(paid("none")).not.toContain("Fiscal receipt");
  });
});

describe("a card offers only what makes sense now", () => {
  test.each<[string, Partial<Link>, string[]]>([
    ["active", {}, ["send", "copy", "verify", "reissue", "cancel", "why"]],
    ["stale", { stale: true }, ["verify", "reissue", "cancel", "why"]],
    ["expired", { state: "expired" }, ["verify", "why"]],
    ["cancelled", { state: "cancelled" }, ["verify", "why"]],
    ["replaced", { state: "replaced" }, ["verify", "why"]],
  ])("%s", (_name, more, buttons) => {
    expect(idsIn(aLink(more))).toEqual(buttons.map((name) => `paylink.${name}`));
  });

  test("there is nothing to verify before anybody tried to pay, and nothing after it was paid", () => {
    expect(idsIn(aLink(), [])).not.toContain("paylink.verify");
    expect(idsIn(aLink({ state: "paid" }), [anAttempt({ state: "paid" })])).toEqual(["paylink.why"]);
  });

  test("cancelling is marked as dangerous and asked about once more", () => {
    const cancel = buttonsIn(aLink()).find(({ action_id: id }) => id === "paylink.cancel");
    expect(cancel).toMatchObject({ style: "danger", confirm: { title: { text: "Cancel the payment link?" } } });
  });

  test("the page's address is not handed on once the link cannot be paid", () => {
    const link = aLink({ state: "cancelled" });
    expect(textsIn(renderCard(anInvoice({ links: [link] }), link, where).blocks).join()).not.toContain(PAGE);
  });
});

describe("a press names an invoice, and a cancellation its link, and nothing else", () => {
  const value = valueOf(anInvoice({ kind: "deal", number: "7:7" }), aLink());
  const invoice = { kind: "deal", number: "7:7" } as const;

  test.each([
    ["paylink.send", { want: "send", invoice }],
    ["paylink.copy", { want: "copy", invoice }],
    ["paylink.verify", { want: "verify", invoice }],
    ["paylink.reissue", { want: "reissue", invoice, link: aLink().id, reason: "Reissue button on the card" }],
    ["paylink.cancel", { want: "cancel", invoice, link: aLink().id, reason: "Cancel button on the card" }],
    ["paylink.why", { want: "why", invoice }],
  ])("%s", (id, ask) => {
    expect(askOfPress(id, value)).toEqual(ask);
  });

  test.each([
    ["paylink.refund", value],
    ["toString", value],
    ["paylink.send", ""],
    ["paylink.send", "{}"],
    ["paylink.send", '{"link":"link-1","invoice":"car:1"}'],
    ["paylink.send", '{"link":"link-1","invoice":"invoice:"}'],
  ])("%s with %j is no ask", (id, given) => {
    expect(askOfPress(id, given)).toBeUndefined();
  });
});

const wild = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .constantFrom("Ա", "Щ", "👩‍👩‍👧‍👦", "&", "<", ">", "`", "\u202e")
    .chain((one) => fc.integer({ min: 1, max: 2500 }).map((times) => one.repeat(times))),
  fc.constantFrom("<!channel> <@U1ANI> <https://evil.example|pay here>", "\u202eINV\u0000-\n1042", ""),
);

describe("whatever the CRM holds", () => {
  const property = fc.property(wild, wild, wild, fc.constantFrom(...LOCALES), (a, b, c, locale) => {
    const sends = Array.from({ length: 30 }, (_, at) => aSend({ id: `send-${at}`, by: b, outcome: "blocked" }));
    const link = aLink({ purpose: a, sends, issuedBy: { kind: "manager", id: "slack:T:U", name: c } });
    const cases = Array.from({ length: 30 }, (_, at) => aCase({ id: `case-${at}`, details: { was: a, now: b } }));
    const attempts = [anAttempt({ state: "unknown" })];
    const customer = { id: "c", name: c, language: null };
    const invoice = anInvoice({ number: b || "1", customer, links: [link], attempts, cases });
    const card = renderCard(invoice, link, { ...where, locale, elsewhere: true });
    const again = sayAnswer(
      { kind: "issued", invoice, link, already: true, unheeded: [] },
      { ...where, locale, pageUrl: () => PAGE },
    );
    const answers = [again ?? spoken(""), spoken(`${a}\n${b}\n`.repeat(40))];
    for (const { text, blocks } of [card, ...answers.map((words) => whispered(words, "request-1", locale))]) {
      const texts = [text, ...textsIn(blocks)];
      checkBlocks(JSON.parse(JSON.stringify(blocks)));
      expect(texts.reduce((sum, one) => sum + one.length, 0)).toBeLessThanOrEqual(10_000);
      expect(text.length).toBeLessThanOrEqual(4000);
      expect(blocks.length).toBeLessThanOrEqual(40);
      expect(
        texts
          .join("")
          .replaceAll(/&(amp|lt|gt);/g, "")
          .replaceAll(`<${PAGE}>`, ""),
      ).not.toMatch(/[&<>\u202e\0]/);
      expect(texts.every((one) => one.isWellFormed())).toBe(true);
    }
  });

  test("Slack takes the card and the answer, and neither mentions anybody, links elsewhere or turns the reading", () => {
    expect(() => fc.assert(property, { numRuns: 30 })).not.toThrow();
  });
});
