import { createHmac } from "node:crypto";

/** How old a signature may be before nobody should believe it. */
export const TOLERANCE_SECONDS = 300;

/** The `Stripe-Signature` header for the exact bytes of a body, sent at a time in seconds since 1970. */
export const signatureOf = (secret: string, body: string, seconds: number): string =>
  `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
