import { z } from "zod";
import { badRequest } from "./refusals.ts";
import { shapes, type Button, type InlineKeyboard } from "./shapes.ts";
import { characters } from "./text.ts";

/** What a button can do; each button does exactly one of these. */
const ACTIONS = [
  "url",
  "callback_data",
  "copy_text",
  "switch_inline_query",
  "switch_inline_query_current_chat",
  "switch_inline_query_chosen_chat",
  "login_url",
  "web_app",
  "callback_game",
  "pay",
] as const satisfies readonly (keyof Button)[];

const STYLES = new Set([undefined, "danger", "success", "primary"]);
const MOST_BUTTONS = 100;
const LONGEST_DATA_BYTES = 64;
const LONGEST_COPY = 256;

/** Keyboards that replace the person's own: accepted, and shown by no message. */
const replyMarkup = z.union([
  z.object({ keyboard: z.array(z.array(z.union([z.string(), z.looseObject({ text: z.string() })]))) }),
  z.object({ remove_keyboard: z.literal(true) }),
  z.object({ force_reply: z.literal(true) }),
]);

/** The inline keyboard asked for, or undefined: none, an empty one, or a keyboard of another kind. */
export function readReplyMarkup(asked: unknown): InlineKeyboard | undefined {
  if (asked === undefined || asked === null) return undefined;
  if (typeof asked !== "object" || Array.isArray(asked)) throw badRequest("object expected as reply markup");
  if (!("inline_keyboard" in asked)) {
    if (!replyMarkup.safeParse(asked).success) throw badRequest("can't parse reply keyboard markup JSON object");
    return undefined;
  }
  return readInlineKeyboard(asked.inline_keyboard);
}

function readInlineKeyboard(rows: unknown): InlineKeyboard | undefined {
  const shape = z.array(z.array(z.unknown())).safeParse(rows);
  if (!shape.success) {
    throw badRequest('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
  }
  const keyboard = shape.data.map((row) => row.map(readButton)).filter((row) => row.length > 0);
  if (keyboard.flat().length > MOST_BUTTONS) throw badRequest("reply markup is too long");
  return keyboard.length > 0 ? { inline_keyboard: keyboard } : undefined;
}

function readButton(asked: unknown): Button {
  const parsed = shapes.button.safeParse(asked);
  if (!parsed.success) throw unreadable(whatIsWrong(parsed.error));
  const button = parsed.data;
  const actions = ACTIONS.filter((action) => button[action] !== undefined && !(action === "url" && !button.url));
  if (actions.length === 0) throw unreadable("Text buttons are unallowed in the inline keyboard");
  // Telegram takes the first and drops the rest without a word; the documentation forbids it, and so do we.
  if (actions.length > 1) throw unreadable(`exactly one action is allowed, found ${actions.join(", ")}`);
  if (button.text.trim() === "") throw badRequest("BUTTON_TEXT_INVALID");
  if (!STYLES.has(button.style)) throw unreadable("invalid button style specified");
  checkAction(button);
  return button;
}

function checkAction({ callback_data, copy_text, url }: Button): void {
  if (callback_data !== undefined && !within(Buffer.byteLength(callback_data), LONGEST_DATA_BYTES)) {
    throw badRequest("BUTTON_DATA_INVALID");
  }
  if (copy_text && !within(characters(copy_text.text), LONGEST_COPY)) throw badRequest("BUTTON_COPY_TEXT_INVALID");
  const wrong = url === undefined ? undefined : wrongUrl(url);
  if (wrong) throw badRequest(`inline keyboard button URL '${url}' is invalid: ${wrong}`);
}

const within = (length: number, most: number): boolean => length >= 1 && length <= most;

/** Why Telegram would not open this address; undefined when it would. */
function wrongUrl(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) return "Wrong HTTP URL";
  if (["tg:", "ton:"].includes(parsed.protocol)) return undefined;
  if (!["http:", "https:"].includes(parsed.protocol)) return "Unsupported URL protocol";
  // The real Telegram refuses `localhost` like any name without a dot; the pages of a newcomer live there.
  return parsed.hostname === "localhost" || /[.:]/.test(parsed.hostname) ? undefined : "Wrong HTTP URL";
}

function whatIsWrong(error: z.ZodError): string {
  const field = error.issues[0]?.path.at(-1);
  return field === undefined
    ? "InlineKeyboardButton must be an Object"
    : `Field "${String(field)}" must be of another type`;
}

const unreadable = (because: string): Error => badRequest(`can't parse inline keyboard button: ${because}`);
