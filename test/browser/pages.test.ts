import { mkdir } from "node:fs/promises";
import Fastify from "fastify";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WORDS } from "../../src/http/pages/words.ts";
import type { PageView } from "../../src/usecases/page-view.ts";
import { customerPages, PAID, TOKEN } from "../http/customer-desk.ts";
import { openBrowser } from "./browser.ts";
import { FAINT_TEXTS } from "./faint-texts.ts";

const PHONE = { width: 390, height: 844 };
const WIDTH = "document.documentElement.scrollWidth";
const TITLES = WORDS.en.states;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  await mkdir("screenshots", { recursive: true });
}, 120_000);
afterAll(async () => browser?.close());

type Pages = Awaited<ReturnType<typeof customerPages>>;

/** A customer with a phone, who has opened the link. What the browser complains about is collected. */
async function customer(pages: Pages, how: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: PHONE, ...how });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${pages.origin}/p/${TOKEN}?lang=en`);
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

const title = (page: Page) => page.locator("h1").textContent();

/** The provider's checkout at an origin of its own, and our pages that lead to it. */
async function pagesWithCheckout(changed: Partial<PageView> = {}) {
  const provider = Fastify();
  provider.get("/session/1", (_request, reply) =>
    reply.type("text/html").send(`<link rel="icon" href="data:,"><h1>Checkout</h1>`),
  );
  const checkout = await provider.listen({ host: "127.0.0.1", port: 0 });
  const pages = await customerPages(changed, { formTargets: [checkout] });
  pages.desk.outcome = { is: "checkout", url: `${checkout}/session/1` };
  const close = () => Promise.all([provider.close(), pages[Symbol.asyncDispose]()]).then(() => undefined);
  return { ...pages, checkout: `${checkout}/session/1`, [Symbol.asyncDispose]: close };
}

describe.each(["light", "dark"] as const)("on a phone in %s", (colorScheme) => {
  test.each(["payable", "pending", "paid"] as const)("the page of a %s link is whole and calm", async (state) => {
    await using pages = await customerPages(state === "paid" ? PAID : { state });
    await using visit = await customer(pages, { colorScheme, deviceScaleFactor: 2 });
    await visit.page.screenshot({ path: `screenshots/page-${state}-${colorScheme}.png` });
    expect(await visit.page.evaluate(WIDTH)).toBe(PHONE.width);
    expect(await visit.page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
      colorScheme === "light" ? "rgb(238, 241, 238)" : "rgb(14, 20, 18)",
    );
    expect(visit.complaints).toEqual([]);
  });
});

describe("a customer who listens to the page or uses a keyboard", () => {
  test("finds one heading, landmarks, a state that is announced, and named facts", async () => {
    await using pages = await customerPages();
    await using visit = await customer(pages);
    const { page } = visit;
    expect(await page.getByRole("heading").allTextContents()).toEqual(["Ready to pay"]);
    for (const role of ["banner", "main"] as const) expect(await page.getByRole(role).count()).toBe(1);
    expect(await page.getByRole("navigation", { name: "Language" }).getByRole("link").count()).toBe(3);
    expect(await page.getByRole("status").textContent()).toContain("Nothing has been paid yet.");
    expect(await page.getByRole("term").allTextContents()).toEqual(["Invoice", "Payable until"]);
    expect(await page.title()).toBe("Ready to pay · INV-1042");
  });

  test("reaches every link and the button, sees where they are, and can hit them", async () => {
    await using pages = await customerPages();
    await using visit = await customer(pages);
    const reached: string[] = [];
    for (let step = 0; step < 4; step++) {
      await visit.page.keyboard.press("Tab");
      const at = visit.page.locator(":focus-visible");
      expect(await visit.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")).toBe("3px");
      expect((await at.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      reached.push((await at.textContent()) ?? "");
    }
    expect(reached.map((name) => name.trim().replaceAll(/\s/g, " "))).toEqual([
      "Հայերեն",
      "Русский",
      "English",
      "Pay AMD 15,000",
    ]);
  });

  test.each(["light", "dark"] as const)("reads every text of the %s page with enough contrast", async (colorScheme) => {
    await using pages = await customerPages();
    await using visit = await customer(pages, { colorScheme });
    for (const state of ["payable", "failed", "pending", "paid", "expired"] as const) {
      pages.desk.becomes(state === "paid" ? PAID : { state });
      await visit.page.reload();
      expect([state, await visit.page.evaluate(FAINT_TEXTS)]).toEqual([state, []]);
    }
  });

  test("can enlarge the text to twice its size on a small phone without scrolling sideways", async () => {
    await using pages = await customerPages({ purpose: "Averyveryverylongpurposewithoutanyspaces".repeat(3) });
    await using visit = await customer(pages, { viewport: { width: 320, height: 568 } });
    await visit.page.evaluate(`document.documentElement.style.fontSize = "200%"`);
    expect(await visit.page.evaluate(WIDTH)).toBe(320);
  });
});

describe("a customer presses Pay in a browser", () => {
  test.each([true, false])("and comes to the checkout (scripts: %s)", async (javaScriptEnabled) => {
    await using pages = await pagesWithCheckout();
    await using visit = await customer(pages, { javaScriptEnabled });
    await visit.page.getByRole("button").click();
    await visit.page.waitForURL(pages.checkout, { timeout: 5_000 });
    expect(pages.desk.presses).toHaveLength(1);
    expect(visit.complaints).toEqual([]);
  });

  test("while a payment is pending, and comes back to the open checkout", async () => {
    await using pages = await pagesWithCheckout({ state: "pending" });
    await using visit = await customer(pages);
    await visit.page.getByRole("button", { name: "Back to the open checkout" }).click();
    await visit.page.waitForURL(pages.checkout, { timeout: 5_000 });
    expect(visit.complaints).toEqual([]);
  });
});

describe("a payment is confirmed while the customer looks at the page", () => {
  test.each([
    ["by our script", true],
    ["by reloading, where scripts are off", false],
  ])("the page changes by itself, %s", async (_how, javaScriptEnabled) => {
    await using pages = await customerPages({ state: "pending" });
    await using visit = await customer(pages, { javaScriptEnabled });
    expect(await title(visit.page)).toBe(TITLES.pending.title);
    pages.desk.becomes(PAID);
    await visit.page.getByRole("heading", { name: TITLES.paid.title }).waitFor({ timeout: 12_000 });
    expect(visit.page.url()).toContain("lang=en");
    expect(visit.complaints).toEqual([]);
  });

  test("a page that waits for nobody asks nothing", async () => {
    await using pages = await customerPages(PAID);
    await using visit = await customer(pages);
    const asked: string[] = [];
    visit.page.on("request", (request) => asked.push(request.url()));
    await visit.page.reload();
    expect(asked.filter((url) => url.includes("live.js") || url.endsWith("/status"))).toEqual([]);
  });
});
