import { html } from "ghtml";
import type { Locale } from "../../../domain/locale.ts";
import { sayMoney } from "../../../domain/words/money.ts";
import type { PageView } from "../../usecases/page-view.ts";
import { assetUrl } from "./assets.ts";
import { factList } from "./facts.ts";
import { LOOKS } from "./looks.ts";
import { shell } from "./shell.ts";
import type { Sentences } from "./words/page-words.ts";
import { WORDS } from "./words.ts";

/** One look at one link. */
export type Visit = {
  readonly view: PageView;
  readonly token: string;
  readonly locale: Locale;
  /** The language the customer pressed; it goes with them. */
  readonly chosen: Locale | null;
  /** The customer comes back from the provider's page. A hint, nothing more. */
  readonly returned: boolean;
};

/** The page of one link: how it stands, the amount, what it is for, and at most one button. */
export function payPage(visit: Visit): string {
  const { view, locale } = visit;
  const look = LOOKS[view.state];
  const sentences = sentencesOf(visit);
  return shell({
    locale,
    title: `${sentences.title} · ${view.invoiceName}`,
    tone: look.tone,
    head: watching(view),
    content: html`<main data-state="${view.state}" data-status="/p/${visit.token}/status">
      <h1>${sentences.title}</h1>
      <p class="amount">
        <span>${WORDS[locale].amounts[look.amount]}</span> <strong>${sayMoney(view.amount, locale)}</strong>
      </p>
      <p class="purpose"><bdi>${view.purpose}</bdi></p>
      <div role="status" aria-live="polite">
        <p>${sentences.means}</p>
        <p>${sentences.next}</p>
      </div>
      !${button(visit)} !${factList(view, look.facts, locale)}
    </main>`,
  });
}

function sentencesOf({ view, locale, returned }: Visit): Sentences {
  const words = WORDS[locale];
  return returned && view.state === "payable" ? words.returned : words.states[view.state];
}

/** How a page that can change by itself learns of it: by our script, and where scripts are off by reloading. */
function watching({ state }: PageView): string {
  const { watched } = LOOKS[state];
  if (watched === "never") return "";
  const script = html`<script type="module" src="${assetUrl("live.js")}"></script>`;
  const reload = `<noscript><meta http-equiv="refresh" content="5" /></noscript>`;
  return watched === "always" ? script + reload : script;
}

/** A form that posts nothing: the address says it all, and works without scripts. */
function button({ view, token, locale, chosen }: Visit): string {
  const words = WORDS[locale];
  const kind = LOOKS[view.state].button;
  if (kind === null) return "";
  const label = kind === "pay" ? words.pay(sayMoney(view.amount, locale)) : words.backToCheckout;
  return html`<form method="post" action="/p/${token}/pay${languageQuery(chosen)}">
      <button class="${kind}">${label}</button>
    </form>
    !${kind === "pay" ? html`<p class="assurance">${words.assurance}</p>` : ""}`;
}

/** `?lang=ru`, when the customer chose a language; otherwise nothing. */
export const languageQuery = (chosen: Locale | null): string => (chosen === null ? "" : `?lang=${chosen}`);
