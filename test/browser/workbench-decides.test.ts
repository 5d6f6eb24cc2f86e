import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { choosesAt, pressesPay } from "../story/customers.ts";
import { aTown, reachesTheCustomer } from "../story/town.ts";
import { PATIENT, until } from "../story/until.ts";
import { openBrowser } from "./browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(async () => browser?.close());

describe("money is held, and the accountant sits at the workbench", PATIENT, () => {
  test("a press opens a window that asks why; leaving it decides nothing, saying it pays the invoice", async () => {
    await using town = await aTown();
    const { location } = await pressesPay(await reachesTheCustomer(town, "INV-1042"));
    await town.ani.types("cancel INV-1042 wrong amount");
    await until(async () => (await town.invoice("INV-1042")).links[0]?.state).toBe("cancelled");
    await choosesAt(location, "pay");
    await until(() => town.ops().length).toBe(1);

    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${town.address}/sandbox`);
    const apply = page.locator("#ops .slack-button", { hasText: "Apply" });
    await apply.click();
    const dialog = page.locator("dialog");
    await dialog.locator("textarea").waitFor();
    await page.screenshot({ path: "screenshots/workbench-decide.png" });
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect((await town.invoice("INV-1042")).cases).toMatchObject([{ state: "open" }]);

    await apply.click();
    await dialog.locator("textarea").fill("agreed with Aram");
    await dialog.locator(".primary").click();
    await dialog.waitFor({ state: "detached" });
    await until(() => town.told("INV-1042")).toEqual({ paid: "1500000", effects: 1 });
    await page.locator("#ops", { hasText: "agreed with Aram" }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });
});
