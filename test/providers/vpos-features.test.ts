import { describe, expect, test } from "vitest";
import { aCheckout, vposStory } from "../sandbox/vpos-story.ts";

const OFF = { payLink: false, qr: false, refund: false, fiscalization: false, tokenization: false };

describe("what VPOS.am has switched on for the merchant", () => {
  test("is what it says, by the name of our payment method", async () => {
    await using story = await vposStory();
    expect(await story.vpos.features()).toMatchObject({ is: "happened", value: { ...OFF, payLink: true } });
  });

  test("a flag that is missing, or anything but true, is off", async () => {
    await using story = await vposStory();
    const capabilities = { payLink: "yes", refund: 1, qr: null };
    const fields = { providers: [{ id: "manual", capabilities }] };
    story.sandbox.faults.add({ on: "capabilities", fault: { kind: "differs", fields } });
    expect(await story.vpos.features()).toMatchObject({ value: OFF });
    const others = { providers: [{ id: "another", capabilities: { refund: true } }] };
    story.sandbox.faults.add({ on: "capabilities", fault: { kind: "differs", fields: others } });
    expect(await story.vpos.features()).toMatchObject({ value: OFF });
  });

  test("when it cannot be asked, nothing is known, and payments go on", async () => {
    await using story = await vposStory();
    story.sandbox.faults.add({ on: "capabilities", fault: { kind: "internal_error" } });
    expect(await story.vpos.features()).toMatchObject({ is: "unknown" });
    expect(await story.vpos.open(aCheckout())).toMatchObject({ is: "happened" });
  });
});
