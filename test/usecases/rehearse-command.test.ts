import { randomUUID } from "node:crypto";
import { MikroORM } from "@mikro-orm/postgresql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createBook } from "../../src/crm/book/book.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { freshDatabase } from "../fresh-database.ts";
import { inTerminal } from "../in-terminal.ts";

let orm: MikroORM;
let url: string;
beforeAll(async () => {
  url = await freshDatabase();
  orm = await MikroORM.init(ormConfig(url));
  const ids = { id: () => randomUUID(), token: () => randomUUID() };
  await createBook({ orm, clock: () => new Date(), ids }).put({
    kind: "invoice",
    number: "INV-1042",
    amount: { minor: 1_500_000n, currency: "AMD" },
    purpose: "Twelve chairs",
    state: "open",
    customer: { id: "c1", name: "Karen", language: null, phone: null, email: null },
    owner: null,
  });
});
afterAll(() => orm.close());

/** `npm run dry-run -- …`, in the terminal. */
async function command(...args: readonly string[]) {
  const { code, out, aside } = await inTerminal("dry-run", args, { DATABASE_URL: url });
  return { code, out: (out + aside).replaceAll("\u00a0", " ") };
}

describe("somebody asks in the terminal what would happen", { timeout: 60_000 }, () => {
  test("it says what and by which rule, ends with 0, and the books know nothing of it", async () => {
    const { code, out } = await command("INV-1042", "expires", "5d");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Nothing was done. This would happen:\n• .* \(rule 2\)\n• issued link for AMD 15,000, .* \(rule 1\)\n$/,
    );
    expect(await orm.em.fork().execute("select from invoices")).toEqual([]);
  });

  test("what would be refused ends with 1, in the language that was asked for, with what would be learned all the same", async () => {
    const said = await Promise.all(["hy", "ru", "en"].map((lang) => command("INV-1042", "part", "10", "--lang", lang)));
    expect(said.map(({ code }) => code)).toEqual([1, 1, 1]);
    const [hy, ru, en] = said.map(({ out }) => out.split("\n"));
    expect(hy).toContain("Ոչինչ չի արվել։ Պատասխանը կլիներ.");
    expect(hy).toContain("Այդուհանդերձ տեղի կունենար հետևյալը.");
    expect(ru).toContain("При этом всё равно произошло бы следующее:");
    expect(en).toContain("All the same, this would happen:");
    expect(hy?.[1]).toMatch(/\(կանոն 2\)$/);
  });

  test("in the place of a person it is judged by that person's roles", async () => {
    expect(await command("INV-1042", "--as", "telegram:1:2")).toMatchObject({
      code: 1,
      out: expect.stringContaining("rule 14"),
    });
    expect(await command("INV-1042", "--as", "slack:T1:U1")).toMatchObject({ code: 0 });
  });

  test("what cannot be understood ends with 2 and says how to ask", async () => {
    const wrong = [[], ["verify", "INV-1042"], ["INV-1042", "--lang", "fr"], ["INV-1042", "--as", "Ani"], ["--all"]];
    const answers = await Promise.all(wrong.map((args) => command(...args)));
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    expect(answers[0]?.out).toContain("npm run dry-run -- reissue INV-1042 new date");
    expect(answers[1]?.out).toContain("“verify”");
  });
});
