import type { InlineKeyboardButton, InlineKeyboardMarkup } from "grammy/types";
import { cardActions } from "../../../domain/card-actions.ts";
import type { InvoiceAsk, InvoiceName } from "../../../domain/desk.ts";
import type { Invoice, Link } from "../../../domain/invoice.ts";
import type { Locale } from "../../../domain/locale.ts";
import { labelsIn } from "../../labels.ts";

/** What a press can mean. What cannot be undone is asked twice: `cancel` and `reissue` ask, the ones that end in `_now` do. */
const VERBS = ["send", "verify", "reissue", "cancel", "why", "reissue_now", "cancel_now", "leave"] as const;
export type Verb = (typeof VERBS)[number];

/** Everybody can see what a button carries and anybody can send another: it names a link and grants nothing. */
export const PRESSED = new RegExp(`^pl:(${VERBS.join("|")}):([0-9a-f-]{36})$`);

export const verbOf = (text: string | undefined): Verb | undefined => VERBS.find((verb) => verb === text);

const dataOf = (verb: Verb, link: string): string => `pl:${verb}:${link}`;

/** The buttons that make sense on this card now. The address to copy stands in the text. */
export function cardKeyboard(invoice: Invoice, link: Link, locale: Locale): InlineKeyboardMarkup {
  const { buttons } = labelsIn(locale);
  const offered = cardActions(invoice, link).flatMap((action): InlineKeyboardButton[] => {
    if (action === "copy") return [];
    const text = buttons[action === "send" && link.sends.length > 0 ? "sendAgain" : action];
    const style = STYLES[action];
    return [{ text, callback_data: dataOf(action, link.id), ...(style ? { style } : {}) }];
  });
  const rows = [offered.slice(0, 2), offered.slice(2, 4), offered.slice(4)];
  return { inline_keyboard: rows.filter((row) => row.length > 0) };
}

const STYLES: Readonly<Record<string, "primary" | "danger">> = { send: "primary", cancel: "danger" };

/** The two answers to whether something shall really be done. */
export function confirmKeyboard(verb: "reissue" | "cancel", link: string, locale: Locale): InlineKeyboardMarkup {
  const { yes, no } = confirmWords(verb, locale);
  const sure = { text: yes, callback_data: dataOf(`${verb}_now`, link) };
  const danger = verb === "cancel" ? { style: "danger" as const } : {};
  return {
    inline_keyboard: [
      [
        { ...sure, ...danger },
        { text: no, callback_data: dataOf("leave", link) },
      ],
    ],
  };
}

export function confirmWords(verb: "reissue" | "cancel", locale: Locale) {
  const labels = labelsIn(locale);
  return verb === "cancel" ? labels.confirm : labels.confirmReissue;
}

/** What a press that is not asked about again asks the desk for. Of a cancellation that was pressed the reason is the button. */
export function askOf(
  verb: Exclude<Verb, "cancel" | "reissue" | "leave">,
  invoice: InvoiceName,
  link: string,
): InvoiceAsk {
  switch (verb) {
    case "cancel_now":
      return { want: "cancel", invoice, link, reason: "Cancel button on the card" };
    case "reissue_now":
      return { want: "reissue", invoice, link, reason: "Reissue button on the card" };
    default:
      return { want: verb, invoice };
  }
}
