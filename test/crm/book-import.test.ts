import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MikroORM } from "@mikro-orm/postgresql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY as policy } from "../../domain/policy.ts";
import { createBook } from "../../src/crm/book/book.ts";
import { runImport } from "../../src/crm/book/import-command.ts";
import { createProgress } from "../../src/crm/book/progress.ts";
import { readEntry } from "../../src/http/api/read-entry.ts";
import { createBooks } from "../../src/store/books.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { putInvoice } from "../../src/usecases/put-invoice.ts";
import { freshDatabase } from "../fresh-database.ts";
import { inTerminal } from "../in-terminal.ts";
import { fileOf, HEADER } from "./csv-story.ts";

let orm: MikroORM;
let url: string;
beforeAll(async () => {
  url = await freshDatabase();
  orm = await MikroORM.init(ormConfig(url));
});
afterAll(() => orm.close());

async function imported(content: string, how: { dryRun?: boolean; skipErrors?: boolean } = {}) {
  const shared = { orm, clock: () => new Date(), ids: { id: () => randomUUID(), token: () => randomUUID() } };
  const book = createBook(shared);
  const books = createBooks({ ...shared, policy, hears: { merchant: true, ops: true } });
  const act = { actor: { kind: "system", id: "system:import", name: "import" }, requestId: "import:1" } as const;
  const said: string[] = [];
  const written: string[] = [];
  const ok = await runImport({
    dryRun: false,
    skipErrors: false,
    ...how,
    open: () => fileOf(content),
    read: readEntry,
    book,
    put: async (entry) => (await putInvoice({ books, book }, entry, act)).put,
    progress: (doing) => createProgress({ write: (text) => written.push(text) }, doing),
    say: (text) => said.push(text),
  });
  const find = (number: string) => book.find({ kind: "invoice", number });
  return { ok, said: said.join("\n"), written, find, books };
}

const table = (...rows: readonly string[]): string => [HEADER, ...rows].join("\n");

describe("a table of invoices is imported", () => {
  test("they are in the book, and known to everything that follows the book", async () => {
    const { ok, said, find, books } = await imported(
      table('A-1,1000,AMD,"Կայք, էջ",C-1,Աննա', "A-2,20.50,USD,Logo,C-2,Ivan"),
    );
    expect(ok).toBe(true);
    expect(said).toBe("2 rows: 2 created, 0 changed, 0 unchanged, 0 with mistakes.");
    expect(await find("A-1")).toMatchObject({ purpose: "Կայք, էջ", amount: { minor: 100_000n, currency: "AMD" } });
    const entries = await books.entries({ crm: "book", kind: "invoice", number: "A-2" });
    expect(entries).toMatchObject([{ fact: { is: "invoice_learned" }, actor: { id: "system:import" } }]);
  });

  test("again, with one amount changed: one is changed, the others stay", async () => {
    await imported(table("B-1,1000,AMD,Design,C-1,Anna", "B-2,2000,AMD,Design,C-1,Anna"));
    const { said, find } = await imported(table("b-1,1000.00,AMD,Design,C-1,Anna", "B-2,2500,AMD,Design,C-1,Anna"));
    expect(said).toBe("2 rows: 0 created, 1 changed, 1 unchanged, 0 with mistakes.");
    expect((await find("B-2"))?.amount.minor).toBe(250_000n);
  });

  test("in a dry run it is only said what would happen", async () => {
    const { ok, said, find } = await imported(table("D-1,1000,AMD,Design,C-1,Anna"), { dryRun: true });
    expect(ok).toBe(true);
    expect(said).toContain("line 2: D-1 would be created");
    expect(said).toContain("Dry run: nothing was imported.");
    expect(await find("D-1")).toBeUndefined();
  });
});

describe("a table has mistakes", () => {
  const MISTAKEN = table(
    "E-1,1000,AMD,Design,C-1,Anna",
    'E-2,0,AMD,"two',
    'lines",C-1,Anna',
    "E-3,1000,AMD,Design,C-1,",
    "e-1,2000,AMD,Design,C-1,Anna",
    "E-4,1000,AMD,Design,C-1,Anna,extra",
  );

  test("nothing of it is imported, and every mistake is told with its line and its column", async () => {
    const { ok, said, find } = await imported(MISTAKEN);
    expect(ok).toBe(false);
    expect(said).toContain("line 3, amount: The amount must be more than zero.");
    expect(said).toContain("line 3, purpose: The purpose has a line break");
    expect(said).toContain("line 5, customer_name: The customer's name is missing.");
    expect(said).toContain("line 6, number: Line 2 is the same invoice already");
    expect(said).toContain("line 7: The row has 7 cells and the header 6");
    expect(said).toContain("5 rows: 1 would be created, 0 would be changed, 0 unchanged, 4 with mistakes.");
    expect(said).toContain("Nothing was imported.");
    expect(await find("E-1")).toBeUndefined();
  });

  test("with --skip-errors the right rows are imported, and the others are still told", async () => {
    const { ok, said, find } = await imported(MISTAKEN, { skipErrors: true });
    expect(ok).toBe(false);
    expect(said).toContain("5 rows: 1 created, 0 changed, 0 unchanged, 4 with mistakes.");
    expect((await find("E-1"))?.amount.minor).toBe(100_000n);
    expect(await find("E-3")).toBeUndefined();
  });
});

test("a long file says how far it is, a line every thousand rows", async () => {
  const rows = Array.from({ length: 2100 }, (_, at) => `F-${at},0,AMD,Design,C-1,Anna`);
  const { written, said } = await imported(table(...rows));
  expect(written).toEqual(["looking: 1000 rows\n", "looking: 2000 rows\n"]);
  expect(said).toContain("and 1900 more rows with mistakes");
});

describe("the command", () => {
  const book = async (...args: readonly string[]) => {
    const { code, out, aside } = await inTerminal("book", args, { DATABASE_URL: url });
    return { code, out: out + aside };
  };

  test("imports the sample, and lists what is in the book", async () => {
    expect(await book("import", "test/fixtures/book.csv")).toEqual({
      code: 0,
      out: "4 rows: 4 created, 0 changed, 0 unchanged, 0 with mistakes.\n",
    });
    const { out } = await book("list");
    expect(out).toMatch(/^INV-2002 +120000\.00 AMD +open +Hovik & Sons, LLC$/m);
    expect(out).toMatch(/^deal:77 +250\.50 USD +open +Иван Петров$/m);
    expect(out).toMatch(/^order:55 +4500\.00 AMD +cancelled +Mariam$/m);
  });

  test("ends with a sentence: 1 when a row has a mistake or the file is missing, 2 when nothing is asked", async () => {
    const file = join(tmpdir(), `${randomUUID()}.csv`);
    await writeFile(file, table("G-1,-5,AMD,Design,C-1,Anna"));
    try {
      const [mistaken, missing, nothing] = await Promise.all([
        book("import", file),
        book("import", "no-such-file.csv"),
        book(),
      ]);
      expect(mistaken).toMatchObject({ code: 1, out: expect.stringContaining("line 2, amount") });
      expect(missing).toMatchObject({ code: 1, out: expect.stringMatching(/^[^\n]*no-such-file\.csv[^\n]*\n$/) });
      expect(nothing).toMatchObject({ code: 2, out: expect.stringContaining("npm run book -- import file.csv") });
    } finally {
      await rm(file);
    }
  });

  test("--help says what it can do, without a database", async () => {
    const { code, out } = await book("--help");
    expect(code).toBe(0);
    expect(out).toContain("customer_language (hy, ru or en)");
  });
});
