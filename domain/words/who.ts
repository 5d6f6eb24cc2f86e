import type { Actor } from "../actor.ts";
import type { Locale } from "../locale.ts";
import { plain } from "./quote.ts";

/** How each kind of actor is called. `named`: the name people know is said; a customer's name stays with the invoice. */
const KINDS: { readonly [Kind in Actor["kind"]]: Readonly<Record<Locale, string>> & { readonly named: boolean } } = {
  manager: { hy: "մենեջեր", ru: "менеджер", en: "manager", named: true },
  customer: { hy: "հաճախորդ", ru: "клиент", en: "customer", named: false },
  ops: { hy: "օպերատոր", ru: "оператор", en: "ops", named: true },
  provider: { hy: "վճարային համակարգ", ru: "платёжная система", en: "provider", named: false },
  crm: { hy: "CRM", ru: "CRM", en: "CRM", named: false },
  api: { hy: "API", ru: "API", en: "API", named: true },
  system: { hy: "paythread", ru: "paythread", en: "paythread", named: false },
};

/** Who did something, for a line of history. */
export function sayWho({ kind, name, via }: Actor, locale: Locale): string {
  const known = KINDS[kind];
  const who = (known.named && plain(name)) || known[locale];
  return via === undefined ? who : `${who} (${CHATS[via]})`;
}

const CHATS: Readonly<Record<NonNullable<Actor["via"]>, string>> = { telegram: "Telegram" };
