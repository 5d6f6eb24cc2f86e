import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import type { Logger } from "pino";
import type { Keep } from "../../bots/desk.ts";
import type { TelegramBot } from "../../bots/telegram/bot.ts";
import { registerCommands, registerManagerCommands } from "../../bots/telegram/commands.ts";
import { createPoller, type OffsetStore } from "../../bots/telegram/poller.ts";
import { botIdOf } from "../../bots/telegram/updates.ts";
import { ensureWebhook } from "../../bots/telegram/webhook.ts";
import { holdLock } from "../store/lock.ts";
import { createPollOffsets } from "../store/poll-offsets.ts";

export type KeepUpdate = (delivery: Parameters<Keep>[0], em?: EntityManager) => Promise<void>;

type Receiving = {
  readonly api: TelegramBot["api"];
  readonly token: string;
  readonly apiRoot: string;
  readonly webhookSecret: string | null;
  readonly managerChats: readonly string[];
  readonly orm: MikroORM;
  readonly databaseUrl: string;
  readonly keep: KeepUpdate;
  readonly publicUrl: string;
  readonly log: Logger;
};

/** Updates come by webhook where there is a secret for it, else one process of all polls for them. */
export function receiveUpdates(from: Receiving): { stop(): Promise<void> } {
  const { api, token, apiRoot, log } = from;
  const trouble = (error: Error): void =>
    log.warn({ err: error, component: "telegram" }, "Telegram could not be asked");
  const poller = createPoller({ token, apiRoot, trouble, offsetStore: offsetsOf(from) });
  const stopping = new AbortController();

  const receive = async (): Promise<void> => {
    await registerCommands(api).catch(trouble);
    await registerManagerCommands(api, from.managerChats, trouble);
    if (from.webhookSecret !== null) {
      const webhook = { url: `${from.publicUrl}/telegram/webhook`, secret: from.webhookSecret };
      return ensureWebhook(api, webhook).catch(trouble);
    }
    const client = (): pg.Client => new pg.Client({ connectionString: from.databaseUrl });
    const terms = { name: `telegram-poller:${botIdOf(token)}`, signal: stopping.signal, trouble };
    await holdLock(client, terms, () => poller.run());
  };
  const received = receive().catch((error: unknown) =>
    log.error(error, "Telegram's updates are not received any more"),
  );
  return {
    stop: async () => {
      stopping.abort();
      poller.stop();
      await received;
    },
  };
}

/** A batch and the offset that confirms it are one transaction: what is confirmed to Telegram is here. */
function offsetsOf({ orm, keep, token }: Receiving): OffsetStore {
  const offsets = createPollOffsets(orm, botIdOf(token));
  return {
    load: offsets.load,
    keepBatch: (updates, next) =>
      orm.em.fork().transactional(async (em) => {
        for (const update of updates) await keep(update, em);
        await offsets.save(em, next);
      }),
  };
}
