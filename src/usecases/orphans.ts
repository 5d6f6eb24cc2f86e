import type { Attempt } from "../../domain/invoice.ts";
import type { Act, Books } from "../ports.ts";

/** The cause of the case that a payment of no known attempt opens. */
export const orphanOf = (provider: string, reference: string): string => `${provider}:${reference}`;

/**
 * A webhook may have overtaken the answer that makes its attempt known by so much that it was given up, and a person was
 * asked. Its attempt is known now. Claimed with the first lookup, before its answer is stored: whoever dies on the way leaves
 * the lookup, and so the claim, to whoever takes it up again.
 */
export async function claimOrphan(books: Books, { lookups, provider, reference }: Attempt, act: Act): Promise<void> {
  if (lookups > 0 || reference === null) return;
  const which = { kind: "unknown_payment", cause: orphanOf(provider, reference) } as const;
  if (!(await books.orphanIsOpen(which))) return;
  await books.resolveOrphanCase(which, { action: "dismiss", reason: "its attempt turned up", by: "paythread" }, act);
}
