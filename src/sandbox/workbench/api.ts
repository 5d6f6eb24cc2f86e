import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ASKS, type Ask } from "./asks.ts";
import { addEvents } from "./events.ts";
import { refuse } from "./guard.ts";
import { stateOf } from "./state.ts";
import type { MergedWire } from "./wire.ts";
import type { Needs } from "./needs.ts";

const stateQuery = z.object({ userId: z.string().optional() });
const wireQuery = z.object({ after: z.coerce.number().int().min(0).default(0) });

/** The JSON behind the page, for the page itself and for every program that plays the story. */
export function addApi(api: FastifyInstance, { playing, book, onChange, wire }: Needs & { wire: MergedWire }): void {
  addEvents(api, onChange);

  api.get("/sandbox/api/state", async (request, reply) => {
    const query = stateQuery.safeParse(request.query);
    if (!query.success) return refuse(reply, 400, z.prettifyError(query.error));
    return stateOf(playing, { book: await book(), wireCount: wire.count() }, query.data.userId);
  });

  api.get("/sandbox/api/wire", async (request, reply) => {
    const query = wireQuery.safeParse(request.query);
    if (!query.success) return refuse(reply, 400, z.prettifyError(query.error));
    return { exchanges: wire.after(query.data.after) };
  });

  for (const [path, ask] of Object.entries(ASKS)) addAsk(api, `/sandbox/api/${path}`, (body) => ask(playing, body));
}

function addAsk(api: FastifyInstance, url: string, ask: (body: unknown) => ReturnType<Ask>): void {
  api.post(url, async (request, reply) => {
    const body = jsonIn(request.body);
    if (body === undefined) return refuse(reply, 400, "The body is not JSON.");
    const answer = await ask(body);
    return "done" in answer ? answer.done : refuse(reply, answer.refused, answer.because);
  });
}

function jsonIn(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? JSON.parse(body.toString("utf8")) : undefined;
  } catch {
    return undefined;
  }
}
