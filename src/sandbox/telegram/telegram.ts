import type { FastifyInstance } from "fastify";
import { Delivery } from "./delivery.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createChatEvents, type ChatEvents } from "./groups.ts";
import { createPace, USUAL_LIMITS, type Limits } from "./pace.ts";
import { blocks, chatWith, presses, says, type Press, type Told, type Words } from "./people.ts";
import { createPolling } from "./polling.ts";
import { createServer } from "./server.ts";
import type { Chat, Message } from "./shapes.ts";
import {
  found,
  introduce,
  openState,
  type CallbackRecord,
  type Group,
  type KeptMessage,
  type Person,
  type SavedState,
} from "./state.ts";
import { createUpdateQueue } from "./updates.ts";
import { createWire, type Exchange } from "./wire.ts";
import type { World } from "./world.ts";

export type TelegramOptions = {
  readonly botToken: string;
  readonly bot: { readonly id: number; readonly username: string; readonly first_name: string };
  readonly clock?: () => Date;
  /** People the bot may meet; whoever is not named is introduced when they first write. */
  readonly people?: readonly Person[];
  readonly groups?: readonly Group[];
  /** What `snapshot()` gave, also as read back from disk. */
  readonly state?: unknown;
  /** Rates beyond which Telegram answers 429; `none` for a test that is about something else. */
  readonly limits?: Limits | "none";
  /** How long Telegram's second lasts: for long polls, retries and rates. 1000 unless a test must not wait. */
  readonly secondMs?: number;
  /** Told after every change of what `snapshot()` gives. */
  readonly onChange?: () => void;
};

/** A message as its chat shows it, with what it looked like before. */
export type ShownMessage = Message & { readonly history: KeptMessage["history"]; readonly deleted: boolean };

export type TelegramSandbox = ChatEvents & {
  /** Listens on 127.0.0.1 and gives the address for `apiRoot`. A stopped sandbox may start again, on the same port too. */
  start(port?: number): Promise<string>;
  stop(): Promise<void>;
  /** Without a trailing slash, as grammY wants it. */
  readonly apiRoot: string;
  sends(words: Words): ReturnType<typeof says>;
  presses(press: Press): ReturnType<typeof presses>;
  blocks(userId: number): Told;
  unblocks(userId: number): Told;
  redeliver(updateId: number): void;
  chat(chatId: number): readonly ShownMessage[];
  chats(): readonly Chat[];
  /** How the bot answered a press; null while it did not. */
  callbackAnswer(callbackQueryId: string): CallbackRecord["answer"];
  wire(): readonly Exchange[];
  snapshot(): SavedState;
  readonly faults: Faults;
};

/** A local Telegram with one bot: real HTTP, Telegram's own refusals, everything in memory. */
export function createTelegramSandbox(options: TelegramOptions): TelegramSandbox {
  const state = openState(options.state);
  for (const person of options.people ?? []) introduce(state, person);
  for (const group of options.groups ?? []) found(state, group);

  const world = createWorld(options, state, () => {
    delivery.pump();
    options.onChange?.();
  });
  const delivery = new Delivery(world);
  world.updates.listen(() => delivery.pump());
  let app: FastifyInstance | null = null;
  let apiRoot = "";

  return {
    ...createChatEvents(world),
    ...createControls(world),
    async start(port = 0) {
      if (app) return apiRoot;
      app = createServer(world);
      apiRoot = await app.listen({ host: "127.0.0.1", port });
      delivery.start();
      return apiRoot;
    },
    async stop() {
      delivery.stop();
      world.polling.close();
      await app?.close();
      app = null;
    },
    get apiRoot() {
      if (apiRoot === "") throw new Error("The Telegram sandbox has no address yet: start() it first.");
      return apiRoot;
    },
  };
}

function createWorld(options: TelegramOptions, state: SavedState, changed: () => void): World {
  const { botToken: token, clock = () => new Date(), secondMs = 1000, limits = USUAL_LIMITS } = options;
  const updates = createUpdateQueue(state, clock);
  return {
    token,
    bot: { is_bot: true, ...options.bot },
    clock,
    secondMs,
    state,
    updates,
    polling: createPolling({ updates, secondMs, nextUpdateId: () => state.nextUpdateId }),
    pace: createPace(limits, secondMs),
    wire: createWire(clock, token),
    faults: createFaults(),
    changed,
  };
}

type Controls = Omit<TelegramSandbox, keyof ChatEvents | "start" | "stop" | "apiRoot">;

/** What a test, or the workbench, does as a person and sees as one. */
function createControls(world: World): Controls {
  const { state, updates, wire, faults } = world;
  const noted = <T>(value: T): T => {
    world.changed();
    return value;
  };
  return {
    sends: (words) => noted(says(world, words)),
    presses: (press) => noted(presses(world, press)),
    blocks: (userId) => noted(blocks(world, userId, true)),
    unblocks: (userId) => noted(blocks(world, userId, false)),
    redeliver: (updateId) => noted(updates.redeliver(updateId)),
    chat: (chatId) =>
      structuredClone(chatWith(world, chatId).messages).map(({ message, ...rest }) => ({ ...message, ...rest })),
    chats: () => structuredClone(state.chats.map(({ chat }) => chat)),
    callbackAnswer: (id) => structuredClone(state.callbacks.find((query) => query.id === id)?.answer ?? null),
    wire: () => wire.exchanges(),
    snapshot: () => structuredClone(state),
    faults,
  };
}
