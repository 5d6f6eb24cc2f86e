import type { CaseAction } from "../../domain/cases.ts";
import { type CardAction, cardActions } from "../../domain/card-actions.ts";
import { type Case, type Invoice, type Link, nameOf } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import { actionsOf } from "../../domain/resolve.ts";
import { type Button, plain } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import { valueOf } from "./press.ts";
import { oneLine } from "./text.ts";
import { type Labels, labelsIn } from "../labels.ts";

/**
 * The buttons that make sense on this card now. Whether the one who presses may do it is decided at the press. None for an
 * invoice whose number is longer than a button can carry: a card without them still tells its story.
 */
export function buttonsOf(invoice: Invoice, link: Link, locale: Locale): Button[] {
  const labels = labelsIn(locale);
  const name = oneLine(nameOf(invoice), LIMITS.name);
  const value = valueOf(invoice, link);
  if (value.length > LIMITS.buttonValue) return [];
  const button = (id: string, label: string): Button => ({
    type: "button",
    action_id: `paylink.${id}`,
    text: plain(label),
    value,
    accessibility_label: oneLine(`${label}: ${nameOf(invoice)}`, LIMITS.accessibilityLabel),
  });
  const looks: Readonly<Record<CardAction, (plainly: Button) => Button>> = {
    send: (one) => ({ ...one, style: "primary" }),
    copy: (one) => one,
    verify: (one) => one,
    reissue: (one) => withConfirm(one, labels.confirmReissue, name),
    cancel: (one) => withConfirm(dangerous(one), labels.confirm, name),
    why: (one) => one,
  };
  return cardActions(invoice, link).map((action) => {
    const sentBefore = action === "send" && link.sends.length > 0;
    return looks[action](button(action, labels.buttons[sentBefore ? "sendAgain" : action]));
  });
}

const dangerous = (button: Button): Button => ({ ...button, style: "danger" });

const withConfirm = (button: Button, words: Labels["confirm"], invoice: string): Button => ({
  ...button,
  confirm: {
    title: plain(words.title),
    text: plain(words.text(invoice)),
    confirm: plain(words.yes),
    deny: plain(words.no),
    ...(button.style === "danger" ? { style: "danger" as const } : {}),
  },
});

/** What can be decided about a case now. Nothing is decided by the press: a window asks for the reason first. */
export function caseButtons(invoice: Invoice | null, one: Case, locale: Locale): Button[] {
  const labels = labelsIn(locale).caseButtons;
  const possible: readonly CaseAction[] = invoice ? actionsOf(invoice, one) : one.state === "open" ? ["dismiss"] : [];
  return possible.map((action) => ({
    type: "button",
    action_id: `case.${action}`,
    text: plain(labels[action]),
    value: JSON.stringify({ case: one.id }),
    ...(action === "apply" ? { style: "primary" as const } : {}),
  }));
}
