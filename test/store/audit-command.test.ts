import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inTerminal } from "../in-terminal.ts";
import { type Audit, openAudit } from "./audit-story.ts";

let audit: Audit;
beforeAll(async () => {
  audit = await openAudit();
  await audit.decides("C-1");
});
afterAll(() => audit.close());

async function command(...args: readonly string[]) {
  const { code, out, aside } = await inTerminal("audit", args, { DATABASE_URL: audit.url });
  return { code, out: out + aside };
}

describe("the audit command", { timeout: 40_000 }, () => {
  test("writes a checkpoint with a root to keep, verifies, and exports one invoice", async () => {
    const { out } = await command("checkpoint");
    const [, at, root] = /^The checkpoint of (\S+) covers 3 entries[^]*\n([0-9a-f]{64})\n$/.exec(out) ?? [];
    const [verified, exported, unknown] = await Promise.all([
      command("verify", "--root", `${root}`),
      command("export", "--format", "json", "--invoice", "invoice:c-1"),
      command("export", "--invoice", "deal:C-1"),
    ]);
    expect(verified).toEqual({ code: 0, out: `The audit holds: 3 entries in 1 chain, checkpoint of ${at}\n` });
    expect(JSON.parse(exported.out)).toHaveLength(3);
    expect(unknown).toMatchObject({ code: 1, out: expect.stringContaining("No invoice is known as deal:C-1.") });
  });

  test("says every broken place, and ends with 1", async () => {
    await audit.tampers("update audit_entries set request_id = 'x' where position = 2");
    const { code, out } = await command("verify");
    expect(code).toBe(1);
    expect(out).toMatch(/^Entry 2 of book:invoice:C-1 is not what .*\nThe audit is broken in 1 place: 3 entries/);
  });

  test("what it does not know it answers with what it can, and 2", async () => {
    const wrong = [[], ["verify", "--all"], ["export", "--invoice", "bill:1"]];
    const answers = await Promise.all(wrong.map((args) => command(...args)));
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(answers[0]?.out).toContain("npm run audit -- verify");
  });
});
