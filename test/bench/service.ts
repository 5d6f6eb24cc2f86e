import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export const ROOT = join(import.meta.dirname, "../..");

/** What `npm start` runs, with the same flags. */
const Package = z.object({ scripts: z.object({ start: z.string() }) });
const { scripts } = Package.parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
const START = scripts.start
  .replace(/^exec /, "")
  .split(" ")
  .slice(1);

const PATIENCE_MS = 60_000;

export type Started = {
  readonly pid: number;
  readonly address: string;
  readonly readyMs: number;
  stop(): Promise<void>;
};

/** Starts a process of ours and waits until it prints the address on which it answers. */
async function launch(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Started> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  const address = await readyAt(child);
  return { pid: child.pid ?? 0, address, readyMs: performance.now() - startedAt, stop: () => end(child) };
}

function readyAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const giveUp = (): void => reject(new Error(`It did not start:\n${text.slice(-2000)}`));
    const timer = setTimeout(giveUp, PATIENCE_MS);
    child.once("exit", giveUp);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (more: string) => {
        text += more;
        const address = / ready in \d+ ms at (\S+)/.exec(text)?.[1];
        if (address === undefined) return;
        clearTimeout(timer);
        child.off("exit", giveUp);
        resolve(address);
      });
    }
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

/** The service as a newcomer starts it, in a folder; `settings` stand in its environment and nothing else does. */
export const startService = (folder: string, settings: Readonly<Record<string, string>> = {}): Promise<Started> =>
  launch(START, { PORT: "0", DATA_DIR: folder, LOG_LEVEL: "warn", ...settings });

/** The floor under a start: the same libraries, loaded and nothing done with them. */
export const startLibraries = (): Promise<Started> => launch([join(ROOT, "test/fixtures/bench-imports.js")], {});

/** What the floor needs to know: whose signature it checks, and for a payment whom it asks. */
export type FloorSettings = {
  readonly signingSecret: string;
  readonly webhookSecret?: string;
  readonly vposOrigin?: string;
};

/** The floor under a work: what the same stack needs at least. */
export const startFloor = (databaseUrl: string, settings: FloorSettings): Promise<Started> =>
  launch([join(ROOT, "test/fixtures/bench-floor.ts"), databaseUrl, JSON.stringify(settings)], {});
