import { describe, expect, test } from "vitest";
import { WORDS } from "../../bots/telegram/words.ts";
import { Undelivered } from "../../bots/undelivered.ts";
import { SPEC_PRESENT, telegramViolations } from "../specs/telegram-spec.ts";
import { ANI, customerStory, INVITATION, KAREN, MANAGERS } from "./telegram-story.ts";

describe("a customer opens the bot with an invitation", () => {
  test("the product hears whose chat it is and in which language; the invoice itself is told by the outbox", async () => {
    await using story = await customerStory();
    await story.writes(`/start ${INVITATION}`, ANI, "hy");
    expect(story.visits).toEqual([
      {
        token: INVITATION,
        bot: "7000000001",
        chat: String(ANI),
        language: "hy",
        requestId: "request-1",
        key: expect.stringMatching(/^telegram:7000000001:\d+$/),
      },
    ]);
    expect(story.said(ANI)).toEqual([]);
  });

  test("the same update delivered twice carries the same key, so the product acts once", async () => {
    await using story = await customerStory();
    story.sandbox.sends({ userId: KAREN, text: `/start ${INVITATION}` });
    await story.deliver(2);
    expect(story.visits).toHaveLength(2);
    expect(story.visits[0]?.key).toBe(story.visits[1]?.key);
  });

  test.each([INVITATION, `https://t.me/paythread_bot?start=${INVITATION}`])(
    "the code got lost on the way and is pasted as text: %s",
    async (text) => {
      await using story = await customerStory();
      await story.writes(text);
      expect(story.visits.map(({ token }) => token)).toEqual([INVITATION]);
    },
  );

  test.each(["/start AAAAAAAAAAAAAAAAAAAAAA", "/start nonsense", "/start ../../etc/passwd"])(
    "a code that opens nothing gets one neutral sentence, whatever is wrong with it: %s",
    async (text) => {
      await using story = await customerStory();
      await story.writes(text);
      expect(story.said()).toEqual([WORDS.en.unknownCode]);
    },
  );

  test("a code of another form is not even asked about", async () => {
    await using story = await customerStory();
    await story.writes("/start nonsense");
    expect(story.visits).toEqual([]);
  });

  test("a bare /start explains what the bot is for and asks for the code", async () => {
    await using story = await customerStory();
    await story.writes("/start", KAREN, "ru-RU");
    expect(story.said()).toEqual([WORDS.ru.bareStart]);
  });
});

describe("a customer chooses a language", () => {
  test("three buttons, and what is chosen holds from then on", async () => {
    await using story = await customerStory();
    await story.writes("/language");
    expect(story.buttons().map(({ text, callback_data }) => `${text} ${callback_data}`)).toEqual([
      "Հայերեն lang:hy",
      "Русский lang:ru",
      "English lang:en",
    ]);
    const question = story.shown()[0]?.message_id ?? 0;
    const press = { userId: KAREN, chatId: KAREN, messageId: question, data: "lang:hy" };
    const { callbackQueryId } = story.sandbox.presses(press);
    await story.deliver();
    expect(story.sandbox.callbackAnswer(callbackQueryId)).not.toBeNull();
    expect(story.said()).toEqual([WORDS.hy.languageChosen]);
    expect(story.buttons()).toEqual([]);

    await story.writes("/help");
    expect(story.said().at(-1)).toBe(WORDS.hy.help);
    expect(SPEC_PRESENT ? telegramViolations(story.sandbox.wire()) : []).toEqual([]);
  });

  test("the press is answered before anything else is done", async () => {
    await using story = await customerStory();
    await story.writes("/language");
    const messageId = story.shown()[0]?.message_id ?? 0;
    story.sandbox.presses({ userId: KAREN, chatId: KAREN, messageId, data: "lang:ru" });
    await story.deliver();
    expect(story.methods().slice(-2)).toEqual(["answerCallbackQuery", "editMessageText"]);
  });

  test("the same press delivered twice changes nothing and is no error", async () => {
    await using story = await customerStory();
    await story.writes("/language");
    const messageId = story.shown()[0]?.message_id ?? 0;
    story.sandbox.presses({ userId: KAREN, chatId: KAREN, messageId, data: "lang:hy" });
    await story.deliver(2);
    expect(story.said()).toEqual([WORDS.hy.languageChosen]);
  });

  test("the question is gone from the chat: the answer is said anew", async () => {
    await using story = await customerStory();
    story.knows();
    story.sandbox.presses({ userId: KAREN, chatId: KAREN, messageId: 999, data: "lang:hy", forged: true });
    await story.deliver();
    expect(story.said()).toEqual([WORDS.hy.languageChosen]);
  });

  test.each(["lang:xx", "card:pay:1"])(
    "a button nobody made (%s) stops spinning, and nothing happens",
    async (data) => {
      await using story = await customerStory();
      story.knows();
      const forged = { userId: KAREN, chatId: KAREN, messageId: 1, data, forged: true };
      const { callbackQueryId } = story.sandbox.presses(forged);
      await story.deliver();
      expect(story.sandbox.callbackAnswer(callbackQueryId)).not.toBeNull();
      expect(story.said()).toEqual([]);
    },
  );
});

describe("a customer writes something else", () => {
  test("in private they are told what the bot understands", async () => {
    await using story = await customerStory();
    await story.writes("Hi, how much is it?", KAREN, "fr");
    expect(story.said()).toEqual([WORDS.en.notUnderstood]);
  });

  test.each([`/start@paythread_bot ${INVITATION}`, "/help@paythread_bot", "/language@paythread_bot"])(
    "in a group the bot keeps silent: %s",
    async (text) => {
      await using story = await customerStory();
      story.sandbox.sends({ userId: KAREN, chatId: MANAGERS, text });
      await story.deliver();
      expect(story.visits).toEqual([]);
      expect(story.said(MANAGERS)).toEqual([]);
    },
  );
});

describe("a customer shuts the bot out", () => {
  test("the product hears it, and hears when they let it in again", async () => {
    await using story = await customerStory();
    story.knows();
    story.sandbox.blocks(KAREN);
    await story.deliver();
    story.sandbox.unblocks(KAREN);
    await story.deliver();
    expect(story.reached).toEqual([`${KAREN} unreachable`, `${KAREN} reachable`]);
  });

  test("before the answer came: nobody wants it any more, so it is no failure", async () => {
    await using story = await customerStory();
    story.sandbox.sends({ userId: KAREN, text: "/help" });
    story.sandbox.blocks(KAREN);
    await expect(story.deliver()).resolves.toBeUndefined();
  });

  test("a new /start makes them reachable", async () => {
    await using story = await customerStory();
    await story.writes("/start");
    expect(story.reached).toEqual([`${KAREN} reachable`]);
  });
});

describe("Telegram fails while an update is handled", () => {
  test("the worker is told to try again, and the repeat says it", async () => {
    await using story = await customerStory();
    story.sandbox.faults.add("sendMessage", { is: "error", status: 500, description: "Internal Server Error" });
    story.sandbox.sends({ userId: KAREN, text: "/help", languageCode: "en" });
    const { result } = await story.call("getUpdates");
    const [update] = Array.isArray(result) ? result : [];
    const failed: unknown = await story.bot.handle(update).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Undelivered);
    expect(failed).toMatchObject({ again: true });
    await story.bot.handle(update);
    expect(story.said()).toEqual([WORDS.en.help]);
  });

  test("at the first question, who the bot is: that is repeated too", async () => {
    await using story = await customerStory();
    story.sandbox.faults.add("getMe", { is: "reset" });
    await expect(story.bot.me()).rejects.toMatchObject({ name: "Undelivered", again: true });
    expect((await story.bot.me()).username).toBe("paythread_bot");
  });

  test("what is no update at all is a bug and is said so", async () => {
    await using story = await customerStory();
    await expect(story.bot.handle({ hello: 1 })).rejects.toThrow("This is no update of Telegram.");
  });
});
