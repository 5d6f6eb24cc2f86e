import type { EntityManager } from "@mikro-orm/postgresql";
import type { Keep } from "../../bots/desk.ts";
import { system } from "../../domain/actor.ts";
import type { KeepWebhook } from "../ports.ts";
import type { Inbox } from "../store/inbox.ts";
import type { Needs } from "../usecases/needs.ts";

/** Keeps what a chat delivered, and queues its handling in the order of its person's words. */
export async function keepChat(
  inbox: Inbox,
  topic: "slack_delivery" | "telegram_update",
  delivery: Parameters<Keep>[0],
  em?: EntityManager,
): Promise<void> {
  const { source, key, lane, body, requestId } = delivery;
  const bytes = Buffer.from(JSON.stringify(body));
  await inbox.keep({ source, key, lane, topic, body: bytes, headers: {}, verdict: "verified", requestId }, em);
}

/**
 * Keeps a provider's webhook; only a genuine one leads to anything. A second one under the same id with other contents is an
 * alarm: what was kept first stays, and the lookup that it led to is what counts.
 */
export const keepWebhookIn =
  (inbox: Inbox, { books, ids }: Pick<Needs, "books" | "ids">): KeepWebhook =>
  async ({ provider, key, raw, headers, reading, requestId }) => {
    const source = `webhook:${provider}`;
    const subject = reading.is === "hint" ? reading.hint.reference : null;
    const lane = `webhook:${subject ?? "rejected"}`;
    const delivery = { source, key, subject, headers, body: raw, topic: "webhook", lane, requestId };
    if (reading.is !== "hint") return inbox.note({ ...delivery, verdict: "rejected" });
    if ((await inbox.keep({ ...delivery, verdict: "verified", heard: { provider, hint: reading.hint } })) !== "altered")
      return undefined;
    const details = { provider, reference: key };
    const altered = { id: ids.id(), kind: "webhook_altered", cause: `${source}:${key}`, details } as const;
    return books.openOrphanCase(altered, { actor: system("inbox"), requestId });
  };
