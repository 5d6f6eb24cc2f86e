import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderCustomer, renderReceipt } from "../../bots/telegram/message.ts";
import type { CustomerStanding } from "../../bots/telegram/standing.ts";
import { WORDS } from "../../bots/telegram/words.ts";
import type { Invoice, Link } from "../../domain/invoice.ts";
import { LOCALES } from "../../domain/locale.ts";
import { aLink, anInvoice, aPayment, drams, PAY_URL, TIME_ZONE } from "./telegram-story.ts";

const READER = { locale: "en", timeZone: TIME_ZONE, url: PAY_URL } as const;
const plain = (text: string): string => text.replaceAll("\u00A0", " ");
const show = (invoice: Invoice, link: Link = aLink()) => renderCustomer(invoice, link, READER);

describe("a link can be paid", () => {
  test("its customer sees the invoice, what for, how much, until when, and one button to our own page", () => {
    const message = show(anInvoice());
    expect(plain(message.text)).toBe(
      "Invoice INV-1042\nDelivery of 3 chairs\n\nTo pay: AMD 15,000\nPay by: 27 Nov 2026, 23:59",
    );
    expect(message.reply_markup?.inline_keyboard).toEqual([[{ text: "Pay", url: PAY_URL }]]);
  });

  test("nobody is named: whoever looks at the chat learns no more than the page tells", () => {
    expect(show(anInvoice()).text).not.toMatch(/Ani|Petrosyan|Mariam/);
  });

  test("an open attempt leaves the button: it leads back to the same checkout", () => {
    const attempt = {
      id: "attempt-1",
      link: "link-1",
      number: 1,
      provider: "vpos",
      account: "main",
      state: "pending",
      reference: "r",
      checkoutUrl: "https://checkout.example",
      checkoutExpiresAt: null,
      lookups: 0,
      requestIds: [],
      openedAt: new Date(),
    } as const;
    expect(show(anInvoice({ attempts: [attempt] })).reply_markup).toBeDefined();
  });

  test.each(["hy", "ru"] as const)("the button and the amount speak %s", (locale) => {
    const message = renderCustomer(anInvoice(), aLink(), { ...READER, locale });
    expect(message.reply_markup?.inline_keyboard[0]?.[0]?.text).toBe({ hy: "Վճարել", ru: "Оплатить" }[locale]);
    expect(plain(message.text)).toContain("15 000");
  });
});

const STORIES: Record<Exclude<CustomerStanding, "payable">, { invoice: Invoice; link?: Link; says: string }> = {
  paid: { invoice: anInvoice({ payments: [aPayment()] }), link: aLink({ state: "paid" }), says: "Paid." },
  checking: { invoice: anInvoice({ payments: [aPayment({ home: "held" })] }), says: "Please do not pay again" },
  settled: {
    invoice: anInvoice({ payments: [aPayment({ link: "link-2" })] }),
    link: aLink({ state: "cancelled" }),
    says: "Already paid",
  },
  refunded: {
    invoice: anInvoice({ payments: [aPayment({ home: "refunded", refunded: drams(15_000) })] }),
    link: aLink({ state: "paid" }),
    says: "The money was refunded.",
  },
  part_refunded: {
    invoice: anInvoice({ payments: [aPayment({ refunded: drams(4000) })] }),
    link: aLink({ state: "paid" }),
    says: "Refunded: AMD 4,000",
  },
  expired: { invoice: anInvoice(), link: aLink({ state: "expired" }), says: "The time to pay has run out" },
  cancelled: { invoice: anInvoice(), link: aLink({ state: "cancelled" }), says: "The payment link was cancelled" },
  replaced: { invoice: anInvoice(), link: aLink({ state: "replaced" }), says: "replaced by a new one" },
  outdated: { invoice: anInvoice(), link: aLink({ stale: true }), says: "The amount has changed" },
};

describe("a link cannot be paid any more", () => {
  test.each(Object.entries(STORIES))("%s: the state is told in words, and the button is gone", (_standing, story) => {
    const message = show(story.invoice, story.link);
    expect(plain(message.text)).toContain(story.says);
    expect(message.reply_markup).toBeUndefined();
  });

  test("a second payment that waits for a person does not take 'paid' back", () => {
    const invoice = anInvoice({ payments: [aPayment(), aPayment({ id: "payment-2", home: "held" })] });
    expect(show(invoice, aLink({ state: "paid" })).text).toContain("✅ Paid.");
  });

  test("the CRM cancelled the invoice before its link was: there is nothing to press", () => {
    expect(show(anInvoice({ state: "cancelled" })).reply_markup).toBeUndefined();
  });
});

describe("a payment is confirmed", () => {
  test("the receipt says what was paid, when and under which reference", () => {
    const { text, entities } = renderReceipt(anInvoice(), aPayment(), READER);
    expect(plain(text)).toBe(
      "Payment received\nDelivery of 3 chairs\n\nInvoice INV-1042\nPaid: AMD 15,000\n" +
        "Date: 24 Nov 2026, 14:15\nPayment reference: RRN-634812",
    );
    const code = entities.find(({ type }) => type === "code");
    expect(text.slice(code?.offset).slice(0, code?.length)).toBe("RRN-634812");
  });
});

describe("the CRM wrote the purpose", () => {
  test("markup in it is only text, and its lines cannot pass for ours", () => {
    const { text, entities } = show(
      anInvoice(),
      aLink({ purpose: "<b>Free</b> & *bold*\n\nTo pay: 1 ֏ [x](http://y)" }),
    );
    expect(text.split("\n")[1]).toBe("<b>Free</b> & *bold* To pay: 1 ֏ [x](http://y)");
    expect(entities.map(({ type }) => type)).toEqual(["bold", "bold"]);
  });

  test("an empty one leaves no empty line", () => {
    expect(show(anInvoice(), aLink({ purpose: " \n " })).text).toMatch(/^Invoice INV-1042\n\nTo pay/);
  });

  const purposes = fc.array(
    fc.oneof(
      fc.constantFrom("Ապրանքի առաքում և տեղադրում՝ ", "👩‍👩‍👧‍👦", "🇦🇲", "é", "\uD83D", "\n"),
      fc.string({ unit: "grapheme" }),
    ),
    { minLength: 1, maxLength: 60 },
  );
  const repeated = fc.tuple(purposes, fc.integer({ min: 1, max: 40 })).map(([parts, n]) => parts.join("").repeat(n));

  /** What is shown of a purpose ends where one of its characters ends. */
  const keepsWholeCharacters = (purpose: string, text: string): boolean => {
    const whole = purpose.toWellFormed().replaceAll(/\s+/gu, " ").trim();
    const shown = (text.split("\n")[1] ?? "").replace(/…$/, "");
    const ends = [...new Intl.Segmenter().segment(whole)].map(({ index }) => index);
    return whole.startsWith(shown) && [...ends, whole.length].includes(shown.length);
  };

  test("however long, the message fits, keeps its amount, and cuts no character in two", () => {
    fc.assert(
      fc.property(repeated, fc.constantFrom(...LOCALES), (purpose, locale) => {
        const { text, entities } = renderCustomer(anInvoice(), aLink({ purpose }), { ...READER, locale });
        expect(text.length).toBeLessThanOrEqual(4096);
        expect(text.isWellFormed()).toBe(true);
        expect(plain(text)).toContain(WORDS[locale].payBy);
        for (const { offset, length } of entities) expect(offset + length).toBeLessThanOrEqual(text.length);
        expect(keepsWholeCharacters(purpose, text)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("a family emoji at the limit is left out whole", () => {
    const { text } = show(anInvoice(), aLink({ purpose: "👩‍👩‍👧‍👦".repeat(500) }));
    const [, shown] = text.split("\n");
    expect(text.length).toBeGreaterThan(4070);
    expect(shown?.replaceAll("👩‍👩‍👧‍👦", "")).toBe("…");
  });
});
