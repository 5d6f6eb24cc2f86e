import type { EntityManager } from "@mikro-orm/postgresql";
import type { Answer, PaidEffect, StandsInCrm } from "../../ports.ts";
import { ask } from "../../sql.ts";

/**
 * What stands in the book under this key. The book is in our own database: where that does not answer it throws, and
 * whoever asks is tried again as a whole.
 */
export async function lookForPaid(em: EntityManager, effect: PaidEffect): Promise<Answer<StandsInCrm>> {
  const [row] = await ask<{ same: boolean }>(em, "select content = ?::jsonb as same from book_effects where key = ?", [
    contentOf(effect),
    effect.key,
  ]);
  return happened(row ? (row.same ? "this" : "another") : "nothing");
}

/** Writes the effect and what it makes of the invoice, together. What was written under this key before is left alone. */
export async function tellPaid(em: EntityManager, effect: PaidEffect, now: Date): Promise<Answer<null>> {
  const { key, invoice, amount, paidAt } = effect;
  const [row] = await ask<{ id: string }>(
    em,
    "select id from book_invoices where kind = ? and upper(number) = upper(?)",
    [invoice.kind, invoice.number],
  );
  if (!row) return NOT_THERE;
  const written = await ask<object>(
    em,
    `insert into book_effects (key, invoice_id, content, at) values (?, ?, ?::jsonb, ?) on conflict do nothing returning key`,
    [key, row.id, contentOf(effect), now],
  );
  if (written.length > 0) {
    await ask(em, "update book_invoices set paid_minor = ?, paid_at = ? where id = ?", [
      amount.minor.toString(),
      paidAt,
      row.id,
    ]);
  }
  return happened(null);
}

const happened = <T>(value: T): Answer<T> => ({ is: "happened", value, requestId: null });

const NOT_THERE: Answer<null> = {
  is: "refused",
  code: "not_in_the_book",
  because: "This invoice is not in the book.",
  alarm: false,
  mayExist: false,
};

const contentOf = ({ amount, provider, reference }: PaidEffect): string =>
  JSON.stringify({ amount: amount.minor.toString(), currency: amount.currency, provider, reference });
