import { html } from "ghtml";
import { type Locale, LOCALES } from "../../../domain/locale.ts";
import { assetUrl } from "./assets.ts";
import type { Tone } from "./looks.ts";
import { LANGUAGE_NAMES, WORDS } from "./words.ts";

/** One whole document. `head` and `content` are our own markup; everything that others wrote in it is escaped already. */
export type Shell = {
  readonly locale: Locale;
  readonly title: string;
  readonly tone: Tone;
  readonly head: string;
  readonly content: string;
};

export const shell = ({ locale, title, tone, head, content }: Shell): string =>
  html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${assetUrl("style.css")}" />
        !${head}
      </head>
      <body class="${tone}">
        <header>!${languages(locale)}</header>
        !${content}
      </body>
    </html>`;

/** Three links that keep the path: a query alone is relative to the page it stands on. */
const languages = (current: Locale): string =>
  html`<nav aria-label="${WORDS[current].language}">
    <ul>
      !${LOCALES.map((locale) => language(locale, locale === current))}
    </ul>
  </nav>`;

const language = (locale: Locale, current: boolean): string =>
  html`<li>
    <a href="?lang=${locale}" lang="${locale}" hreflang="${locale}" !${current ? `aria-current="true"` : ""}
      >${LANGUAGE_NAMES[locale]}</a
    >
  </li>`;
