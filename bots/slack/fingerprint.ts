const PRIME = 0x100000001b3n;
const OFFSET = 0xcbf29ce484222325n;

/**
 * A short name for a text, the same for the same text (FNV-1a, 64 bits). It tells whether a message changed and names a
 * request; it keeps no secret.
 */
export function fingerprint(text: string): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return hash.toString(36).padStart(13, "0");
}
