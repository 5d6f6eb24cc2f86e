import { signatureOf } from "../../providers/vpos/contract-signature.ts";
import { vposAssumedV1 } from "../../providers/vpos/contract.ts";
import { type Courier, createCourier } from "../provider/courier.ts";
import type { Delivery } from "./books.ts";
import type { Context } from "./context.ts";
import { expireOld } from "./payments.ts";

const SCHEME = vposAssumedV1.webhook;

/** Delivers webhooks: one after another for one payment, and payments side by side. */
export const vposCourier = (context: Context): Courier =>
  createCourier({
    deliveries: context.books.deliveries,
    about: ({ paymentId }) => paymentId,
    headersOf: (delivery) => signed(context, delivery),
    retryDelaysSeconds: SCHEME.retryDelaysSec,
    answerWithinMs: SCHEME.answerWithinMs,
    address: context.options.webhookUrl,
    clock: context.clock,
    expireOld: () => expireOld(context),
    changed: context.changed,
    asked: (request) => context.wire.asked({ from: "vpos", ...request }),
  });

/** The headers of a delivery, honest or spoiled. */
function signed({ options, clock }: Context, { eventId, body, spoiled }: Delivery): Record<string, string> {
  const late = spoiled === "stale" ? SCHEME.toleranceSec + 60 : 0;
  const timestamp = String(Math.floor(clock().getTime() / 1000) - late);
  const secret = spoiled === "wrong_signature" ? `not ${options.webhookSecret}` : options.webhookSecret;
  return {
    [SCHEME.headers.eventId]: eventId,
    [SCHEME.headers.timestamp]: timestamp,
    [SCHEME.headers.signature]: signatureOf(SCHEME, secret, { timestamp, raw: Buffer.from(body) }),
  };
}
