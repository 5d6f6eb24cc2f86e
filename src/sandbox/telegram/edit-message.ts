import { z } from "zod";
import { reachChat, type ChatId } from "./access.ts";
import { readReplyMarkup } from "./keyboard.ts";
import { editMessage, findMessage } from "./messages.ts";
import { fields, method, type Reply } from "./method.ts";
import { badRequest } from "./refusals.ts";
import { linkPreview } from "./send-message.ts";
import type { Message } from "./shapes.ts";
import type { KeptMessage } from "./state.ts";
import { formatText } from "./text.ts";
import { unixTime, type World } from "./world.ts";

const target = {
  chat_id: fields.chatId,
  message_id: fields.messageId,
  inline_message_id: fields.text("inline_message_id"),
};

const NOT_MODIFIED =
  "message is not modified: specified new message content and reply markup are exactly the same " +
  "as a current content and reply markup of the message";

const DELETABLE_S = 48 * 3600;

/** Without `reply_markup` the message loses its keyboard. */
export const editMessageText = method(
  {
    ...target,
    text: z.string({ error: "message text is empty" }),
    parse_mode: fields.text("parse_mode"),
    entities: fields.anything,
    link_preview_options: linkPreview.optional(),
    reply_markup: fields.anything,
  },
  (world, asked) => {
    const content = formatText(asked);
    const { link_preview_options } = asked;
    const reply_markup = readReplyMarkup(asked.reply_markup);
    return edited(world, asked, () => ({ ...content, entities: content.entities, link_preview_options, reply_markup }));
  },
);

export const editMessageReplyMarkup = method({ ...target, reply_markup: fields.anything }, (world, asked) => {
  const reply_markup = readReplyMarkup(asked.reply_markup);
  return edited(world, asked, ({ message }) => ({ ...shown(message), reply_markup }));
});

const shown = ({ text, entities, link_preview_options }: Message) => ({ text, entities, link_preview_options });

type Target = { readonly chat_id: ChatId; readonly message_id: number };

function edited(
  world: World,
  { chat_id, message_id }: Target,
  into: (kept: KeptMessage) => Parameters<typeof editMessage>[2],
): Reply {
  const record = reachChat(world, chat_id, "edit");
  const kept = findMessage(record, message_id);
  if (!kept) throw badRequest("message to edit not found");
  if (kept.message.from?.id !== world.bot.id) throw badRequest("message can't be edited");
  world.pace.edit(record.chat);
  if (!editMessage(world, kept, into(kept))) throw badRequest(NOT_MODIFIED);
  return { result: kept.message };
}

/** A bot may take back its own messages for 48 hours, and in a private chat also what the person wrote. */
export const deleteMessage = method({ chat_id: fields.chatId, message_id: fields.messageId }, (world, asked) => {
  const record = reachChat(world, asked.chat_id, "edit");
  const kept = findMessage(record, asked.message_id);
  if (!kept) throw badRequest("message to delete not found");
  const own = kept.message.from?.id === world.bot.id;
  if (!own && record.chat.type !== "private") throw badRequest("message can't be deleted");
  if (unixTime(world) - kept.message.date > DELETABLE_S) throw badRequest("message can't be deleted for everyone");
  kept.deleted = true;
  return { result: true };
});
