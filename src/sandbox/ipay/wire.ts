/** One request and its answer, as people watch it: without the password. */
export type IpayExchange = {
  readonly at: string;
  /** Who asked: the merchant the API, the customer the payment page. */
  readonly from: "merchant" | "customer";
  readonly method: string;
  readonly path: string;
  /** None of iPay's means anything here: they are kept for one shape with the other stand-ins. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Null: no answer (yet). */
  status: number | null;
  answer: string | null;
};

type Asked = Pick<IpayExchange, "from" | "method" | "path"> & {
  readonly fields: Readonly<Record<string, unknown>> | null;
};

export type Wire = {
  /** Notes a request at once, so that the order is that of the requests; returns where its answer is noted. */
  asked(request: Asked): (status: number | null, answer: string | null) => void;
  exchanges(): readonly IpayExchange[];
};

/** A stand-in that runs for days keeps the latest exchanges only. */
const MOST = 2000;

export function createWire(context: { password: string; clock: () => Date; changed: () => void }): Wire {
  const log: IpayExchange[] = [];
  const clean = (text: string): string =>
    text.replaceAll(encodeURIComponent(context.password), "•••").replaceAll(context.password, "•••");
  return {
    asked: ({ from, method, path, fields }) => {
      const hidden = fields !== null && "password" in fields ? { ...fields, password: "•••" } : fields;
      const exchange: IpayExchange = {
        at: context.clock().toISOString(),
        from,
        method,
        path: clean(path),
        headers: {},
        body: hidden === null ? null : clean(JSON.stringify(hidden)),
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
