import { codeOf } from "../error-code.ts";
import type { Database } from "./open-database.ts";

/** What PostgreSQL and the network say when DATABASE_URL leads nowhere. */
const BECAUSE: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "the connection is broken off",
  EHOSTUNREACH: "there is no way to its host",
  ENETUNREACH: "there is no way to its host",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "its host cannot be looked up",
  ETIMEDOUT: "it does not answer",
  "28P01": "it does not accept the password",
  "28000": "it does not accept the user",
  "3D000": "it has no database of this name",
  "53300": "it has no connection left for us",
  "57P03": "it is starting or stopping",
};

/** What the driver says by itself has no code. */
const SAID: readonly (readonly [RegExp, string])[] = [
  [/password must be a string/, "it wants a password"],
  [/does not support SSL/, "it takes no encrypted connections"],
  [/terminated unexpectedly/, "the connection is broken off"],
];

const becauseOf = (error: unknown): string | undefined =>
  BECAUSE[codeOf(error) ?? ""] ??
  (error instanceof Error ? SAID.find(([words]) => words.test(error.message))?.[1] : undefined);

/** The database of DATABASE_URL cannot be used. Its message is a sentence without the address. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  constructor(because: string, cause: unknown) {
    super(`DATABASE_URL cannot be used: ${because}. Correct it, or leave it out for a database here.`, { cause });
  }
}

/** Work that connects: when the database we were given is not to be reached, an `Unreachable` says why. */
export async function reaching<T>({ embedded }: Database, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const because = becauseOf(error);
    throw embedded || because === undefined ? error : new Unreachable(because, error);
  }
}
