import { execFile } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");

/** What a process costs most is to compile what it loads: that is done once for all of them. */
export const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, ".data/test-compile-cache") };

type Ended = {
  readonly code: number;
  /** What a file would have, if the person had asked for one. */
  readonly out: string;
  /** What only the person reads. */
  readonly aside: string;
};

/** `npm run dry-run -- …`, as a person types it: a process of its own. Only what is given stands in its environment. */
export const inTerminal = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...COMPILED, ...env } };
    execFile(process.execPath, [`src/${command}.ts`, ...args], options, (error, out, aside) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, aside });
    });
  });
