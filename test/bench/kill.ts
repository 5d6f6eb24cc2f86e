import type pg from "pg";
import { appliedOf, caughtUp, until } from "./count-payments.ts";
import type { Started } from "./service.ts";
import { deliver, type Delivery } from "./vpos.ts";

const CLIENTS = 8;

export type Killed = {
  readonly deliveries: number;
  /** Answered with 2xx before the kill, and how many of their payments were not committed then. */
  readonly acknowledged: number;
  readonly behind: number;
  readonly sentAgain: number;
  /** From the start of the new process until every payment was applied and the CRM told. */
  readonly recoveredMs: number;
};

/**
 * The service is killed with SIGKILL when half of what is delivered has been answered, and started again. The provider then
 * sends again whatever was not answered with 2xx, and the rest: what was answered may not be lost.
 */
export async function killInTheMiddle(
  client: pg.Client,
  all: readonly Delivery[],
  start: () => Promise<Started>,
): Promise<Killed> {
  const service = await start();
  const answered: Delivery[] = [];
  const kill = (): void => {
    if (answered.length === Math.ceil(all.length / 2)) process.kill(service.pid, "SIGKILL");
  };
  const rest = await deliverAll(service.address, all, (delivery) => {
    answered.push(delivery);
    kill();
  });
  const acknowledged = new Set(answered.map(({ reference }) => reference));
  const behind = acknowledged.size - (await appliedOf(client, [...acknowledged]));
  const startedAt = performance.now();
  const again = await start();
  const unanswered = await deliverAll(again.address, rest, () => undefined);
  if (unanswered.length > 0) throw new Error(`${unanswered.length} webhooks were not taken after the restart`);
  const references = [...new Set(all.map(({ reference }) => reference))];
  await until(async () => (await appliedOf(client, references)) === references.length);
  await caughtUp(client);
  const recoveredMs = performance.now() - startedAt;
  return { deliveries: all.length, acknowledged: answered.length, behind, sentAgain: rest.length, recoveredMs };
}

/** Delivers them in their order, by several clients, as long as somebody answers. Resolves with what was not answered 2xx. */
async function deliverAll(
  address: string,
  all: readonly Delivery[],
  answered: (delivery: Delivery) => void,
): Promise<readonly Delivery[]> {
  const waiting = [...all];
  const failed: Delivery[] = [];
  const client = async (): Promise<void> => {
    for (let delivery = waiting.shift(); delivery; delivery = waiting.shift()) {
      const status = await deliver(address, delivery).catch(() => 0);
      if (status === 200) answered(delivery);
      else return void failed.push(delivery);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return [...failed, ...waiting];
}
