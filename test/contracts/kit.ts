import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callStories } from "./calls.ts";
import { deadLinkStories } from "./dead-links.ts";
import { lineStories } from "./line.ts";
import { moneyBackStories } from "./money-back.ts";
import type { Stage } from "./stage.ts";
import { aTill, type Till } from "./till.ts";
import { webhookStories } from "./webhooks.ts";

/**
 * What every provider's adapter must come through, over real HTTP against its stand-in: each story's end is written once, in
 * words, and held against database, card, page, CRM and audit. A provider is listed as supported only when this is green.
 */
export function torture(stage: Stage): void {
  let opened: Till;
  const till = (): Till => opened;
  beforeAll(async () => {
    opened = await aTill(stage);
  });
  afterAll(() => opened[Symbol.asyncDispose]());

  callStories(stage, till);
  describe("the line to the provider, and its clock", () => {
    lineStories(stage, till);
  });
  describe.runIf(stage.can.webhooks)("the provider speaks by itself", () => {
    webhookStories(till);
  });
  deadLinkStories(stage, till);
  moneyBackStories(stage, till);

  test("and after all of it the audit holds", async () => {
    expect(await opened.verifyAudit()).toMatchObject({ broken: [] });
  });
}
