import { type CallbackQueryContext, Composer, type Context } from "grammy";
import { nameOf } from "../../../domain/invoice.ts";
import type { Locale } from "../../../domain/locale.ts";
import { labelsIn } from "../../labels.ts";
import { edited } from "../calls.ts";
import type { Languages } from "../customer-doors.ts";
import { answerPress } from "../features/press.ts";
import { languageOf } from "../languages.ts";
import { type Asked, deliveryOf } from "./asked.ts";
import { askOf, confirmKeyboard, confirmWords, PRESSED, type Verb, verbOf } from "./buttons.ts";
import type { ManagerDoors } from "./doors.ts";
import { type Said, say } from "./say.ts";
import { askDesk, type Speaker, speakerOf } from "./speaker.ts";
import { MANAGER_WORDS } from "./words.ts";

type Doors = ManagerDoors & { readonly languages: Languages };
type Pressed = { readonly verb: Verb; readonly link: string };

/** The buttons of a card, wherever it stands. A press proves nothing: whoever pressed is asked about like one who typed. */
export function press(doors: Doors): Composer<Context> {
  const composer = new Composer<Context>();
  composer.callbackQuery(PRESSED, async (ctx) => {
    await answerPress(ctx);
    const asked = pressedIn(ctx);
    const verb = verbOf(ctx.match[1]);
    if (!asked || !verb || !(await mayPress(asked, doors))) return;
    const speaker = await speakerOf(asked, await languageOf(ctx, doors.languages), doors);
    const link = ctx.match[2] ?? "";
    const said = "to" in speaker ? speaker : await answerTo(ctx, asked, { speaker, pressed: { verb, link } }, doors);
    if (said) await say(ctx.api, asked, said);
  });
  return composer;
}

/** Where the button stands. Of a message that Telegram no longer shows nothing but its place is known. */
function pressedIn(ctx: CallbackQueryContext<Context>): Asked | undefined {
  const { message, from } = ctx.callbackQuery;
  if (!message) return undefined;
  const topic = "is_topic_message" in message && message.is_topic_message ? (message.message_thread_id ?? null) : null;
  const place = { channel: String(message.chat.id), topic, message: message.message_id };
  return { place, account: String(from.id), text: "", bot: ctx.me.username, ...deliveryOf(ctx) };
}

/** In a place of managers, or in private, where a card stands whose group could not be written to; never for a customer. */
async function mayPress({ place, account }: Asked, { mayAskIn, accounts }: Doors): Promise<boolean> {
  if (account === null) return false;
  return place.channel === account ? (await accounts.personOf(account)) !== undefined : mayAskIn(place);
}

type Press = { readonly speaker: Speaker; readonly pressed: Pressed };

async function answerTo(ctx: Context, asked: Asked, { speaker, pressed }: Press, doors: Doors): Promise<Said | null> {
  const { verb, link } = pressed;
  const { locale } = speaker;
  if (verb === "leave") return left(ctx, locale);
  const invoice = await doors.invoiceOf(link);
  if (!invoice) return { to: "place", text: labelsIn(locale).unreadablePress };
  if (verb === "cancel" || verb === "reissue") {
    const { text } = confirmWords(verb, locale);
    const name = nameOf({ crm: "", ...invoice });
    return { to: "place", text: text(name), reply_markup: confirmKeyboard(verb, link, locale) };
  }
  if (verb === "cancel_now" || verb === "reissue_now") await edited(ctx.editMessageReplyMarkup());
  return askDesk(asked, { ask: askOf(verb, invoice, link), speaker }, doors);
}

/** The question takes back what it asked. */
async function left(ctx: Context, locale: Locale): Promise<null> {
  await edited(ctx.editMessageText(MANAGER_WORDS[locale].left));
  return null;
}
