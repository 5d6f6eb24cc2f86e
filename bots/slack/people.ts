import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { isLocale, type Locale } from "../../domain/locale.ts";

/** Someone in Slack, as Slack describes them now. */
export type Person = {
  readonly team: string;
  readonly name: string;
  readonly locale: Locale;
  readonly member: boolean;
  /** The account is deactivated: it cannot speak in Slack any more, and whoever speaks in its name has no right left. */
  readonly gone: boolean;
};

export type People = ReturnType<typeof createSlackPeople>;

/** How long what Slack said of a person is believed: a guest who becomes a member waits no longer than this. */
const BELIEVED_MS = 60_000;

const answer = z.object({
  user: z.object({
    team_id: z.string(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    real_name: z.string().optional(),
    name: z.string().optional(),
    locale: z.string().optional(),
    profile: z.object({ real_name: z.string().optional(), display_name: z.string().optional() }).optional(),
  }),
});
type User = z.infer<typeof answer>["user"];

/**
 * Who people are, asked of Slack at most once a minute. `team` is the workspace where the app is installed; `otherwise` is
 * the language for people whose own we do not speak.
 */
export function createSlackPeople({
  client,
  team,
  otherwise = "en",
  now = Date.now,
}: {
  readonly client: WebClient;
  readonly team: string;
  readonly otherwise?: Locale;
  readonly now?: () => number;
}) {
  const known = new Map<string, { readonly person: Person; readonly until: number }>();

  return {
    /** Undefined: Slack could not be asked, so nothing is known and nothing is allowed. */
    async find(user: string): Promise<Person | undefined> {
      const remembered = known.get(user);
      return remembered && remembered.until > now() ? remembered.person : this.findAnew(user);
    },
    /** The same from Slack's own mouth at this moment, whatever it said before. */
    async findAnew(user: string): Promise<Person | undefined> {
      const read = await ask(client, user);
      if (!read) return undefined;
      for (const [id, { until }] of known) if (until <= now()) known.delete(id);
      const person = personIn(read, team, otherwise);
      known.set(user, { person, until: now() + BELIEVED_MS });
      return person;
    },
    /** The language to answer in at once, without asking Slack. */
    languageOf: (user: string): Locale => known.get(user)?.person.locale ?? otherwise,
  };
}

async function ask(client: WebClient, user: string): Promise<User | undefined> {
  try {
    return answer.safeParse(await client.users.info({ user, include_locale: true })).data?.user;
  } catch {
    return undefined;
  }
}

function personIn(user: User, team: string, otherwise: Locale): Person {
  const language = user.locale?.slice(0, 2);
  const { real_name: realName, display_name: displayName } = user.profile ?? {};
  const name = [user.real_name, realName, displayName, user.name].find((one) => one !== undefined && one !== "");
  return {
    team: user.team_id,
    name: name ?? "—",
    locale: isLocale(language) ? language : otherwise,
    member: user.team_id === team && isFull(user),
    gone: user.deleted === true,
  };
}

/** Slack marks guests, bots, strangers and people who left; someone of our own team whom it marks as none is a member. */
const isFull = (user: User): boolean =>
  ![user.deleted, user.is_bot, user.is_restricted, user.is_ultra_restricted, user.is_stranger].includes(true);
