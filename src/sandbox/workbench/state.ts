import { scaleOf } from "../../providers/vpos/contract-scale.ts";
import { BOT, CHANNELS, OPS_CHANNEL } from "../cast.ts";
import type { Ephemeral, Message as SlackMessage, View } from "../slack/saved-state.ts";
import type { SlackSandbox } from "../slack/slack.ts";
import { AMD_EXPONENT, type Playing } from "../stand-ins.ts";
import type { ShownMessage, TelegramSandbox } from "../telegram/telegram.ts";
import type { VposSandbox } from "../vpos/sandbox.ts";

/** One invoice of the book, in words for people. */
export type BookRow = {
  /** As it is typed after `/paylink`: `INV-1042`, `deal:77`. */
  readonly name: string;
  readonly amount: string;
  readonly customer: string;
  readonly purpose: string;
  /** The status a manager sees; null: nobody has asked for a link yet. */
  readonly status: string | null;
};

export type SlackPersonView = {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly isGuest: boolean;
};

export type ChannelView = {
  readonly id: string;
  readonly name: string;
  /** The person whose direct message with the app this is; null: a channel. */
  readonly withUser: string | null;
  readonly messages: readonly SlackMessage[];
  readonly ephemerals: readonly Ephemeral[];
};

export type SlackState = {
  readonly team: string;
  readonly app: { readonly name: string; readonly userId: string };
  readonly opsChannel: string;
  readonly people: readonly SlackPersonView[];
  readonly channels: readonly ChannelView[];
  readonly views: readonly View[];
};

export type TelegramChatView = {
  readonly userId: number;
  readonly name: string;
  readonly language: string;
  readonly blocked: boolean;
  readonly messages: readonly ShownMessage[];
};

export type TelegramState = {
  readonly bot: { readonly id: number; readonly name: string; readonly username: string };
  readonly chats: readonly TelegramChatView[];
};

export type PaymentView = {
  readonly id: string;
  readonly order: string;
  /** In words for people. */
  readonly amount: string;
  readonly status: string;
};

/** Everything the workbench draws. A part that is null is the real one and is seen elsewhere. */
export type WorkbenchState = {
  readonly slack: SlackState | null;
  readonly telegram: TelegramState | null;
  readonly vpos: { readonly payments: readonly PaymentView[] } | null;
  readonly book: readonly BookRow[];
  readonly wireCount: number;
};

/** What there is to see. `userId`: ephemerals and views of this person in Slack only; absent: of everybody. */
export function stateOf(playing: Playing, rest: Pick<WorkbenchState, "book" | "wireCount">, userId?: string) {
  const { slack, telegram, vpos } = playing;
  return {
    slack: slack && slackState(slack, userId),
    telegram: telegram && telegramState(telegram),
    vpos: vpos && vposState(vpos),
    ...rest,
  } satisfies WorkbenchState;
}

function slackState(slack: SlackSandbox, userId: string | undefined): SlackState {
  const seers = slack.people.filter(({ id }) => userId === undefined || id === userId);
  const ephemerals = seers.flatMap(({ id }) => slack.ephemerals(id)).toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
  const view = (id: string, name: string, withUser: string | null): ChannelView => ({
    id,
    name,
    withUser,
    messages: slack.messages(id),
    ephemerals: ephemerals.filter(({ channelId }) => channelId === id),
  });
  return {
    team: slack.team.name,
    app: { name: slack.app.name, userId: slack.app.userId },
    opsChannel: OPS_CHANNEL,
    people: slack.people.map(({ id, name, realName = name, locale = "en-US", isRestricted = false }) => ({
      id,
      name: realName,
      language: locale.slice(0, 2),
      isGuest: isRestricted,
    })),
    channels: [
      ...CHANNELS.map(({ id, name }) => view(id, name, null)),
      ...slack.people.map(({ id, name }) => view(`D${id.slice(1)}`, name, id)).filter(isNotEmpty),
    ],
    views: seers.flatMap(({ id }) => slack.views(id)),
  };
}

const isNotEmpty = ({ messages, ephemerals }: ChannelView): boolean => messages.length + ephemerals.length > 0;

function telegramState(telegram: TelegramSandbox): TelegramState {
  const { people, chats } = telegram.snapshot();
  const blocked = new Set(chats.filter(({ standing }) => standing === "blocked").map(({ chat }) => chat.id));
  return {
    bot: { id: BOT.id, name: BOT.first_name, username: BOT.username },
    chats: people.map(({ id, first_name: first, last_name: last, language_code: language = "en" }) => ({
      userId: id,
      name: [first, last].filter((part) => part !== undefined).join(" "),
      language,
      blocked: blocked.has(id),
      messages: telegram.chat(id).filter(({ deleted }) => !deleted),
    })),
  };
}

const vposState = (vpos: VposSandbox) => ({
  payments: vpos.sessions().map(({ id, merchantOrderId, amountMinor, currency, status }) => ({
    id,
    order: merchantOrderId,
    amount: amountOf(amountMinor, currency),
    status,
  })),
});

function amountOf(minor: number, currency: string): string {
  const decimals = scaleOf(currency, AMD_EXPONENT) ?? 0;
  const amount = new Intl.NumberFormat("en", { maximumFractionDigits: decimals }).format(minor / 10 ** decimals);
  return `${amount} ${currency}`;
}
