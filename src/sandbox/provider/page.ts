import { createHash } from "node:crypto";
import { html } from "ghtml";

type Look = {
  /** Whose page it plays. */
  readonly party: string;
  readonly title: string;
  readonly background: string;
  readonly text: string;
  readonly main: string;
};

/** The pages of one provider's stand-in, which say on each what they are. */
export function createPages(look: Look) {
  const style = styleOf(look);
  // Made by hand: the browser compares the hash with every byte between the tags.
  const element = `<style>${style}</style>`;
  const hash = createHash("sha256").update(style).digest("base64");
  const page = (content: string): string =>
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${look.title} (stand-in of ${look.party})</title>
          !${element}
        </head>
        <body>
          <main>
            <p class="notice">This is a stand-in of ${look.party}, no real money.</p>
            !${content}
          </main>
        </body>
      </html>`;
  return {
    page,
    message: (sentence: string): string => page(html`<p>${sentence}</p>`),
    headers: (back: readonly string[]): Record<string, string> => headersOf(hash, back),
  };
}

/** What stands where a payment has ended. */
export const endedPage = (sentence: string, back: string): string =>
  html`<p>${sentence}</p>
    <p><a href="${back}">Back to the shop</a></p>`;

/** An amount as a stand-in understands it, so that a wrong scale is seen: decimals only when there are any. */
export function amountText(minor: number, decimals: number, currency: string): string {
  const amount = new Intl.NumberFormat("en", { maximumFractionDigits: decimals }).format(minor / 10 ** decimals);
  return `${amount} ${currency}`;
}

/**
 * No script, nothing from elsewhere. Browsers hold the redirect after a form to `form-action` too, so the places the
 * customer returns to must be named.
 */
const headersOf = (hash: string, back: readonly string[]): Record<string, string> => ({
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    `form-action ${["'self'", ...new Set(back.map((address) => new URL(address).origin))].join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
});

const styleOf = ({ background, text, main }: Look): string => `
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: ${background}; color: ${text}; }
main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-radius: 12px; }
.notice { margin: 0 0 1rem; padding: .5rem .75rem; background: #fff3cd; border-radius: 8px; }
.amount { margin: 0; font-size: 2rem; font-weight: 600; }
button { display: block; width: 100%; margin-top: .75rem; padding: .75rem; font: inherit; border: 1px solid #9aa5b1;
  border-radius: 8px; background: #fff; color: inherit; cursor: pointer; }
button.main { background: ${main}; border-color: ${main}; color: #fff; }
button:focus-visible, a:focus-visible { outline: 3px solid #1f6feb; outline-offset: 2px; }
`;
