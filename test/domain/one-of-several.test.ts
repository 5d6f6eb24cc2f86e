import { describe, expect, test } from "vitest";
import { statusOf } from "../../domain/status.ts";
import { after, attempt, money, owed, payment, sent, when } from "./story.ts";

describe("a link is sent once more", () => {
  test("the deliveries before are kept, in order", () => {
    const invoice = owed({ it: { sends: [sent("s1", { outcome: "failed" })] } });
    expect(after(invoice, when(invoice).isSent()).links[0]?.sends.map(({ id }) => id)).toEqual(["s1", "s2"]);
  });
});

describe("one of several payments goes back in part", () => {
  test("the invoice is part refunded, whichever it was", () => {
    const whole = payment("whole", { amount: money(700_000n) });
    const lessened = payment("lessened", { amount: money(800_000n), refunded: money(100_000n) });
    for (const payments of [
      [whole, lessened],
      [lessened, whole],
    ]) {
      expect(statusOf(owed({ it: "paid" }, { payments }))).toBe("part refunded");
    }
  });
});

describe("one of several attempts on a live link failed", () => {
  const tries = (...states: readonly ("failed" | "expired")[]) =>
    owed({ it: "active" }, { attempts: states.map((state, at) => attempt(`try-${at}`, { state, number: at + 1 })) });

  test("the status tells of the last one", () => {
    expect(statusOf(tries("expired", "failed"))).toBe("failed");
    expect(statusOf(tries("failed", "expired"))).toBe("awaiting");
  });
});
