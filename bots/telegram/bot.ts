import { Bot, BotError } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import { Undelivered } from "../undelivered.ts";
import type { CustomerDoors } from "./customer-doors.ts";
import { undeliveredOf } from "./errors.ts";
import { help } from "./features/help.ts";
import { language } from "./features/language.ts";
import { reachability } from "./features/reachability.ts";
import { start } from "./features/start.ts";
import { unhandled } from "./features/unhandled.ts";
import { account } from "./managers/account.ts";
import type { ManagerDoors } from "./managers/doors.ts";
import { paylink } from "./managers/paylink.ts";
import { press } from "./managers/press.ts";
import { readUpdate } from "./updates.ts";

export type TelegramBotParts = CustomerDoors & {
  readonly token: string;
  /** Without a trailing slash. */
  readonly apiRoot: string;
  /** Absent: Telegram is asked with the first update. */
  readonly botInfo?: UserFromGetMe;
  readonly managers: ManagerDoors;
};

export type TelegramBot = {
  readonly api: Bot["api"];
  /** The bot's own account: its `username` makes the addresses that open it. */
  me(): Promise<UserFromGetMe>;
  /**
   * Handles one kept update; throws `Undelivered` when Telegram did not take an answer. Repeating a handled update is
   * harmless: at worst a sentence is said twice.
   */
  handle(update: unknown): Promise<void>;
};

/** Ten seconds instead of grammY's 500: a worker that waits longer holds up everybody behind it. */
const TIMEOUT_S = 10;

/**
 * The bot of customers, and of managers whose accounts are linked. It never sends the message with the Pay button nor a card:
 * the outbox does.
 */
export function createTelegramBot(parts: TelegramBotParts): TelegramBot {
  const { token, apiRoot, botInfo, managers, languages } = parts;
  const client = { apiRoot, timeoutSeconds: TIMEOUT_S };
  const bot = new Bot(token, { client, ...(botInfo ? { botInfo } : {}) });
  const doors = { ...managers, languages };
  bot.use(
    reachability(parts),
    account(doors),
    paylink(doors),
    press(doors),
    start(parts),
    language(parts),
    help(parts),
    unhandled(parts),
  );

  /** Asked once and without grammY's own endless repeats: the worker's repeats are the ones that are counted. */
  const me = async (): Promise<UserFromGetMe> => {
    if (!bot.isInited()) bot.botInfo = await bot.api.getMe().catch(rethrow);
    return bot.botInfo;
  };

  const handle = async (update: unknown): Promise<void> => {
    const read = readUpdate.parse(update);
    await me();
    await bot.handleUpdate(read).catch(ignoreTheAbsent);
  };
  return { api: bot.api, me, handle };
}

const rethrow = (error: unknown): never => {
  throw undeliveredOf(error);
};

/** Somebody who wrote and then shut the bot out wants no answer: that is not a failure. */
function ignoreTheAbsent(error: unknown): void {
  const told = undeliveredOf(error);
  const absent = error instanceof BotError && told instanceof Undelivered && told.reach !== "fine";
  if (!absent) throw told;
}
