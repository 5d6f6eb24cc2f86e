import { ConfigError } from "./config.ts";
import { codeOf } from "./error-code.ts";

/** The end of a command: 0 all is well, 1 something is wrong or went wrong, 2 it was not understood. */
export type Exit = 0 | 1 | 2;

/** What was typed cannot be done. Its message says what of it, and how it is typed is said below. */
export class Misuse extends Error {
  override readonly name = "Misuse";
}

export const say = (text: string): void => void process.stdout.write(`${text}\n`);
export const complain = (text: string): void => void process.stderr.write(`${text}\n`);

type Around = {
  /** How it is typed. */
  readonly help: string;
  /** How it ends when something went wrong; 1 unless that means something else here. */
  readonly failed?: Exit;
};

/** A person reads a sentence, whatever happens, and never a trace. The exit code says which kind of end it was. */
export async function runCommand(around: Around, main: () => Promise<Exit>): Promise<void> {
  // A reader such as `head` that has seen enough is no mistake of ours.
  process.stdout.on("error", (error) => process.exit(codeOf(error) === "EPIPE" ? 0 : 1));
  try {
    process.exitCode = await main();
  } catch (error) {
    const { says, exit } = endOf(error, around);
    complain(says);
    process.exitCode = exit;
  }
}

/** What is said of a command that threw, and how it ends. */
export function endOf(error: unknown, { help, failed = 1 }: Around): { readonly says: string; readonly exit: Exit } {
  return isMisuse(error)
    ? { says: `${sentenceOf(error)}\n\n${help}`, exit: 2 }
    : { says: sentenceOf(error), exit: failed };
}

/** What is said of a word that stands where a command of ours should. */
export const noSuchCommand = (word: string | undefined): Misuse =>
  new Misuse(word === undefined ? "Say what to do." : `There is no command "${word}" here.`);

const isMisuse = (error: unknown): boolean =>
  error instanceof Misuse || codeOf(error)?.startsWith("ERR_PARSE_ARGS") === true;

/** What a file or a folder answers when it cannot be used. */
const FILES: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  EACCES: "may not be used by this user",
  EPERM: "may not be used by this user",
  EROFS: "cannot be written",
  EISDIR: "is a folder, not a file",
  ENOTDIR: "does not lie in a folder",
};

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return `It failed: ${String(error)}`;
  if (error instanceof ConfigError) return error.sentences.join("\n");
  const file = "path" in error && typeof error.path === "string" ? FILES[codeOf(error) ?? ""] : undefined;
  if (file !== undefined && "path" in error) return `${String(error.path)} ${file}.`;
  return error.message === "" ? `It failed (${codeOf(error) ?? error.name}).` : error.message;
}
