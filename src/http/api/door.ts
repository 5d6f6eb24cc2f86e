import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerProblem, Problem } from "../problem.ts";
import { createGate, type Gate } from "./bearer.ts";

export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** No honest request is larger, in bytes. */
const BODY_LIMIT = 256 * 1024;

/** Routes under `/api/v1`, for holders of a token alone. Who calls is known before anything of the body is read. */
export async function behindTheGate(
  server: FastifyInstance,
  tokens: readonly string[],
  routes: (api: FastifyInstance, gate: Gate) => void,
): Promise<void> {
  const gate = createGate(tokens);
  await server.register(
    (api, _options, done) => {
      api.addHook("onRequest", async ({ headers }, reply) => {
        reply.header("cache-control", "no-store");
        gate(headers.authorization);
      });
      api.setErrorHandler(answerProblem);
      routes(api, gate);
      done();
    },
    { prefix: "/api/v1" },
  );
}

/** An address with what it takes. Every other method is told so. */
export function at(
  api: FastifyInstance,
  url: string,
  handlers: Readonly<Partial<Record<"GET" | "PUT" | "POST", Handler>>>,
): void {
  for (const [method, handler] of Object.entries(handlers)) {
    api.route({ method: method === "GET" ? ["GET", "HEAD"] : method, url, bodyLimit: BODY_LIMIT, handler });
  }
  const allowed = Object.keys(handlers).flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  const allow = allowed.join(", ");
  api.route({
    method: api.supportedMethods.filter((method) => !allowed.includes(method)),
    url,
    handler: async () => {
      throw new Problem("method_not_allowed", `This address takes ${allow}.`, { headers: { allow } });
    },
  });
}
