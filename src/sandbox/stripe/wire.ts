import type { Exchange } from "../provider/wire.ts";

export type StripeExchange = Exchange<"merchant" | "stripe" | "customer">;

export const SHOWN = ["authorization", "idempotency-key", "stripe-signature"];
