import { expect } from "vitest";
import { pressesPay } from "../story/customers.ts";
import type { Bill } from "./ends.ts";
import type { Till } from "./till.ts";

/** What customers do, at whichever till stands when they do it. */
export function player(till: () => Till) {
  /** Presses Pay, and is led to a checkout that was not there before: its reference. */
  const goesOn = async ({ number, page }: Bill): Promise<string> => {
    const before = till().provider.checkouts(number).length;
    expect((await pressesPay(page)).status).toBe(303);
    const opened = till().provider.checkouts(number);
    expect(opened).toHaveLength(before + 1);
    return opened.at(-1) ?? "";
  };
  return {
    goesOn,
    /** A customer stands at the provider's page. */
    atCheckout: async (): Promise<Bill & { readonly reference: string }> => {
      const bill = await till().issues();
      return { ...bill, reference: await goesOn(bill) };
    },
    /** Where a provider could close the checkout of a dead link, it does not get to it. */
    staysOpen: (number: string): void => {
      if (till().stage.can.close) till().provider.strike("close", { kind: "unauthorized" }, number);
    },
    pays: async (reference: string): Promise<void> => {
      till().provider.customer(reference, "pays");
      await till().provider.deliver();
    },
  };
}
