import type { EntityManager } from "@mikro-orm/postgresql";
import type { Attempt } from "../../domain/invoice.ts";
import { send } from "./outbox/send.ts";
import { ask } from "../sql.ts";

/** What a provider sent, as a person sees it. */
export type KeptWebhook = {
  readonly id: string;
  readonly source: string;
  readonly key: string;
  readonly receivedAt: Date;
  readonly verdict: "verified" | "rejected";
  readonly body: string;
};

type Row = Omit<KeptWebhook, "receivedAt" | "body"> & { readonly receivedAt: string; readonly body: Buffer };

const WEBHOOKS = `
select id::text, source, key, received_at as "receivedAt", verdict, body from inbox
where source like 'webhook:%'`;

/** The webhooks about an invoice's attempts, the oldest first. */
export async function webhooksOf(
  em: EntityManager,
  attempts: readonly Pick<Attempt, "provider" | "reference">[],
): Promise<readonly KeptWebhook[]> {
  const about = attempts.flatMap(({ provider, reference }) => (reference === null ? [] : [[provider, reference]]));
  if (about.length === 0) return [];
  const pairs = about.map(() => "(?, ?)").join(", ");
  const values = about.flatMap(([provider, reference]) => [`webhook:${provider}`, reference]);
  return (await ask<Row>(em, `${WEBHOOKS} and (source, subject) in (${pairs}) order by id`, values)).map(readable);
}

/** One webhook by its number in the inbox. Undefined: there is none. */
export async function webhookOf(em: EntityManager, id: string): Promise<KeptWebhook | undefined> {
  const [row] = await ask<Row>(em, `${WEBHOOKS} and id::text = ?`, [id]);
  return row && readable(row);
}

/**
 * Queues a kept webhook once more, as if it had just arrived. It is a hint as ever: the provider is asked, and what is known
 * already changes nothing.
 */
export async function replayWebhook(em: EntityManager, { id, source }: KeptWebhook, requestId: string): Promise<void> {
  const bucket = { key: `intake:${source}`, intervalMs: 0, burst: 1 };
  await send(em, { lane: `webhook:replay:${id}`, bucket, topic: "webhook", payload: { inbox: id }, requestId });
}

const readable = ({ receivedAt, body, ...row }: Row): KeptWebhook => ({
  ...row,
  receivedAt: new Date(receivedAt),
  body: body.toString("utf8"),
});
