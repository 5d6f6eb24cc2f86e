import type { ResponseParameters } from "./refusals.ts";

/** What can go wrong between the bot and Telegram, asked for on purpose. */
export type Fault =
  /** Telegram acts; the connection dies before the answer. The bot cannot know. */
  | { readonly is: "answer_lost" }
  /** The connection dies before anything happens. */
  | { readonly is: "reset" }
  /** No answer, ever. With `acted`, the call took effect first. */
  | { readonly is: "hang"; readonly acted?: boolean }
  | { readonly is: "slow"; readonly ms: number }
  /** A proxy's page in place of Telegram's JSON: 502 and HTML. */
  | { readonly is: "bad_gateway" }
  | {
      readonly is: "error";
      readonly status: number;
      readonly description: string;
      readonly parameters?: ResponseParameters;
    };

export type Faults = {
  /** The next `times` calls of `method` (`*`: of any method) end this way. Faults of one method wait in a queue. */
  add(method: string, fault: Fault, times?: number): void;
  clear(): void;
  /** The fault this call meets, taken from the queue. */
  take(method: string): Fault | undefined;
};

export const SERVER_ERROR: Fault = { is: "error", status: 500, description: "Internal Server Error" };

export const flood = (seconds: number): Fault => ({
  is: "error",
  status: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  parameters: { retry_after: seconds },
});

export function createFaults(): Faults {
  let queue: { method: string; fault: Fault }[] = [];
  return {
    add(method, fault, times = 1) {
      for (let left = times; left > 0; left -= 1) queue.push({ method: method.toLowerCase(), fault });
    },
    clear: () => void (queue = []),
    take(method) {
      const at = queue.findIndex((next) => next.method === "*" || next.method === method.toLowerCase());
      return at < 0 ? undefined : queue.splice(at, 1)[0]?.fault;
    },
  };
}
