import { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { createAccounts } from "../../src/store/accounts.ts";
import { verifyAudit } from "../../src/store/audit/verify.ts";
import { createInvitations } from "../../src/store/invitations.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { freshDatabase } from "../fresh-database.ts";

const ANI = { id: "slack:T1:U1", name: "Ani" };
const DAVIT = { id: "slack:T1:U2", name: "Davit" };

let orm: MikroORM;
let pool: pg.Pool;
let now = new Date("2026-11-24T09:00:00Z");
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000));
const clock = () => now;

beforeAll(async () => {
  const url = await freshDatabase();
  orm = await MikroORM.init(ormConfig(url));
  pool = new pg.Pool({ connectionString: url, max: 12 });
});
afterAll(async () => {
  await orm.close();
  await pool.end();
});

const accountsOf = (bot = "7") => createAccounts({ orm, clock, policy: DEFAULT_POLICY, bot });
let deliveries = 0;
const act = (key = `delivery-${(deliveries += 1)}`) => ({ key, requestId: key });

/** What became true of an account, in order, each with who made it so. */
async function facts(user: string): Promise<string[]> {
  const { rows } = await pool.query<{ said: string }>(
    `select concat_ws(' ', fact ->> 'is', fact ->> 'person', fact ->> 'because', 'by', actor ->> 'id') as said
     from audit_entries where invoice_id is null and fact ->> 'account' = $1 order by position`,
    [`telegram:7:${user}`],
  );
  return rows.map(({ said }) => said);
}

describe("a code links an account to a person", () => {
  test("once; only its hash is kept, and the audit says who is linked to whom", async () => {
    const accounts = accountsOf();
    const code = await accounts.invite(ANI);
    expect(code).toMatch(/^[\w-]{22}$/);
    const { rows } = await pool.query("select * from account_codes");
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(await accounts.open(code, "1001", act())).toEqual({ is: "linked", person: ANI, instead: null });
    expect(await accounts.personOf("1001")).toEqual(ANI);
    expect(await accounts.open(code, "1002", act())).toEqual({ is: "used" });
    expect(await accounts.open(code, "1001", act())).toEqual({ is: "used" });
    expect(await accounts.personOf("1002")).toBeUndefined();
    expect(await facts("1001")).toEqual(["account_linked slack:T1:U1 by slack:T1:U1"]);
  });

  test("delivered twice, the same Start is told the same and recorded once; ended meanwhile, it is not", async () => {
    const accounts = accountsOf();
    const start = act();
    const code = await accounts.invite(ANI);
    await accounts.open(code, "1003", start);
    expect(await accounts.open(code, "1003", start)).toEqual({ is: "linked", person: ANI, instead: null });
    expect(await facts("1003")).toHaveLength(1);
    await accounts.leave("1003", act());
    expect(await accounts.open(code, "1003", start)).toEqual({ is: "used" });
    expect(await accounts.personOf("1003")).toBeUndefined();
  });

  test("for a quarter of an hour, and only the last one asked for", async () => {
    const accounts = accountsOf();
    const first = await accounts.invite(ANI);
    const second = await accounts.invite(ANI);
    const davits = await accounts.invite(DAVIT);
    expect(await accounts.open(first, "1004", act())).toEqual({ is: "expired" });
    pass(14.9);
    expect(await accounts.open(second, "1004", act())).toMatchObject({ is: "linked" });
    pass(0.1);
    expect(await accounts.open(davits, "1005", act())).toEqual({ is: "expired" });
    await accounts.forgetCodes(clock());
    expect(await accounts.open(first, "1004", act())).toEqual({ is: "unknown" });
  });

  test("and is good for nothing else: a customer's invitation is no code, and a code is no invitation", async () => {
    const accounts = accountsOf();
    const invitations = createInvitations({ orm, clock, bot: "7" });
    expect(await invitations.open(await accounts.invite(ANI), "1006")).toBeUndefined();
    await pool.query(
      `insert into account_codes (code_hash, person, person_name, expires_at)
       values (encode(sha256('AAAAAAAAAAAAAAAAAAAAAA'), 'hex'), 'slack:T1:U1', 'Ani', 'infinity')`,
    );
    expect(await accounts.open("AAAAAAAAAAAAAAAAAAAAAA", "1006", act())).toEqual({ is: "unknown" });
  });

  test("opened by ten at the same moment: one is linked", async () => {
    const accounts = accountsOf();
    const code = await accounts.invite(ANI);
    const users = Array.from({ length: 10 }, (_, at) => `20${at}`);
    const opened = await Promise.all(users.map((user) => accounts.open(code, user, act())));
    expect(opened.filter(({ is }) => is === "linked")).toHaveLength(1);
    expect(opened.filter(({ is }) => is === "used")).toHaveLength(9);
  });
});

describe("an account is linked anew", () => {
  test("to somebody else: the newer replaces the older, and both are in the audit", async () => {
    const accounts = accountsOf();
    await accounts.open(await accounts.invite(ANI), "1010", act());
    expect(await accounts.open(await accounts.invite(DAVIT), "1010", act())).toEqual({
      is: "linked",
      person: DAVIT,
      instead: ANI,
    });
    expect(await facts("1010")).toEqual([
      "account_linked slack:T1:U1 by slack:T1:U1",
      "account_unlinked slack:T1:U1 replaced by slack:T1:U2",
      "account_linked slack:T1:U2 by slack:T1:U2",
    ]);
  });

  test("to the same person: nothing new is recorded", async () => {
    const accounts = accountsOf();
    await accounts.open(await accounts.invite(ANI), "1011", act());
    expect(await accounts.open(await accounts.invite(ANI), "1011", act())).toMatchObject({ is: "linked" });
    expect(await facts("1011")).toHaveLength(1);
  });

  test("by two codes at the same moment: it has one person, which the database guards too", async () => {
    const accounts = accountsOf();
    const codes = [await accounts.invite(ANI), await accounts.invite(DAVIT)];
    await Promise.all(codes.map((code) => accounts.open(code, "1012", act())));
    const { rows } = await pool.query(
      "select from linked_accounts where account = 'telegram:7:1012' and ended_at is null",
    );
    expect(rows).toHaveLength(1);
    const second = pool.query(
      `insert into linked_accounts (account, person, person_name, linked_at) values ('telegram:7:1012', 'x', 'x', now())`,
    );
    await expect(second).rejects.toMatchObject({ constraint: "linked_accounts_one_person" });
  });

  test("an account of one bot is nobody to another bot", async () => {
    await accountsOf().open(await accountsOf().invite(ANI), "1013", act());
    expect(await accountsOf("8").personOf("1013")).toBeUndefined();
  });
});

describe("a link ends", () => {
  test("in the bot: said once more to the same delivery, and only to who was linked", async () => {
    const accounts = accountsOf();
    await accounts.open(await accounts.invite(ANI), "1020", act());
    const unlink = act();
    expect(await accounts.leave("1020", unlink)).toEqual(ANI);
    expect(await accounts.leave("1020", unlink)).toEqual(ANI);
    expect(await accounts.leave("1020", act())).toBe("ended");
    expect(await accounts.leave("1021", act())).toBe("never");
    expect(await facts("1020")).toEqual([
      "account_linked slack:T1:U1 by slack:T1:U1",
      "account_unlinked slack:T1:U1 asked by slack:T1:U1",
    ]);
  });

  test("from Slack: every account of the person, nobody else's", async () => {
    const accounts = accountsOf();
    const lilit = { id: "slack:T1:U3", name: "Lilit" };
    await accounts.open(await accounts.invite(lilit), "1030", act());
    await accounts.open(await accounts.invite(lilit), "1031", act());
    await accounts.open(await accounts.invite(DAVIT), "1032", act());
    const off = act();
    expect([await accounts.endAll(lilit, off), await accounts.endAll(lilit, off)]).toEqual([2, 2]);
    expect(await accounts.endAll(lilit, act())).toBe(0);
    expect(await accounts.personOf("1031")).toBeUndefined();
    expect(await accounts.personOf("1032")).toEqual(DAVIT);
    expect(await facts("1031")).toHaveLength(2);
  });

  test("from Slack: a code that nobody has opened yet opens nothing any more", async () => {
    const accounts = accountsOf();
    const code = await accounts.invite(ANI);
    const davits = await accounts.invite(DAVIT);
    expect(await accounts.endAll(ANI, act())).toBeGreaterThanOrEqual(0);
    expect(await accounts.open(code, "1033", act())).toEqual({ is: "expired" });
    expect(await accounts.personOf("1033")).toBeUndefined();
    expect(await accounts.open(davits, "1034", act())).toMatchObject({ is: "linked" });
  });
});

test("after all of this the audit's chain holds", async () => {
  const broken: string[] = [];
  await verifyAudit(orm, { root: undefined, say: (sentence) => void broken.push(sentence) });
  expect(broken).toEqual([]);
});
