import type { EntityManager } from "@mikro-orm/postgresql";
import type { Answer, PaidEffect, StandsInCrm } from "../../ports.ts";
import { ask } from "../../sql.ts";

const LOOK = `
select (select e.content = w.content from book_effects e where e.key = w.key) as same
from jsonb_to_recordset(?::jsonb) w (place int, key text, content jsonb) order by w.place`;

/**
 * What stands in the book under these keys. The book is in our own database: where that does not answer it throws, and
 * whoever asks is tried again as a whole.
 */
export async function lookForPaid(
  em: EntityManager,
  effects: readonly PaidEffect[],
): Promise<readonly Answer<StandsInCrm>[]> {
  const asked = effects.map((effect, place) => ({ place, key: effect.key, content: contentOf(effect) }));
  const rows = await ask<{ same: boolean | null }>(em, LOOK, [JSON.stringify(asked)]);
  return rows.map(({ same }) => happened(same === null ? "nothing" : same ? "this" : "another"));
}

/**
 * Each effect and what it makes of its invoice, together or not at all. What was written under a key before is left alone.
 * What stands there now is read back at once: what we wrote, or what the statement found when it began.
 */
const WRITE = `
with asked as materialized (
  select *, (select b.id from book_invoices b where b.kind = w.kind and upper(b.number) = upper(w.number)) as invoice
  from jsonb_to_recordset(?::jsonb) w (
    place int, kind text, number text, key text, content jsonb, at timestamptz, minor bigint, "paidAt" timestamptz)
),
written as (
  insert into book_effects (key, invoice_id, content, at)
  select key, invoice, content, at from asked where invoice is not null order by key
  on conflict do nothing returning key, content
),
paid as (
  update book_invoices b set paid_minor = asked.minor, paid_at = asked."paidAt"
  from written join asked using (key, content) where b.id = asked.invoice
)
select invoice is not null as there, coalesce(
  (select written.content = asked.content from written where written.key = asked.key),
  (select before.content = asked.content from book_effects before where before.key = asked.key)
) as same
from asked order by place`;

type Stands = { readonly there: boolean; readonly same: boolean | null };

/** Writes effects and answers what stands there now; null: somebody wrote at the same moment, and it is not seen yet. */
export async function tellPaid(
  em: EntityManager,
  effects: readonly PaidEffect[],
  now: Date,
): Promise<readonly Answer<StandsInCrm | null>[]> {
  const asked = effects.map((effect, place) => {
    const { key, invoice, amount, paidAt } = effect;
    const { kind, number } = invoice;
    return { place, kind, number, key, content: contentOf(effect), at: now, minor: amount.minor.toString(), paidAt };
  });
  const rows = await ask<Stands>(em, WRITE, [JSON.stringify(asked)]);
  return rows.map(({ there, same }) => {
    if (!there) return NOT_THERE;
    return happened(same === null ? null : same ? "this" : "another");
  });
}

const happened = <T>(value: T): Answer<T> => ({ is: "happened", value, requestId: null });

const NOT_THERE: Answer<never> = {
  is: "refused",
  code: "not_in_the_book",
  because: "This invoice is not in the book.",
  alarm: false,
  mayExist: false,
};

const contentOf = ({ amount, provider, reference }: PaidEffect): object => ({
  amount: amount.minor.toString(),
  currency: amount.currency,
  provider,
  reference,
});
