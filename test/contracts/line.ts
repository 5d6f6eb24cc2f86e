import { createServer } from "node:https";
import { describe, expect, test } from "vitest";
import { opens, pressesPay } from "../story/customers.ts";
import { until } from "../story/until.ts";
import { endsAs } from "./ends.ts";
import { player } from "./player.ts";
import { selfSigned } from "./self-signed.ts";
import type { Stage } from "./stage.ts";
import { aTill, type Till } from "./till.ts";

const TEN_MINUTES = 600;

/** Of an answer whose bytes come one by one every request takes minutes. */
const DRIP = { kind: "drip", everyMs: 500 } as const;

/** Short, so that nobody waits; long enough for an honest answer on a busy machine. */
const IMPATIENT = { patience: { providerTimeoutMs: 2000 } };

/** What the line between us and a provider may do, and its clock. */
export function lineStories(stage: Stage, till: () => Till): void {
  test("an answer comes a byte at a time, to each kind of question: it is left, and the money is found", async () => {
    await using slow = await aTill(stage, IMPATIENT);
    const { pays } = player(() => slow);
    const bill = await slow.issues();
    slow.provider.strike("create", DRIP, bill.number);
    await pressesPay(bill.page);
    expect((await opens(bill.page)).state).toBe("preparing");
    await slow.later(16);
    await until(async () => (await opens(bill.page)).state).toBe("pending");
    const [reference = "", ...others] = slow.provider.checkouts(bill.number);
    expect(others).toEqual([]);
    slow.provider.strikeWebhook({ kind: "lost" }, bill.number);
    slow.provider.strike("lookup", DRIP, bill.number);
    await pays(reference);
    await slow.later(31);
    await until(async () => (await slow.facts(bill.number)).at(-1)).toBe("attempt_checked");
    await endsAs(slow, bill, "not paid, and the customer waits for the provider");
    await slow.later(91);
    await endsAs(slow, bill, "paid once");
  });

  describe("its address is not what it promises", () => {
    test.each(["a certificate of nobody's", "no encryption at all"] as const)(
      "%s: it is told nothing, no checkout is opened, and with the right address the same attempt is paid once",
      async (what) => {
        const told: string[] = [];
        await using impostor = await listening((url) => told.push(url));
        const wrong = await aTill(stage, {
          believes: (origin) => (what === "no encryption at all" ? origin.replace("http:", "https:") : impostor.origin),
        });
        const { databaseUrl, provider } = wrong;
        const { number, page } = await wrong.issues();
        try {
          expect((await pressesPay(page)).status).toBe(303);
          await endsAs(wrong, { number, page }, "not opened, and the customer waits for an answer");
          expect([told, provider.calls()]).toEqual([[], { creates: 0, lookups: 0 }]);
        } finally {
          await wrong[Symbol.asyncDispose]();
        }
        await using right = await aTill(stage, { databaseUrl });
        const bill = { number, page: await right.pageOf(number) };
        await pressesPay(bill.page);
        await until(async () => (await opens(bill.page)).state).toBe("pending");
        await player(() => right).pays(right.provider.checkouts(number)[0] ?? "");
        await right.later(31);
        await endsAs(right, bill, "paid once");
      },
    );
  });

  describe("its clock and ours are ten minutes apart", () => {
    test.each([
      ["ahead", TEN_MINUTES],
      ["behind", -TEN_MINUTES],
    ])(
      "it is %s: whatever its words are dated, the ladder finds the payment, and it is paid once",
      async (_, seconds) => {
        till().providerIsAhead(seconds);
        try {
          const { atCheckout, pays } = player(till);
          const bill = await atCheckout();
          await pays(bill.reference);
          await till().later(31);
          await endsAs(till(), bill, "paid once");
          const [payment] = (await till().invoice(bill.number)).payments;
          expect(payment?.paidAt.getTime()).toBeLessThanOrEqual(till().clock().getTime() + TEN_MINUTES * 1000);
        } finally {
          till().providerIsAhead(0);
        }
      },
    );

    test.each([
      ["ahead", TEN_MINUTES],
      ["behind", -TEN_MINUTES],
    ])(
      "it is %s, and the customer comes back after eleven minutes: one checkout at a time, and it is paid once",
      async (_, seconds) => {
        till().providerIsAhead(seconds);
        try {
          const { atCheckout, pays } = player(till);
          const bill = await atCheckout();
          await till().later(660);
          expect((await pressesPay(bill.page)).status).toBe(303);
          const opened = till().provider.checkouts(bill.number);
          await pays(opened.at(-1) ?? "");
          await till().later(DAY);
          await endsAs(till(), bill, "paid once");
        } finally {
          till().providerIsAhead(0);
        }
      },
    );
  });
}

const DAY = 86_400;

/** A server of nobody's, which notes whatever it is asked. */
async function listening(asked: (url: string) => void) {
  const server = createServer(selfSigned(), (request, response) => {
    asked(request.url ?? "");
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `https://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
