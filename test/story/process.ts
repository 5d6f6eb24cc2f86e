import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const READY_WITHIN_MS = Number(process.env["PATIENCE_MS"] ?? 40_000);

export type Ended = { readonly code: number | null; readonly said: string };

/** One process of the service, as `npm start` makes it. Only what is given stands in its environment. */
export type Service = ReturnType<typeof launch>;

export function launch(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["src/main.js"], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  const ended = once(child, "close");
  const runs = (): boolean => child.exitCode === null && child.signalCode === null;
  const ends = async (): Promise<Ended> => {
    await ended;
    return { code: child.exitCode, said };
  };
  const signal = (name: NodeJS.Signals): Promise<Ended> => {
    if (runs()) child.kill(name);
    return ends();
  };
  return {
    /** Where it listens, as its banner says. */
    ready: () => readyIn(child, () => said),
    said: () => said,
    ends,
    /** Asks it to stop, and waits until it has finished what it had in hand. */
    stops: () => signal("SIGTERM"),
    /** It is gone in the middle of whatever it did. */
    dies: () => signal("SIGKILL"),
  };
}

async function readyIn(child: ChildProcess, said: () => string): Promise<string> {
  for (const giveUpAt = Date.now() + READY_WITHIN_MS; ; await new Promise((next) => setTimeout(next, 25))) {
    const address = / is ready in \d+ ms at (\S+)/.exec(said())?.[1];
    if (address !== undefined) return address;
    if (child.exitCode !== null || Date.now() > giveUpAt) throw new Error(`The service did not start:\n${said()}`);
  }
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (typeof address !== "object" || address === null) throw new Error("there is no free port");
  return address.port;
}
