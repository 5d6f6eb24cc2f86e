import type { MikroORM } from "@mikro-orm/postgresql";
import type { SealedEntry } from "../../../domain/audit.ts";
import type { InvoiceKey } from "../../../domain/invoice.ts";
import { readEntries } from "./read.ts";
import { ask } from "../../sql.ts";

const PAGE = 500;

/** The whole history of every invoice to which something happened since then, one after the other; memory stays flat. */
export async function* entriesSince(orm: MikroORM, since: Date): AsyncGenerator<readonly SealedEntry[]> {
  for (let after = ""; ;) {
    const page = await ask<InvoiceKey & { id: string }>(
      orm.em.fork(),
      `select i.id::text, i.crm, i.kind, i.number from invoices i
       where i.id::text > ? and exists (select from audit_entries a where a.invoice_id = i.id and a.at >= ?)
       order by i.id::text limit ${PAGE}`,
      [after, since],
    );
    for (const key of page) yield await readEntries(orm.em.fork(), key);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.id;
  }
}
