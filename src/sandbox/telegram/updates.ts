import type { PendingUpdate, SavedState } from "./state.ts";
import type { Update, UpdateKind } from "./shapes.ts";

export type UpdateQueue = {
  /** Queues what happened. Null: the bot did not ask for this kind, so it is not even stored. */
  push<Kind extends UpdateKind>(kind: Kind, content: NonNullable<Update[Kind]>, lane: string): number | null;
  /** What still waits, oldest first; what expired is forgotten here. */
  pending(): readonly PendingUpdate[];
  confirm(which: (entry: PendingUpdate) => boolean): void;
  /** Delivers a recent update once more, unchanged: Telegram promises "at least once", never "once". */
  redeliver(updateId: number): void;
  /** Called after every new update. */
  listen(listener: () => void): void;
};

const HOUR_MS = 3_600_000;

/** How long Telegram keeps what it could not deliver: after an outage old button presses are gone, `/start` is not. */
const LIFE_MS: Record<UpdateKind, number> = {
  message: 24 * HOUR_MS,
  my_chat_member: 24 * HOUR_MS,
  callback_query: 150_000,
};

const REMEMBERED = 1000;

export function createUpdateQueue(state: SavedState, clock: () => Date): UpdateQueue {
  const listeners: (() => void)[] = [];
  const recent = new Map<number, PendingUpdate>(state.pending.map((entry) => [entry.update.update_id, entry]));

  const queue = (entry: PendingUpdate): void => {
    state.pending.push(entry);
    for (const listener of listeners) listener();
  };

  return {
    push(kind, content, lane) {
      if (state.allowedUpdates && !state.allowedUpdates.includes(kind)) return null;
      const update: Update = { update_id: state.nextUpdateId++, [kind]: structuredClone(content) };
      const entry = { update, lane, expiresAt: clock().getTime() + LIFE_MS[kind], again: false };
      recent.set(update.update_id, entry);
      const oldest = recent.size > REMEMBERED ? recent.keys().next().value : undefined;
      if (oldest !== undefined) recent.delete(oldest);
      queue(entry);
      return update.update_id;
    },
    pending() {
      const now = clock().getTime();
      state.pending = state.pending.filter(({ expiresAt }) => expiresAt > now);
      return state.pending;
    },
    confirm(which) {
      state.pending = state.pending.filter((entry) => !which(entry));
    },
    redeliver(updateId) {
      const known = recent.get(updateId);
      if (!known) throw new Error(`There is no recent update ${updateId} to deliver again.`);
      queue({ ...known, again: true });
    },
    listen: (listener) => void listeners.push(listener),
  };
}
