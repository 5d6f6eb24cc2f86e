import type { Invoice, Link } from "../../domain/invoice.ts";
import type { Locale } from "../../domain/locale.ts";
import { nameOf } from "../../domain/invoice.ts";
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
  const { send, sendAgain, copy, verify, cancel, why } = labels.buttons;
  const payable = link.state === "active" && !link.stale;
  return [
    ...(payable ? [{ ...button("send", link.sends.length === 0 ? send : sendAgain), style: "primary" as const }] : []),
    ...(payable ? [button("copy", copy)] : []),
    ...(canVerify(invoice, link) ? [button("verify", verify)] : []),
    ...(link.state === "active" ? [withConfirm(button("cancel", cancel), labels, name)] : []),
    button("why", why),
  ];
}

/** Money may come for any attempt that has not brought it yet, also when its link is dead. */
const canVerify = ({ attempts }: Invoice, { id }: Link): boolean =>
  attempts.some(({ link, state }) => link === id && state !== "paid");

const withConfirm = (button: Button, { confirm }: Labels, invoice: string): Button => ({
  ...button,
  style: "danger",
  confirm: {
    title: plain(confirm.title),
    text: plain(confirm.text(invoice)),
    confirm: plain(confirm.yes),
    deny: plain(confirm.no),
    style: "danger",
  },
});
