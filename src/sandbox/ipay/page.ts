import { createHash } from "node:crypto";
import { html } from "ghtml";
import type { IpayOrder, OrderStatus } from "./books.ts";
import { isOpen } from "./orders.ts";

const STYLE = `
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: #eef1f4; color: #17202a; }
main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-radius: 12px; }
.notice { margin: 0 0 1rem; padding: .5rem .75rem; background: #fff3cd; border-radius: 8px; }
.amount { margin: 0; font-size: 2rem; font-weight: 600; }
button { display: block; width: 100%; margin-top: .75rem; padding: .75rem; font: inherit; border: 1px solid #9aa5b1;
  border-radius: 8px; background: #fff; color: inherit; cursor: pointer; }
button.main { background: #1b3f8b; border-color: #1b3f8b; color: #fff; }
button:focus-visible, a:focus-visible { outline: 3px solid #1f6feb; outline-offset: 2px; }
`;

/** Made by hand: the browser compares the hash with every byte between the tags. */
const STYLE_ELEMENT = `<style>${STYLE}</style>`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

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

/**
 * The headers of a payment page: no script, nothing from elsewhere. Browsers hold the redirect after a form to
 * `form-action` too, so the place the customer returns to must be named.
 */
export const pageHeaders = (returnUrl: string | null): Record<string, string> => ({
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action 'self'${returnUrl === null ? "" : ` ${new URL(returnUrl).origin}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
});

/** The shop's address with iPay's id of the order: the manual does not describe that, live shops get it. */
export function returnAddress({ returnUrl, orderId }: IpayOrder): string {
  const address = new URL(returnUrl);
  address.searchParams.set("orderId", orderId);
  return address.href;
}

export function paymentPage(order: IpayOrder): string {
  const rest = isOpen(order) ? FORM : ended(ENDED[order.orderStatus], returnAddress(order));
  return page(
    html`<p>${order.description ?? `Order ${order.orderNumber}`}</p>
      <p class="amount">${amountText(order)}</p>
      !${rest}`,
  );
}

export const messagePage = (sentence: string): string => page(html`<p>${sentence}</p>`);

const FORM = html`<form method="post">
  <button class="main" name="choice" value="pay">Pay</button>
  <button name="choice" value="decline">Decline</button>
  <button name="choice" value="abandon">Leave without paying</button>
</form>`;

const ended = (sentence: string, address: string): string =>
  html`<p>${sentence}</p>
    <p><a href="${address}">Back to the shop</a></p>`;

/** Luma as drams, so that a wrong scale is seen. */
const amountText = ({ amount }: IpayOrder): string =>
  `${new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(amount / 100)} AMD`;

const page = (content: string): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Payment (stand-in of ArCa iPay)</title>
        !${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <p class="notice">This is a stand-in of ArCa iPay, no real money.</p>
          !${content}
        </main>
      </body>
    </html>`;
