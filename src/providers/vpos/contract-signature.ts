import { createHmac } from "node:crypto";

/** How a webhook is signed: everything a changed scheme could need is a setting. */
export type SignatureScheme = {
  readonly headers: { readonly eventId: string; readonly timestamp: string; readonly signature: string };
  readonly algorithm: "sha256" | "sha512";
  readonly encoding: "hex" | "base64";
  readonly prefix: string;
  readonly signedString: (timestamp: string, raw: Buffer) => Buffer;
  readonly toleranceSec: number;
};

/** The signature of the exact bytes of a body, sent at `timestamp` (seconds since 1970, as text). */
export function signatureOf(
  scheme: SignatureScheme,
  secret: string,
  sent: { readonly timestamp: string; readonly raw: Buffer },
): string {
  const digest = createHmac(scheme.algorithm, secret).update(scheme.signedString(sent.timestamp, sent.raw));
  return `${scheme.prefix}${digest.digest(scheme.encoding)}`;
}
