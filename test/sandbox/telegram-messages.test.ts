import { describe, expect, test } from "vitest";
import { ANI, KAREN, MANAGERS, telegram, TOKEN } from "./telegram-story.ts";

const button = (more: object) => ({ inline_keyboard: [[{ text: "Pay", ...more }]] });
const PAY = button({ url: "https://pay.example/p/1" });

describe("a bot writes to people and groups", () => {
  test("a person who pressed Start gets the message, with what Telegram marked in it", async () => {
    await using story = await telegram();
    const { message } = story.sandbox.sends({ userId: ANI, text: "/start p_token" });
    expect(message).toMatchObject({
      chat: { id: ANI, type: "private" },
      from: { language_code: "hy" },
      entities: [{ type: "bot_command", offset: 0, length: 6 }],
    });
    const sent = await story.call("sendMessage", {
      chat_id: ANI,
      text: "See https://pay.example/p/1.",
      reply_markup: PAY,
    });
    expect(sent).toMatchObject({
      ok: true,
      result: { message_id: 2, entities: [{ type: "url", offset: 4, length: 23 }], reply_markup: PAY },
    });
    expect(story.sandbox.chat(ANI).map(({ text }) => text)).toEqual(["/start p_token", "See https://pay.example/p/1."]);
  });

  test("HTML becomes text and entities, counted in UTF-16", async () => {
    await using story = await telegram();
    const text = '🙂 <b>15 000 ֏</b> &lt;due&gt; <a href="https://pay.example/?a=1&amp;b=2">pay</a>';
    expect(await story.call("sendMessage", { chat_id: MANAGERS, text, parse_mode: "HTML" })).toMatchObject({
      result: {
        text: "🙂 15 000 ֏ <due> pay",
        entities: [
          { type: "bold", offset: 3, length: 8 },
          { type: "text_link", offset: 18, length: 3, url: "https://pay.example/?a=1&b=2" },
        ],
      },
    });
  });

  test("a form says the same as JSON", async () => {
    await using story = await telegram();
    const body = new URLSearchParams({
      chat_id: String(MANAGERS),
      text: "42",
      reply_markup: JSON.stringify(PAY),
      protect_content: "true",
    });
    const response = await fetch(`${story.sandbox.apiRoot}/bot${TOKEN}/sendmessage`, { method: "POST", body });
    expect(await response.json()).toMatchObject({
      ok: true,
      result: { text: "42", reply_markup: PAY, has_protected_content: true },
    });
  });

  const to = { chat_id: MANAGERS };
  const REFUSED: Record<string, [params: object, refusal: string]> = {
    "no chat": [{ text: "x" }, "400 Bad Request: chat_id is empty"],
    "an unknown chat": [{ chat_id: 5, text: "x" }, "400 Bad Request: chat not found"],
    "a person by name": [{ chat_id: "@karen", text: "x" }, "400 Bad Request: chat not found"],
    "someone who never pressed Start": [
      { chat_id: KAREN, text: "x" },
      "403 Forbidden: bot can't initiate conversation with a user",
    ],
    "no text": [to, "400 Bad Request: message text is empty"],
    "a text that is not text": [{ ...to, text: 42 }, "400 Bad Request: message text is empty"],
    "only spaces": [{ ...to, text: " \n" }, "400 Bad Request: text must be non-empty"],
    "4097 characters": [{ ...to, text: "x".repeat(4097) }, "400 Bad Request: message is too long"],
    "a topic that is not there": [
      { ...to, text: "x", message_thread_id: 9 },
      "400 Bad Request: message thread not found",
    ],
    "an answer to nothing": [
      { ...to, text: "x", reply_parameters: { message_id: 99 } },
      "400 Bad Request: message to be replied not found",
    ],
    "an entity beyond the text": [
      { ...to, text: "abc", entities: [{ type: "bold", offset: 1, length: 3 }] },
      "400 Bad Request: ENTITY_BOUNDS_INVALID",
    ],
    "an entity that cuts an emoji": [
      { ...to, text: "🙂🙂", entities: [{ type: "bold", offset: 1, length: 2 }] },
      "400 Bad Request: entity begins in a middle of a UTF-16 symbol",
    ],
    "HTML that is not closed": [
      { ...to, text: "<b>x", parse_mode: "HTML" },
      `400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`,
    ],
    "HTML that is closed crosswise": [
      { ...to, text: "<b><i>x</b></i>", parse_mode: "HTML" },
      `400 Bad Request: can't parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
    ],
    "a tag of the web": [
      { ...to, text: "ա<p>x</p>", parse_mode: "HTML" },
      `400 Bad Request: can't parse entities: Unsupported start tag "p" at byte offset 2`,
    ],
    "callback data of 66 bytes in 33 letters": [
      { ...to, text: "x", reply_markup: button({ callback_data: "ա".repeat(33) }) },
      "400 Bad Request: BUTTON_DATA_INVALID",
    ],
    "a button that does nothing": [
      { ...to, text: "x", reply_markup: button({}) },
      "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    "a button that runs a script": [
      { ...to, text: "x", reply_markup: button({ url: "javascript:alert(1)" }) },
      "400 Bad Request: inline keyboard button URL 'javascript:alert(1)' is invalid: Unsupported URL protocol",
    ],
  };

  test.each(Object.entries(REFUSED))("%s is refused in Telegram's words", async (_what, [params, refusal]) => {
    await using story = await telegram();
    expect(await story.refusal("sendMessage", params)).toBe(refusal);
    expect(story.sandbox.chat(MANAGERS)).toEqual([]);
  });

  test("a wrong token, a token that is none, and an unknown method are told apart", async () => {
    await using story = await telegram();
    const status = async (path: string) => (await fetch(`${story.sandbox.apiRoot}/${path}`)).status;
    expect(await status("bot7:wrong/getMe")).toBe(401);
    expect(await status("botnone/getMe")).toBe(404);
    expect(await story.refusal("sendMesage")).toBe("404 Not Found: method not found");
    expect(story.sandbox.wire()).toHaveLength(1);
  });
});

describe("a bot changes what it wrote", () => {
  test("an edit replaces text and keyboard, the same edit again is refused, and the history stays", async () => {
    await using story = await telegram();
    await story.call("sendMessage", { chat_id: MANAGERS, text: "awaiting", reply_markup: PAY });
    const edit = { chat_id: MANAGERS, message_id: 1, text: "paid" };
    expect(await story.call("editMessageText", edit)).toMatchObject({ ok: true, result: { text: "paid" } });
    expect(await story.refusal("editMessageText", edit)).toContain("400 Bad Request: message is not modified: ");
    const [card] = story.sandbox.chat(MANAGERS);
    expect(card).toMatchObject({ text: "paid", history: [{ text: "awaiting", reply_markup: PAY }] });
    expect(card?.reply_markup).toBeUndefined();
  });

  test("the keyboard alone can change", async () => {
    await using story = await telegram();
    await story.call("sendMessage", { chat_id: MANAGERS, text: "awaiting", reply_markup: PAY });
    const message = { chat_id: MANAGERS, message_id: 1 };
    const edited = await story.call("editMessageReplyMarkup", message);
    expect(edited).toMatchObject({ result: { text: "awaiting" } });
    expect(edited.result).not.toHaveProperty("reply_markup");
    expect(await story.refusal("editMessageReplyMarkup", message)).toContain("message is not modified");
  });

  test("what is gone, or somebody else's, cannot be changed", async () => {
    await using story = await telegram();
    const target = (message_id: number) => ({ chat_id: ANI, message_id, text: "x" });
    story.sandbox.sends({ userId: ANI, text: "/start" });
    await story.call("sendMessage", { chat_id: ANI, text: "hello" });
    expect(await story.refusal("editMessageText", target(1))).toBe("400 Bad Request: message can't be edited");
    expect(await story.call("deleteMessage", target(2))).toMatchObject({ ok: true, result: true });
    expect(await story.refusal("editMessageText", target(2))).toBe("400 Bad Request: message to edit not found");
    expect(await story.refusal("deleteMessage", target(2))).toBe("400 Bad Request: message to delete not found");
    expect(await story.refusal("deleteMessage", target(1))).toBe("accepted");
    const { message } = story.sandbox.sends({ userId: ANI, chatId: MANAGERS, text: "hello" });
    const theirs = { chat_id: MANAGERS, message_id: message.message_id };
    expect(await story.refusal("deleteMessage", theirs)).toBe("400 Bad Request: message can't be deleted");
    await story.call("sendMessage", { chat_id: MANAGERS, text: "card" });
    const own = { chat_id: MANAGERS, message_id: message.message_id + 1 };
    expect(await story.refusal("deleteMessage", own)).toBe("accepted");
    expect(await story.refusal("editMessageText", { text: "x" })).toBe("400 Bad Request: chat_id is empty");
  });
});

describe("commands are kept for each scope and language", () => {
  test("a list is found under its own scope and language only", async () => {
    await using story = await telegram();
    const commands = [{ command: "paylink", description: "A payment link" }];
    const scope = { type: "chat", chat_id: MANAGERS };
    await story.call("setMyCommands", { commands, scope, language_code: "hy" });
    expect(await story.call("getMyCommands", { scope, language_code: "hy" })).toMatchObject({ result: commands });
    expect(await story.call("getMyCommands", { scope })).toMatchObject({ result: [] });
    const capital = [{ command: "payLink", description: "x" }];
    expect(await story.refusal("setMyCommands", { commands: capital })).toBe("400 Bad Request: BOT_COMMAND_INVALID");
  });
});
