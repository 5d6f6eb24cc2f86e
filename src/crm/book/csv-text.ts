/** A file that cannot be read as a table of invoices. */
export class CsvProblem extends Error {
  override readonly name = "CsvProblem";
}

/** UTF-8 to text, without the mark that some programs put in front. Anything else would become nonsense silently. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new CsvProblem('The file is not UTF-8. In Excel it is saved as "CSV UTF-8 (comma delimited)".', { cause });
  }
}

/** Nobody's header is longer. */
const LONGEST_HEADER = 16_384;

const DELIMITERS = [",", ";", "\t"] as const;

/** What stands between cells, read off the header: Excel writes semicolons where the comma is a decimal sign. */
export async function withDelimiter(
  text: AsyncGenerator<string>,
): Promise<{ readonly delimiter: string; readonly text: AsyncGenerator<string> }> {
  let start = "";
  for (let next = await text.next(); next.done !== true; next = await text.next()) {
    start += next.value;
    if (/[\r\n]/.test(start) || start.length > LONGEST_HEADER) break;
  }
  const [header = ""] = start.split(/[\r\n]/);
  const [delimiter = ","] = DELIMITERS.toSorted((a, b) => header.split(b).length - header.split(a).length);
  return { delimiter, text: joined(start, text) };
}

async function* joined(start: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield start;
  yield* rest;
}
