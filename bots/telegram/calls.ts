import { meaningOf, undeliveredOf } from "./errors.ts";

/** A page with an amount must not be fetched by a crawler, nor shown to whoever looks over a shoulder. */
export const NO_PREVIEW = { link_preview_options: { is_disabled: true } } as const;

/** Whether the message is still there and now looks as asked. */
export async function edited(editing: Promise<unknown>): Promise<boolean> {
  try {
    await editing;
    return true;
  } catch (error) {
    const meaning = meaningOf(error);
    if (meaning === "not_modified") return true;
    if (meaning === "message_lost") return false;
    throw error;
  }
}

/** No error of grammY leaves a notifier: one of a broken connection holds the bot's token. */
export const cleanly =
  <Told extends unknown[]>(tell: (...told: Told) => Promise<void>) =>
  async (...told: Told): Promise<void> => {
    try {
      await tell(...told);
    } catch (error) {
      throw undeliveredOf(error);
    }
  };
