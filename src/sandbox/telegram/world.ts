import type { Faults } from "./faults.ts";
import type { Pace } from "./pace.ts";
import type { Polling } from "./polling.ts";
import type { User } from "./shapes.ts";
import type { SavedState } from "./state.ts";
import type { UpdateQueue } from "./updates.ts";
import type { Wire } from "./wire.ts";

/** One Telegram with one bot in it: what every method and every person acts on. */
export type World = {
  readonly token: string;
  readonly bot: User;
  readonly clock: () => Date;
  /** How long Telegram's second lasts here: 1000, or less in a test that must not wait. */
  readonly secondMs: number;
  readonly state: SavedState;
  readonly updates: UpdateQueue;
  readonly polling: Polling;
  readonly pace: Pace;
  readonly wire: Wire;
  readonly faults: Faults;
  /** Told after everything that changed the state. */
  readonly changed: () => void;
};

/** The moment as Telegram writes it: whole seconds since 1970. */
export const unixTime = ({ clock }: Pick<World, "clock">): number => Math.floor(clock().getTime() / 1000);
