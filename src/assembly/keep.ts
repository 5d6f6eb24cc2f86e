import type { EntityManager } from "@mikro-orm/postgresql";
import type { Keep } from "../../bots/desk.ts";
import type { KeepWebhook } from "../ports.ts";
import type { Inbox } from "../store/inbox.ts";

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

/** Keeps a provider's webhook; only a genuine one leads to anything. */
export const keepWebhookIn =
  (inbox: Inbox): KeepWebhook =>
  async ({ provider, key, raw, headers, reading, requestId }) => {
    const lane = `webhook:${reading.is === "hint" ? reading.hint.reference : "rejected"}`;
    const delivery = { source: `webhook:${provider}`, key, headers, body: raw, topic: "webhook", lane, requestId };
    if (reading.is === "hint") await inbox.keep({ ...delivery, verdict: "verified" });
    else await inbox.note({ ...delivery, verdict: "rejected" });
  };
