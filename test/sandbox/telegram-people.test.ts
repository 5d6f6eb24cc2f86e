import { describe, expect, test } from "vitest";
import { ANI, KAREN, MANAGERS, telegram, type Story } from "./telegram-story.ts";

const updates = async ({ call }: Story): Promise<unknown> => (await call("getUpdates")).result;
const CONFIRM = { inline_keyboard: [[{ text: "Confirm", callback_data: "confirm:1" }]] };

describe("people decide whether a bot may write", () => {
  test("a person blocks the bot: it is told, and refused; a new message lets it in again", async () => {
    await using story = await telegram();
    story.sandbox.sends({ userId: ANI, text: "/start" });
    story.sandbox.blocks(ANI);
    const message = { chat_id: ANI, text: "hello" };
    expect(await story.refusal("sendMessage", message)).toBe("403 Forbidden: bot was blocked by the user");
    story.sandbox.sends({ userId: ANI, text: "/start" });
    expect(await story.refusal("sendMessage", message)).toBe("accepted");
    expect(await updates(story)).toMatchObject([
      { message: { text: "/start" } },
      { my_chat_member: { old_chat_member: { status: "member" }, new_chat_member: { status: "kicked" } } },
      { my_chat_member: { new_chat_member: { status: "member" } } },
      { message: { text: "/start" } },
    ]);
  });

  test("a chat can be looked up once the bot has met it, and shows that the bot is typing", async () => {
    await using story = await telegram();
    const chat_id = ANI;
    expect(await story.refusal("getChat", { chat_id })).toBe("400 Bad Request: chat not found");
    expect(await story.refusal("sendChatAction", { chat_id, action: "typing" })).toContain("403 Forbidden");
    story.sandbox.sends({ userId: ANI, text: "/start" });
    expect(await story.call("getChat", { chat_id })).toMatchObject({ result: { id: ANI, first_name: "Ani" } });
    expect(await story.call("getChat", { chat_id: "@Paythread_Managers" })).toMatchObject({ result: { id: MANAGERS } });
    expect(await story.call("sendChatAction", { chat_id, action: "typing" })).toMatchObject({ ok: true, result: true });
    expect(await story.refusal("sendChatAction", { chat_id, action: "dancing" })).toContain("wrong parameter action");
  });

  test("a group throws the bot out, a person closes the account", async () => {
    await using story = await telegram();
    story.sandbox.removesBot(MANAGERS);
    story.sandbox.deactivates(KAREN);
    const to = (chat_id: number) => story.refusal("sendMessage", { chat_id, text: "x" });
    expect(await to(MANAGERS)).toBe("403 Forbidden: bot was kicked from the supergroup chat");
    expect(await to(KAREN)).toBe("403 Forbidden: user is deactivated");
  });

  test("a group becomes a supergroup: both chats are told, and the old id names the new one", async () => {
    await using story = await telegram();
    const { newChatId } = story.sandbox.migrates(story.oldGroup);
    expect(await story.call("sendMessage", { chat_id: story.oldGroup, text: "x" })).toMatchObject({
      status: 400,
      description: "Bad Request: group chat was upgraded to a supergroup chat",
      parameters: { migrate_to_chat_id: newChatId },
    });
    expect(await updates(story)).toMatchObject([
      { message: { chat: { id: story.oldGroup }, migrate_to_chat_id: newChatId } },
      { message: { chat: { id: newChatId }, migrate_from_chat_id: story.oldGroup } },
    ]);
  });

  test("a topic is deleted: writing there is refused, the group itself is not", async () => {
    await using story = await telegram();
    const inTopic = { chat_id: MANAGERS, message_thread_id: 7, text: "x" };
    expect(await story.call("sendMessage", inTopic)).toMatchObject({ result: { is_topic_message: true } });
    story.sandbox.deletesTopic(MANAGERS, 7);
    expect(await story.refusal("sendMessage", inTopic)).toBe("400 Bad Request: message thread not found");
    expect(await story.refusal("sendMessage", { chat_id: MANAGERS, text: "x" })).toBe("accepted");
  });
});

describe("privacy mode: in a group the bot hears what is meant for it", () => {
  test("a command with its name, a reply to it, and a bare command once it has written", async () => {
    await using story = await telegram();
    const hears = (text: string, more: { replyTo?: number } = {}) =>
      story.sandbox.sends({ userId: KAREN, chatId: MANAGERS, text, ...more }).updateId !== null;
    expect(hears("good morning")).toBe(false);
    expect(hears("/paylink INV-1042")).toBe(false);
    expect(hears("/paylink@other_bot INV-1042")).toBe(false);
    expect(hears("/paylink@paythread_bot INV-1042")).toBe(true);
    await story.call("sendMessage", { chat_id: MANAGERS, text: "card" });
    expect(hears("/paylink INV-1043")).toBe(true);
    expect(hears("thanks", { replyTo: 5 })).toBe(true);
    expect(hears("thanks", { replyTo: 1 })).toBe(false);
  });

  test("an anonymous administrator arrives as Telegram's service account", async () => {
    await using story = await telegram();
    const text = "/paylink@paythread_bot INV-1042";
    story.sandbox.sends({ userId: KAREN, chatId: MANAGERS, text, anonymously: true });
    expect(await updates(story)).toMatchObject([
      { message: { from: { id: 1087968824, username: "GroupAnonymousBot" }, sender_chat: { id: MANAGERS } } },
    ]);
  });
});

describe("a person presses a button", () => {
  const withCard = async (options: Parameters<typeof telegram>[0] = {}) => {
    const story = await telegram(options);
    await story.call("sendMessage", { chat_id: MANAGERS, text: "card", reply_markup: CONFIRM });
    return story;
  };
  const press = { userId: KAREN, chatId: MANAGERS, messageId: 1, data: "confirm:1" };

  test("the bot gets the message and the data, and answers exactly once", async () => {
    await using story = await withCard();
    const { callbackQueryId: callback_query_id } = story.sandbox.presses(press);
    expect(await updates(story)).toMatchObject([
      { callback_query: { id: callback_query_id, from: { id: KAREN }, data: "confirm:1", message: { text: "card" } } },
    ]);
    const answer = { callback_query_id, text: "Linked", show_alert: true };
    expect(await story.call("answerCallbackQuery", answer)).toMatchObject({ ok: true, result: true });
    expect(story.sandbox.callbackAnswer(callback_query_id)).toEqual({ text: "Linked", showAlert: true, url: null });
    expect(await story.refusal("answerCallbackQuery", answer)).toBe(
      "400 Bad Request: query is too old and response timeout expired or query ID is invalid",
    );
  });

  test("an answer that comes too late is refused", async () => {
    let now = new Date("2026-11-24T10:00:00Z");
    await using story = await withCard({ clock: () => now });
    const { callbackQueryId: callback_query_id } = story.sandbox.presses(press);
    now = new Date("2026-11-24T10:00:16Z");
    expect(await story.refusal("answerCallbackQuery", { callback_query_id })).toContain("query is too old");
  });

  test("a button that is not there can only be pressed by a forged client", async () => {
    await using story = await withCard();
    const forged = { ...press, data: "cancel:9" };
    expect(() => story.sandbox.presses(forged)).toThrow(`Message 1 has no button "cancel:9"`);
    story.sandbox.presses({ ...forged, forged: true });
    story.sandbox.deletesMessage(MANAGERS, 1);
    story.sandbox.presses({ ...press, forged: true });
    expect(await updates(story)).toMatchObject([
      { callback_query: { data: "cancel:9", message: { text: "card" } } },
      { callback_query: { message: { message_id: 1, date: 0 } } },
    ]);
  });
});
