import { type Body, newId } from "./answers.ts";
import type { Delivery, StripeSession } from "./books.ts";
import { type Context, secondsNow } from "./context.ts";
import { withFields } from "./distort.ts";
import type { WebhookFault } from "./faults.ts";

/** An event of a session: what happened, and the object it happened to as it is now. */
type Event = { readonly type: string; readonly object: Body };

/** Queues the event that something of a session changed, as a fault would have it. The courier does the rest. */
export function announce(context: Context, session: StripeSession, event: Event): void {
  const fault = context.faults.takeForWebhook(session.clientReferenceId);
  for (const delivery of deliveriesOf(context, session, { event, fault })) context.books.deliveries.add(delivery);
  context.wakeCourier();
}

type Faulty = { readonly event: Event; readonly fault: WebhookFault | null };

function deliveriesOf(context: Context, session: StripeSession, faulty: Faulty): readonly Delivery[] {
  const first = deliveryOf(context, session, faulty);
  const { fault } = faulty;
  switch (fault?.kind) {
    case "lost":
      return [];
    case "duplicated":
      return [first, { ...first }];
    case "duplicated_with_new_id":
      return [first, deliveryOf(context, session, faulty)];
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
  const dueAt = context.clock().toISOString();
  return { eventId: id, sessionId: session.id, body, attempts: 0, dueAt, held: false, spoiled: null };
}
