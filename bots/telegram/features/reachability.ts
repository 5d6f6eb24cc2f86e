import { Composer, type Context } from "grammy";
import type { CustomerDoors } from "../customer-doors.ts";

/** Telegram tells when a person blocks the bot or lets it in again. In a group the same word means something else. */
export function reachability({ reach }: Pick<CustomerDoors, "reach">): Composer<Context> {
  const composer = new Composer<Context>();
  composer.chatType("private").on("my_chat_member", async (ctx) => {
    const { status } = ctx.myChatMember.new_chat_member;
    if (status === "kicked" || status === "member") await reach(String(ctx.chat.id), status === "member");
  });
  return composer;
}
