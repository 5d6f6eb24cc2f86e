import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COLUMNS } from "../../src/crm/book/csv-header.ts";
import { csvLine, FULL_HEADER, HEADER, rowsOf } from "./csv-story.ts";

const LETTERS = ["ա", "Բ", "և", "֏", "ё", "Ж", ",", ";", '"', "'", "\t", " ", "\n", "\r\n", "a", "7", "😀", "\u0301"];
const cell = fc.array(fc.constantFrom(...LETTERS), { maxLength: 8 }).map((letters) => letters.join(""));
const table = fc.array(fc.array(cell, { minLength: COLUMNS.length, maxLength: COLUMNS.length }), { maxLength: 6 });

const breaks = (text: string): number => text.match(/\r\n|\n/g)?.length ?? 0;

test("whatever stands in the cells comes back, on the line where its row begins, however the file is cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom("\n", "\r\n"),
      fc.constantFrom(",", ";", "\t"),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      async (records, newline, delimiter, piece, marked) => {
        const lines = [COLUMNS.join(delimiter), ...records.map((record) => csvLine(record, delimiter))];
        const content = (marked ? "\ufeff" : "") + lines.join(newline) + newline;
        const rows = await rowsOf(content, piece);
        let line = 2;
        const expected = records.map((record) => {
          const cells = COLUMNS.flatMap((column, at) => {
            const text = record[at]?.trim() ?? "";
            return text === "" ? [] : [[column, text]];
          });
          const row = { line, cells: Object.fromEntries(cells), problem: null };
          line += 1 + breaks(record.join(""));
          return row;
        });
        expect(rows).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

describe("a table as people really save it", () => {
  const ROW = "INV-1,1000,AMD,Design,C-1,Anna";

  test("columns in any order and case, with spaces around them", async () => {
    const rows = await rowsOf(
      " Number ,CURRENCY,amount,customer_name,customer_id,purpose\nINV-1,AMD,1000,Anna,C-1,Design",
    );
    expect(rows).toMatchObject([{ line: 2, cells: { number: "INV-1", amount: "1000", customer_name: "Anna" } }]);
  });

  test("empty lines are passed over, and the lines after them keep their numbers", async () => {
    const rows = await rowsOf(`${HEADER}\r\n\r\n${ROW}\r\n\r\n\r\n${ROW}\r\n`);
    expect(rows.map(({ line }) => line)).toEqual([3, 6]);
  });

  test("a comma outside quotes gives the row one cell too many, and the row says so", async () => {
    const [row] = await rowsOf(`${HEADER}\nINV-1,1000,AMD,Design, stage 2,C-1,Anna`);
    expect(row?.problem).toMatch(/7 cells and the header 6/);
  });
});

describe("a file that cannot be read", () => {
  const files: Readonly<Record<string, [content: string | Uint8Array, sentence: RegExp]>> = {
    "an empty one": ["", /lacks columns: number, amount/],
    "one without a header": ["INV-1,1000,AMD,Design,C-1,Anna\n", /Line 1 must name the columns/],
    "one that lacks a column": ["number,amount,currency,purpose,customer_id\n", /lacks columns: customer_name\./],
    "one with a misspelt column": [`${HEADER},custmer_phone\n`, /not known: custmer_phone/],
    "one with a column twice": [`${HEADER},amount\n`, /columns twice: amount/],
    "one in the code page of an old Windows": [
      Buffer.concat([Buffer.from(`${HEADER}\n1,1,AMD,`), Buffer.from([0xc0, 0xe1])]),
      /not UTF-8.*CSV UTF-8/,
    ],
    "one with an open quote": [`${HEADER}\nINV-1,1000,AMD,"Design,C-1,Anna\n`, /Row 2.*never closed/],
    "one with a quote inside a cell": [`${HEADER}\n\nINV-1,1000,AMD,"De"sign",C-1,Anna\n`, /Line 3.*written twice/],
    "one with an open quote before megabytes": [`${HEADER}\n"${"a,\n".repeat(100_000)}`, /Row 2.*never closed/],
  };
  for (const [name, [content, sentence]] of Object.entries(files)) {
    test(`${name}: a sentence says so`, async () => {
      await expect(rowsOf(content)).rejects.toThrow(sentence);
    });
  }

  test("the sentence does not repeat what stands in the rows", async () => {
    const content = `${FULL_HEADER}\n"+374 91 234567"x`;
    await expect(rowsOf(content)).rejects.toThrow(/^(?!.*234567)/);
  });
});
