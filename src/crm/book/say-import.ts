import type { ImportReport, RowError } from "./import.ts";

/** What an import did, or would do, as lines for a terminal. */
export function sayImport(report: ImportReport, { done }: { readonly done: boolean }): string {
  const { rows, counts, changed, wrongRows } = report;
  const would = done ? "" : "would be ";
  const more = counts.created + counts.changed - changed.length;
  return [
    ...(done ? [] : changed.map(({ line, name, put }) => `  line ${line}: ${name} ${would}${put}`)),
    ...(!done && more > 0 ? [`  and ${more} more`] : []),
    ...sayErrors(report),
    `${rows} rows: ${counts.created} ${would}created, ${counts.changed} ${would}changed, ${counts.unchanged} unchanged, ` +
      `${wrongRows} with mistakes.`,
  ].join("\n");
}

function sayErrors({ errors, wrongRows }: ImportReport): readonly string[] {
  const named = new Set(errors.map(({ line }) => line)).size;
  const rest = wrongRows - named;
  return [...errors.map(sayError), ...(rest > 0 ? [`  and ${rest} more rows with mistakes`] : [])];
}

const sayError = ({ line, column, message }: RowError): string =>
  `  line ${line}${column === null ? "" : `, ${column}`}: ${message}`;
