import { deliveriesOf, freshDelivery } from "../provider/deliveries.ts";
import type { WebhookFault } from "../provider/faults.ts";
import { newId, paymentBody } from "./answers.ts";
import type { Delivery, VposPayment } from "./books.ts";
import type { Context } from "./context.ts";

/** Queues the event that a payment changed, as a fault would have it. The courier does the rest. */
export function announce(context: Context, payment: VposPayment): void {
  const fault = context.faults.take("webhook", [payment.merchantOrderId]);
  const make = (): Delivery => deliveryOf(context, payment, fault);
  for (const delivery of deliveriesOf(fault, make, context.clock())) context.books.deliveries.add(delivery);
  context.wakeCourier();
}

function deliveryOf(context: Context, payment: VposPayment, fault: WebhookFault | null): Delivery {
  const id = newId("evt");
  const now = context.clock();
  const data = { ...paymentBody(payment), ...(fault?.kind === "differs" ? fault.fields : {}) };
  const body = JSON.stringify({ id, type: `payment.${String(data["status"])}`, createdAt: now.toISOString(), data });
  return { ...freshDelivery(id, body, now), paymentId: payment.id };
}
