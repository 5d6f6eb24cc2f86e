import { html } from "ghtml";
import { amountText, createPages, endedPage } from "../provider/page.ts";
import type { IpayOrder, OrderStatus } from "./books.ts";
import { isOpen } from "./orders.ts";

const { page, message, headers } = createPages({
  party: "ArCa iPay",
  title: "Payment",
  background: "#eef1f4",
  text: "#17202a",
  main: "#1b3f8b",
});

export { message as messagePage, headers as pageHeaders };

/** What the customer can choose, in the order of the buttons. Who abandons the page leaves the order as it is. */
export const CHOICES = { pay: "paid", decline: "failed", abandon: null } as const;

const ENDED: Readonly<Record<OrderStatus, string>> = {
  0: "",
  1: "The money of this payment is held.",
  2: "This payment is paid.",
  3: "This payment was undone.",
  4: "This payment is paid, and all or a part of it was given back.",
  5: "",
  6: "This payment was declined, or its time is over. Nothing was paid.",
};

/** The shop's address with iPay's id of the order: the manual does not describe that, live shops get it. */
export function returnAddress({ returnUrl, orderId }: IpayOrder): string {
  const address = new URL(returnUrl);
  address.searchParams.set("orderId", orderId);
  return address.href;
}

export function paymentPage(order: IpayOrder): string {
  const rest = isOpen(order) ? FORM : endedPage(ENDED[order.orderStatus], returnAddress(order));
  return page(
    html`<p>${order.description ?? `Order ${order.orderNumber}`}</p>
      <p class="amount">${amountText(order.amount, 2, "AMD")}</p>
      !${rest}`,
  );
}

const FORM = html`<form method="post">
  <button class="main" name="choice" value="pay">Pay</button>
  <button name="choice" value="decline">Decline</button>
  <button name="choice" value="abandon">Leave without paying</button>
</form>`;
