/**
 * The one text of a JSON value, as RFC 8785 has it: keys in the order of their UTF-16 code units, no spaces, texts and numbers as
 * `JSON.stringify` writes them. A database may store the same value with other spaces, another order of keys or `1.0` for `1`;
 * what is read back has the same text again.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}
