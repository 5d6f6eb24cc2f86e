import { Bot, GrammyError, InlineKeyboard } from "grammy";
import { describe, expect, test } from "vitest";
import { SPEC_PRESENT, telegramViolations } from "../specs/telegram-spec.ts";
import { ANI, telegram, TOKEN } from "./telegram-story.ts";

/** A small bot as anybody would write one with grammY: a card with two buttons, which a press turns into text. */
function cardBot(apiRoot: string): Bot {
  const bot = new Bot(TOKEN, { client: { apiRoot, timeoutSeconds: 60 } });
  bot.command("start", (context) =>
    context.reply(`Invoice ${context.match}`, {
      reply_markup: new InlineKeyboard().url("Pay", "https://pay.example/p/1").text("Cancel", "cancel:1"),
    }),
  );
  bot.callbackQuery(/^cancel:(.+)$/, async (context) => {
    await context.answerCallbackQuery("Cancelled");
    await context.editMessageText("Cancelled");
  });
  return bot;
}

describe("a grammY bot lives on the stand-in as on Telegram", () => {
  test("it starts, reads the payload of Start, answers a press and edits its card", async () => {
    // grammY's stop repeats an offset, which Telegram answers after three of its seconds.
    await using story = await telegram({ secondMs: 100 });
    const bot = cardBot(story.sandbox.apiRoot);
    const running = bot.start();
    story.sandbox.sends({ userId: ANI, text: "/start p_token" });
    await expect.poll(() => story.sandbox.chat(ANI).at(-1)?.text).toBe("Invoice p_token");

    const messageId = story.sandbox.chat(ANI).at(-1)?.message_id ?? 0;
    const press = story.sandbox.presses({ userId: ANI, chatId: ANI, messageId, data: "cancel:1" });
    await expect.poll(() => story.sandbox.chat(ANI).at(-1)?.text).toBe("Cancelled");
    expect(story.sandbox.callbackAnswer(press.callbackQueryId)?.text).toBe("Cancelled");

    await bot.stop();
    await running;
    const wire = story.sandbox.wire();
    expect(wire.map(({ method }) => method)).toEqual(expect.arrayContaining(["getMe", "getUpdates", "sendMessage"]));
    expect(JSON.stringify(wire)).not.toContain(TOKEN);
    expect(SPEC_PRESENT ? telegramViolations(wire) : []).toEqual([]);
  });

  test("a refusal reaches it as a GrammyError with Telegram's code and parameters", async () => {
    await using story = await telegram();
    const { api } = new Bot(TOKEN, { client: { apiRoot: story.sandbox.apiRoot } });
    const { newChatId } = story.sandbox.migrates(story.oldGroup);
    const error = await api.sendMessage(story.oldGroup, "hello").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(GrammyError);
    expect(error).toMatchObject({ error_code: 400, parameters: { migrate_to_chat_id: newChatId } });
  });
});
