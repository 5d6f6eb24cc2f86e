import { html } from "ghtml";
import { amountText, createPages, endedPage } from "../provider/page.ts";
import type { AmdExponent } from "../../providers/vpos/contract-scale.ts";
import { scaleOf } from "../../providers/vpos/contract-scale.ts";
import type { VposPayment, VposStatus } from "./books.ts";

const { page, message, headers } = createPages({
  party: "VPOS.am",
  title: "Checkout",
  background: "#eef1f4",
  text: "#17202a",
  main: "#0b5d3b",
});

export { message as messagePage, headers as pageHeaders };

/** What the customer can choose, in the order of the buttons. */
export const CHOICES = { pay: "paid", decline: "failed", cancel: "cancelled", pending: "pending" } as const;

const ENDED: Readonly<Record<Exclude<VposStatus, "created" | "pending">, string>> = {
  paid: "This payment is paid.",
  failed: "This payment was declined.",
  cancelled: "This payment was cancelled.",
  expired: "This checkout has expired. Nothing was paid.",
  partially_refunded: "This payment is paid, and a part of it was given back.",
  refunded: "This payment was given back.",
};

export function checkoutPage(payment: VposPayment, amdExponent: AmdExponent): string {
  const { status } = payment;
  const rest =
    status === "created" || status === "pending" ? openForm(status) : endedPage(ENDED[status], payment.returnUrl);
  return page(
    html`<p>Order ${payment.merchantOrderId}</p>
      <p class="amount">
        ${amountText(payment.amountMinor, scaleOf(payment.currency, amdExponent) ?? 0, payment.currency)}
      </p>
      !${rest}`,
  );
}

const openForm = (status: "created" | "pending"): string =>
  html`!${status === "pending" ? "<p>The bank has not decided yet.</p>" : ""}
    <form method="post">
      <button class="main" name="choice" value="pay">Pay</button>
      <button name="choice" value="decline">Decline</button>
      <button name="choice" value="cancel">Cancel</button>
      <button name="choice" value="pending">Leave pending</button>
    </form>`;
