import { z } from "zod";
import { reachChat } from "./access.ts";
import { fields, method } from "./method.ts";
import { badRequest } from "./refusals.ts";

const ACTIONS = new Set([
  "typing",
  "upload_photo",
  "record_video",
  "upload_video",
  "record_voice",
  "upload_voice",
  "upload_document",
  "choose_sticker",
  "find_location",
  "record_video_note",
  "upload_video_note",
]);

export const getMe = method(
  {},
  ({ bot }) => ({
    result: {
      ...bot,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
    },
  }),
  false,
);

export const getChat = method(
  { chat_id: fields.chatId },
  (world, { chat_id }) => {
    const { chat } = reachChat(world, chat_id, "read");
    const gifts = { unlimited_gifts: true, limited_gifts: true, unique_gifts: true, premium_subscription: true };
    return {
      result: { ...chat, accent_color_id: 0, max_reaction_count: 11, accepted_gift_types: gifts },
    };
  },
  false,
);

export const sendChatAction = method(
  { chat_id: fields.chatId, action: z.string({ error: 'parameter "action" is required' }) },
  (world, { chat_id, action }) => {
    if (!ACTIONS.has(action)) throw badRequest("wrong parameter action in request");
    reachChat(world, chat_id, "write");
    return { result: true };
  },
  false,
);
