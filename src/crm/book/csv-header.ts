import { CsvProblem } from "./csv-text.ts";

/** The columns of a table of invoices. `kind`, `state` and whatever describes an owner or a contact may be absent. */
export const COLUMNS = [
  "kind",
  "number",
  "amount",
  "currency",
  "purpose",
  "customer_id",
  "customer_name",
  "customer_phone",
  "customer_email",
  "customer_language",
  "owner_id",
  "owner_name",
  "owner_slack_user_id",
  "state",
] as const;
export type Column = (typeof COLUMNS)[number];

const REQUIRED: readonly Column[] = ["number", "amount", "currency", "purpose", "customer_id", "customer_name"];

/** The first row, in any order and case. A column we do not know is refused: its values would be silently left out. */
export function readHeader(cells: readonly string[]): readonly Column[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const header = names.filter(isColumn);
  const missing = REQUIRED.filter((column) => !header.includes(column));
  const sentences = [
    ...sentence("It has columns that are not known", names.filter((name) => !isColumn(name)).map(named)),
    ...sentence(
      "It has columns twice",
      header.filter((name, at) => header.indexOf(name) !== at),
    ),
    ...sentence("It lacks columns", missing),
  ];
  if (sentences.length === 0) return header;
  throw new CsvProblem(`Line 1 must name the columns. ${sentences.join(" ")} Known are: ${COLUMNS.join(", ")}.`);
}

const isColumn = (name: string): name is Column => COLUMNS.some((column) => column === name);

const named = (name: string): string => (name === "" ? "(empty)" : name.slice(0, 40));

const sentence = (what: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${what}: ${names.slice(0, 20).join(", ")}.`];
