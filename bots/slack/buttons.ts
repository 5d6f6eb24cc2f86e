import type { CaseAction } from "../../domain/cases.ts";
import { type Case, dueOf, type Invoice, type Link, nameOf } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import { actionsOf } from "../../domain/resolve.ts";
import { type Button, plain } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import { valueOf } from "./press.ts";
import { oneLine } from "./text.ts";
import { type Labels, labelsIn } from "./words.ts";

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
  const { send, sendAgain, copy, verify, reissue, cancel, why } = labels.buttons;
  const payable = link.state === "active" && !link.stale;
  return [
    ...(payable ? [{ ...button("send", link.sends.length === 0 ? send : sendAgain), style: "primary" as const }] : []),
    ...(payable ? [button("copy", copy)] : []),
    ...(canVerify(invoice, link) ? [button("verify", verify)] : []),
    ...(canReissue(invoice, link) ? [withConfirm(button("reissue", reissue), labels.confirmReissue, name)] : []),
    ...(link.state === "active" ? [withConfirm(dangerous(button("cancel", cancel)), labels.confirm, name)] : []),
    button("why", why),
  ];
}

/** Money may come for any attempt that has not brought it yet, also when its link is dead. */
const canVerify = ({ attempts }: Invoice, { id }: Link): boolean =>
  attempts.some(({ link, state }) => link === id && state !== "paid");

const canReissue = (invoice: Invoice, { state }: Link): boolean =>
  state === "active" && invoice.state === "open" && dueOf(invoice).minor > 0n;

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
