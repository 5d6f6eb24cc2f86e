import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { quantile } from "./load.ts";
import { residentMb } from "./processes.ts";
import { startLibraries, startService, type Started } from "./service.ts";

const FIRST = 2;
const LATER = 5;
const IDLE_MS = 3000;

export type Starts = {
  readonly firstMs: number;
  readonly laterMs: number;
  /** Until a process that only loads the libraries has them. */
  readonly floorMs: number;
  readonly idleMb: number;
};

/** W5: from the start of the process to its address, with the embedded database: made anew, and already made. */
export async function measureStarts(folder: string): Promise<Starts> {
  const first: number[] = [];
  const later: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < FIRST; round++) first.push(await timed(startService(join(folder, `first-${round}`))));
  for (let round = 0; round < LATER; round++) {
    later.push(await timed(startService(join(folder, "first-0"))));
    floor.push(await timed(startLibraries()));
  }
  const service = await startService(join(folder, "first-0"));
  await sleep(IDLE_MS);
  const idleMb = residentMb(service.pid);
  await service.stop();
  return { firstMs: quantile(first, 0.5), laterMs: quantile(later, 0.5), floorMs: quantile(floor, 0.5), idleMb };
}

async function timed(starting: Promise<Started>): Promise<number> {
  const started = await starting;
  await started.stop();
  return started.readyMs;
}
