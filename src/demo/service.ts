import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NotSeen, until } from "./until.ts";

const MAIN = join(import.meta.dirname, "../main.js");
const READY = /paythread is ready in \d+ ms at (\S+)/;

/** The first start makes a database; on a machine with much else to do that takes its time. */
const START_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 15_000;
const LAST_WORDS = 2_000;

/**
 * A service in a process and a folder of its own, both gone after `stop`. It is given no setting of ours, so that nobody's
 * real Slack hears of a story that is played.
 */
export function startService() {
  const folder = mkdtempSync(join(tmpdir(), "paythread-demo-"));
  const env = { PORT: "0", DATA_DIR: folder, LOG_LEVEL: "warn" };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", "pipe", "pipe"] });
  const said = gather(child);
  let stopped: Promise<void> | undefined;
  return {
    /** Where it listens, as soon as it does. */
    ready: () =>
      until({
        expected: "The service says that it is ready",
        withinMs: START_WITHIN_MS,
        look: () => {
          const address = READY.exec(said())?.[1];
          if (address === undefined && hasEnded(child)) throw new NotSeen("The service ended while it started");
          return address;
        },
        seen: () => "it is still starting",
      }),
    /** The end of what it said, for a person who looks for the reason of a failure. */
    lastWords: (): string => said().slice(-LAST_WORDS).trim(),
    stop: (): Promise<void> => (stopped ??= end(child, folder)),
  };
}

function gather({ stdout, stderr }: ChildProcess): () => string {
  let text = "";
  for (const stream of [stdout, stderr]) stream?.setEncoding("utf8").on("data", (more: string) => (text += more));
  return () => text;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (!hasEnded(child)) {
    const ended = once(child, "exit");
    const impatience = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    child.kill("SIGTERM");
    await ended;
    clearTimeout(impatience);
  }
  // A database that lost its service without a goodbye needs a moment to leave its folder.
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
