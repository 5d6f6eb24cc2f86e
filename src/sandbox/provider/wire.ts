import type { FastifyInstance, FastifyRequest } from "fastify";

/** One request and its answer, as people watch it: without secrets, and with the headers that matter there. */
export type Exchange<From extends string> = {
  readonly at: string;
  /** Who asked: the merchant the API, the provider the merchant's webhook, the customer the checkout page. */
  readonly from: From;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Null: no answer (yet). */
  status: number | null;
  answer: string | null;
};

type Asked<From extends string> = Pick<Exchange<From>, "from" | "method" | "path" | "body"> & {
  readonly headers: Readonly<Record<string, unknown>>;
};

export type Wire<From extends string> = {
  /** Notes a request at once, so that the order is that of the requests; returns where its answer is noted. */
  asked(request: Asked<From>): (status: number | null, answer: string | null) => void;
  exchanges(): readonly Exchange<From>[];
};

type Watched = {
  /** Never shown, in whatever place. */
  readonly secret: string;
  /** The headers that are shown. */
  readonly shown: readonly string[];
  readonly clock: () => Date;
  readonly changed: () => void;
};

/** A stand-in that runs for days keeps the latest exchanges only. */
const MOST = 2000;

export function createWire<From extends string>({ secret, shown, clock, changed }: Watched): Wire<From> {
  const log: Exchange<From>[] = [];
  const clean = (text: string): string => text.replaceAll(encodeURIComponent(secret), "•••").replaceAll(secret, "•••");
  const cleaned = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
    Object.fromEntries(
      shown.flatMap((name) => {
        const value = headers[name];
        return typeof value === "string" ? [[name, clean(value)] as const] : [];
      }),
    );
  return {
    asked: ({ from, method, path, body, headers }) => {
      const exchange: Exchange<From> = {
        at: clock().toISOString(),
        from,
        method,
        path: clean(path),
        headers: cleaned(headers),
        body: body === null ? null : clean(body),
        status: null,
        answer: null,
      };
      log.push(exchange);
      if (log.length > MOST) log.shift();
      return (status, answer) => {
        exchange.status = status;
        exchange.answer = answer === null ? null : clean(answer);
        changed();
      };
    },
    exchanges: () => structuredClone(log),
  };
}

type Recorded<From extends string> = {
  readonly from: (path: string) => From;
  /** A body as it is shown. */
  readonly text: (body: unknown) => string | null;
};

/** Notes every request once its body is read, and every answer as it leaves; of a page nothing but its status. */
export function recordOnWire<From extends string>(
  app: FastifyInstance,
  wire: Wire<From>,
  { from, text }: Recorded<From>,
): void {
  const open = new WeakMap<FastifyRequest, ReturnType<typeof wire.asked>>();
  app.addHook("preHandler", async (request) => {
    const { method, url: path, headers } = request;
    open.set(request, wire.asked({ from: from(path), method, path, headers, body: text(request.body) }));
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const isPage = String(reply.getHeader("content-type")).startsWith("text/html");
    open.get(request)?.(reply.statusCode, typeof payload === "string" && !isPage ? payload : null);
    return payload;
  });
}
