import type { Body } from "../provider/answers.ts";
import { deliveriesOf, freshDelivery } from "../provider/deliveries.ts";
import type { WebhookFault } from "../provider/faults.ts";
import { newId } from "./answers.ts";
import type { Delivery, StripeSession } from "./books.ts";
import { type Context, secondsNow } from "./context.ts";
import { withFields } from "./distort.ts";

/** An event of a session: what happened, and the object it happened to as it is now. */
type Event = { readonly type: string; readonly object: Body };

/** Queues the event that something of a session changed, as a fault would have it. The courier does the rest. */
export function announce(context: Context, session: StripeSession, event: Event): void {
  const fault = context.faults.take("webhook", [session.clientReferenceId]);
  const make = (): Delivery => deliveryOf(context, session, { event, fault });
  for (const delivery of deliveriesOf(fault, make, context.clock())) context.books.deliveries.add(delivery);
  context.wakeCourier();
}

type Faulty = { readonly event: Event; readonly fault: WebhookFault | null };

function deliveryOf(context: Context, session: StripeSession, { event, fault }: Faulty): Delivery {
  const id = newId("evt");
  const body = JSON.stringify({
    id,
    object: "event",
    api_version: "2026-10-28.endive",
    created: secondsNow(context),
    data: { object: withFields(event.object, fault?.kind === "differs" ? fault.fields : {}) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: event.type,
  });
  return { ...freshDelivery(id, body, context.clock()), sessionId: session.id };
}
