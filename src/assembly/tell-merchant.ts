import type { Policy } from "../../domain/policy.ts";
import { statusOf } from "../../domain/status.ts";
import { createInvoiceWebhook } from "../delivery/invoice-webhook.ts";
import type { Deliverers } from "../delivery/routes.ts";
import type { Clock } from "../ports.ts";
import { invoiceView } from "../usecases/invoice-view.ts";

type Context = { readonly publicUrl: string; readonly policy: Policy; readonly clock: Clock };

/** The merchant's own system hears `invoice.paid`, signed, where an address is configured. */
export function tellMerchant(
  to: { readonly url: string; readonly secret: string } | null,
  { publicUrl, policy, clock }: Context,
): Deliverers["invoicePaid"] {
  if (to === null) return async () => undefined;
  const send = createInvoiceWebhook(to);
  return async (invoice, id) => {
    if (statusOf(invoice) !== "paid") return; // it went back before it could be told
    // The payment's own time: every repeat of the event must say the same.
    const timestamp = invoice.payments.findLast(({ home }) => home === "applied")?.paidAt ?? clock();
    // And without the history, which grows between two repeats. Of a paid invoice nothing more is expected.
    const view = invoiceView(invoice, { publicUrl, policy, entries: [], expecting: () => undefined });
    await send({ id, type: "invoice.paid", timestamp, invoice: view });
  };
}
