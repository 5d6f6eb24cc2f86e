import { IsolationLevel, type MikroORM } from "@mikro-orm/postgresql";
import type { InvoiceKey } from "../../../domain/invoice.ts";
import { canonical } from "./canonical.ts";
import { csvLine } from "./csv.ts";
import { exported, type Sealed } from "./entry.ts";
import { CHAIN, SEALED, stream } from "./read.ts";

/** A format: what stands before, between and after the entries, and how one is written. */
type Format = {
  readonly begin: string;
  readonly between: string;
  readonly end: string;
  readonly write: (entry: Sealed) => string;
};

const COLUMNS = ["chain", "position", "at", "what", "who", "request_id", "policy_version", "fact", "actor"] as const;

/**
 * `what` and `who` are for people; the rest is what is hashed. Facts and actors stand there as canonical JSON, so the hash of an
 * entry can be computed again from an export alone.
 */
const FORMATS = {
  csv: {
    begin: csvLine([...COLUMNS, "previous", "hash"]),
    between: "",
    end: "",
    write: (entry) => {
      const { chain, position, at, fact, actor, request_id, policy_version, previous } = exported(entry);
      const about = [chain, `${position}`, at, textOf(fact, "is"), harmless(textOf(actor, "name"))];
      return csvLine([...about, request_id, policy_version, canonical(fact), canonical(actor), previous, entry.hash]);
    },
  },
  json: {
    begin: "[\n",
    between: ",\n",
    end: "\n]\n",
    write: (entry) => JSON.stringify({ ...exported(entry), hash: entry.hash }),
  },
} satisfies Record<string, Format>;

export type ExportFormat = keyof typeof FORMATS;

export const isFormat = (text: string): text is ExportFormat => Object.hasOwn(FORMATS, text);

type Wanted = {
  readonly format: ExportFormat;
  /** Undefined: everything, in the order in which it was written. */
  readonly invoice?: Omit<InvoiceKey, "crm"> | undefined;
};

/** Writes the entries one by one; memory stays flat. Answers with how many there were. */
export const exportAudit = (
  orm: MikroORM,
  { format, invoice }: Wanted,
  write: (text: string) => Promise<void>,
): Promise<number> =>
  orm.em.fork().transactional(
    async (em) => {
      const { begin, between, end, write: textOfEntry }: Format = FORMATS[format];
      const which = invoice ? "i.kind = ? and upper(i.number) = upper(?)" : "true";
      const sql = `select coalesce(${CHAIN}, 'none') as chain, ${SEALED} from audit_entries a
        left join invoices i on i.id = a.invoice_id where ${which} order by a.id`;
      let entries = 0;
      await write(begin);
      for await (const entry of stream<Sealed>(em, sql, { values: invoice ? [invoice.kind, invoice.number] : [] })) {
        await write(`${entries === 0 ? "" : between}${textOfEntry(entry)}`);
        entries += 1;
      }
      await write(end);
      return entries;
    },
    { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
  );

/** A field of an object that was read from a column; empty where there is none. */
function textOf(value: unknown, key: string): string {
  const found: unknown = Object.entries(value ?? {}).find(([name]) => name === key)?.[1];
  return typeof found === "string" ? found : "";
}

/** A name that a spreadsheet would take for a formula is taken for a text. Whoever chose it was a stranger in a chat. */
const harmless = (name: string): string => (/^[=+\-@\t\r]/.test(name) ? `'${name}` : name);
