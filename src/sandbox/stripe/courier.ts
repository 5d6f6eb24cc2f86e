import { type Courier, createCourier } from "../provider/courier.ts";
import type { Delivery } from "./books.ts";
import type { Context } from "./context.ts";
import { expireOld } from "./sessions.ts";
import { signatureOf, TOLERANCE_SECONDS } from "./signature.ts";

/** Three days in all, ever further apart. */
const RETRY_DELAYS_SECONDS = [60, 300, 1800, 7200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200];

const ANSWER_WITHIN_MS = 20_000;

/** Delivers webhooks: one after another for one session, and sessions side by side. */
export const stripeCourier = (context: Context): Courier =>
  createCourier({
    deliveries: context.books.deliveries,
    about: ({ sessionId }) => sessionId,
    headersOf: (delivery) => signed(context, delivery),
    retryDelaysSeconds: RETRY_DELAYS_SECONDS,
    answerWithinMs: ANSWER_WITHIN_MS,
    address: context.options.webhookUrl,
    clock: context.clock,
    expireOld: () => expireOld(context),
    changed: context.changed,
    asked: (request) => context.wire.asked({ from: "stripe", ...request }),
  });

/** The signature of a delivery, honest or spoiled. */
function signed({ options, clock }: Context, { body, spoiled }: Delivery): Record<string, string> {
  const late = spoiled === "stale" ? TOLERANCE_SECONDS + 60 : 0;
  const seconds = Math.floor(clock().getTime() / 1000) - late;
  const secret = spoiled === "wrong_signature" ? `not ${options.webhookSecret}` : options.webhookSecret;
  return { "stripe-signature": signatureOf(secret, body, seconds) };
}
