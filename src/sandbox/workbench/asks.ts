import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { BOT } from "../cast.ts";
import type { Playing } from "../stand-ins.ts";

type Done = Readonly<Record<string, unknown>>;
/** Refused with 400: the body says something else; with 409: nobody could do this now. */
type Answer = { readonly done: Done } | { readonly refused: 400 | 409; readonly because: string };
/** What a person does. */
export type Ask = (playing: Playing, body: unknown) => Promise<Answer>;

type Part = "slack" | "telegram" | "vpos";
const NAMES: Readonly<Record<Part, string>> = { slack: "Slack", telegram: "Telegram", vpos: "VPOS.am" };

const slackPerson = { userId: z.string() };
const telegramPerson = { userId: z.int() };
const words = z.string().trim().min(1).max(4_000);

/** Everything people can do on the workbench, by its path. */
export const ASKS = {
  "slack/command": ask(
    "slack",
    z.object({
      ...slackPerson,
      channelId: z.string(),
      text: z.string().max(4_000),
      command: z.string().exactOptional(),
    }),
    async (slack, asked) => seen(await slack.command(asked)),
  ),
  "slack/say": ask(
    "slack",
    z.object({ ...slackPerson, channelId: z.string(), text: words, threadTs: z.string().exactOptional() }),
    async (slack, asked) => {
      const text = asked.text.replaceAll(`@${slack.app.name}`, `<@${slack.app.userId}>`);
      // The app is told in its own time, and again if it fails: the person has said it all the same.
      await Promise.race([slack.say({ ...asked, text }), setImmediate()]);
      return {};
    },
  ),
  "slack/press": ask(
    "slack",
    z.object({
      ...slackPerson,
      channelId: z.string(),
      ts: z.string(),
      actionId: z.string(),
      value: z.string().exactOptional(),
    }),
    async (slack, asked) => seen(await slack.press(asked)),
  ),
  "slack/submit": ask(
    "slack",
    z.object({ ...slackPerson, viewId: z.string(), values: z.record(z.string(), z.string().max(4_000)) }),
    async (slack, asked) => {
      const { delivery, errors } = await slack.submitView(asked);
      if (errors) throw new Error(Object.values(errors).join(" "));
      return seen(delivery);
    },
  ),
  "slack/leave": ask("slack", z.object({ ...slackPerson, viewId: z.string() }), (slack, asked) => {
    slack.leaveView(asked);
    return {};
  }),
  "telegram/send": ask("telegram", z.object({ ...telegramPerson, text: words }), (telegram, asked) => ({
    messageId: telegram.sends(asked).message.message_id,
  })),
  "telegram/press": ask(
    "telegram",
    z.object({ ...telegramPerson, messageId: z.int(), data: z.string() }),
    (telegram, asked) => ({ ...telegram.presses({ ...asked, chatId: asked.userId }) }),
  ),
  "telegram/start": ask("telegram", z.object({ ...telegramPerson, url: z.url() }), (telegram, { userId, url }) => ({
    messageId: telegram.sends({ userId, text: startOf(url) }).message.message_id,
  })),
  "telegram/block": ask("telegram", z.object({ ...telegramPerson, blocked: z.boolean() }), (telegram, asked) => ({
    ...(asked.blocked ? telegram.blocks(asked.userId) : telegram.unblocks(asked.userId)),
  })),
  "vpos/settle": ask(
    "vpos",
    z.object({ paymentId: z.string(), status: z.enum(["pending", "paid", "failed", "cancelled", "expired"]) }),
    (vpos, { paymentId, status }) => {
      vpos.settle(paymentId, status);
      return {};
    },
  ),
  "slack/language": ask(
    "slack",
    z.object({ ...slackPerson, language: z.enum(["hy", "ru", "en"]) }),
    (_slack, { userId, language }, playing) => {
      playing.speak(userId, language);
      return {};
    },
  ),
} satisfies Record<string, Ask>;

type Doing<P extends Part, S extends z.ZodType> = (
  standIn: NonNullable<Playing[P]>,
  asked: z.output<S>,
  playing: Playing,
) => Done | Promise<Done>;

function ask<P extends Part, S extends z.ZodType>(part: P, schema: S, does: Doing<P, S>): Ask {
  return async (playing, body) => {
    const asked = schema.safeParse(body);
    if (!asked.success) return { refused: 400, because: z.prettifyError(asked.error) };
    const standIn = playing[part];
    if (!standIn) return { refused: 409, because: `${NAMES[part]} is the real one here: do this there.` };
    try {
      return { done: await does(standIn, asked.data, playing) };
    } catch (error) {
      if (error instanceof Error) return { refused: 409, because: error.message };
      throw error;
    }
  };
}

/** How the service took it: what a person in Slack would notice. */
const seen = ({ status, late }: { status: number; late: boolean }): Done => ({ status, late });

/** What Telegram sends when somebody opens a deep link of our bot and presses Start. */
function startOf(url: string): string {
  const { hostname, pathname, searchParams } = new URL(url);
  if (hostname !== "t.me" || pathname.toLowerCase() !== `/${BOT.username}`) {
    throw new Error(`This is not an address of @${BOT.username}.`);
  }
  const token = searchParams.get("start");
  return token === null ? "/start" : `/start ${token}`;
}
