import { z } from "zod";
import { reachChat } from "./access.ts";
import { readReplyMarkup } from "./keyboard.ts";
import { addMessage, findMessage } from "./messages.ts";
import { fields, method } from "./method.ts";
import { badRequest } from "./refusals.ts";
import type { Message } from "./shapes.ts";
import type { ChatRecord } from "./state.ts";
import { formatText } from "./text.ts";

export const linkPreview = z.looseObject(
  { is_disabled: z.boolean().optional() },
  { error: "object expected as link preview options" },
);

const replyParameters = z.looseObject(
  { message_id: z.int(), allow_sending_without_reply: z.boolean().optional() },
  { error: "object expected as reply parameters" },
);

/** Checks the content, then the chat, then the pace: a message that can never be sent does not count against the rate. */
export const sendMessage = method(
  {
    chat_id: fields.chatId,
    message_thread_id: fields.integer("message_thread_id"),
    text: z.string({ error: "message text is empty" }),
    parse_mode: fields.text("parse_mode"),
    entities: fields.anything,
    link_preview_options: linkPreview.optional(),
    disable_notification: fields.flag("disable_notification"),
    protect_content: fields.flag("protect_content"),
    reply_parameters: replyParameters.optional(),
    reply_markup: fields.anything,
  },
  (world, asked) => {
    const content = formatText(asked);
    const keyboard = readReplyMarkup(asked.reply_markup);
    const record = reachChat(world, asked.chat_id, "write");
    const place = inTopic(record, asked.message_thread_id);
    const reply = replyTo(record, asked.reply_parameters);
    world.pace.message(record.chat);
    record.botWrote = true;
    const { link_preview_options, protect_content } = asked;
    const extras = { link_preview_options, reply_markup: keyboard, reply_to_message: reply };
    const secret = protect_content ? { has_protected_content: true as const } : {};
    return {
      result: addMessage(world, record, { ...place, from: world.bot, ...content, ...extras, ...secret }),
    };
  },
);

/** The General topic has no id: a bot that names it is refused like one that names a deleted topic. */
function inTopic({ chat, topics }: ChatRecord, threadId: number | undefined): Partial<Message> {
  if (!threadId) return {};
  if (!chat.is_forum || !topics.includes(threadId)) throw badRequest("message thread not found");
  return { message_thread_id: threadId, is_topic_message: true };
}

function replyTo(record: ChatRecord, asked: z.infer<typeof replyParameters> | undefined): Message | undefined {
  if (!asked) return undefined;
  const found = findMessage(record, asked.message_id);
  if (!found && !asked.allow_sending_without_reply) throw badRequest("message to be replied not found");
  if (!found) return undefined;
  const { reply_to_message: _earlier, ...message } = found.message;
  return message;
}
