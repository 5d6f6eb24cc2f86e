import { COLUMNS } from "../../src/crm/book/csv-header.ts";
import { type CsvRow, readRows } from "../../src/crm/book/csv-rows.ts";

/** A file as it comes from a disk: in pieces of so many bytes, wherever they fall. */
export async function* fileOf(content: string | Uint8Array, piece = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

export async function rowsOf(content: string | Uint8Array, piece?: number): Promise<readonly CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of readRows(fileOf(content, piece))) rows.push(row);
  return rows;
}

export const HEADER = "number,amount,currency,purpose,customer_id,customer_name";

/** Cells as every spreadsheet writes them: in quotes, with quotes inside doubled. */
export const csvLine = (cells: readonly string[], delimiter = ","): string =>
  cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter);

export const FULL_HEADER = COLUMNS.join(",");
