/** As many of the lines as fit into `most` characters, then how many more there are. */
export function fitLines(lines: readonly string[], most: number, more: (count: number) => string): string {
  let length = 0;
  const fitting = lines.filter((line) => (length += line.length + 1) <= most);
  const left = lines.length - fitting.length;
  return [...fitting, ...(left > 0 ? [more(left)] : [])].join("\n");
}
