import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { canonical } from "../../src/store/audit/canonical.ts";
import { sha256 } from "../../src/store/audit/entry.ts";
import { type Audit, openAudit } from "./audit-story.ts";

const CHAIN = "book:invoice:T-1";
const OF_T1 = "invoice_id = (select id from invoices where number = 'T-1')";
const changed = (position: number, chain = CHAIN): string =>
  `Entry ${position} of ${chain} is not what was written there: it was changed or moved.`;

let audit: Audit;
/** Two invoices of five entries, and two cases that belong to none. */
beforeAll(async () => {
  audit = await openAudit();
  for (const number of ["T-1", "T-2"]) await audit.decides(number, 4);
  await audit.opensOrphan("a payment");
  await audit.opensOrphan("another");
  await audit.remembers();
});
afterEach(() => audit.restores());
afterAll(() => audit.close());

/** Writes another request into an entry of T-1, with the hash that fits. */
async function rewriting(position: number): Promise<string> {
  const entries: readonly Readonly<Record<string, unknown>>[] = JSON.parse(await audit.exported("json", "T-1"));
  const { hash: _, ...was } = entries[position - 1] ?? {};
  const hash = sha256(canonical({ ...was, request_id: "r-2" }));
  return `update audit_entries set request_id = 'r-2', hash = '${hash}' where position = ${position} and ${OF_T1}`;
}

const brokenBy = async (...statements: readonly string[]): Promise<readonly string[]> => {
  await audit.tampers(...statements);
  return (await audit.verified()).broken;
};

describe("somebody changes what an entry says", () => {
  test.each([
    ["the fact", `fact = '{"is":"crm_told","fact":"nothing"}'`],
    ["a part of the actor", `actor = jsonb_set(actor, '{name}', '"Somebody"')`],
    ["the time by a microsecond", "at = at + interval '1 microsecond'"],
    ["the version of the policy", "policy_version = 'another'"],
    ["the request", "request_id = 'r-2'"],
    ["the hash before it", "previous = hash"],
    ["the hash", "hash = previous"],
  ])("%s: the entry is named", async (_what, change) => {
    const broken = await brokenBy(`update audit_entries set ${change} where position = 3 and ${OF_T1}`);
    expect(broken[0]).toBe(changed(3));
  });

  test("an entry of no invoice is named too", async () => {
    const broken = await brokenBy(
      "update audit_entries set request_id = 'r-2' where invoice_id is null and position = 1",
    );
    expect(broken).toEqual([changed(1, "none")]);
  });

  test("and writes the hash of the entry anew: the next one does not follow from it", async () => {
    expect(await brokenBy(await rewriting(3))).toEqual([
      `Entry 4 of ${CHAIN} does not follow from the entry before it: one of the two was written anew.`,
    ]);
  });

  test("or what the invoice is called: its whole history is another one's", async () => {
    expect(await brokenBy("update invoices set number = 'T-9' where number = 'T-1'")).toEqual(
      [1, 2, 3, 4, 5].map((position) => changed(position, "book:invoice:T-9")),
    );
  });
});

describe("somebody moves or removes entries", () => {
  test("two changed places: both are named", async () => {
    const broken = await brokenBy(
      ...[
        [2, 0],
        [3, 2],
        [0, 3],
      ].map(([from, to]) => `update audit_entries set position = ${to} where position = ${from} and ${OF_T1}`),
    );
    expect(broken).toEqual([changed(2), changed(3)]);
  });

  test("one in the middle is missed", async () => {
    expect(await brokenBy(`delete from audit_entries where position = 2 and ${OF_T1}`)).toEqual([
      `Entry 2 of ${CHAIN} is missing.`,
    ]);
  });

  test("the last ones are missed: the invoice counts them", async () => {
    expect(await brokenBy(`delete from audit_entries where position > 3 and ${OF_T1}`)).toEqual([
      `The last 2 entries of ${CHAIN} are missing: its invoice counts 5.`,
    ]);
  });

  test("the last one is replaced by another of the same place: the invoice names the real one", async () => {
    expect(await brokenBy(await rewriting(5))).toEqual([
      `The invoice of ${CHAIN} names another last entry than the one there is.`,
    ]);
  });

  test("all of them are missed", async () => {
    expect(await brokenBy(`delete from audit_entries where ${OF_T1}`)).toEqual([
      `The last 5 entries of ${CHAIN} are missing: its invoice counts 5.`,
    ]);
  });
});

test("an invoice is torn out from under its entries: they are lost, and said so", async () => {
  await audit.tampers("set session_replication_role = replica", "delete from invoices where number = 'T-1'");
  const { broken } = await audit.verified();
  expect(broken).toHaveLength(5);
  expect(broken[0]).toMatch(/^Entry 1 of the lost invoice [0-9a-f-]{36} is not what was written there/);
});

describe("a checkpoint was written before", () => {
  let root: string;
  let time: string;
  beforeEach(async () => {
    const written = await audit.checkpoint();
    root = written?.root ?? "";
    time = written?.at ?? "";
  });

  test("the tail is cut off with the invoice's own count: the checkpoint saw more", async () => {
    const broken = await brokenBy(
      `delete from audit_entries where position > 3 and ${OF_T1}`,
      `update invoices set entries = 3, audit_head = (select hash from audit_entries where position = 3 and ${OF_T1})
       where number = 'T-1'`,
    );
    expect(broken).toEqual([`The checkpoint of ${time} saw ${CHAIN} with 5 entries: entry 5 is missing.`]);
  });

  test("an invoice is taken away with its whole chain, as if it had never been", async () => {
    const tables = ["audit_entries", "links", "cases"].map((table) => `delete from ${table} where ${OF_T1}`);
    expect(await brokenBy(...tables, "delete from invoices where number = 'T-1'")).toEqual([
      `The checkpoint of ${time} saw ${CHAIN} with 5 entries: entry 5 is missing.`,
    ]);
  });

  test("the last entry of no invoice is missed", async () => {
    expect(await brokenBy("delete from audit_entries where invoice_id is null and position = 2")).toEqual([
      `The checkpoint of ${time} saw none with 2 entries: entry 2 is missing.`,
    ]);
  });

  test.each([
    ["what it saw", `chains = chains - 'book:invoice:T-1'`],
    ["its time", "at = at + interval '1 microsecond'"],
    ["its count", "entries = entries - 1"],
    ["its root", "root = previous"],
  ])("%s is changed: the checkpoint is named", async (_what, change) => {
    const broken = await brokenBy(`update audit_checkpoints set ${change}`);
    expect(broken).toEqual([expect.stringMatching(/^The checkpoint of \S+ is not what was written there\.$/)]);
  });

  test("the first of two is taken away: the second does not follow from it", async () => {
    await audit.decides("T-1", 1);
    const second = await audit.checkpoint();
    expect(await brokenBy("delete from audit_checkpoints where id = (select min(id) from audit_checkpoints)")).toEqual([
      `The checkpoint of ${second?.at} does not follow from the one before it: one was taken away.`,
    ]);
  });

  test("all are taken away: only a root that was kept elsewhere can tell", async () => {
    expect((await audit.verified(root)).broken).toEqual([]);
    await audit.tampers("delete from audit_checkpoints");
    expect((await audit.verified()).broken).toEqual([]);
    expect((await audit.verified(root)).broken).toEqual([
      "There is no checkpoint with the root that you kept: everything may have been written anew.",
    ]);
  });

  test("the database itself refuses to change it", async () => {
    for (const sql of ["update audit_checkpoints set at = now()", "delete from audit_checkpoints"]) {
      await expect(audit.orm.em.fork().execute(sql)).rejects.toThrow("audit_checkpoints is append-only");
    }
    await expect(audit.orm.em.fork().execute("truncate audit_checkpoints")).rejects.toThrow("append-only");
  });
});

test("more is broken than anybody reads: the answer of the API stays short", async () => {
  await audit.decides("T-1", 200);
  await audit.tampers("update audit_entries set request_id = 'r-2'");
  const { broken } = await audit.books.verifyAudit();
  expect(broken).toHaveLength(101);
  expect(broken.at(-1)).toBe("There are 112 more broken places.");
});
