import { randomUUID } from "node:crypto";
import { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issue } from "../../domain/issue.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import type { CrmInvoice } from "../../domain/invoice.ts";
import { createBooks } from "../../src/store/books.ts";
import { newToken } from "../../src/store/invitations.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { freshDatabase } from "../fresh-database.ts";

const ANI = { kind: "manager", id: "slack:T1:U1", name: "Ani" } as const;
const ACT = { actor: ANI, requestId: "r-1" };

let orm: MikroORM;
let pool: pg.Pool;

beforeAll(async () => {
  const url = await freshDatabase();
  orm = await MikroORM.init(ormConfig(url));
  pool = new pg.Pool({ connectionString: url, max: 12 });
});
afterAll(async () => {
  await orm.close();
  await pool.end();
});

const books = () =>
  createBooks({
    orm,
    policy: DEFAULT_POLICY,
    clock: () => new Date(),
    ids: { id: randomUUID, token: newToken },
    hears: { merchant: true, ops: true },
  });

const told = (number: string): CrmInvoice => ({
  crm: "book",
  kind: "invoice",
  number,
  amount: { minor: 1_500_000n, currency: "AMD" },
  purpose: "Tiles",
  customer: { id: "C-1", name: "Aram", language: "hy" },
  owner: null,
  state: "open",
  url: null,
});

const issued = (invoice: CrmInvoice) =>
  books().decideLearned(invoice, ACT, (one, now) => {
    const wanted = { by: ANI, id: randomUUID(), token: newToken(), origin: null };
    return issue(one, wanted, DEFAULT_POLICY, now);
  });

/** The name of the guard that refused, as PostgreSQL says it. */
const refusedBy = async (sql: string, values: unknown[] = []): Promise<string> =>
  pool.query(sql, values).then(
    () => "nothing",
    (error: unknown) => (error instanceof pg.DatabaseError ? (error.constraint ?? error.message) : String(error)),
  );

const LINK = `insert into links (id, invoice_id, token, state, stale, part, amount_minor, currency, purpose, expires_at, issued_by, issued_at)
  select gen_random_uuid(), invoice_id, gen_random_uuid()::text, $2, stale, part, amount_minor, currency, purpose, expires_at, issued_by, issued_at
  from links where id = $1`;
const ATTEMPT = `insert into attempts (id, invoice_id, link_id, number, provider, account, state, lookups, request_ids, opened_at)
  select $2, invoice_id, id, $3, 'vpos', 'main', $4, 0, '[]', now() from links where id = $1`;
const PAYMENT = `insert into payments (id, invoice_id, link_id, attempt_id, provider, reference, amount_minor, refunded_minor, currency, home, fiscal, paid_at)
  select gen_random_uuid(), invoice_id, link_id, id, 'vpos', $2, $3, 0, 'AMD', $4, 'none', now() from attempts where id = $1`;

async function aLink(number: string) {
  const { invoice } = await issued(told(number));
  const [link] = invoice.links;
  if (!link) throw new Error("no link was issued");
  return { invoice, link };
}

describe("what the rules refuse the database refuses too", () => {
  test("a second live link of one invoice, also from two connections at once", async () => {
    const { link } = await aLink("G-1");
    expect(await refusedBy(LINK, [link.id, "active"])).toBe("links_one_active");
    expect(await refusedBy(LINK, [link.id, "cancelled"])).toBe("nothing");
    await pool.query("update links set state = 'cancelled' where id = $1", [link.id]);
    const both = await Promise.all([refusedBy(LINK, [link.id, "active"]), refusedBy(LINK, [link.id, "active"])]);
    expect(both.toSorted()).toEqual(["links_one_active", "nothing"]);
  });

  test("a second open attempt, a payment without a home, the same bank reference twice, an orphan payment", async () => {
    const { link } = await aLink("G-2");
    const [first, second] = [randomUUID(), randomUUID()];
    expect(await refusedBy(ATTEMPT, [link.id, first, 1, "pending"])).toBe("nothing");
    expect(await refusedBy(ATTEMPT, [link.id, second, 2, "opening"])).toBe("attempts_one_open");
    expect(await refusedBy(ATTEMPT, [link.id, second, 2, "failed"])).toBe("nothing");
    expect(await refusedBy(PAYMENT, [first, "rrn-1", "100", "somewhere"])).toBe("payments_home");
    expect(await refusedBy(PAYMENT, [first, "rrn-1", "0", "applied"])).toBe("payments_amount");
    expect(await refusedBy(PAYMENT, [first, "rrn-1", "100", "applied"])).toBe("nothing");
    expect(await refusedBy(PAYMENT, [second, "rrn-1", "100", "applied"])).toBe("payments_reference_once");
    expect(await refusedBy("update payments set home = null")).toContain("not-null");
    expect(await refusedBy("delete from attempts where id = $1", [first])).toBe("payments_attempt_id_foreign");
  });

  test("an audit entry is never changed, deleted or truncated", async () => {
    await aLink("G-3");
    for (const sql of ["update audit_entries set at = now()", "delete from audit_entries", "truncate audit_entries"]) {
      expect(await refusedBy(sql)).toContain("audit_entries is append-only");
    }
  });
});

describe("ten managers ask for the same new invoice at once", () => {
  test("one link, and one audit entry for each thing that became true", async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => issued(told("G-10"))));
    expect(new Set(outcomes.map(({ invoice }) => invoice.links.map(({ id }) => id).join())).size).toBe(1);
    expect(outcomes.filter(({ decision }) => decision.kind === "done")).toHaveLength(1);
    const entries = await books().entries({ crm: "book", kind: "invoice", number: "g-10" });
    expect(entries.map(({ position, fact }) => [position, fact.is])).toEqual([
      [1, "invoice_learned"],
      [2, "link_issued"],
    ]);
  });
});

test("what was saved is loaded again as it was, money beyond a float included", async () => {
  const amount = { minor: 900_719_925_474_099n, currency: "AMD" } as const;
  const { invoice } = await issued({ ...told("G-20"), amount: { minor: amount.minor + 1n, currency: "AMD" } });
  const again = await books().read({ id: invoice.id });
  expect(again).toEqual(invoice);
});

test("a rule that throws leaves nothing behind", async () => {
  const { invoice } = await aLink("G-30");
  const broken = books().decide({ id: invoice.id }, ACT, () => {
    throw new Error("a bug");
  });
  await expect(broken).rejects.toThrow("a bug");
  expect(await books().read({ id: invoice.id })).toEqual(invoice);
});
