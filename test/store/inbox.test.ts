import { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { chores } from "../../src/assembly/chores.ts";
import { createProviders } from "../../src/providers/providers.ts";
import { createVpos } from "../../src/providers/vpos/client.ts";
import { createAccounts } from "../../src/store/accounts.ts";
import { createInbox, type Delivery } from "../../src/store/inbox.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { createUsedSignatures } from "../../src/store/used-signatures.ts";
import { freshDatabase } from "../fresh-database.ts";

let orm: MikroORM;
let pool: pg.Pool;
let now = new Date("2026-11-24T09:00:00Z");
const clock = () => now;
const pass = (days: number) => void (now = new Date(now.getTime() + days * 86_400_000));

beforeAll(async () => {
  const url = await freshDatabase();
  orm = await MikroORM.init(ormConfig(url));
  pool = new pg.Pool({ connectionString: url, max: 2 });
});
afterAll(async () => {
  await orm.close();
  await pool.end();
});

const inbox = () => createInbox({ orm, clock });

const webhook = (key: string, more: Partial<Delivery> = {}): Delivery => ({
  source: "webhook:vpos",
  key,
  headers: { "x-vpos-event-id": key },
  body: Buffer.from(`{"id":"${key}"}`),
  verdict: "verified",
  topic: "webhook",
  lane: `webhook:${key}`,
  requestId: key,
  ...more,
});

/** One round of the janitor's regular cleaning. */
async function cleans(): Promise<void> {
  const settings = { baseUrl: "http://127.0.0.1:9", apiToken: "t", webhookSecrets: [], amdExponent: 2 } as const;
  const needs = { providers: createProviders([createVpos(settings)]), policy: DEFAULT_POLICY };
  const accounts = createAccounts({ orm, clock, policy: DEFAULT_POLICY, bot: "7" });
  const all = chores({ orm, inbox: inbox(), accounts, used: createUsedSignatures(orm), clock, needs });
  for (const { run } of all) await run();
}

const kept = async (): Promise<Record<string, string>> => {
  const { rows } = await pool.query<{ key: string; said: string }>(
    "select key, convert_from(body, 'utf8') || headers::text as said from inbox where key not like 'many-%'",
  );
  return Object.fromEntries(rows.map(({ key, said }) => [key, said]));
};

describe("what a provider sent grows old", () => {
  test("after 400 days it is forgotten what it said; that it came is known, so that it runs nothing when it comes again", async () => {
    await inbox().keep(webhook("first"));
    await inbox().note(webhook("stranger", { verdict: "rejected" }));
    pass(31);
    await inbox().keep(webhook("second"));
    await cleans();
    expect(Object.keys(await kept()).toSorted()).toEqual(["first", "second"]);
    pass(368);
    await cleans();
    expect((await kept())["first"]).toBe('{"id":"first"}{"x-vpos-event-id": "first"}');
    pass(2);
    await cleans();
    expect(await kept()).toEqual({ first: "{}", second: '{"id":"second"}{"x-vpos-event-id": "second"}' });
    expect(await inbox().keep(webhook("first"))).toBe("known");
    expect(await inbox().keep(webhook("second", { body: Buffer.from("other") }))).toBe("altered");
  });

  test("also where there is more of it than one statement takes", async () => {
    await pool.query(
      `insert into inbox (source, key, received_at, headers, body, verdict)
       select 'webhook:vpos', 'many-' || n, $1, '{}', 'x', 'verified' from generate_series(1, 2500) n`,
      [now],
    );
    pass(401);
    await cleans();
    const { rows } = await pool.query("select count(*)::int as n from inbox where body <> ''");
    expect(rows).toEqual([{ n: 0 }]);
  });
});

describe("strangers knock at the door of webhooks", () => {
  test("sixty a minute are noted, and one more a minute later", async () => {
    for (let nth = 0; nth < 61; nth += 1) await inbox().note(webhook(`knock-${nth}`, { verdict: "rejected" }));
    const noted = async () => Object.keys(await kept()).filter((key) => key.startsWith("knock-")).length;
    expect(await noted()).toBe(60);
    pass(1 / 1440 + 1 / 86_400);
    await inbox().note(webhook("knock-later", { verdict: "rejected" }));
    expect(await noted()).toBe(61);
  });

  test.each([
    [
      "inbox_rejected",
      "select count(*) from inbox where verdict = 'rejected' and received_at > now() - interval '1 minute'",
    ],
    [
      "inbox_with_body",
      "select id from inbox where body <> '' and verdict = 'verified' and received_at < now() limit 1000",
    ],
  ])("the index %s is there for them, however much is kept", async (index, query) => {
    const client = await pool.connect();
    await client.query("begin; set local enable_seqscan = off");
    const { rows } = await client.query<Record<string, string>>(`explain ${query}`);
    await client.query("rollback");
    client.release();
    expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain(index);
  });
});

describe("deliveries come at the same moment", () => {
  test("each is kept once, however often it came, and whoever brings other contents under a known key hears of it", async () => {
    const box = inbox();
    const came = [webhook("now-1"), webhook("now-2"), webhook("now-1"), webhook("now-3"), webhook("now-2")];
    const other = webhook("now-3", { body: Buffer.from("other") });
    const answers = await Promise.all([...came, other].map((one) => box.keep(one)));
    expect(answers).toEqual(["new", "new", "known", "new", "known", "altered"]);
    const { rows } = await pool.query("select payload from outbox_job where lane like 'webhook:now-%'");
    expect(rows).toHaveLength(3);
    const read = await Promise.all(rows.map(({ payload }) => box.read(String(payload.inbox))));
    expect(read.map(({ body }) => body.toString()).toSorted()).toEqual(
      ["now-1", "now-2", "now-3"].map((key) => `{"id":"${key}"}`),
    );
    expect((await pool.query("select count(*)::int as many from inbox where key = 'now-3'")).rows).toEqual([
      { many: 1 },
    ]);
    await expect(box.read("999999")).rejects.toThrow("inbox 999999 is not there");
  });

  test("one key with two contents among many others: the first is kept and worked on, the second is an alarm", async () => {
    const box = inbox();
    for (let round = 0; round < 8; round += 1) {
      const others = Array.from({ length: 12 }, (_, nth) => webhook(`beside-${round}-${nth}`));
      const [first, second] = ["first", "second"].map((as) =>
        webhook(`twofold-${round}`, { body: Buffer.from(as), heard: { as } }),
      );
      const all = [...others.slice(0, round), first, ...others.slice(round), second].flatMap((one) => one ?? []);
      const answers = await Promise.all(all.map((one) => box.keep(one)));
      expect([answers.filter((one) => one === "new").length, answers.at(-1)]).toEqual([13, "altered"]);
    }
    const { rows } = await pool.query(
      `select distinct convert_from(body, 'utf8') as body, payload -> 'heard' ->> 'as' as heard
       from inbox join outbox_job on (payload ->> 'inbox')::bigint = inbox.id where key like 'twofold-%'`,
    );
    expect(rows).toEqual([{ body: "first", heard: "first" }]);
  });

  test("two copies of the service that are brought the same in another order keep each once, and none fails", async () => {
    const keys = Array.from({ length: 24 }, (_, nth) => `both-${nth}`);
    const bring = (some: readonly string[]) => some.map((key) => box(key));
    const [here, there] = [inbox(), inbox()];
    let turn = 0;
    const box = (key: string) => ((turn += 1) % 2 === 0 ? here : there).keep(webhook(key));
    const answers = await Promise.all([...bring(keys), ...bring(keys.toReversed())]);
    expect(answers.filter((one) => one === "new")).toHaveLength(24);
    expect(answers.filter((one) => one === "known")).toHaveLength(24);
  });
});
