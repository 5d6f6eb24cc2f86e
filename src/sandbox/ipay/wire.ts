/** One request and its answer, as people watch it: without the token, and with the headers that matter here. */
export type IpayExchange = {
  readonly at: string;
  /** Who asked: the merchant the API, VPOS.am the merchant's webhook, the customer the checkout page. */
  readonly from: "merchant" | "customer";
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Null: no answer (yet). */
  status: number | null;
  answer: string | null;
};

type Asked = Pick<IpayExchange, "from" | "method" | "path" | "body"> & {
  readonly headers: Readonly<Record<string, unknown>>;
};

export type Wire = {
  /** Notes a request at once, so that the order is that of the requests; returns where its answer is noted. */
  asked(request: Asked): (status: number | null, answer: string | null) => void;
  exchanges(): readonly IpayExchange[];
};

const SHOWN = ["authorization", "idempotency-key", "x-vpos-event-id", "x-vpos-timestamp", "x-vpos-signature"];

/** A stand-in that runs for days keeps the latest exchanges only. */
const MOST = 2000;

export function createWire(context: { apiToken: string; clock: () => Date; changed: () => void }): Wire {
  const log: IpayExchange[] = [];
  const clean = (text: string): string => text.replaceAll(context.apiToken, "•••");
  return {
    asked: ({ from, method, path, body, headers }) => {
      const shown = SHOWN.flatMap((name) => {
        const value = headers[name];
        return typeof value === "string" ? [[name, clean(value)] as const] : [];
      });
      const exchange: IpayExchange = {
        at: context.clock().toISOString(),
        from,
        method,
        path: clean(path),
        headers: Object.fromEntries(shown),
        body: body === null ? null : clean(body),
        status: null,
        answer: null,
      };
      log.push(exchange);
      if (log.length > MOST) log.shift();
      return (status, answer) => {
        exchange.status = status;
        exchange.answer = answer === null ? null : clean(answer);
        context.changed();
      };
    },
    exchanges: () => structuredClone(log),
  };
}
