import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Where a browser may send a request from. A program other than a browser sends no such header. */
const OWN_SITES = new Set<unknown>(["same-origin", "none", undefined]);

/** Keeps other sites' pages from acting as the people here, in the browser of whoever tries the product out. */
export function guard(api: FastifyInstance): void {
  api.addHook("onRequest", async (request, reply) => {
    reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
    const refusal = refusalOf(request);
    return refusal ? refuse(reply, ...refusal) : undefined;
  });
}

function refusalOf({ headers, method }: FastifyRequest): [status: number, sentence: string] | undefined {
  if (!OWN_SITES.has(headers["sec-fetch-site"])) return [403, "Open the workbench itself: other sites may not use it."];
  const isJson = headers["content-type"]?.split(";")[0]?.trim() === "application/json";
  return method === "POST" && !isJson ? [415, "Send JSON with the content type application/json."] : undefined;
}

export const refuse = (reply: FastifyReply, status: number, sentence: string): FastifyReply =>
  reply.code(status).send({ error: sentence });
