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
    const database = openDatabase(config.databaseUrl, config.dataDir);
    database.catch(() => undefined); // a failure is awaited below, after what is being loaded meanwhile
    const run = await loadMeanwhile();
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

/**
 * The rest of the service, loaded while the database comes up. Loading a module lets nothing else happen in the process, so
 * it is done in pieces, and between them the database is launched and connected to.
 */
async function loadMeanwhile(): Promise<(typeof import("./assembly/run.ts"))["run"]> {
  await setImmediate();
  await import("./store/books.ts");
  await setImmediate();
  await import("./assembly/stage.ts");
  await setImmediate();
  await import("./assembly/slack.ts");
  await setImmediate();
  await import("./assembly/mount.ts");
  await setImmediate();
  return (await import("./assembly/run.ts")).run;
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
