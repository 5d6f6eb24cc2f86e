/** Marks that turn the reading direction: with them a name could make an amount read backwards. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const BLANKS = /[\s\p{Cc}\u2028\u2029]+/gu;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * A text of somebody else's (the CRM's, a customer's, a person's name) as one harmless line: no control or bidi characters,
 * `&`, `<` and `>` as entities so that it mentions nobody and links nowhere, at most `most` long, never cut inside an entity.
 */
export function oneLine(text: string, most: number): string {
  const clean = text.toWellFormed().replaceAll(BIDI, "").replaceAll(BLANKS, " ").trim();
  return fitted(clean, most) || "—";
}

function fitted(clean: string, most: number): string {
  const whole = escape(clean);
  if (whole.length <= most) return whole;
  let short = "";
  for (const sign of clean) {
    const next = escape(sign);
    if (short.length + next.length > most - 1) break;
    short += next;
  }
  return `${short.trimEnd()}…`;
}

const escape = (text: string): string => text.replaceAll(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
