import type { Fact } from "../../../domain/facts.ts";
import type { Act } from "../../ports.ts";
import { encode } from "../codec.ts";
import { hashOf, type Sealed, type Tail } from "./entry.ts";

/** What a decision adds to a chain. */
export type Decided = {
  readonly facts: readonly Fact[];
  readonly act: Act;
  readonly now: Date;
  readonly policyVersion: string;
};

/** The end of a chain, to which nobody else adds meanwhile. */
export type End = Tail & { readonly chain: string };

/**
 * The audit entries of one decision, in order, each with the hash of the one before. Hashed is what will be read back: facts
 * as JSON, not as the domain holds them.
 */
export function seal(end: End, { facts, act, now, policyVersion }: Decided): readonly Sealed[] {
  const sealed: Sealed[] = [];
  let previous = end.head;
  for (const fact of facts) {
    const content = {
      chain: end.chain,
      position: end.entries + sealed.length + 1,
      fact: plain(fact),
      actor: plain(act.actor),
      requestId: act.requestId,
      at: now.toISOString(),
      policyVersion,
      previous,
    };
    previous = hashOf(content);
    sealed.push({ ...content, hash: previous });
  }
  return sealed;
}

const plain = (value: unknown): unknown => JSON.parse(encode(value));
