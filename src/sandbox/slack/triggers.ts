import { randomBytes } from "node:crypto";
import { ApiError } from "./api-error.ts";
import { LIFETIMES } from "./limits.ts";

type Trigger = { readonly userId: string; readonly at: number; used: boolean };
export type Triggers = ReturnType<typeof createTriggers>;

/** A trigger is the right to open one modal for one person: once, and within three seconds of what the person did. */
export function createTriggers(clock: () => Date) {
  const triggers = new Map<string, Trigger>();

  return {
    /** `id` is given to send the same trigger twice, as a double delivery does. */
    issue(userId: string, id = randomTriggerId()): string {
      if (!triggers.has(id)) triggers.set(id, { userId, at: clock().getTime(), used: false });
      return id;
    },
    /** The person it was issued for. */
    exchange(id: string): string {
      const trigger = triggers.get(id);
      if (!trigger) throw new ApiError("invalid_trigger_id");
      if (trigger.used) throw new ApiError("exchanged_trigger_id");
      if (clock().getTime() - trigger.at > LIFETIMES.trigger) throw new ApiError("expired_trigger_id");
      trigger.used = true;
      return trigger.userId;
    },
  };
}

function randomTriggerId(): string {
  return `${randomNumber()}.${randomNumber()}.${randomBytes(16).toString("hex")}`;
}

function randomNumber(): number {
  return randomBytes(5).readUIntBE(0, 5);
}
