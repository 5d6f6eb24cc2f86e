import type { Exchange } from "../provider/wire.ts";

/** It calls nobody, and none of its headers means anything here. */
export type IpayExchange = Exchange<"merchant" | "customer">;
