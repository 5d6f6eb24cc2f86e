import { MikroORM } from "@mikro-orm/postgresql";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hourlyCheckpoint } from "../../src/store/audit/checkpoint.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { type Audit, openAudit } from "./audit-story.ts";

const KEY = { crm: "book", kind: "invoice", number: "A-1" } as const;
const HOUR_MS = 3_600_000;

let audit: Audit;
beforeAll(async () => {
  audit = await openAudit();
  await audit.remembers();
});
afterEach(() => audit.restores());
afterAll(() => audit.close());

describe("nobody touched the audit", () => {
  test("an empty one holds", async () => {
    expect(await audit.verified()).toEqual({ entries: 0, chains: 0, checkpoint: null, broken: [] });
    expect(await audit.checkpoint()).toBeUndefined();
  });

  test("it holds over several decisions, invoices and checkpoints, and the last checkpoint is named", async () => {
    await audit.decides("A-1");
    await audit.checkpoint();
    await audit.decides("A-1", 3);
    await audit.decides("A-2");
    for (const cause of ["one", "two", "one"]) await audit.opensOrphan(cause);
    const last = await audit.checkpoint();
    expect(last?.entries).toBe(11);
    await audit.decides("A-2", 1);
    expect(await audit.verified()).toEqual({ entries: 12, chains: 3, checkpoint: last?.at, broken: [] });
    expect(await audit.books.verifyAudit()).toEqual({ entries: 12, broken: [] });
  });

  test("every entry carries the hash of the one before, from zeros on, and the version of the policy", async () => {
    await audit.decides("A-1");
    await audit.decides("A-1", 1, undefined, audit.booksOf(audit.orm, "2026-12"));
    const entries = await audit.books.entries(KEY);
    expect(entries.map(({ previous }) => previous)).toEqual([
      "0".repeat(64),
      ...entries.slice(0, -1).map(({ hash }) => hash),
    ]);
    expect(new Set(entries.map(({ hash }) => hash)).size).toBe(4);
    expect(entries.map(({ policyVersion }) => policyVersion)).toEqual(["default", "default", "default", "2026-12"]);
  });

  test("a chain that is longer than what is read at once is read to its end", async () => {
    await audit.decides("A-1", 2499);
    await audit.decides("A-2", 1);
    expect(await audit.verified()).toMatchObject({ entries: 2502, chains: 2, broken: [] });
    await audit.tampers("update audit_entries set request_id = 'r-2' where position = 2001");
    expect((await audit.verified()).broken).toEqual([
      "Entry 2001 of book:invoice:A-1 is not what was written there: it was changed or moved.",
    ]);
  });
});

describe("many write at once", () => {
  test("fifty decisions on one invoice are one unbroken chain", async () => {
    await Promise.all(Array.from({ length: 50 }, () => audit.decides("A-1")));
    expect(await audit.verified()).toMatchObject({ entries: 101, chains: 1, broken: [] });
  });

  test("two copies of the service on two invoices and on the chain of no invoice", async () => {
    const other = await MikroORM.init(ormConfig(audit.url));
    try {
      const copies = [audit.books, audit.booksOf(other)];
      const numbers = Array.from({ length: 20 }, (_, at) => at);
      await Promise.all(
        numbers.flatMap((at) => [
          audit.decides(`A-${at % 2}`, 2, undefined, copies[at % 4 < 2 ? 0 : 1]),
          audit.opensOrphan(`cause ${at}`),
        ]),
      );
    } finally {
      await other.close();
    }
    expect(await audit.verified()).toMatchObject({ entries: 62, chains: 3, broken: [] });
  });

  test("checkpoints that are written in the middle of it miss nothing", async () => {
    const all = Array.from({ length: 40 }, (_, at) => audit.decides(`A-${at % 7}`));
    await Promise.all([...all, audit.checkpoint(), audit.checkpoint()]);
    const last = await audit.checkpoint();
    expect(last?.entries).toBe(87);
    expect(await audit.verified()).toMatchObject({ entries: 87, chains: 7, broken: [] });
  });
});

describe("checkpoints", () => {
  test("one waits for a transaction that drew its row's id before it and commits after it", async () => {
    const slow =
      audit.intrudes(`begin; insert into audit_entries (position, fact, actor, request_id, at, policy_version,
      previous, hash) values (1, '{}', '{}', 'slow', now(), '', '', 'slow'); select pg_sleep(0.3); commit`);
    await expect.poll(() => audit.inHand()).toBeGreaterThan(0);
    await audit.decides("A-1");
    await audit.checkpoint();
    await slow;
    const last = await audit.checkpoint();
    expect(last).toMatchObject({ entries: 4, chains: { none: [1, "slow"] } });
  });

  test("one names only the chains that grew since the one before, and none is written where nothing grew", async () => {
    await audit.decides("A-1");
    const first = await audit.checkpoint();
    await audit.decides("A-2");
    const second = await audit.checkpoint();
    expect(Object.keys(first?.chains ?? {})).toEqual(["book:invoice:A-1"]);
    expect(Object.keys(second?.chains ?? {})).toEqual(["book:invoice:A-2"]);
    expect(await audit.checkpoint()).toEqual(second);
  });

  test("the chore that runs more often writes one an hour", async () => {
    const began = Date.now();
    const at = (ms: number) => hourlyCheckpoint(audit.orm, () => new Date(began + ms));
    await audit.decides("A-1");
    const first = await at(0);
    await audit.decides("A-1");
    expect(await at(HOUR_MS - 1)).toEqual(first);
    expect((await at(HOUR_MS))?.entries).toBe(5);
  });
});
