/** One request with its answer. `status` and `response` are null while there is none, or when it was lost. */
export type Exchange = {
  readonly at: string;
  readonly direction: "to_telegram" | "to_bot";
  /** The API method, or `webhook` for a delivery to the bot. */
  readonly method: string;
  readonly request: unknown;
  readonly response: unknown;
  readonly status: number | null;
  /** The fault that was injected into this exchange. */
  readonly fault?: string;
};

type Ending = Partial<Pick<Exchange, "response" | "status" | "fault">>;

export type Wire = {
  /** Notes that a request began; the function given back notes how it ended. */
  begin(start: Pick<Exchange, "direction" | "method" | "request">): (ending: Ending) => void;
  exchanges(): readonly Exchange[];
};

const KEPT = 10_000;

/** Everything that went over the wire, in the order it began. The bot's token and the webhook's secret are never in it. */
export function createWire(clock: () => Date, token: string): Wire {
  const log: Exchange[] = [];
  const clean = (value: unknown): unknown => withoutSecrets(value, token);
  return {
    begin(start) {
      const at = clock().toISOString();
      const entry: Exchange = { at, ...start, request: clean(start.request), response: null, status: null };
      log.push(entry);
      if (log.length > KEPT) log.shift();
      return (ending) => void Object.assign(entry, { ...ending, response: clean(ending.response ?? null) });
    },
    exchanges: () => log.map((exchange) => structuredClone(exchange)),
  };
}

function withoutSecrets(value: unknown, token: string): unknown {
  const text = JSON.stringify(value, (key, inner: unknown) => (key === "secret_token" ? "hidden" : inner)) ?? "null";
  const parsed: unknown = JSON.parse(text.replaceAll(token, "<token>"));
  return parsed;
}
