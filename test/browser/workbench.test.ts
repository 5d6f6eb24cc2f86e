import { mkdir } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Workbench, workbench } from "../sandbox/workbench-world.ts";
import { openBrowser } from "./browser.ts";
import { FAINT_TEXTS } from "./faint-texts.ts";

const LAPTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const WIDTH = "document.documentElement.scrollWidth";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  await mkdir("screenshots", { recursive: true });
}, 120_000);
afterAll(async () => browser?.close());

/** A newcomer at the workbench. What the browser complains about (also of the page's policy) is collected. */
async function newcomer(bench: Workbench, how: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: LAPTOP, ...how });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${bench.origin}/sandbox`);
  await page.locator(".invoice").first().waitFor();
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

const sales = (page: Page) => page.locator("#sales .messages");
const customer = (page: Page) => page.locator("#customer .messages");
const button = (page: Page, name: string) => sales(page).locator(".slack-button", { hasText: name }).first();

/** Presses the first invoice of the book, then Return: the card appears. */
async function ask(page: Page): Promise<void> {
  await page.locator(".invoice").first().click();
  await page.keyboard.press("Enter");
  await button(page, "Send").waitFor();
}

/** From the book to the customer's message. */
async function askAndInvite(page: Page): Promise<void> {
  await ask(page);
  await button(page, "Send").click();
  await sales(page).locator(".deep-link").click();
  await customer(page).locator(".keys a").waitFor();
}

describe("a newcomer plays the story", () => {
  test("an invoice of the book, Return, Send, the invitation: the customer sees one Pay button to our page", async () => {
    await using bench = await workbench();
    await using visit = await newcomer(bench);
    await askAndInvite(visit.page);
    const pay = customer(visit.page).locator(".keys a");
    expect(await pay.allTextContents()).toEqual(["Pay ↗"]);
    expect(await pay.getAttribute("href")).toBe(`${bench.origin}/p/abc`);
    expect(await pay.getAttribute("rel")).toBe("noopener noreferrer");
    await visit.page.screenshot({ path: "screenshots/workbench.png" });
    expect(visit.complaints).toEqual([]);
  });

  test("when the card changes it changes in place, and an answer in its thread stands under it", async () => {
    await using bench = await workbench();
    await using visit = await newcomer(bench);
    await ask(visit.page);
    await button(visit.page, "Why").click();
    await sales(visit.page).getByText("Status: paid").waitFor();
    await sales(visit.page).locator(".replies em", { hasText: "as the bank says" }).waitFor();
    expect(await sales(visit.page).locator("> li").count()).toBe(1);
  });

  test("what a CRM wrote is text, whatever it looks like", async () => {
    await using bench = await workbench();
    await using visit = await newcomer(bench);
    await ask(visit.page);
    await sales(visit.page).getByText("Customer: Aram <img src=x onerror=alert(1)>").waitFor();
    expect(await sales(visit.page).locator("img").count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  test("a button that asks first does nothing when the answer is no", async () => {
    await using bench = await workbench();
    await using visit = await newcomer(bench);
    await ask(visit.page);
    const dialog = visit.page.locator("dialog");
    await button(visit.page, "Cancel").click();
    await visit.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await sales(visit.page).getByText("Status: awaiting").count()).toBe(1);
    await button(visit.page, "Cancel").click();
    await dialog.getByText("Cancel the link").click();
    await sales(visit.page).getByText("Status: cancelled").waitFor();
  });

  test("an ephemeral is seen by nobody else, and can be put away", async () => {
    await using bench = await workbench();
    await using visit = await newcomer(bench);
    const words = visit.page.locator("#sales .words");
    await words.fill("/paylink help");
    await words.press("Enter");
    const whisper = sales(visit.page).locator(".whispered");
    await whisper.locator("strong", { hasText: "Help" }).waitFor();
    await visit.page.locator("#sales .person").selectOption("U0DAVIT");
    expect(await whisper.count()).toBe(0);
    await visit.page.locator("#sales .person").selectOption("U0ANI");
    await whisper.locator(".dismiss").click();
    expect(await whisper.count()).toBe(0);
  });

  test("what cannot be done is said in a sentence, and the words are not lost", async () => {
    await using bench = await workbench({ slack: false });
    await using visit = await newcomer(bench);
    const words = visit.page.locator("#customer .words");
    await words.fill("/start");
    await words.press("Enter");
    await customer(visit.page).getByText("/start").waitFor();
    await visit.page.locator("#sales .words").fill("/paylink INV-1042");
    await visit.page.locator("#sales .words").press("Enter");
    await visit.page.locator("#notices", { hasText: "Slack is the real one here" }).waitFor();
    expect(await visit.page.locator("#sales .words").inputValue()).toBe("/paylink INV-1042");
  });
});

describe("a newcomer looks behind the story", () => {
  test("the wire shows each exchange as it happens, with its JSON", async () => {
    await using bench = await workbench();
    await using visit = await newcomer(bench);
    const { page } = visit;
    await page.locator("#wire-toggle").click();
    await ask(page);
    const call = page.locator("#exchanges details", { hasText: "chat.postMessage" });
    await call.locator("summary").click();
    expect(await call.locator(".json").first().textContent()).toContain('"action_id": "paylink.send"');
    await page.screenshot({ path: "screenshots/workbench-wire.png" });
    await page.keyboard.press("Escape");
    await page.locator("#wire").waitFor({ state: "hidden" });
    expect(visit.complaints).toEqual([]);
  });
});

describe.each(["light", "dark"] as const)("the page in %s", (colorScheme) => {
  test("fits a laptop and a phone, and can be read", async () => {
    await using bench = await workbench();
    await using visit = await newcomer(bench, { colorScheme });
    const { page } = visit;
    await askAndInvite(page);
    for (const [name, viewport] of Object.entries({ laptop: LAPTOP, phone: PHONE })) {
      await page.setViewportSize(viewport);
      await page.screenshot({ path: `screenshots/workbench-${name}-${colorScheme}.png`, fullPage: true });
      expect(await page.evaluate(WIDTH)).toBe(viewport.width);
    }
    await expect.poll(() => page.evaluate(FAINT_TEXTS)).toEqual([]);
  });

  test("the other one is a press away, and is kept", async () => {
    await using bench = await workbench();
    await using visit = await newcomer(bench, { colorScheme });
    const ground = () => visit.page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor");
    const before = await ground();
    await visit.page.locator("#theme").click();
    const after = await ground();
    expect(after).not.toBe(before);
    await visit.page.reload();
    await expect.poll(ground).toBe(after);
  });
});
