import type { Exchange } from "../provider/wire.ts";

export type VposExchange = Exchange<"merchant" | "vpos" | "customer">;

export const SHOWN = ["authorization", "idempotency-key", "x-vpos-event-id", "x-vpos-timestamp", "x-vpos-signature"];
