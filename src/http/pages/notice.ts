import { html } from "ghtml";
import type { Locale } from "../../../domain/locale.ts";
import { shell } from "./shell.ts";
import type { NoticeKind } from "./words/page-words.ts";
import { WORDS } from "./words.ts";

/** A page about no payment in particular, so that it cannot tell whether there is one. */
export type Notice = {
  readonly kind: NoticeKind;
  readonly locale: Locale;
  /** The page to go to instead. */
  readonly instead?: string | undefined;
  readonly requestId?: string;
};

export function noticePage({ kind, locale, instead, requestId }: Notice): string {
  const words = WORDS[locale];
  const { title, means, next } = words.notices[kind];
  return shell({
    locale,
    title,
    tone: "over",
    head: "",
    content: html`<main>
      <h1>${title}</h1>
      <p>${means}</p>
      <p>${next}</p>
      !${instead === undefined ? "" : html`<p><a class="button" href="${instead}">${words.openPage}</a></p>`}
      !${requestId === undefined ? "" : html`<p class="assurance">${words.requestId(requestId)}</p>`}
    </main>`,
  });
}
