import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issue } from "../../domain/issue.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { canonical } from "../../src/store/audit/canonical.ts";
import { type Audit, openAudit } from "./audit-story.ts";

const NAME = 'Անի "Ani", ՍՊԸ\r\nԵրևան';
const ANI = { kind: "manager", id: "slack:T1:U1", name: NAME } as const;
const TOKEN = "kq3Zr8_vT1-mW0pXy7LbNa";

let audit: Audit;
beforeAll(async () => {
  audit = await openAudit();
  await audit.decides("E-1", 1, { actor: ANI, requestId: 'r-"1",\n' });
  await audit.books.decide(
    { key: { crm: "book", kind: "invoice", number: "E-1" } },
    { actor: ANI, requestId: "r-2" },
    (one, now) =>
      issue(
        one,
        { by: ANI, id: "018f7d0e-0000-7000-8000-000000000001", token: TOKEN, origin: null },
        DEFAULT_POLICY,
        now,
      ),
  );
  await audit.decides("E-2", 1, { actor: { ...ANI, name: "=1+1" }, requestId: "r-3" });
  await audit.opensOrphan("a payment");
});
afterAll(() => audit.close());

type Row = Readonly<Record<string, string>>;
const rowsOf = (csv: string): readonly Row[] => parse(csv, { columns: true });

describe("the audit is exported as CSV", () => {
  test("quotes, line breaks and Armenian come back as they were", async () => {
    const [first] = rowsOf(await audit.exported("csv"));
    expect(first).toMatchObject({ chain: "book:invoice:E-1", position: "1", what: "invoice_learned", who: NAME });
    expect(first?.["request_id"]).toBe('r-"1",\n');
    expect(JSON.parse(first?.["actor"] ?? "")).toEqual(ANI);
  });

  test("every entry is there, in the order in which it was written", async () => {
    const rows = rowsOf(await audit.exported("csv"));
    expect(rows.map(({ chain, position }) => `${chain} ${position}`)).toEqual([
      "book:invoice:E-1 1",
      "book:invoice:E-1 2",
      "book:invoice:E-1 3",
      "book:invoice:E-2 1",
      "book:invoice:E-2 2",
      "none 1",
    ]);
  });

  test("a name that a spreadsheet would calculate stays a name", async () => {
    expect(rowsOf(await audit.exported("csv", "e-2"))[0]).toMatchObject({ who: "'=1+1" });
  });

  test("lines end as RFC 4180 wants it, and an empty export is still a table", async () => {
    const header = "chain,position,at,what,who,request_id,policy_version,fact,actor,previous,hash\r\n";
    expect(await audit.exported("csv", "E-404")).toBe(header);
    expect(await audit.exported("json", "E-404")).toBe("[\n\n]\n");
  });
});

describe("somebody has only the export", () => {
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

  test("every hash can be computed again from it, in both formats", async () => {
    const entries: readonly { readonly hash: string }[] = JSON.parse(await audit.exported("json"));
    expect(entries).toHaveLength(6);
    for (const { hash, ...content } of entries) expect(sha256(canonical(content))).toBe(hash);
    const rows = rowsOf(await audit.exported("csv"));
    for (const { what: _, who: __, hash, position, fact, actor, ...rest } of rows) {
      const content = {
        ...rest,
        position: Number(position),
        fact: JSON.parse(`${fact}`),
        actor: JSON.parse(`${actor}`),
      };
      expect(sha256(canonical(content))).toBe(hash);
    }
  });

  test("nothing in it opens a page: the secret is replaced by its hash, and a change of it still shows", async () => {
    const text = (await audit.exported("json")) + (await audit.exported("csv"));
    expect(text).not.toContain(TOKEN);
    expect(text).toContain(`sha256:${sha256(TOKEN)}`);
    await audit.tampers("update audit_entries set fact = jsonb_set(fact, '{link,token}', '\"x\"') where position = 3");
    expect((await audit.verified()).broken).toHaveLength(1);
  });
});

describe("the one text of a value", () => {
  test("has its keys in the order of their code units, whatever order they came in", () => {
    expect(canonical({ b: [1.0, { d: null, c: "ա\n" }], a: true, É: 0, Z: 1e21 })).toBe(
      String.raw`{"Z":1e+21,"a":true,"b":[1,{"c":"ա\n","d":null}],"É":0}`,
    );
  });
});
