import { describe, expect, test } from "vitest";
import { WORDS } from "../../bots/telegram/words.ts";
import { LINK, managers, MARIAM, type Setup, words } from "./telegram-managers-story.ts";
import { ANI, KAREN, MANAGERS } from "./telegram-story.ts";

describe("a button of a card is pressed", () => {
  const pressing = async (setup: Setup = {}) => {
    const story = await managers(setup);
    await story.call("sendMessage", { chat_id: MANAGERS, text: "card" });
    return {
      ...story,
      press: async (
        verb: string,
        { userId = ANI, link = LINK, messageId = story.group().at(-1)?.message_id ?? 0 } = {},
      ) => {
        const press = { userId, chatId: MANAGERS, messageId, data: `pl:${verb}:${link}`, forged: true };
        const { callbackQueryId } = story.sandbox.presses(press);
        await story.deliver();
        return story.sandbox.callbackAnswer(callbackQueryId);
      },
    };
  };

  test("it asks for what it says, in the name of who pressed it; its spinner ends first", async () => {
    await using story = await pressing();
    expect(await story.press("why")).not.toBeNull();
    expect(story.requests).toMatchObject([
      { ask: { want: "why", invoice: { kind: "deal", number: "77" } }, by: { id: MARIAM.id, via: "telegram" } },
    ]);
    expect(story.methods().slice(-2)).toEqual(["answerCallbackQuery", "sendMessage"]);
  });

  test("cancel asks first; yes does it once, and no leaves it", async () => {
    await using story = await pressing();
    await story.press("cancel");
    expect(story.requests).toEqual([]);
    const yes = `pl:cancel_now:${LINK}`;
    expect(story.buttons(MANAGERS).map(({ callback_data }) => callback_data)).toEqual([yes, `pl:leave:${LINK}`]);
    await story.press("cancel_now");
    expect(story.requests).toMatchObject([
      { ask: { want: "cancel", link: LINK, reason: "Cancel button on the card" } },
    ]);
    expect(story.buttons(MANAGERS)).toEqual([]);
    await story.press("reissue");
    await story.press("leave");
    expect(story.groupSaid().at(-1)).toBe(words.left);
    expect(story.requests).toHaveLength(1);
    expect(story.misspoken()).toEqual([]);
  });

  test("by somebody who is not linked, or of a link that is not there: nothing is done", async () => {
    await using story = await pressing();
    await story.press("cancel_now", { userId: KAREN });
    expect(story.groupSaid().at(-1)).toBe(words.howToLink);
    await story.press("cancel_now", { link: LINK.replace("1", "2") });
    expect(story.groupSaid().at(-1)).toMatch(/cannot be read any more/);
    expect(story.requests).toEqual([]);
  });

  test("forged in private by a customer: nobody answers", async () => {
    await using story = await pressing();
    await story.writes("/help", KAREN);
    const messageId = story.shown(KAREN)[0]?.message_id ?? 0;
    story.sandbox.presses({ userId: KAREN, chatId: KAREN, messageId, data: `pl:leave:${LINK}`, forged: true });
    await story.deliver();
    expect(story.said(KAREN)).toEqual([WORDS.en.help]);
    expect(story.requests).toEqual([]);
  });
});
