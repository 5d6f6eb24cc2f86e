import type { FastifyInstance } from "fastify";

/** `live`: the process answers. `ready`: what it cannot work without answers too. */
export function healthRoutes(server: FastifyInstance, checks: Readonly<Record<string, () => Promise<unknown>>>): void {
  server.get("/health/live", () => ({ ok: true }));
  server.get("/health/ready", async (request, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]): Promise<[string, "ok" | "down"]> => {
        try {
          await check();
          return [name, "ok"];
        } catch (error) {
          request.log.error(error, `${name} is down`);
          return [name, "down"];
        }
      }),
    );
    const ok = results.every(([, state]) => state === "ok");
    return reply.code(ok ? 200 : 503).send({ ok, ...Object.fromEntries(results) });
  });
}
