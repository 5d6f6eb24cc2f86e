import { z } from "zod";
import type { WebhookFault } from "./faults.ts";

/** One webhook on its way. Each provider adds what it is about. */
export const deliverySchema = z.object({
  eventId: z.string(),
  body: z.string(),
  attempts: z.int(),
  dueAt: z.string(),
  /** Waits until a later event about the same was delivered. */
  held: z.boolean(),
  /** Sent once, signed in a way that nobody should believe. */
  spoiled: z.enum(["wrong_signature", "stale"]).nullable(),
});

export type Delivery = z.infer<typeof deliverySchema>;

/** A delivery that is due now and honest. */
export const freshDelivery = (eventId: string, body: string, now: Date): Delivery => ({
  eventId,
  body,
  attempts: 0,
  dueAt: now.toISOString(),
  held: false,
  spoiled: null,
});

/** The deliveries of one event as a fault would have it. `make` writes the event down under an id of its own. */
export function deliveriesOf<D extends Delivery>(fault: WebhookFault | null, make: () => D, now: Date): readonly D[] {
  const first = make();
  switch (fault?.kind) {
    case "lost":
      return [];
    case "duplicated":
      return [first, { ...first }];
    case "duplicated_with_new_id":
      return [first, make()];
    case "wrong_signature":
    case "stale":
      return [{ ...first, spoiled: fault.kind }];
    case "delayed":
      return [{ ...first, dueAt: new Date(now.getTime() + fault.seconds * 1000).toISOString() }];
    case "reordered":
      return [{ ...first, held: true }];
    default:
      return [first];
  }
}
