import { createHash } from "node:crypto";
import { html } from "ghtml";
import type { AmdExponent } from "../../providers/vpos/contract-scale.ts";
import { scaleOf } from "../../providers/vpos/contract-scale.ts";
import type { VposPayment, VposStatus } from "./books.ts";

const STYLE = `
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: #eef1f4; color: #17202a; }
main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-radius: 12px; }
.notice { margin: 0 0 1rem; padding: .5rem .75rem; background: #fff3cd; border-radius: 8px; }
.amount { margin: 0; font-size: 2rem; font-weight: 600; }
button { display: block; width: 100%; margin-top: .75rem; padding: .75rem; font: inherit; border: 1px solid #9aa5b1;
  border-radius: 8px; background: #fff; color: inherit; cursor: pointer; }
button.main { background: #0b5d3b; border-color: #0b5d3b; color: #fff; }
button:focus-visible, a:focus-visible { outline: 3px solid #1f6feb; outline-offset: 2px; }
`;

/** Made by hand: the browser compares the hash with every byte between the tags. */
const STYLE_ELEMENT = `<style>${STYLE}</style>`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

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

/**
 * The headers of a checkout page: no script, nothing from elsewhere. Browsers hold the redirect after a form to
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

export function checkoutPage(payment: VposPayment, amdExponent: AmdExponent): string {
  const { status } = payment;
  const rest =
    status === "created" || status === "pending" ? openForm(status) : ended(ENDED[status], payment.returnUrl);
  return page(
    html`<p>Order ${payment.merchantOrderId}</p>
      <p class="amount">${amountText(payment, amdExponent)}</p>
      !${rest}`,
  );
}

export const messagePage = (sentence: string): string => page(html`<p>${sentence}</p>`);

const openForm = (status: "created" | "pending"): string =>
  html`!${status === "pending" ? "<p>The bank has not decided yet.</p>" : ""}
    <form method="post">
      <button class="main" name="choice" value="pay">Pay</button>
      <button name="choice" value="decline">Decline</button>
      <button name="choice" value="cancel">Cancel</button>
      <button name="choice" value="pending">Leave pending</button>
    </form>`;

const ended = (sentence: string, returnUrl: string): string =>
  html`<p>${sentence}</p>
    <p><a href="${returnUrl}">Back to the shop</a></p>`;

/** The amount as this stand-in understands it, so that a wrong scale is seen: decimals only when there are any. */
function amountText({ amountMinor, currency }: VposPayment, amdExponent: AmdExponent): string {
  const decimals = scaleOf(currency, amdExponent) ?? 0;
  const amount = new Intl.NumberFormat("en", { maximumFractionDigits: decimals }).format(amountMinor / 10 ** decimals);
  return `${amount} ${currency}`;
}

const page = (content: string): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Checkout (stand-in of VPOS.am)</title>
        !${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <p class="notice">This is a stand-in of VPOS.am, no real money.</p>
          !${content}
        </main>
      </body>
    </html>`;
