import type { Channel, Person as SlackPerson, UserGroup } from "./slack/workspace.ts";
import type { Group as TelegramGroup, Person as TelegramPerson } from "./telegram/state.ts";

/** Who plays in the stand-ins: one merchant, its people in Slack, its customers in Telegram, its bot. */
export const TEAM = { id: "T0ARARAT", domain: "ararat-tiles", name: "Ararat Tiles LLC" } as const;

export const BOT = { id: 7_000_000_001, username: "ararat_pay_bot", first_name: "Ararat Tiles Pay" } as const;

export const OPS_CHANNEL = "C0PAYOPS";

export const CHANNELS: readonly Channel[] = [
  { id: "C0SALES", name: "sales", botIsMember: true },
  { id: OPS_CHANNEL, name: "payments-ops", botIsMember: true, members: ["U0ANI", "U0DAVIT", "U0LILIT"] },
];

const SLACK_PEOPLE: readonly SlackPerson[] = [
  { id: "U0ANI", name: "ani", realName: "Ani Petrosyan", locale: "en-US" },
  { id: "U0DAVIT", name: "davit", realName: "Davit Hakobyan", locale: "en-US" },
  { id: "U0LILIT", name: "lilit", realName: "Lilit Grigoryan", locale: "en-US" },
  { id: "U0GUEST", name: "narek", realName: "Narek (guest)", locale: "en-US", isRestricted: true },
];

/** Groups that a policy may give roles to: `slack-group:T0ARARAT:S0BOOKKEEPERS`. */
export const USER_GROUPS: readonly UserGroup[] = [{ id: "S0BOOKKEEPERS", handle: "bookkeepers", users: ["U0LILIT"] }];

/** Who may do more than a manager, where no policy file says so: somebody has to be able to decide a case. */
export const CAST_ROLES = { accountant: [`slack:${TEAM.id}:U0LILIT`] };

export const TELEGRAM_PEOPLE: readonly TelegramPerson[] = [
  { id: 374_001, first_name: "Aram", last_name: "Sargsyan", username: "aram_s", language_code: "en" },
  { id: 374_002, first_name: "Mariam", last_name: "Avetisyan", language_code: "en" },
];

/** Where managers may ask in Telegram, once their accounts are linked. */
export const TELEGRAM_GROUPS: readonly TelegramGroup[] = [{ id: -1_003_740_000_001, title: "Ararat Tiles, sales" }];

export const MANAGER_CHATS = TELEGRAM_GROUPS.map(({ id }) => String(id));

export type Language = "hy" | "ru" | "en";
/** The language somebody chose for a person in Slack, by the id; absent: the one they came with. In Telegram, `/language`. */
export type Languages = Readonly<Record<string, Language>>;

const LOCALES: Readonly<Record<Language, string>> = { hy: "hy-AM", ru: "ru-RU", en: "en-US" };

/** Slack's people. The stand-in looks them up at each request, so a change of language holds from the next one on. */
export const slackPeople = (languages: Languages): SlackPerson[] =>
  SLACK_PEOPLE.map((person) => ({ ...person, ...localeOf(languages[person.id]) }));

const localeOf = (language: Language | undefined) => (language === undefined ? {} : { locale: LOCALES[language] });
