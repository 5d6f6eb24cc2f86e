import { Composer, type Context } from "grammy";
import type { Ask } from "../../../domain/desk.ts";
import type { Locale } from "../../../domain/locale.ts";
import { sayBadGrammar, sayHelp } from "../../../domain/words/help.ts";
import { readAsk, type Reading } from "../../ask.ts";
import type { Languages } from "../customer-doors.ts";
import { FALLBACK, languageOf } from "../languages.ts";
import { WORDS } from "../words.ts";
import { type Asked, askedIn } from "./asked.ts";
import type { ManagerDoors } from "./doors.ts";
import { type Said, say } from "./say.ts";
import { askDesk, speakerOf } from "./speaker.ts";
import { MANAGER_WORDS } from "./words.ts";

type Doors = ManagerDoors & { readonly languages: Languages };

/**
 * `/paylink` in a group of managers. In every other group the bot does not know the command, and a customer who types it in
 * private gets a customer's help: nobody learns that there are managers.
 */
export function paylink(doors: Doors): Composer<Context> {
  const composer = new Composer<Context>();
  composer.chatType(["group", "supergroup"]).command("paylink", async (ctx) => {
    const asked = askedIn(ctx);
    if (!doors.mayAskIn(asked.place)) return;
    const said = await answerTo(asked, await languageOf(ctx, doors.languages), doors);
    if (said) await say(ctx.api, asked, said);
  });

  composer.chatType("private").command("paylink", async (ctx) => {
    const locale = (await languageOf(ctx, doors.languages)) ?? FALLBACK;
    const linked = await doors.accounts.personOf(String(ctx.from.id));
    await ctx.reply(linked ? MANAGER_WORDS[locale].askInGroup : WORDS[locale].help);
  });
  return composer;
}

async function answerTo(asked: Asked, language: Locale | null, doors: ManagerDoors): Promise<Said | null> {
  const speaker = await speakerOf(asked, language, doors);
  if ("to" in speaker) return speaker;
  const reading = readAsk(asked.text);
  const ask = askIn(reading);
  if (!ask) return { to: "place", text: sayReading(reading, asked.bot, speaker.locale) };
  return askDesk(asked, { ask, speaker }, doors);
}

const askIn = (reading: Reading): Ask | undefined =>
  typeof reading === "object" && "want" in reading ? reading : undefined;

/** Help, also for no words at all, or what could not be understood. */
function sayReading(reading: Reading, bot: string, locale: Locale): string {
  const words = MANAGER_WORDS[locale];
  if (typeof reading !== "object" || "want" in reading) return `${sayHelp(locale)}\n\n${words.byName(bot)}`;
  if ("account" in reading) return words.typedInSlack;
  return sayBadGrammar(reading.problem, locale, { word: reading.word });
}
