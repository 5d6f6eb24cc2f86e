import { html } from "ghtml";
import { amountText, createPages, endedPage } from "../provider/page.ts";
import type { StripeSession } from "./books.ts";
import { decimalsOf } from "./currencies.ts";
import { type Phase, phaseOf } from "./sessions.ts";

const { page, message, headers } = createPages({
  party: "Stripe",
  title: "Checkout",
  background: "#f4f2fb",
  text: "#1a1a2b",
  main: "#4f3bc4",
});

export { message as messagePage, headers as pageHeaders };

/** What a press of a button makes of the session; to abandon it changes nothing. */
export const CHOICES = { pay: "paid", decline: "declined", later: "processing" } as const;

export function checkoutPage(session: StripeSession): string {
  const phase = phaseOf(session);
  const rest = phase === "open" ? openForm(session) : endedPage(ENDED[phase], session.successUrl);
  return page(
    html`<p>${session.productName}</p>
      <p class="amount">${amountText(session.amount, decimalsOf(session.currency), session.currency.toUpperCase())}</p>
      !${rest}`,
  );
}

const openForm = ({ payment }: StripeSession): string =>
  html`!${payment ? "<p>The card was declined. Try again, or with another one.</p>" : ""}
    <form method="post">
      <button class="main" name="choice" value="pay">Pay</button>
      <button name="choice" value="decline">Try a card that is declined</button>
      <button name="choice" value="later">Pay by a transfer that takes days</button>
      <button name="choice" value="abandon">Back to the shop without paying</button>
    </form>`;

const ENDED: Readonly<Record<Exclude<Phase, "open">, string>> = {
  paid: "This payment is paid.",
  processing: "The bank has not decided yet.",
  failed: "The bank has declined this payment.",
  expired: "This checkout has expired. Nothing was paid.",
};
