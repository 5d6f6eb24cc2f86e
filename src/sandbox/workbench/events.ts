import type { FastifyInstance, FastifyReply } from "fastify";

/** One button press changes several things: they are told as one change. */
const GATHERING_MS = 40;
/** Keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 20_000;

/** `GET /sandbox/api/events`: tells every open page that there is something new to fetch. */
export function addEvents(api: FastifyInstance, onChange: (listener: () => void) => () => void): void {
  const open = new Set<FastifyReply["raw"]>();
  const tell = (line: string): void => {
    for (const stream of open) stream.write(`${line}\n\n`);
  };
  let gathering: NodeJS.Timeout | undefined;
  const stopListening = onChange(() => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      tell("data: changed");
    }, GATHERING_MS);
  });
  const heartbeat = setInterval(() => tell(": still here"), HEARTBEAT_MS).unref();

  api.get("/sandbox/api/events", (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    reply.raw.write("retry: 1000\n\n");
    open.add(reply.raw);
    reply.raw.once("close", () => open.delete(reply.raw));
  });
  // Before the server waits for its connections to end, for these would never end by themselves.
  api.addHook("preClose", async () => {
    stopListening();
    clearTimeout(gathering);
    clearInterval(heartbeat);
    for (const stream of open) stream.end();
  });
}
