import { randomBytes } from "node:crypto";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { withoutSchemas } from "../without-schemas.ts";

/** Answers a request that no route will ever see. */
type Answering = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Nothing that anybody sends us honestly is larger. */
const BODY_LIMIT = 1024 * 1024;

const REQUEST_ID = /^[\w-]{6,64}$/;

/**
 * One port for everybody. Every body arrives as the exact bytes, because signatures are over bytes; a route parses. A
 * request keeps the id that a proxy gave it, else gets one, and carries it through every step.
 */
export function createServer(log: FastifyBaseLogger, unreadable: Answering): FastifyInstance {
  const server = Fastify({
    ...withoutSchemas,
    loggerInstance: log,
    bodyLimit: BODY_LIMIT,
    // An address that cannot be decoded reaches no route; Fastify's own answer would repeat it, secret and all.
    frameworkErrors: (_error, request, reply) => void unreadable(request, reply),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: false,
    genReqId: ({ headers }) => {
      const given = headers["x-request-id"];
      return typeof given === "string" && REQUEST_ID.test(given)
        ? given
        : `req_${randomBytes(9).toString("base64url")}`;
    },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  server.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  // The pattern of the route, never the address: the address of a page is a secret. The workbench asks every second.
  server.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    const level = route.startsWith("/sandbox") ? "debug" : "info";
    const { method } = request;
    request.log[level]({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, "answered");
  });
  return server;
}
