import type { Api } from "grammy";
import { meaningOf, undeliveredOf } from "./errors.ts";
import { KINDS } from "./updates.ts";

/**
 * Points Telegram at our address, at every start: a new secret cannot be seen from outside, and Telegram changes nothing
 * when nothing differs. Copies of the service that start together are asked to wait; for them it is enough that the
 * address stands. Updates that wait at Telegram are never dropped.
 */
export async function ensureWebhook(api: Api, { url, secret }: { url: string; secret: string }): Promise<void> {
  try {
    await api.setWebhook(url, { secret_token: secret, allowed_updates: KINDS });
  } catch (error) {
    if (meaningOf(error) !== "wait" || !(await stands(api, url))) throw undeliveredOf(error);
  }
}

async function stands(api: Api, url: string): Promise<boolean> {
  try {
    const info = await api.getWebhookInfo();
    return info.url === url && KINDS.every((kind) => info.allowed_updates?.includes(kind));
  } catch (error) {
    throw undeliveredOf(error);
  }
}

/** Polling is refused while a webhook is set. What waits at Telegram stays and is polled. */
export async function removeWebhook(api: Api, stop: Parameters<Api["getWebhookInfo"]>[0]): Promise<void> {
  const { url } = await api.getWebhookInfo(stop);
  if (url) await api.deleteWebhook({}, stop);
}
