import { answerCallbackQuery } from "./callbacks.ts";
import { getChat, getMe, sendChatAction } from "./chats.ts";
import { getMyCommands, setMyCommands } from "./commands.ts";
import { deleteMessage, editMessageReplyMarkup, editMessageText } from "./edit-message.ts";
import { getUpdates } from "./get-updates.ts";
import type { Method } from "./method.ts";
import { sendMessage } from "./send-message.ts";
import { deleteWebhook, getWebhookInfo, setWebhook } from "./webhook.ts";

const methods: Record<string, Method> = {
  getMe,
  sendMessage,
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  answerCallbackQuery,
  setMyCommands,
  getMyCommands,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  getChat,
  sendChatAction,
};

/** A method by its name, in whatever case: Telegram does not mind. */
export function methodNamed(name: string): Method | undefined {
  const known = Object.keys(methods).find((method) => method.toLowerCase() === name.toLowerCase());
  return known === undefined ? undefined : methods[known];
}
