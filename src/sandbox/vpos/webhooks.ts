import { newId, paymentBody } from "./answers.ts";
import type { Delivery, VposPayment } from "./books.ts";
import type { Context } from "./context.ts";
import type { WebhookFault } from "./faults.ts";

/** Queues the event that a payment changed, as a fault would have it. The courier does the rest. */
export function announce(context: Context, payment: VposPayment): void {
  const fault = context.faults.takeForWebhook(payment.merchantOrderId);
  for (const delivery of deliveriesOf(context, payment, fault)) context.books.deliveries.add(delivery);
  context.wakeCourier();
}

function deliveriesOf(context: Context, payment: VposPayment, fault: WebhookFault | null): readonly Delivery[] {
  const first = deliveryOf(context, payment, fault);
  switch (fault?.kind) {
    case "lost":
      return [];
    case "duplicated":
      return [first, { ...first }];
    case "duplicated_with_new_id":
      return [first, deliveryOf(context, payment, fault)];
    case "wrong_signature":
    case "stale":
      return [{ ...first, spoiled: fault.kind }];
    case "delayed":
      return [{ ...first, dueAt: new Date(context.clock().getTime() + fault.seconds * 1000).toISOString() }];
    case "reordered":
      return [{ ...first, held: true }];
    default:
      return [first];
  }
}

function deliveryOf(context: Context, payment: VposPayment, fault: WebhookFault | null): Delivery {
  const id = newId("evt");
  const now = context.clock().toISOString();
  const data = { ...paymentBody(payment), ...(fault?.kind === "differs" ? fault.fields : {}) };
  const body = JSON.stringify({ id, type: `payment.${String(data["status"])}`, createdAt: now, data });
  return { eventId: id, paymentId: payment.id, body, attempts: 0, dueAt: now, held: false, spoiled: null };
}
