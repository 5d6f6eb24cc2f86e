import { startService } from "./service.ts";
import { play } from "./story.ts";
import { createTelling } from "./telling.ts";
import { NotSeen } from "./until.ts";
import { createWorld } from "./world.ts";

/** The main story, played on a service of its own over HTTP alone. Answers with the exit code: 0, or 1 and what was seen. */
export async function demo(): Promise<number> {
  const tell = createTelling(process.stdout);
  tell.title("paythread: from /paylink to paid, on stand-ins of Slack, Telegram and VPOS.am");
  const service = startService();
  stopOnSignal(() => service.stop());
  try {
    const address = await tell.step("The service starts, with a database of its own", () => service.ready());
    await play(createWorld(address), tell);
    tell.title("That was the whole story. Play it yourself: npm start");
    return 0;
  } catch (error) {
    tell.failure(error instanceof NotSeen ? error.message : describe(error));
    tell.aside(service.lastWords());
    return 1;
  } finally {
    await service.stop();
  }
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Whoever interrupts the story leaves no service and no folder behind either. */
function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      process.exitCode = 1;
      void stop().finally(() => process.exit());
    });
  }
}
