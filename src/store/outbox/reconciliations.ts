import type { MikroORM } from "@mikro-orm/postgresql";
import { type Day, MARGIN_MS } from "../../../domain/reconcile.ts";
import type { Provider } from "../../ports.ts";
import { sendAll } from "./send.ts";

/**
 * Writes down that a day is to be compared, once for each account, however many copies of the service do it. It is due when
 * everything that moved until an hour after the day is surely listed.
 */
export async function sendReconciliations(
  orm: MikroORM,
  accounts: readonly Pick<Provider, "name" | "account">[],
  { date, until }: Day,
): Promise<void> {
  const messages = accounts.map(({ name, account }) => {
    const key = `reconcile:${name}/${account}`;
    return {
      lane: `${key}:${date}`,
      dedupeKey: `${key}:${date}`,
      bucket: { key, intervalMs: 0, burst: 1 },
      topic: "reconcile",
      payload: { provider: name, account, date },
      runAt: new Date(until.getTime() + 2 * MARGIN_MS),
      requestId: `${key}:${date}`,
    };
  });
  await orm.em.fork().transactional((em) => sendAll(em, messages));
}
