import { Api } from "grammy";
import type { Update } from "grammy/types";
import { z } from "zod";
import { meaningOf, retryAfterSecondsOf, undeliveredOf } from "./errors.ts";
import { botIdOf, type KeptUpdate, KINDS, updateToKeep } from "./updates.ts";
import { removeWebhook } from "./webhook.ts";

/** Where polling stands. `keepBatch` keeps the updates and the next offset in one transaction, or throws and keeps nothing. */
export type OffsetStore = {
  load(): Promise<number | undefined>;
  keepBatch(updates: readonly KeptUpdate[], nextOffset: number): Promise<void>;
};

export type Poller = {
  /** Polls until stopped. Ends with an error only when Telegram refuses the token: no further poll can succeed. */
  run(): Promise<void>;
  /** Ends the waiting poll at once. What it would have brought comes again. */
  stop(): void;
};

export type PollerParts = {
  readonly token: string;
  readonly apiRoot: string;
  readonly offsetStore: OffsetStore;
  /** Hears of every failed poll, for the log. */
  readonly trouble: (error: Error) => void;
  readonly pauses?: Pauses;
};

/** `conflictMs` outlasts the poll of a process that was killed: Telegram keeps answering that one until it ends. */
export type Pauses = { readonly firstMs: number; readonly mostMs: number; readonly conflictMs: number };

const POLL_S = 25;
const USUAL_PAUSES: Pauses = { firstMs: 500, mostMs: 30_000, conflictMs: (POLL_S + 5) * 1000 };

/**
 * Long polling into the same inbox that the webhook fills, for development and for whoever has no public address. Only one
 * process may poll for a bot: the caller holds a lock.
 */
export function createPoller({ token, apiRoot, offsetStore, trouble, pauses = USUAL_PAUSES }: PollerParts): Poller {
  const api = new Api(token, { apiRoot, timeoutSeconds: POLL_S + 10 });
  const stopping = new AbortController();
  const { signal } = stopping;
  const stop = theirSignal.parse(signal);
  let failures = 0;

  /** Begins from what the store says, after every failure too: what was not kept comes again. */
  const poll = async (): Promise<void> => {
    await removeWebhook(api, stop);
    let offset = await offsetStore.load();
    while (!signal.aborted) {
      const from = offset === undefined ? {} : { offset };
      const updates = await api.getUpdates({ ...from, timeout: POLL_S, allowed_updates: KINDS }, stop);
      offset = (await keep(offsetStore, botIdOf(token), updates)) ?? offset;
      failures = 0;
    }
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await poll();
      } catch (error) {
        if (signal.aborted) return;
        if (meaningOf(error) === "token_refused") throw undeliveredOf(error);
        trouble(undeliveredOf(error));
        failures += 1;
        await pause(pauseAfter(error, failures, pauses), signal);
      }
    }
  };
  return { run, stop: () => stopping.abort() };
}

/** grammY's types know the signal of another package; its code takes ours. */
const theirSignal = z.custom<Parameters<Api["getUpdates"]>[1]>((value) => value instanceof AbortSignal);

/** Keeps a batch and gives the offset that confirms it; undefined: there was nothing. */
async function keep(store: OffsetStore, botId: string, updates: readonly Update[]): Promise<number | undefined> {
  if (updates.length === 0) return undefined;
  const next = Math.max(...updates.map(({ update_id }) => update_id)) + 1;
  await store.keepBatch(
    updates.map((update) => updateToKeep(botId, update)).filter((kept) => kept !== undefined),
    next,
  );
  return next;
}

/** Doubles up to a limit, with jitter, so that many copies do not come back together. Telegram's own word goes first. */
function pauseAfter(error: unknown, failures: number, { firstMs, mostMs, conflictMs }: Pauses): number {
  const asked = retryAfterSecondsOf(error);
  if (asked !== undefined) return asked * 1000;
  if (meaningOf(error) === "other_poller") return conflictMs;
  return Math.min(mostMs, firstMs * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
