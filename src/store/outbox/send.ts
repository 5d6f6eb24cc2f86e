import type { EntityManager } from "@mikro-orm/postgresql";
import { ask } from "../../sql.ts";

/** A shared pace, such as one Slack channel: a start every `intervalMs` (0: no limit), after a rest `burst` at once. */
export type Bucket = { readonly key: string; readonly intervalMs: number; readonly burst: number };

export type Message = {
  /**
   * Strict order: one link or one thread. A job that waits (for its `runAt`, for another try, for its bucket) holds up
   * what was sent to its lane after it, so a scheduled job has a lane of its own.
   */
  readonly lane: string;
  /** The pace that the newest sender gives a bucket holds for all. */
  readonly bucket: Bucket;
  readonly topic: string;
  /** Ids, never the things themselves: what is delivered is read when it is delivered. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The same key is sent once, for ever, in whatever lane. */
  readonly dedupeKey?: string;
  /** Due from this time by the worker's clock. Without it: at once. */
  readonly runAt?: Date;
  /** Of the request that caused it, so that one id is found in the audit and in the log of the delivery. */
  readonly requestId?: string;
};

/** Sends within the transaction of `em`: invisible before its commit, gone with its rollback. False: sent before. */
export async function send(em: EntityManager, message: Message): Promise<boolean> {
  const [isNew = false] = await sendAll(em, [message]);
  return isNew;
}

/**
 * Sends many in one round trip and answers for each whether it was new. One call locks its lanes in a fixed order and
 * cannot deadlock with another; two calls in one transaction can, so a transaction gathers its messages and sends once.
 */
export async function sendAll(em: EntityManager, messages: readonly Message[]): Promise<readonly boolean[]> {
  if (!em.isInTransaction()) {
    throw new Error("A message is sent by the transaction that decided it: call send inside em.transactional(...).");
  }
  if (messages.length === 0) return [];
  const rows = messages.map(rowOf);
  const answer = await ask<{ sent: boolean[] }>(em, "select sent from outbox_send(?::jsonb)", [JSON.stringify(rows)]);
  return answer[0]?.sent ?? [];
}

/** A message as `outbox_send` takes it. */
export const rowOf = ({ bucket, ...rest }: Message): object => ({
  ...rest,
  bucket: bucket.key,
  intervalMs: bucket.intervalMs,
  burst: bucket.burst,
});
