import type { AccountAct, PersonNow, SlackPerson } from "../../bots/desk.ts";
import type { ManagerDoors } from "../../bots/telegram/managers/doors.ts";
import { placesOf } from "../../bots/telegram/managers/places.ts";
import { MANAGER_WORDS } from "../../bots/telegram/managers/words.ts";
import type { Answer, Request } from "../../domain/desk.ts";
import { SPEC_PRESENT, telegramViolations } from "../specs/telegram-spec.ts";
import { ANI, createLetterbox, customerStory, KAREN, MANAGERS } from "./telegram-story.ts";

export const MARIAM: SlackPerson = { id: "slack:T1:U1", name: "Mariam" };
export const LINK = "0197a5c2-0000-7000-8000-000000000001";
export const words = MANAGER_WORDS.en;

export const isMariam = {
  asker: { kind: "manager", id: MARIAM.id, userId: "U1", name: MARIAM.name, member: true },
  locale: "ru",
} satisfies PersonNow;

export type Setup = {
  readonly answer?: (request: Request) => Answer;
  /** What Slack says of Mariam at the moment. */
  readonly slack?: () => PersonNow | undefined;
  readonly chats?: readonly string[];
};

const PEOPLE = [
  { id: ANI, first_name: "Ani", language_code: "en" },
  { id: KAREN, first_name: "Karen", language_code: "en" },
];

/** Ani's account is Mariam's of Slack, Karen's is nobody's; the desk answers as the test says. */
export async function managers({ answer, slack = () => isMariam, chats = [String(MANAGERS)] }: Setup = {}) {
  const requests: Request[] = [];
  const letterbox = createLetterbox();
  const doors: Partial<ManagerDoors> = {
    mayAskIn: placesOf(chats),
    accounts: {
      open: async (code: string, account: string, _act: AccountAct) =>
        code === "M".repeat(22)
          ? { is: "linked", person: { ...MARIAM, name: `Mariam ${account}` }, instead: null }
          : { is: "unknown" },
      leave: async (account) => (account === String(ANI) ? MARIAM : "never"),
      personOf: async (account) => (account === String(ANI) ? MARIAM : undefined),
    },
    whoIs: async () => slack(),
    desk: async (request) => {
      requests.push(request);
      return answer?.(request) ?? { kind: "list", invoices: [] };
    },
    invoiceOf: async (link) => (link === LINK ? { kind: "deal", number: "77" } : undefined),
    letterbox,
  };
  const story = await customerStory({ people: PEOPLE }, doors);
  story.knows(ANI);
  const asks = async (
    text: string,
    more: { userId?: number; threadId?: number; replyTo?: number; anonymously?: boolean; times?: number } = {},
  ) => {
    const { times = 1, ...said } = { userId: ANI, languageCode: "en", ...more };
    const { message } = story.sandbox.sends({ ...said, chatId: MANAGERS, text: `/paylink@paythread_bot ${text}` });
    await story.deliver(times);
    return message;
  };
  return {
    ...story,
    letterbox,
    requests,
    asks,
    group: () => story.shown(MANAGERS),
    groupSaid: () => story.said(MANAGERS),
    /** How we spoke to Telegram otherwise than its documentation allows. */
    misspoken: () => (SPEC_PRESENT ? telegramViolations(story.sandbox.wire()) : []),
  };
}
