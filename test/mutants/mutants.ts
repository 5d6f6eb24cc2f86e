import { stripTypeScriptTypes } from "node:module";
import { closingOf, codeOf, elementsOf, openingOf } from "./code.ts";

/** One small mistake somebody could have made. A test must see it. */
export type Mutant = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly mutation: string;
  /** The line as it stands, and as the mistake would have it; without what indents it. */
  readonly was: string;
  readonly is: string;
  /** The whole file with the mistake in it. */
  readonly text: string;
};

type Change = { readonly from: number; readonly to: number; readonly by: string; readonly mutation: string };

/** One sign for another. Operators stand between spaces (the formatter sees to that), brackets of types do not. */
const SIGNS: readonly (readonly [pattern: RegExp, by: string])[] = [
  [/(?<= )===(?=\s)/g, "!=="],
  [/(?<= )!==(?=\s)/g, "==="],
  [/(?<= )==(?=\s)/g, "!="],
  [/(?<= )<(?=\s)/g, "<="],
  [/(?<= )<=(?=\s)/g, "<"],
  [/(?<= )>(?=\s)/g, ">="],
  [/(?<= )>=(?=\s)/g, ">"],
  [/(?<= )&&(?=\s)/g, "||"],
  [/(?<= )\|\|(?=\s)/g, "&&"],
  [/(?<= )\+(?=\s)/g, "-"],
  [/(?<= )-(?=\s)/g, "+"],
  [/(?<![\w)\]])!(?=[\w(])/g, ""],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/\b0n\b/g, "1n"],
  [/(?<=\.)some(?=\()/g, "every"],
  [/(?<=\.)every(?=\()/g, "some"],
  [/(?<=\.)find(?=\()/g, "findLast"],
  [/(?<=\.)findLast(?=\()/g, "find"],
  [/(?<=\bMath\.)max(?=\()/g, "min"],
  [/(?<=\.at\()-1(?=\))/g, "0"],
];

/** Every mistake we know of that can be made in a file and still leaves a program: types and comments have none. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const code = codeOf(text);
  const runs = running(text);
  return [...signs(code), ...guards(code), ...defaults(code, text), ...elements(code, text)]
    .toSorted((a, b) => a.from - b.from)
    .map((change) => mutantOf(file, text, change))
    .filter((mutant) => {
      const left = running(mutant.text);
      return left !== undefined && left !== runs;
    });
}

/** What is left to run of a text; undefined: it is no program. */
function running(text: string): string | undefined {
  try {
    return stripTypeScriptTypes(text).replace(/\s+/g, " ");
  } catch {
    return undefined;
  }
}

function mutantOf(file: string, text: string, { from, to, by, mutation }: Change): Mutant {
  const before = text.slice(0, from);
  const mutated = `${before}${by}${text.slice(to)}`;
  const line = before.split("\n").length;
  const lineOf = (whole: string): string => whole.split("\n")[line - 1]?.trim() ?? "";
  const column = from - before.lastIndexOf("\n");
  return { file, line, column, mutation, was: lineOf(text), is: lineOf(mutated), text: mutated };
}

const signs = (code: string): readonly Change[] =>
  SIGNS.flatMap(([pattern, by]) =>
    [...code.matchAll(pattern)].map(({ 0: sign, index }) => {
      const mutation = by === "" ? `${sign} left out` : `${sign} -> ${by}`;
      return { from: index, to: index + sign.length, by, mutation };
    }),
  );

/** `if (...) return`: the way out is never taken. */
const guards = (code: string): readonly Change[] =>
  [...code.matchAll(/\bif (?=\()/g)].flatMap(({ index }) => {
    const from = index + "if ".length;
    const to = closingOf(code, from) + 1;
    const leaves = /^\s*(?:\{\s*)?(?:return|throw)\b/.test(code.slice(to));
    return leaves ? [{ from, to, by: "(false)", mutation: "way out never taken" }] : [];
  });

/** `a ?? b`: only `a`, and only `b`. */
const defaults = (code: string, text: string): readonly Change[] =>
  [...code.matchAll(/ \?\?\s+/g)].flatMap(({ 0: sign, index }) => {
    const right = index + sign.length;
    const left = startOfOperand(code, index);
    return [
      { from: index, to: endOfOperand(code, right), by: "", mutation: "right of ?? left out" },
      { from: left, to: right, by: "", mutation: `left of ?? left out: ${text.slice(left, index)}` },
    ];
  });

function startOfOperand(code: string, end: number): number {
  let at = end - 1;
  while (/[\w$.?)\]]/.test(code[at] ?? "")) at = (/[)\]]/.test(code[at] ?? "") ? openingOf(code, at) : at) - 1;
  return at + 1;
}

function endOfOperand(code: string, start: number): number {
  let at = start;
  while (at < code.length && !/^(?:[,;)\]}]|\s+[?:&|=<>+*-])/.test(code.slice(at, at + 60))) {
    at = (/[([{]/.test(code[at] ?? "") ? closingOf(code, at) : at) + 1;
  }
  return at;
}

/** `[...a, b]`: one of them is missing. */
const elements = (code: string, text: string): readonly Change[] =>
  [...code.matchAll(/\[(?=\s*\.\.\.)/g)].flatMap(({ index }) => {
    const list = elementsOf(code, index, closingOf(code, index));
    return list.length < 2
      ? []
      : list.map(({ from, to }) => {
          const [first = ""] = text.slice(from, to).trim().split("\n");
          return { from, to: code[to] === "," ? to + 1 : to, by: "", mutation: `element left out: ${first}` };
        });
  });
