import type { EntityManager } from "@mikro-orm/postgresql";
import type { Case, Resolution } from "../../domain/invoice.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Act, Books, Clock, WhichOrphan } from "../ports.ts";
import { append, lockNone } from "./audit/append.ts";
import { decode, encode, type Stored } from "./codec.ts";
import { type Hearing, opsMessage } from "./consequences.ts";
import { CASE, loadInvoices } from "./load-invoice.ts";
import { send } from "./outbox/send.ts";
import { ask } from "../sql.ts";

type Needs = {
  readonly clock: Clock;
  readonly policy: Pick<Policy, "version">;
  readonly hears: Pick<Hearing, "ops">;
};
type CaseRow = { readonly invoice: string | null; readonly case: Stored<Case> };

/** Cases of any invoice, or of none, each with its invoice; the oldest first. */
export async function readCases(em: EntityManager, which: string, values: unknown[]): ReturnType<Books["openCases"]> {
  const rows = await ask<CaseRow>(
    em,
    `select c.invoice_id as invoice, ${CASE} as case from cases c where ${which} order by c.opened_at limit 100`,
    values,
  );
  const ids = [...new Set(rows.flatMap(({ invoice }) => (invoice === null ? [] : [invoice])))];
  const invoices = ids.length === 0 ? [] : await loadInvoices(em, "i.id = any(?::uuid[])", [`{${ids.join(",")}}`]);
  return rows.map((row) => ({
    invoice: invoices.find(({ id }) => id === row.invoice) ?? null,
    case: decode(row.case),
  }));
}

type Orphan = Parameters<Books["openOrphanCase"]>[0];

/** A case that belongs to no invoice: once per cause, with its audit entry and its message to ops. */
export async function openOrphan(em: EntityManager, needs: Needs, orphan: Orphan, act: Act): Promise<void> {
  const now = needs.clock();
  const rows = await ask<object>(
    em,
    `insert into cases (id, kind, cause, state, details, opened_at) values (?, ?, ?, 'open', ?::jsonb, ?)
     on conflict (kind, cause) where state = 'open' do nothing returning id`,
    [orphan.id, orphan.kind, orphan.cause, encode(orphan.details), now],
  );
  if (rows.length === 0) return;
  const opened: Case = { ...orphan, state: "open", link: null, openedAt: now, resolution: null };
  const policyVersion = needs.policy.version;
  await append(em, await lockNone(em), { facts: [{ is: "case_opened", case: opened }], act, now, policyVersion });
  await send(em, { ...opsMessage(orphan.id, needs.hears), requestId: act.requestId });
}

const ARE_OPEN = `
select exists (
  select from cases c where c.kind = w.kind and c.cause = w.cause and c.state = 'open' and c.invoice_id is null
) as open
from jsonb_to_recordset(?::jsonb) w (place int, kind text, cause text) order by w.place`;

export type KindAndCause = Pick<Case, "kind" | "cause">;

/** Whether somebody must still look at each of these. */
export async function orphansOpen(em: EntityManager, asked: readonly KindAndCause[]): Promise<readonly boolean[]> {
  const which = asked.map(({ kind, cause }, place) => ({ place, kind, cause }));
  return (await ask<{ open: boolean }>(em, ARE_OPEN, [JSON.stringify(which)])).map(({ open }) => open);
}

type Ending = { readonly which: WhichOrphan; readonly resolution: Resolution; readonly act: Act };

/** Ends a case that belongs to no invoice: once, with its audit entry, and its message in the ops channel is edited. */
export async function resolveOrphan(
  em: EntityManager,
  needs: Needs,
  { which, resolution, act }: Ending,
): Promise<Case | undefined> {
  const [condition, values] =
    "id" in which ? ["c.id = ?", [which.id]] : ["c.kind = ? and c.cause = ?", [which.kind, which.cause]];
  const rows = await ask<{ case: Stored<Case> }>(
    em,
    `update cases c set state = 'resolved', resolution = ?::jsonb
     where ${condition} and c.state = 'open' and c.invoice_id is null returning ${CASE} as case`,
    [encode(resolution), ...values],
  );
  const closed = rows[0] && decode(rows[0].case);
  if (!closed) return undefined;
  const { id, kind } = closed;
  const policyVersion = needs.policy.version;
  const facts = [{ is: "case_resolved", case: id, kind, resolution } as const];
  await append(em, await lockNone(em), { facts, act, now: needs.clock(), policyVersion });
  await send(em, { ...opsMessage(id, needs.hears), requestId: act.requestId });
  return closed;
}
