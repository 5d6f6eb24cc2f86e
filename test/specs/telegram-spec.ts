import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

/**
 * An outside opinion on what Telegram accepts: the Bot API as data, generated from Telegram's own documentation. It lies
 * beside the project, not in it; `SPEC_PRESENT` lets a test say clearly that it could not ask.
 */
const FILE = new URL("../../../shared/specs/telegram-bot-api.json", import.meta.url);

export const SPEC_PRESENT = existsSync(FILE);

const fieldShape = z.object({
  name: z.string(),
  types: z.array(z.string()),
  required: z.boolean(),
  description: z.string(),
});
const entryShape = z.object({ fields: z.array(fieldShape).optional(), subtypes: z.array(z.string()).optional() });
const specShape = z.object({ methods: z.record(z.string(), entryShape), types: z.record(z.string(), entryShape) });

type Field = z.infer<typeof fieldShape>;
type Spec = z.infer<typeof specShape>;
/** `depth` says how far into the value the check came: of several readings the one that came furthest was meant. */
type Wrong = { text: string; depth: number };
type Place = { path: string; depth: number };

let loaded: Spec | undefined;
const spec = (): Spec => (loaded ??= specShape.parse(JSON.parse(readFileSync(FILE, "utf8"))));

/** What is wrong with a call, one sentence each; empty when the documentation allows it. */
export function checkCall(method: string, payload: unknown): string[] {
  const known = spec().methods[method];
  if (!known) return [`${method}: no such method`];
  return checkFields(known.fields ?? [], payload ?? {}, { path: method, depth: 0 }).map(({ text }) => text);
}

type Exchanged = { readonly direction: string; readonly method: string; readonly request: unknown };

/** The same for everything a bot sent to the stand-in. */
export const telegramViolations = (wire: readonly Exchanged[]): string[] =>
  wire
    .filter(({ direction }) => direction === "to_telegram")
    .flatMap(({ method, request }) => checkCall(method, request));

function checkFields(fields: readonly Field[], value: unknown, { path, depth }: Place): Wrong[] {
  if (!isObject(value)) return [{ text: `${path}: must be an object`, depth }];
  const inside = (name: string): Place => ({ path: `${path}.${name}`, depth: depth + 1 });
  const unknown = Object.keys(value)
    .filter((name) => value[name] !== undefined && !fields.some((known) => known.name === name))
    .map((name) => ({ text: `${path}.${name}: unknown field`, depth }));
  const wrong = fields.flatMap((field) => {
    const inner = value[field.name];
    if (inner === undefined) return field.required ? [{ text: `${path}.${field.name}: missing`, depth }] : [];
    return checkField(field, inner, inside(field.name));
  });
  return [...unknown, ...wrong];
}

function checkField(field: Field, value: unknown, place: Place): Wrong[] {
  const wrong = closest(field.types.map((type) => checkType(type, value, place)));
  return wrong.length > 0 ? wrong : rulesOf(field).flatMap((rule) => rule(value, place));
}

/** No complaint if one reading fits, else the complaints of the reading that was most likely meant. */
function closest(readings: readonly Wrong[][]): Wrong[] {
  const deepest = (wrong: readonly Wrong[]): number => Math.max(...wrong.map(({ depth }) => depth));
  const order = (a: Wrong[], b: Wrong[]): number =>
    Math.sign(a.length) - Math.sign(b.length) || deepest(b) - deepest(a) || a.length - b.length;
  return readings.toSorted(order)[0] ?? [];
}

const PRIMITIVES: Record<string, (value: unknown) => boolean> = {
  Integer: (value) => Number.isSafeInteger(value),
  Float: (value) => typeof value === "number" && Number.isFinite(value),
  String: (value) => typeof value === "string",
  Boolean: (value) => typeof value === "boolean",
  InputFile: (value) => isObject(value),
};

function checkType(type: string, value: unknown, place: Place): Wrong[] {
  const fits = PRIMITIVES[type];
  if (fits) return fits(value) ? [] : [{ text: `${place.path}: must be ${type}`, depth: place.depth - 1 }];
  if (type.startsWith("Array of ")) return checkItems(type.slice("Array of ".length), value, place);
  const { fields = [], subtypes } = spec().types[type] ?? {};
  if (subtypes) return checkUnion(subtypes, value, place);
  return checkFields(fields, value, place);
}

function checkItems(type: string, value: unknown, { path, depth }: Place): Wrong[] {
  if (!Array.isArray(value)) return [{ text: `${path}: must be an array`, depth: depth - 1 }];
  return value.flatMap((item: unknown, at) => checkType(type, item, { path: `${path}[${at}]`, depth: depth + 1 }));
}

/** Only the variants whose discriminator agrees are tried, when one of them has any. */
function checkUnion(variants: readonly string[], value: unknown, place: Place): Wrong[] {
  const named = variants.filter((variant) => {
    const tags = (spec().types[variant]?.fields ?? []).filter((field) => tagOf(field) !== undefined);
    return tags.length > 0 && isObject(value) && tags.every((tag) => value[tag.name] === tagOf(tag));
  });
  const tagged = variants.every((variant) =>
    spec().types[variant]?.fields?.some((field) => tagOf(field) !== undefined),
  );
  if (named.length === 0 && tagged) return [{ text: `${place.path}: no such variant`, depth: place.depth }];
  return closest((named.length > 0 ? named : variants).map((variant) => checkType(variant, value, place)));
}

const tagOf = ({ description }: Field): string | undefined =>
  /(?:must be|always) ["“]?([a-z_]+)["”]?$/i.exec(description)?.[1];

type Rule = (value: unknown, place: Place) => Wrong[];

/** The rules that stand in a field's description. */
function rulesOf(field: Field): Rule[] {
  const { description } = field;
  const tag = tagOf(field);
  const among = /(?:values )?between (\d+)\s*[-–]\s*(\d+)/i.exec(description);
  const most = /at most (\d+)(?! (?:significant|line))/i.exec(description)?.[1];
  return [
    ...lengthRule(description),
    ...charactersRule(description),
    ...(tag === undefined ? [] : [rule((value) => value === tag, `must be ${tag}`)]),
    ...(among ? [rule((value) => inRange(value, among), `must be ${among[0]}`)] : []),
    ...(most === undefined
      ? []
      : [rule((value) => !Array.isArray(value) || value.length <= Number(most), `at most ${most}`)]),
  ];
}

const rule =
  (fits: (value: unknown) => boolean, complaint: string): Rule =>
  (value, { path, depth }) =>
    fits(value) ? [] : [{ text: `${path}: ${complaint}`, depth: depth + 1 }];

function lengthRule(description: string): Rule[] {
  const range = /(\d+)\s*[-–]\s*(\d+)\s+(characters|bytes)/i.exec(description);
  const limit = range ? null : /up to (\d+)\s+(characters|bytes)/i.exec(description);
  const [least, most, unit] = range ? range.slice(1) : ["0", ...(limit?.slice(1) ?? [])];
  if (most === undefined || unit === undefined) return [];
  const measure = (text: string): number =>
    unit.toLowerCase() === "bytes" ? Buffer.byteLength(text) : Array.from(text).length;
  const fits = (value: unknown): boolean =>
    typeof value !== "string" || (measure(value) >= Number(least) && measure(value) <= Number(most));
  return [rule(fits, `must have ${least}-${most} ${unit}`)];
}

function charactersRule(description: string): Rule[] {
  const set = description.includes("A-Z, a-z, 0-9, _ and -")
    ? /^[\w-]*$/
    : /only lowercase English letters, digits and underscores/i.test(description)
      ? /^[a-z0-9_]*$/
      : undefined;
  return set ? [rule((value) => typeof value !== "string" || set.test(value), `must match ${set.source}`)] : [];
}

const inRange = (value: unknown, [, least, most]: RegExpExecArray): boolean =>
  typeof value !== "number" || (value >= Number(least) && value <= Number(most));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
