import { signForTest } from "../../src/providers/vpos/webhook.ts";
import { post } from "./post.ts";
import { type Stub, startStub } from "./stub.ts";

export const WEBHOOK_SECRET = "a webhook secret of the bench alone";
export const AMOUNT_MINOR = 1_500_000;

/** How many of a hundred payments are told of twice, and of how many something older comes after all. */
const TOLD_TWICE = 0.12;
const OVERTAKEN = 0.05;

/** At most so many other deliveries come between an event and what follows it late. */
const FARTHEST = 16;

/** The invoices by their numbers, in the provider's words. */
const referenceOf = (number: number): string => `pay_${number}`;

/** The SQL of the same, over a number `n`. */
export const REFERENCE = "'pay_' || n";

/** One webhook. `first`: nothing has been delivered about this payment before. */
export type Delivery = { readonly reference: string; readonly first: boolean; readonly body: Buffer };

/** What VPOS.am answers by the assumed contract: whatever is asked about is paid. */
export const startVposStub = (): Promise<Stub> =>
  startStub(({ url = "" }) => {
    const id = url.slice("/v1/payments/".length);
    const number = id.slice(referenceOf(0).length - 1);
    return {
      id,
      merchantOrderId: `INV-${number}`,
      status: "paid",
      amountMinor: AMOUNT_MINOR,
      currency: "AMD",
      refundedAmountMinor: 0,
      providerReference: `bank_${number}`,
      paidAt: new Date().toISOString(),
      fiscal: null,
      requestId: `req_${number}`,
    };
  });

/**
 * What VPOS.am delivers about so many invoices, one after the other: every payment is told of, the invoices in no order; one
 * in ten deliveries has come before, and some tell late of what was true earlier.
 */
export function deliveries(invoices: number): () => Delivery {
  const random = seeded(20_261_124);
  const order = shuffled(invoices, random);
  const late: { readonly at: number; readonly delivery: Delivery }[] = [];
  let position = 0;
  const comeLate = (delivery: Delivery): void => {
    late.push({ at: position + 1 + Math.floor(random() * FARTHEST), delivery });
  };
  return () => {
    position += 1;
    const due = late.findIndex(({ at }) => at <= position);
    const [comes] = due < 0 ? [] : late.splice(due, 1);
    if (comes) return comes.delivery;
    const number = order.pop();
    if (number === undefined) throw new Error(`${invoices} invoices are too few here: say --invoices ${invoices * 2}`);
    const paid = deliveryOf(number, "payment.paid");
    if (random() < TOLD_TWICE) comeLate({ ...paid, first: false });
    if (random() < OVERTAKEN) comeLate({ ...deliveryOf(number, "payment.pending"), first: false });
    return paid;
  };
}

const deliveryOf = (number: number, type: string): Delivery => {
  const event = {
    id: `evt_${type}_${number}`,
    type,
    data: { id: referenceOf(number), merchantOrderId: `INV-${number}` },
  };
  return { reference: referenceOf(number), first: true, body: Buffer.from(JSON.stringify(event)) };
};

/** Delivers it, signed at this moment; resolves with the status of the answer. */
export const deliver = (address: string, { body }: Delivery): Promise<number> =>
  post(`${address}/webhooks/vpos`, signForTest(body, WEBHOOK_SECRET, new Date()), body);

function shuffled(most: number, random: () => number): number[] {
  const numbers = Array.from({ length: most }, (_, at) => at + 1);
  for (let at = most - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [numbers[at], numbers[other]] = [numbers[other] ?? 0, numbers[at] ?? 0];
  }
  return numbers;
}

/** Numbers from 0 to below 1 that look drawn by lot and are the same in every run (the generator of Park and Miller). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
