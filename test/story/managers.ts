import type { SlackSandbox } from "../../src/sandbox/slack/slack.ts";
import { until } from "./until.ts";

export const SALES = "C0SALES";
export const OPS = "C0PAYOPS";

type Message = ReturnType<SlackSandbox["messages"]>[number];

/** What a person reads in a message: its text and everything in its blocks. */
export const readable = ({ text, blocks }: Pick<Message, "text" | "blocks">): string =>
  `${text}\n${JSON.stringify(blocks)}`;

/** The action ids of the buttons that stand under a message. */
export const buttonsOf = ({ blocks }: Pick<Message, "blocks">): string[] =>
  [...JSON.stringify(blocks).matchAll(/"action_id":"([\w.]+)"/g)].map(([, id = ""]) => id);

/** What everybody sees in the merchant's channels. */
export const channelsOf = (slack: SlackSandbox) => {
  const cards = (number: string): Message[] =>
    slack.messages(SALES).filter(({ threadTs, text }) => threadTs === null && text.startsWith(`${number} `));
  return {
    cards,
    /** The card of an invoice, once it stands. */
    card: async (number: string): Promise<Message> => {
      await until(() => cards(number).length).toBeMoreThan(0);
      const [card] = cards(number);
      if (!card) throw new Error(`no card of ${number}`);
      return card;
    },
    says: (number: string): string => cards(number).map(readable).join("\n"),
    thread: (number: string): Message[] => {
      const roots = new Set(cards(number).map(({ ts }) => ts));
      return slack.messages(SALES).filter(({ threadTs }) => threadTs !== null && roots.has(threadTs));
    },
    ops: (): Message[] => slack.messages(OPS),
  };
};

/** Someone of the merchant's, at the keyboard in Slack. */
export function managerIn(slack: SlackSandbox, userId: string) {
  const { card } = channelsOf(slack);
  const whispers = () => slack.ephemerals(userId).map(readable);
  const last = () => whispers().at(-1) ?? "";
  return {
    userId,
    /** `/paylink` and these words, in the sales channel. */
    types: (text: string, more: Partial<Parameters<SlackSandbox["command"]>[0]> = {}) =>
      slack.command({ userId, channelId: SALES, text, ...more }),
    /** A button of the card of an invoice. */
    presses: async (actionId: string, number: string, more: Partial<Parameters<SlackSandbox["press"]>[0]> = {}) =>
      slack.press({ userId, channelId: SALES, ts: (await card(number)).ts, actionId, ...more }),
    /** Everything said to this person alone. */
    whispers,
    /** The last of it. */
    last,
    /** The address that was given for a customer. */
    isGivenAnInvitation: async (): Promise<string> => {
      await until(last).toContain("https://t.me/");
      return /https:\/\/t\.me\/\w+\?start=[\w-]{22}/.exec(last())?.[0] ?? "";
    },
  };
}
