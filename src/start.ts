import { setImmediate } from "node:timers/promises";
import { vposAssumedV1 } from "./providers/vpos/contract.ts";
import { banner } from "./assembly/banner.ts";
import { ConfigError, readConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { openDatabase } from "./store/open-database.ts";

/** Reads the settings, starts everything, says what is real, and stops in reverse when told to. */
export async function start(): Promise<void> {
  try {
    const startedAt = performance.timeOrigin;
    const config = readConfig(vposAssumedV1);
    const log = createLog(config.logLevel);
    // The database comes up while the rest of the service is being loaded, which lets nothing else happen here: so its
    // process is launched first, in one turn of the loop.
    const database = openDatabase(config.databaseUrl, config.dataDir);
    await setImmediate();
    const [{ run }] = await Promise.all([import("./assembly/run.ts"), database]);
    const running = await run(config, { log, database: await database });
    const startedInMs = Math.round(performance.timeOrigin + performance.now() - startedAt);
    process.stdout.write(banner({ ...running, config, startedInMs }));
    log.info({ address: running.address, ms: startedInMs }, "ready");
    stopOnSignal(() => running.stop());
  } catch (error) {
    // A person who starts reads a sentence; what is not a known mistake keeps its trace.
    process.stderr.write(`${error instanceof ConfigError ? error.message : describe(error)}\n`);
    process.exitCode = 1;
    setTimeout(() => process.exit(), 1000).unref();
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? `paythread does not start: ${error.message}\n${error.stack ?? ""}` : String(error);

/** The first signal finishes work in hand; a second one does not wait. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      stop().then(
        () => process.exit(),
        (error: unknown) => {
          process.stderr.write(`${describe(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}
