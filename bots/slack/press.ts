import { z } from "zod";
import type { Ask, InvoiceName } from "../../domain/desk.ts";
import { INVOICE_KINDS, type Invoice, type Link } from "../../domain/invoice.ts";
import { jsonIn } from "./json.ts";

/** What a button carries. Everybody can see it and anybody can send another: it names things and grants nothing. */
const buttonValue = z.object({ link: z.string(), invoice: z.string() });

/** The recorded reason of a cancellation that was pressed and not typed. */
const CANCEL_REASON = "Cancel button on the card";

const REISSUE_REASON = "Reissue button on the card";

type Pressed = (invoice: InvoiceName, link: string) => Ask;

/** What each button of a card asks for, by its action id. */
const ASKS: Readonly<Record<string, Pressed>> = {
  "paylink.send": (invoice) => ({ want: "send", invoice }),
  "paylink.copy": (invoice) => ({ want: "copy", invoice }),
  "paylink.verify": (invoice) => ({ want: "verify", invoice }),
  "paylink.reissue": (invoice, link) => ({ want: "reissue", invoice, link, reason: REISSUE_REASON }),
  "paylink.cancel": (invoice, link) => ({ want: "cancel", invoice, link, reason: CANCEL_REASON }),
  "paylink.why": (invoice) => ({ want: "why", invoice }),
};

export const valueOf = ({ kind, number }: Invoice, { id }: Link): string =>
  JSON.stringify({ link: id, invoice: `${kind}:${number}` });

/** What a press asks for; undefined: the button is not one of ours, or no longer. */
export function askOfPress(actionId: string, value: string): Ask | undefined {
  const ask = Object.hasOwn(ASKS, actionId) ? ASKS[actionId] : undefined;
  const read = buttonValue.safeParse(jsonIn(value)).data;
  const invoice = read && invoiceIn(read.invoice);
  return ask && invoice && ask(invoice, read.link);
}

function invoiceIn(text: string): InvoiceName | undefined {
  const [before = "", ...after] = text.split(":");
  const kind = INVOICE_KINDS.find((known) => known === before);
  const number = after.join(":");
  return kind && number !== "" ? { kind, number } : undefined;
}
