import type { AccountWish } from "../../domain/desk.ts";
import type { Locale } from "../../domain/locale.ts";
import type { AccountAct, SlackPerson } from "../desk.ts";
import { askerOf } from "./asker.ts";
import { address, type Words } from "./blocks.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Heard } from "./heard.ts";
import type { Person } from "./people.ts";
import { spoken } from "./whisper.ts";
import { labelsIn } from "../labels.ts";

/** What a person of Slack may have done about their account in Telegram. */
export type TelegramAccounts = {
  /** An address that links the account that opens it, once; older ones of this person open nothing any more. */
  invite(person: SlackPerson): Promise<string>;
  /** Ends every account of this person, and addresses that nobody has opened yet: how many accounts there were. */
  endAll(person: SlackPerson, act: AccountAct): Promise<number>;
};

type Asked = {
  readonly heard: Heard;
  readonly person: Person | undefined;
  readonly telegram: TelegramAccounts;
  readonly locale: Locale;
};

/** `/paylink telegram` and `telegram off`. Nobody is linked of whom Slack told us nothing. */
export async function sayAccount({ account }: AccountWish, { heard, person, telegram, locale }: Asked): Promise<Words> {
  const labels = labelsIn(locale);
  if (!person) return spoken(labels.notDone);
  const { id, name } = askerOf({ ...heard, person });
  if (account === "link") {
    const url = await telegram.invite({ id, name });
    const { text, blocks } = spoken(labels.telegramCode, [address(url)]);
    return { text: `${text}\n${url}`, blocks };
  }
  const ended = await telegram.endAll({ id, name }, { key: heard.key, requestId: fingerprint(heard.key) });
  return spoken(ended > 0 ? labels.telegramEnded : labels.telegramNone);
}
