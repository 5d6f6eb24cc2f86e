/** One exchange between the app and Slack. `status` 0: no answer was seen (it is under way, lost or late). */
export type Exchange = {
  readonly at: string;
  readonly direction: "from_app" | "to_app";
  readonly kind: "web_api" | "response_url" | "command" | "interactivity" | "event";
  /** The Web API method, the command, the type of the payload or of the event; or the path. */
  readonly name: string;
  readonly request: unknown;
  response: unknown;
  status: number;
  ms: number;
  /** Set when the stand-in was told to fail this call. */
  fault?: string;
};

type Start = Pick<Exchange, "direction" | "kind" | "name" | "request">;
export type Wire = ReturnType<typeof createWire>;

/** Everything that was said, both ways, in the order it began. The secrets given here never appear in it. */
export function createWire(clock: () => Date, secrets: readonly string[]) {
  const exchanges: Exchange[] = [];
  const clean = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value ?? null), (_key, inner: unknown) =>
      typeof inner === "string" ? secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), inner) : inner,
    );

  return {
    begin(start: Start): (end: { response: unknown; status: number; fault?: string | undefined }) => void {
      const began = performance.now();
      const exchange: Exchange = {
        at: clock().toISOString(),
        ...start,
        request: clean(start.request),
        response: null,
        status: 0,
        ms: 0,
      };
      exchanges.push(exchange);
      return ({ response, status, fault }) => {
        Object.assign(exchange, { response: clean(response), status, ms: Math.round(performance.now() - began) });
        if (fault !== undefined) exchange.fault = fault;
      };
    },
    all: (): readonly Exchange[] => exchanges.map((exchange) => ({ ...exchange })),
  };
}
