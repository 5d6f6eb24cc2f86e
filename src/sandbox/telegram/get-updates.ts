import { z } from "zod";
import { fields, method } from "./method.ts";
import { conflict } from "./refusals.ts";
import type { SavedState } from "./state.ts";

const LONGEST_POLL_S = 50;

export const allowedUpdates = z
  .array(z.string(), { error: "can't parse allowed_updates: expected an Array of String" })
  .optional();

/** Long polling. Numbers out of range are pulled into it, as the real server does. */
export const getUpdates = method(
  {
    offset: fields.integer("offset"),
    limit: fields.integer("limit"),
    timeout: fields.integer("timeout"),
    allowed_updates: allowedUpdates,
  },
  async (world, { offset = 0, limit = 100, timeout = 0, allowed_updates }) => {
    const { state, polling } = world;
    try {
      if (state.webhook) {
        throw conflict(
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      subscribe(state, allowed_updates);
      const poll = { offset, limit: clamp(limit, 1, 100), timeout: clamp(timeout, 0, LONGEST_POLL_S) };
      return { result: await polling.next(poll) };
    } catch (conflicting) {
      await polling.brake();
      throw conflicting;
    }
  },
);

/** Omitted: the bot keeps what it asked for last. Empty: everything except what must be asked for by name. */
export function subscribe(state: SavedState, kinds: readonly string[] | undefined): void {
  if (kinds) state.allowedUpdates = kinds.length > 0 ? [...kinds] : null;
}

export const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
