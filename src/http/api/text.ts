import { z } from "zod";
import { Problem, type ProblemCode, type Wrong } from "../problem.ts";

const LINE_BREAKING = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** A text that stands on one line and can be stored: `what` begins the sentence about a mistake, such as `The purpose`. */
export const line = (what: string, most: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? `${what} is missing.` : `${what} must be a text.`) })
    .trim()
    .min(1, `${what} is empty.`)
    .max(most, `${what} is longer than ${most} characters.`)
    .refine((text) => !LINE_BREAKING.test(text), `${what} has a line break or another control character in it.`)
    .refine((text) => text.isWellFormed(), `${what} has half of a character in it: its text was cut or damaged.`);

/** An object without unknown keys, so that a slip of the pen is not silently left out. */
export const exactly = <Shape extends z.ZodRawShape>(what: string, shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code, input }) => {
      if (code === "unrecognized_keys") return `is not a field of ${what}: it has ${Object.keys(shape).join(", ")}.`;
      return input === undefined ? `${capital(what)} is missing.` : `${capital(what)} must be a JSON object.`;
    },
  });

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What was sent, in this shape, or a problem with every mistake in it. */
export function readAs<Body>(code: ProblemCode, shape: z.ZodType<Body>, given: unknown): Body {
  const read = shape.safeParse(given);
  if (read.success) return read.data;
  const errors = mistakesOf(read);
  throw new Problem(code, `Nothing was changed. ${errors.map(({ message }) => message).join(" ")}`, { errors });
}

/** Everything that is wrong with what was sent, each with its path. Nothing: it could be read. */
export const mistakesOf = ({ error }: z.ZodSafeParseResult<unknown>): readonly Wrong[] =>
  (error?.issues ?? []).flatMap(wrongOf);

/** An unknown key is a mistake of its own place in the document, each with its own path. */
function wrongOf(issue: z.core.$ZodIssue): readonly Wrong[] {
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path.join("."), message: issue.message }];
  return issue.keys.map((key) => ({
    path: [...issue.path, key].join("."),
    message: `${JSON.stringify(key.slice(0, 60))} ${issue.message}`,
  }));
}
