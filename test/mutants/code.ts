/** What stands in quotes becomes `_`, what is a comment a space: the same length, and every sign left is code. */
export function codeOf(text: string): string {
  const code = text.split("");
  const open: string[] = []; // of every template we are inside of, the brackets that are open in its expression
  let at = 0;
  while (at < text.length) {
    const piece = pieceAt(text, at, open);
    if (piece.fill !== undefined) {
      for (let index = at; index < piece.end; index += 1) if (text[index] !== "\n") code[index] = piece.fill;
    }
    at = piece.end;
  }
  return code.join("");
}

type Piece = { readonly end: number; readonly fill?: string };

const QUOTED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const REGEX = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const TEMPLATE = /(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)/y;

function pieceAt(text: string, at: number, open: string[]): Piece {
  const comment = matched(COMMENT, text, at);
  if (comment) return { end: comment, fill: " " };
  const quoted = matched(QUOTED, text, at) ?? (afterOperator(text, at) ? matched(REGEX, text, at) : undefined);
  if (quoted) return { end: quoted, fill: "_" };
  const sign = text[at] ?? "";
  if (sign === "`") return templateFrom(text, at, open);
  return open.length > 0 ? insideTemplate(text, at, open) : { end: at + 1 };
}

/** In an expression of a template: its last bracket leads back to the text. */
function insideTemplate(text: string, at: number, open: string[]): Piece {
  const brackets = open.pop() ?? "";
  if (text[at] === "}" && brackets === "") return templateFrom(text, at, open);
  if (text[at] === "{") open.push(`${brackets}{`);
  else open.push(text[at] === "}" ? brackets.slice(1) : brackets);
  return { end: at + 1 };
}

/** The text of a template from its beginning, or from the end of an expression in it, to the next expression or its end. */
function templateFrom(text: string, at: number, open: string[]): Piece {
  const end = matched(TEMPLATE, text, at + 1) ?? text.length;
  if (text[end - 1] === "{") open.push("");
  return { end, fill: "_" };
}

function matched(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

const afterOperator = (text: string, at: number): boolean => /[=(,:?[!&|]\s*$|\breturn\s*$/.test(text.slice(0, at));

const CLOSES: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const OPENS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Where the bracket that opens at a place is closed. */
export function closingOf(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    const sign = code[at] ?? "";
    if (sign in CLOSES) depth += 1;
    if (sign in OPENS) depth -= 1;
    if (depth === 0) return at;
  }
  return code.length;
}

/** Where the bracket that closes at a place was opened. */
export function openingOf(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at >= 0; at -= 1) {
    const sign = code[at] ?? "";
    if (sign in OPENS) depth += 1;
    if (sign in CLOSES) depth -= 1;
    if (depth === 0) return at;
  }
  return 0;
}

/** The parts between the commas of a list that stands between two brackets, as places. */
export function elementsOf(code: string, from: number, to: number): readonly { from: number; to: number }[] {
  const elements: { from: number; to: number }[] = [];
  let begin = from + 1;
  for (let at = begin; at <= to; at += 1) {
    const sign = code[at] ?? "";
    if (sign in CLOSES) at = closingOf(code, at);
    else if (sign === "," || at === to) {
      if (code.slice(begin, at).trim() !== "") elements.push({ from: begin, to: at });
      begin = at + 1;
    }
  }
  return elements;
}
