import { z } from "zod";
import {
  createTelegramSandbox,
  type TelegramOptions,
  type TelegramSandbox,
} from "../../src/sandbox/telegram/telegram.ts";

export const TOKEN = "7000000001:AAstand-in_token_for_tests_only_0000";
export const ANI = 1001;
export const KAREN = 1002;
export const MANAGERS = -1_001_234_567_890;
const OLD_GROUP = -4242;

const answer = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.int(), migrate_to_chat_id: z.int() }).partial().optional(),
});

export type Answered = z.infer<typeof answer> & { status: number };

/** A Telegram that runs, with two people, a managers' forum and an old basic group; stopped by `await using`. */
export async function telegram(options: Partial<TelegramOptions> = {}) {
  const sandbox = createTelegramSandbox({
    botToken: TOKEN,
    bot: { id: 7_000_000_001, username: "paythread_bot", first_name: "paythread" },
    people: [
      { id: ANI, first_name: "Ani", language_code: "hy" },
      { id: KAREN, first_name: "Karen", username: "karen" },
    ],
    groups: [
      { id: MANAGERS, title: "Managers", username: "paythread_managers", topics: [7] },
      { id: OLD_GROUP, title: "Old", type: "group" },
    ],
    limits: "none",
    ...options,
  });
  await sandbox.start();
  const call = (method: string, params: object = {}): Promise<Answered> => callAt(sandbox, method, params);
  return {
    sandbox,
    call,
    /** The error as people read it in a log: `403 Forbidden: …`. */
    refusal: async (method: string, params: object = {}) => {
      const { ok, status, description } = await call(method, params);
      return ok ? "accepted" : `${status} ${description}`;
    },
    oldGroup: OLD_GROUP,
    [Symbol.asyncDispose]: () => sandbox.stop(),
  };
}

export type Story = Awaited<ReturnType<typeof telegram>>;

async function callAt({ apiRoot }: TelegramSandbox, method: string, params: object): Promise<Answered> {
  const response = await fetch(`${apiRoot}/bot${TOKEN}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(params),
  });
  return { status: response.status, ...answer.parse(await response.json()) };
}
