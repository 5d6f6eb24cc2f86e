import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { type Column, readHeader } from "./csv-header.ts";
import { CsvProblem, decoded, withDelimiter } from "./csv-text.ts";

/** One row under the header. An empty cell is not there. */
export type CsvRow = {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
  /** Why the row does not fit the header. */
  readonly problem: string | null;
};

type Read = { readonly record: string[]; readonly info: { readonly lines: number } };

/** A quote that is opened and never closed would otherwise take the rest of a long file into one cell. */
const LONGEST_ROW = 65_536;

/**
 * Reads a table of invoices as it comes, without holding it whole. Throws a `CsvProblem` where nothing can be read. The
 * parser says on which line a row ends, and counts a line break of two characters inside a cell as two.
 */
export async function* readRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const { delimiter, text } = await withDelimiter(decoded(bytes));
  const parser = parse({
    delimiter,
    info: true,
    max_record_size: LONGEST_ROW,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const records: AsyncIterable<Read> = pipeline(Readable.from(text), parser, () => undefined);
  let header: readonly Column[] | undefined;
  let countedTwice = 0;
  try {
    for await (const { record, info } of records) {
      const cells = record.join("");
      const line = info.lines - count(cells, /[\r\n]/g) - countedTwice;
      countedTwice += count(cells, /\r\n/g);
      if (header) yield rowOf(header, record, line);
      else header = readHeader(record);
    }
  } catch (error) {
    throw error instanceof CsvError ? new CsvProblem(sentenceOf(error), { cause: error }) : error;
  }
  if (!header) readHeader([]);
}

function rowOf(header: readonly Column[], record: readonly string[], line: number): CsvRow {
  const cells: Partial<Record<Column, string>> = {};
  for (const [at, column] of header.entries()) {
    const cell = record[at]?.trim() ?? "";
    if (cell !== "") cells[column] = cell;
  }
  const fits = record.length === header.length;
  const problem = `The row has ${record.length} cells and the header ${header.length}: a cell with a comma or a line break in it must stand in quotes.`;
  return { line, cells, problem: fits ? null : problem };
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** The parser's own messages repeat what stands in the file. */
function sentenceOf(error: CsvError): string {
  const row = Number(error["records"]) + 1;
  switch (error.code) {
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return `Line ${Number(error["lines"])}: a quotation mark inside a cell must be written twice, and the cell in quotes.`;
    case "CSV_QUOTE_NOT_CLOSED":
    case "CSV_MAX_RECORD_SIZE":
      return `Row ${row}, counting the header: a cell is opened with a quotation mark that is never closed.`;
    default:
      return `Row ${row}, counting the header, cannot be read as CSV.`;
  }
}
