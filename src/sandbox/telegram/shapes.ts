import { z } from "zod";

/** What Telegram tells a bot, in its own field names; only the parts this stand-in plays. */

const user = z.object({
  id: z.int(),
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});

const chat = z.object({
  id: z.int(),
  type: z.enum(["private", "group", "supergroup"]),
  title: z.string().optional(),
  username: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  is_forum: z.literal(true).optional(),
});

const entity = z.object({
  type: z.string(),
  /** Both in UTF-16 code units, as JavaScript counts. */
  offset: z.int(),
  length: z.int(),
  url: z.string().optional(),
  language: z.string().optional(),
  user: z.looseObject({ id: z.int() }).optional(),
  custom_emoji_id: z.string().optional(),
  unix_time: z.int().optional(),
  date_time_format: z.string().optional(),
});

const button = z.object({
  text: z.string(),
  style: z.string().optional(),
  icon_custom_emoji_id: z.string().optional(),
  url: z.string().optional(),
  callback_data: z.string().optional(),
  copy_text: z.object({ text: z.string() }).optional(),
  switch_inline_query: z.string().optional(),
  switch_inline_query_current_chat: z.string().optional(),
  switch_inline_query_chosen_chat: z.looseObject({}).optional(),
  login_url: z.looseObject({ url: z.string() }).optional(),
  web_app: z.looseObject({ url: z.string() }).optional(),
  callback_game: z.looseObject({}).optional(),
  pay: z.boolean().optional(),
});

const inlineKeyboard = z.object({ inline_keyboard: z.array(z.array(button)) });

const message = z.object({
  message_id: z.int(),
  message_thread_id: z.int().optional(),
  is_topic_message: z.literal(true).optional(),
  from: user.optional(),
  sender_chat: chat.optional(),
  chat,
  date: z.int(),
  edit_date: z.int().optional(),
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  link_preview_options: z.looseObject({ is_disabled: z.boolean().optional() }).optional(),
  has_protected_content: z.literal(true).optional(),
  reply_to_message: z.looseObject({ message_id: z.int() }).optional(),
  reply_markup: inlineKeyboard.optional(),
  migrate_to_chat_id: z.int().optional(),
  migrate_from_chat_id: z.int().optional(),
});

const callbackQuery = z.object({
  id: z.string(),
  from: user,
  message: z.union([message, z.object({ chat, message_id: z.int(), date: z.literal(0) })]),
  chat_instance: z.string(),
  data: z.string(),
});

const membership = z.object({ user, status: z.string(), until_date: z.int().optional() });

const chatMemberUpdated = z.object({
  chat,
  from: user,
  date: z.int(),
  old_chat_member: membership,
  new_chat_member: membership,
});

const update = z.object({
  update_id: z.int(),
  message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: chatMemberUpdated.optional(),
});

export const shapes = { user, chat, entity, button, inlineKeyboard, message, update };

export type User = z.infer<typeof user>;
export type Chat = z.infer<typeof chat>;
export type Entity = z.infer<typeof entity>;
export type Button = z.infer<typeof button>;
export type InlineKeyboard = z.infer<typeof inlineKeyboard>;
export type Message = z.infer<typeof message>;
export type Update = z.infer<typeof update>;
export type UpdateKind = Exclude<keyof Update, "update_id">;
