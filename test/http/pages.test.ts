import { describe, expect, test } from "vitest";
import { LOCALES } from "../../domain/locale.ts";
import { WORDS } from "../../src/http/pages/words.ts";
import { PAGE_STATES, type PageState, type PageView } from "../../src/usecases/page-view.ts";
import { CHECKOUT, customerPages, PAID, TOKEN, unescaped } from "./customer-desk.ts";

const PAGE = `/p/${TOKEN}`;
const UNKNOWN = "/p/nobody-was-given-this-1";

/** The text a person reads, with the few characters we escape read back. */
const textOf = (page: string): string =>
  unescaped(page.replace(/<head>[\s\S]*<\/head>/, "").replaceAll(/<[^>]+>/g, " ")).replaceAll(/[ \n\t]+/g, " ");

const h1Of = (page: string): string[] => [...page.matchAll(/<h1>([^<]*)<\/h1>/g)].map(([, title]) => title ?? "");

const inState = (state: PageState): Partial<PageView> =>
  ["paid", "checking", "refunded"].includes(state) ? { ...PAID, state } : { state };

/** Which states have which button; a new state must be added here. */
const BUTTON: Record<PageState, "pay" | "back" | null> = {
  payable: "pay",
  failed: "pay",
  preparing: null,
  pending: "back",
  checking: null,
  paid: null,
  refunded: null,
  expired: null,
  cancelled: null,
  replaced: null,
  outdated: null,
  unavailable: null,
};

describe.each(PAGE_STATES)("a customer opens a link that is %s", (state) => {
  test.each(LOCALES)("and reads in %s what is, what it means for the money and what to do", async (locale) => {
    await using pages = await customerPages(inState(state));
    const page = await pages.read(`${PAGE}?lang=${locale}`);
    const said = WORDS[locale].states[state];
    expect(h1Of(page)).toEqual([said.title]);
    for (const sentence of [said.title, said.means, said.next]) expect(textOf(page)).toContain(sentence);
    expect(page).toContain(`<html lang="${locale}">`);
    expect(page).not.toMatch(/undefined|null|\[object|\$\{|NaN|Invalid/);
  });

  test("and has the button that fits, or none", async () => {
    await using pages = await customerPages(inState(state));
    const page = await pages.read(PAGE);
    const buttons = [...page.matchAll(/<button class="(\w+)">/g)].map(([, kind]) => kind);
    expect(buttons).toEqual(BUTTON[state] === null ? [] : [BUTTON[state]]);
  });

  test("and the page itself carries no script or style of its own, only ours by address", async () => {
    await using pages = await customerPages(inState(state));
    const page = await pages.read(PAGE);
    expect(page).not.toMatch(
      /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc="\/p\/-\/live\.js\?v&#61;\w+")|javascript:/i,
    );
    expect(page.includes("<script")).toBe(["preparing", "pending", "checking", "unavailable"].includes(state));
    expect(page.includes(`http-equiv="refresh"`)).toBe(["preparing", "pending"].includes(state));
  });
});

describe("every language says everything", () => {
  test.each(LOCALES)("%s is written in its own letters", (locale) => {
    const letters = { hy: /[\u0531-\u0587]/, ru: /[а-яё]/i, en: /[a-z]/i }[locale];
    const foreign = { hy: /[а-яё]/i, ru: /[\u0531-\u0587]/, en: /[а-яё\u0531-\u0587]/i }[locale];
    const { states, returned, notices } = WORDS[locale];
    const sentences = [...Object.values(states), returned, ...Object.values(notices)].flatMap((said) =>
      Object.values(said),
    );
    for (const sentence of sentences) {
      expect(sentence).toMatch(letters);
      expect(sentence).not.toMatch(foreign);
    }
  });
});

describe("what the page tells about the payment", () => {
  test("the amount, the purpose, the invoice and the deadline by the merchant's clock", async () => {
    await using pages = await customerPages();
    const text = textOf(await pages.read(`${PAGE}?lang=en`));
    for (const fact of ["15,000", "Website design, second stage", "INV-1042", "27 Nov 2026, 23:59", "GMT+4"])
      expect(text).toContain(fact);
    expect(text).not.toContain("Paid at");
  });

  test("after payment: when, and the reference instead of the deadline", async () => {
    await using pages = await customerPages(PAID);
    const text = textOf(await pages.read(`${PAGE}?lang=en`));
    for (const fact of ["24 Nov 2026, 14:02", "VP-77120934"]) expect(text).toContain(fact);
    expect(text).not.toContain("Payable until");
  });

  test("hostile words from the CRM or the provider stay words", async () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
    await using pages = await customerPages({ ...PAID, purpose: hostile, invoiceName: hostile, reference: hostile });
    const page = await pages.read(PAGE);
    expect(page).not.toMatch(/<script|<img/);
    expect(textOf(page).split(hostile)).toHaveLength(4);
  });

  test("back from the provider with nothing known, it says so and does not claim a payment", async () => {
    await using pages = await customerPages();
    const page = await pages.read(`${PAGE}/return?lang=en`);
    expect(h1Of(page)).toEqual(["No payment is known yet"]);
    expect(page).toContain("<button");
  });

  test("back from the provider with a payment, it is the same page as ever", async () => {
    await using pages = await customerPages(PAID);
    expect(await pages.read(`${PAGE}/return`)).toBe(await pages.read(PAGE));
  });

  test("the status for our script: the state, and when it was paid", async () => {
    await using pages = await customerPages(PAID);
    const answer = await pages.ask(`${PAGE}/status`);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toEqual({ state: "paid", paidAt: "2026-11-24T10:02:00.000Z" });
    pages.desk.becomes({ state: "pending" });
    expect(await (await pages.ask(`${PAGE}/status`)).json()).toEqual({ state: "pending", paidAt: null });
  });
});

describe("a customer presses Pay", () => {
  const post = { method: "POST" };

  test("and is sent to the checkout, once for one press, under the id of the request", async () => {
    await using pages = await customerPages({}, { requestIdOf: () => "req-7" });
    const answer = await pages.ask(`${PAGE}/pay`, post);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, CHECKOUT]);
    expect(pages.desk.presses).toEqual(["req-7"]);
  });

  test("and when the page knows better, is led back to it in the language that was chosen", async () => {
    await using pages = await customerPages();
    pages.desk.outcome = { is: "page" };
    const plain = await pages.ask(`${PAGE}/pay`, post);
    const chosen = await pages.ask(`${PAGE}/pay?lang=ru`, post);
    expect([plain.status, plain.headers.get("location")]).toEqual([303, PAGE]);
    expect(chosen.headers.get("location")).toBe(`${PAGE}?lang=ru`);
    expect(unescaped(await pages.read(`${PAGE}?lang=ru`))).toContain(`action="${PAGE}/pay?lang=ru"`);
    expect(await pages.read(PAGE)).toContain(`action="${PAGE}/pay"`);
  });

  test.each(["application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data; boundary=x"])(
    "with a body of %s, which is not read",
    async (type) => {
      await using pages = await customerPages();
      const answer = await pages.ask(`${PAGE}/pay`, { ...post, headers: { "content-type": type }, body: "{nonsense" });
      expect(answer.status).toBe(303);
    },
  );

  test.each(["same-origin", "same-site", "none"])("from a %s page: it counts", async (site) => {
    await using pages = await customerPages();
    const answer = await pages.ask(`${PAGE}/pay`, { ...post, headers: { "sec-fetch-site": site } });
    expect(answer.status).toBe(303);
  });

  test("on a page of another site: nothing is opened, and a sentence says where to press", async () => {
    await using pages = await customerPages();
    const answer = await pages.ask(`${PAGE}/pay?lang=en`, { ...post, headers: { "sec-fetch-site": "cross-site" } });
    expect(answer.status).toBe(403);
    const page = await answer.text();
    expect(textOf(page)).toContain("a payment begins only on our own page");
    expect(unescaped(page)).toContain(`href="${PAGE}?lang=en"`);
    expect(pages.desk.presses).toEqual([]);
  });

  test("looking never presses: not by GET, not by HEAD, not on the address of the button", async () => {
    await using pages = await customerPages();
    for (const path of ["", "/return", "/status", "/pay"])
      for (const method of ["GET", "HEAD"]) await pages.ask(PAGE + path, { method });
    expect(pages.desk.presses).toEqual([]);
  });
});

describe("an address that leads nowhere", () => {
  const WRONG = [
    UNKNOWN,
    "/p/%00",
    "/p/a%2Fb",
    "/p/a%20b",
    "/p/..%2f..",
    "/p/",
    "/p/%zz",
    `/p/${"a".repeat(101)}`,
    `${PAGE}/else`,
  ];

  test("is the same page with the same headers, whether the token is unknown or nonsense", async () => {
    await using pages = await customerPages();
    const seen = async (path: string) => {
      const answer = await pages.ask(path);
      const headers = [...answer.headers].filter(([name]) => name !== "date");
      return { status: answer.status, headers, page: await answer.text() };
    };
    const unknown = await seen(UNKNOWN);
    expect(unknown.status).toBe(404);
    for (const path of [...WRONG, `${UNKNOWN}/return`, `${UNKNOWN}/status`])
      expect([path, await seen(path)]).toEqual([path, unknown]);
    expect(unknown.page).not.toContain(UNKNOWN);
  });

  test("cannot be paid", async () => {
    await using pages = await customerPages();
    for (const path of [`${UNKNOWN}/pay`, "/p/%00/pay"])
      expect((await pages.ask(path, { method: "POST" })).status).toBe(404);
  });

  test("does not trouble the product when it cannot be a token", async () => {
    await using pages = await customerPages();
    await pages.ask("/p/%00");
    await pages.ask("/p/a%20b/status");
    expect(pages.desk.asked).toEqual([]);
  });
});
