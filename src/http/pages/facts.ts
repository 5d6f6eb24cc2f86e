import { html } from "ghtml";
import type { Locale } from "../../../domain/locale.ts";
import { sayTime } from "../../../domain/words/time.ts";
import type { PageView } from "../../usecases/page-view.ts";
import type { FactKind } from "./words/page-words.ts";
import { WORDS } from "./words.ts";

/** The facts of a payment, each with its name. What is not known is left out. */
export const factList = (view: PageView, kinds: readonly FactKind[], locale: Locale): string =>
  html`<dl>!${kinds.map((kind) => fact(WORDS[locale].facts[kind], FACTS[kind](view, locale)))}</dl>`;

const fact = (name: string, value: string): string =>
  value &&
  html`<div>
    <dt>${name}</dt>
    <dd>!${value}</dd>
  </div>`;

/** Markup of our own, with the words of others escaped in it. */
const FACTS: Readonly<Record<FactKind, (view: PageView, locale: Locale) => string>> = {
  invoice: ({ invoiceName }) => written(invoiceName),
  payableUntil: ({ expiresAt, timeZone }, locale) => moment(expiresAt, timeZone, locale),
  paidAt: ({ paidAt, timeZone }, locale) => (paidAt ? moment(paidAt, timeZone, locale) : ""),
  reference: ({ reference }) => (reference ? written(reference) : ""),
};

/** A text from the CRM or the provider may be in any script. */
const written = (text: string): string => html`<bdi>${text}</bdi>`;

/** With its distance from Greenwich: a customer abroad would read a deadline by their own clock. */
const moment = (at: Date, timeZone: string, locale: Locale): string =>
  html`<time datetime="${at.toISOString()}">${sayTime(at, locale, timeZone)}</time>
    <small>${zoneOf(at, timeZone)}</small>`;

const zoneOf = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "shortOffset" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value ?? "";
