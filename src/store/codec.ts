/**
 * Facts and aggregates as JSON. Two rules, so that the stored text stays readable: `minor` is a bigint written as digits,
 * and a text under a key that is `at` or ends in `At` is a time in ISO 8601.
 */
export const encode = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner));

/** A column's JSON as the driver parsed it, of which the statement that selects it promises the shape. */
export type Stored<T> = { readonly decodesTo: T };

/**
 * Turns what `encode` wrote, parsed by the driver, back into bigints and times. Only our own statements
 * write these columns, and the tables' checks hold their closed lists.
 */
export function decode<T>(value: Stored<T>): T;
export function decode(value: unknown): unknown {
  return revive(value, "");
}

function revive(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((one) => revive(one, key));
  if (typeof value === "object" && value !== null && !(value instanceof Date)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revive(inner, name)]));
  }
  if (typeof value !== "string") return value;
  if (key === "minor") return BigInt(value);
  return key === "at" || key.endsWith("At") ? new Date(value) : value;
}
