import type { MikroORM } from "@mikro-orm/postgresql";
import type { Logger } from "pino";
import type { FrontDoor, Letterbox } from "../../bots/desk.ts";
import { createTelegramBot } from "../../bots/telegram/bot.ts";
import type { ManagerDoors } from "../../bots/telegram/managers/doors.ts";
import { createManagerNotifier } from "../../bots/telegram/managers/notify.ts";
import { placesOf } from "../../bots/telegram/managers/places.ts";
import { createTelegramNotifier } from "../../bots/telegram/notify.ts";
import { botIdOf, updateToKeep } from "../../bots/telegram/updates.ts";
import type { Ids } from "../ports.ts";
import { createChats } from "../store/chats.ts";
import { type KeepUpdate, receiveUpdates } from "./telegram-receiving.ts";

export type TelegramSettings = {
  readonly botToken: string;
  readonly webhookSecret: string | null;
  readonly apiRoot: string;
  readonly opsChat: string | null;
  /** Chats, and topics of chats, where managers may ask. */
  readonly managerChats: readonly string[];
};

type Needs = {
  readonly orm: MikroORM;
  readonly databaseUrl: string;
  readonly frontDoor: FrontDoor;
  readonly keep: KeepUpdate;
  readonly letterbox: Letterbox;
  readonly ids: Ids;
  readonly timeZone: string;
  readonly managers: Omit<ManagerDoors, "mayAskIn" | "letterbox" | "timeZone">;
  readonly publicUrl: string;
  readonly log: Logger;
};

/** Telegram's half: updates are kept by webhook or poll, handed to the bot by the worker, messages told by the outbox. */
export function assembleTelegram(settings: TelegramSettings, needs: Needs) {
  const { botToken: token, apiRoot, webhookSecret } = settings;
  const id = botIdOf(token);
  const chats = createChats(needs.orm, id);
  const { letterbox, timeZone, managers } = needs;
  const managerChats = [...settings.managerChats, ...(settings.opsChat === null ? [] : [settings.opsChat])];
  const bot = createTelegramBot({
    token,
    apiRoot,
    frontDoor: needs.frontDoor,
    languages: chats,
    reach: (chat, reachable) => chats.reach(chat, reachable),
    requestId: () => needs.ids.id(),
    managers: { ...managers, letterbox, timeZone, mayAskIn: placesOf(managerChats) },
  });
  return {
    chats,
    handle: (update: unknown) => bot.handle(update),
    notifier: createTelegramNotifier({ api: bot.api, letterbox, timeZone }),
    managerNotifier: createManagerNotifier({
      api: bot.api,
      letterbox,
      timeZone,
      ...(managers.expecting ? { expecting: managers.expecting } : {}),
    }),
    inviteUrl: async (invitation: string) => `https://t.me/${(await bot.me()).username}?start=${invitation}`,
    /** For the webhook's route: keeps one update, once. What has nothing in it for us is taken and forgotten. */
    keepUpdate: async (update: unknown): Promise<void> => {
      const kept = updateToKeep(id, update);
      if (kept) await needs.keep(kept);
    },
    receive: () => receiveUpdates({ ...needs, api: bot.api, token, apiRoot, webhookSecret, managerChats }),
  };
}
