/** A line of CSV by RFC 4180: a cell with a quote, a comma or a line break is quoted, and a quote in it is doubled. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

const csvCell = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
