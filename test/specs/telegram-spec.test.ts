import { describe, expect, test } from "vitest";
import { checkCall, SPEC_PRESENT, telegramViolations } from "./telegram-spec.ts";

const CHAT = { chat_id: 1001, text: "Invoice" };
const withButton = (button: object) => ({ ...CHAT, reply_markup: { inline_keyboard: [[button]] } });
const command = { command: "paylink", description: "A payment link" };

describe.skipIf(!SPEC_PRESENT)(
  "a call is held against Telegram's documentation (skipped without its data file)",
  () => {
    const REJECTED: Record<string, [method: string, payload: object, complaint: string]> = {
      "a missing text": ["sendMessage", { chat_id: 1 }, "sendMessage.text: missing"],
      "an empty text": ["sendMessage", { ...CHAT, text: "" }, "sendMessage.text: must have 1-4096 characters"],
      "5000 characters": ["sendMessage", { ...CHAT, text: "x".repeat(5000) }, "must have 1-4096 characters"],
      "callback data of 65 bytes": [
        "sendMessage",
        withButton({ text: "ok", callback_data: "x".repeat(65) }),
        "1-64 bytes",
      ],
      "33 Armenian letters of callback data, 66 bytes": [
        "sendMessage",
        withButton({ text: "ok", callback_data: "ա".repeat(33) }),
        "sendMessage.reply_markup.inline_keyboard[0][0].callback_data: must have 1-64 bytes",
      ],
      "a field that was removed": ["sendMessage", { ...CHAT, disable_web_page_preview: true }, "unknown field"],
      "a topic id in quotes": [
        "sendMessage",
        { ...CHAT, message_thread_id: "5" },
        "message_thread_id: must be Integer",
      ],
      "a command with a capital": [
        "setMyCommands",
        { commands: [{ ...command, command: "payLink" }] },
        "setMyCommands.commands[0].command: must match",
      ],
      "101 commands": ["setMyCommands", { commands: Array.from({ length: 101 }, () => command) }, "at most 100"],
      "a secret with a space": [
        "setWebhook",
        { url: "https://a.example", secret_token: "a b" },
        "secret_token: must match",
      ],
      "500 updates at once": ["getUpdates", { limit: 500 }, "getUpdates.limit: must be"],
      "a callback answer of 201 characters": [
        "answerCallbackQuery",
        { callback_query_id: "1", text: "x".repeat(201) },
        "must have 0-200 characters",
      ],
      "an unknown command scope": [
        "setMyCommands",
        { commands: [command], scope: { type: "everyone" } },
        "no such variant",
      ],
      "a misspelt method": ["sendMesage", CHAT, "no such method"],
    };

    test.each(Object.entries(REJECTED))("%s is refused, and for that reason", (_what, [method, payload, complaint]) => {
      const wrong = checkCall(method, payload);
      expect(wrong).toHaveLength(1);
      expect(wrong[0]).toContain(complaint);
    });

    const entities = [{ type: "bold", offset: 0, length: 3 }];
    const article = {
      type: "article",
      id: "inv-1042",
      title: "INV-1042",
      input_message_content: { message_text: "Invoice", entities },
      reply_markup: { inline_keyboard: [[{ text: "Pay", url: "https://pay.example/p/1" }]] },
    };
    const ACCEPTED: Record<string, [method: string, payload: object]> = {
      "a URL button": ["sendMessage", withButton({ text: "Pay", url: "https://pay.example/p/1" })],
      "a copy button": ["sendMessage", withButton({ text: "Copy", copy_text: { text: "INV-1042" } })],
      "a button with a style": ["sendMessage", withButton({ text: "No", callback_data: "cancel:1", style: "danger" })],
      "32 Armenian letters of callback data": [
        "sendMessage",
        withButton({ text: "ok", callback_data: "ա".repeat(32) }),
      ],
      entities: ["sendMessage", { ...CHAT, entities }],
      "a chat by its name": ["sendMessage", { ...CHAT, chat_id: "@managers" }],
      "an inline article with a keyboard": ["answerInlineQuery", { inline_query_id: "1", results: [article] }],
      "Armenian commands for one chat": [
        "setMyCommands",
        { commands: [command], scope: { type: "chat", chat_id: -1001 }, language_code: "hy" },
      ],
      "no parameters where none are needed": ["getMe", {}],
    };

    test.each(Object.entries(ACCEPTED))("%s is accepted", (_what, [method, payload]) => {
      expect(checkCall(method, payload)).toEqual([]);
    });

    test("many mistakes in one keyboard are all told of that keyboard, not of another kind of markup", () => {
      const wrong = { text: "ok", callback_data: "" };
      const complaints = checkCall("sendMessage", {
        ...CHAT,
        reply_markup: { inline_keyboard: [[wrong, wrong, wrong]] },
      });
      expect(complaints).toHaveLength(3);
      expect(complaints.every((complaint) => complaint.includes("callback_data: must have 1-64 bytes"))).toBe(true);
    });

    test("of a whole conversation only what the bot sent is judged", () => {
      const wire = [
        { direction: "to_telegram", method: "sendMessage", request: { chat_id: 1 } },
        { direction: "to_bot", method: "webhook", request: { update_id: 1 } },
      ];
      expect(telegramViolations(wire)).toEqual(["sendMessage.text: missing"]);
    });
  },
);
