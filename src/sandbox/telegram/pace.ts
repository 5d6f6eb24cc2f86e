import { tooMany } from "./refusals.ts";
import type { Chat } from "./shapes.ts";

/** The rates of Telegram's Bot FAQ. The real limits are unspecified; obeying 429 is the rule, these only provoke it. */
export type Limits = {
  readonly chatPerSecond: number;
  readonly chatBurst: number;
  readonly botPerSecond: number;
  readonly groupPerMinute: number;
};

export const USUAL_LIMITS: Limits = { chatPerSecond: 1, chatBurst: 5, botPerSecond: 30, groupPerMinute: 20 };

export type Pace = {
  /** Counts one message to a chat, or refuses with 429 and counts nothing. */
  message(chat: Chat): void;
  /** Counts one edit: the bot's rate, and in a group about twenty a minute. */
  edit(chat: Chat): void;
  /** Counts one `setWebhook`: more than one a second is refused. */
  webhook(): void;
};

type Rule = { readonly key: string; readonly perSecond: number; readonly burst: number };

export function createPace(limits: Limits | "none", secondMs: number): Pace {
  if (limits === "none") return { message: () => {}, edit: () => {}, webhook: () => {} };
  const buckets = new Map<string, { tokens: number; at: number }>();

  // The machine's own clock, not the sandbox's: a test that stops time would never be let through again.
  const seconds = (): number => performance.now() / secondMs;

  const refill = ({ key, perSecond, burst }: Rule): { tokens: number; at: number } => {
    const now = seconds();
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) * perSecond);
    bucket.at = now;
    buckets.set(key, bucket);
    return bucket;
  };

  const take = (rules: readonly Rule[]): void => {
    const filled = rules.map((rule) => ({ rule, bucket: refill(rule) }));
    const wait = Math.max(...filled.map(({ rule, bucket }) => (1 - bucket.tokens) / rule.perSecond));
    if (wait > 0) throw tooMany(Math.max(1, Math.ceil(wait)));
    for (const { bucket } of filled) bucket.tokens -= 1;
  };

  const bot: Rule = { key: "bot", perSecond: limits.botPerSecond, burst: limits.botPerSecond };
  const group = (kind: string, { id, type }: Chat): Rule[] =>
    type === "private"
      ? []
      : [{ key: `${kind}:${id}`, perSecond: limits.groupPerMinute / 60, burst: limits.groupPerMinute }];
  return {
    message: (chat) => {
      const single: Rule = { key: `chat:${chat.id}`, perSecond: limits.chatPerSecond, burst: limits.chatBurst };
      take([bot, single, ...group("messages", chat)]);
    },
    edit: (chat) => take([bot, ...group("edits", chat)]),
    webhook: () => take([{ key: "webhook", perSecond: 1, burst: 1 }]),
  };
}
