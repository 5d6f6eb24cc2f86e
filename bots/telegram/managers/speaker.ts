import type { Ask } from "../../../domain/desk.ts";
import type { Locale } from "../../../domain/locale.ts";
import type { Asker } from "../../../domain/rights.ts";
import { sayRefusal } from "../../../domain/words/refusals.ts";
import type { PersonNow } from "../../desk.ts";
import { labelsIn } from "../../labels.ts";
import { FALLBACK } from "../languages.ts";
import { sayAnswer } from "./answers.ts";
import type { Asked } from "./asked.ts";
import type { ManagerDoors } from "./doors.ts";
import type { Said } from "./say.ts";
import { MANAGER_WORDS } from "./words.ts";

/** Somebody in Telegram who is a person of Slack at this moment, and the language they read. */
export type Speaker = { readonly asker: Asker; readonly account: string; readonly locale: Locale };

/**
 * Who speaks, found by the account and asked of Slack at this moment: nothing follows from being in a group or from seeing a
 * button. Nobody in person, nobody linked, nobody whom Slack still knows: each is told so before a word of theirs is read.
 */
export async function speakerOf(asked: Asked, language: Locale | null, doors: ManagerDoors): Promise<Speaker | Said> {
  const words = MANAGER_WORDS[language ?? FALLBACK];
  const { account } = asked;
  if (account === null) return { to: "place", text: words.asYourself };
  const linked = await doors.accounts.personOf(account);
  if (!linked) return { to: "place", text: words.howToLink };
  const known = await doors.whoIs(linked.id);
  const locale = language ?? localeOf(known);
  if (known === undefined) return alone(MANAGER_WORDS[locale].notConfirmed, asked, locale);
  if (known !== "gone") return { asker: known.asker, account, locale };
  const where = { locale, timeZone: doors.timeZone, invoiceName: "" };
  return alone(sayRefusal({ because: "not_a_member" }, where), asked, locale);
}

const localeOf = (known: PersonNow | undefined): Locale =>
  known === undefined || known === "gone" ? FALLBACK : known.locale;

/** Asks the desk in the name of whoever speaks: what is to be said; null: the card that appears is the answer. */
export async function askDesk(
  asked: Asked,
  { ask, speaker }: { readonly ask: Ask; readonly speaker: Speaker },
  doors: ManagerDoors,
): Promise<Said | null> {
  const { place, key, requestId } = asked;
  const { asker, account, locale } = speaker;
  const by = { ...asker, via: "telegram" as const };
  const origin = { chat: "telegram" as const, user: account, locale, ...place };
  const answer = await doors.desk({ ask, by, key, requestId, origin });
  const posted = answer.kind === "issued" ? await doors.letterbox.find("card", answer.link.id) : undefined;
  const said = sayAnswer(answer, { ...doors, locale, place, posted });
  if (!said) return null;
  return said.is === "here" ? { to: "place", text: said.text } : alone(said.text, asked, locale, said.meanwhile);
}

/** For the person alone, with the id by which the request is found again. */
function alone(text: string, { requestId }: Asked, locale: Locale, here: string | null = null): Said {
  const last = labelsIn(locale).requestId(requestId);
  return { to: "person", text: `${text}\n${last}`, here, unheard: `${MANAGER_WORDS[locale].unheard}\n${last}` };
}
