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

/** The effect and what it makes of the invoice, together or not at all. What was written under this key before is left alone. */
const WRITE = `
with invoice as (select id from book_invoices where kind = ? and upper(number) = upper(?)),
written as (
  insert into book_effects (key, invoice_id, content, at) select ?, id, ?::jsonb, ? from invoice
  on conflict do nothing returning invoice_id
),
paid as (update book_invoices b set paid_minor = ?, paid_at = ? from written where b.id = written.invoice_id)
select id from invoice`;

export async function tellPaid(em: EntityManager, effect: PaidEffect, now: Date): Promise<Answer<null>> {
  const { key, invoice, amount, paidAt } = effect;
  const written = [key, contentOf(effect), now];
  const rows = await ask<object>(em, WRITE, [invoice.kind, invoice.number, ...written, amount.minor, paidAt]);
  return rows.length > 0 ? happened(null) : NOT_THERE;
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
