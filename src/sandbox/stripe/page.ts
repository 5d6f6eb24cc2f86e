import { createHash } from "node:crypto";
import { html } from "ghtml";
import type { StripeSession } from "./books.ts";
import { decimalsOf } from "./currencies.ts";
import { type Phase, phaseOf } from "./sessions.ts";

const STYLE = `
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: #f4f2fb; color: #1a1a2b; }
main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-radius: 12px; }
.notice { margin: 0 0 1rem; padding: .5rem .75rem; background: #fff3cd; border-radius: 8px; }
.amount { margin: 0; font-size: 2rem; font-weight: 600; }
button { display: block; width: 100%; margin-top: .75rem; padding: .75rem; font: inherit; border: 1px solid #9a9ab1;
  border-radius: 8px; background: #fff; color: inherit; cursor: pointer; }
button.main { background: #4f3bc4; border-color: #4f3bc4; color: #fff; }
button:focus-visible, a:focus-visible { outline: 3px solid #1f6feb; outline-offset: 2px; }
`;

/** Made by hand: the browser compares the hash with every byte between the tags. */
const STYLE_ELEMENT = `<style>${STYLE}</style>`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** What a press of a button makes of the session; to abandon it changes nothing. */
export const CHOICES = { pay: "paid", decline: "declined", later: "processing" } as const;

/**
 * The headers of a checkout page: no script, nothing from elsewhere. Browsers hold the redirect after a form to
 * `form-action` too, so the places the customer returns to must be named.
 */
export const pageHeaders = (back: readonly string[]): Record<string, string> => ({
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action ${["'self'", ...new Set(back.map((address) => new URL(address).origin))].join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
});

export function checkoutPage(session: StripeSession): string {
  const phase = phaseOf(session);
  const rest = phase === "open" ? openForm(session) : ended(phase, session);
  return page(
    html`<p>${session.productName}</p>
      <p class="amount">${amountText(session)}</p>
      !${rest}`,
  );
}

export const messagePage = (sentence: string): string => page(html`<p>${sentence}</p>`);

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

const ended = (phase: Exclude<Phase, "open">, { successUrl }: StripeSession): string =>
  html`<p>${ENDED[phase]}</p>
    <p><a href="${successUrl}">Back to the shop</a></p>`;

/** The amount as this stand-in understands it, so that a wrong scale is seen: decimals only when there are any. */
function amountText({ amount, currency }: StripeSession): string {
  const decimals = decimalsOf(currency);
  const text = new Intl.NumberFormat("en", { maximumFractionDigits: decimals }).format(amount / 10 ** decimals);
  return `${text} ${currency.toUpperCase()}`;
}

const page = (content: string): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Checkout (stand-in of Stripe)</title>
        !${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <p class="notice">This is a stand-in of Stripe, no real money.</p>
          !${content}
        </main>
      </body>
    </html>`;
