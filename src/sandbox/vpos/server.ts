import { fastify, type FastifyInstance, type FastifyRequest } from "fastify";
import { vposAssumedV1 } from "../../providers/vpos/contract.ts";
import type { CallAnswer } from "../provider/answers.ts";
import { send } from "../provider/send.ts";
import { recordOnWire } from "../provider/wire.ts";
import { no } from "./answers.ts";
import { addCheckout } from "./checkout.ts";
import type { Context } from "./context.ts";
import { create } from "./create.ts";
import { capabilities, health, lookUp } from "./look-up.ts";
import { withoutSchemas } from "../../without-schemas.ts";

const { createSession, lookup, capabilities: matrix, health: light, idempotency, name } = vposAssumedV1;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

type Handler = (request: FastifyRequest) => Promise<CallAnswer> | CallAnswer;
type Route = { readonly method: "GET" | "POST"; readonly url: string; readonly open?: true; readonly answer: Handler };

/** The HTTP side of the stand-in: the merchant API and the hosted checkout. */
export function buildServer(context: Context, origin: () => string): FastifyInstance {
  const app = fastify({ ...withoutSchemas, forceCloseConnections: true, bodyLimit: 64 * 1024 });
  app.addHook("onRequest", async (_, reply) => void reply.header("x-assumed-contract", name));
  recordOnWire(app, context.wire, {
    from: (path) => (path.startsWith("/checkout/") ? "customer" : "merchant"),
    text: (body) => (body === undefined || body === null ? null : JSON.stringify(body)),
  });
  for (const route of routes(context, origin)) addRoute(app, context, route);
  addCheckout(app, context);
  app.setNotFoundHandler(async (_, reply) => send(reply, no("not_found", "There is nothing at this address.")));
  app.setErrorHandler(async (error: { statusCode?: number }, _, reply) => {
    const ours = (error.statusCode ?? 500) >= 500;
    await send(
      reply,
      ours ? no("internal", "The stand-in has a fault.") : no("invalid_request", "The body cannot be read."),
    );
  });
  return app;
}

const routes = (context: Context, origin: () => string): readonly Route[] => [
  {
    method: createSession.method,
    url: createSession.path,
    answer: ({ headers, body }) =>
      create(context, { key: headerOf(headers[idempotency.header]), body, origin: origin() }),
  },
  {
    method: lookup.method,
    url: lookup.pathTemplate.replace("{paymentId}", ":paymentId"),
    answer: ({ params }) => lookUp(context, paymentIdIn(params)),
  },
  { method: "GET", url: matrix.path, answer: () => capabilities(context) },
  { method: "GET", url: light.path, open: true, answer: () => health(context) },
];

function addRoute(app: FastifyInstance, context: Context, { method, url, open, answer }: Route): void {
  const expected = `Bearer ${context.options.apiToken}`;
  app.route({
    method,
    url,
    handler: async (request, reply) => {
      const known = open === true || request.headers.authorization === expected;
      return send(reply, known ? await answer(request) : no("unauthorized", "Send a valid bearer token."));
    },
  });
  app.route({
    method: METHODS.filter((other) => other !== method),
    url,
    handler: async (_, reply) => send(reply, no("method_not_allowed", `Use ${method}.`, { allow: method })),
  });
}

const headerOf = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

const paymentIdIn = (params: unknown): string =>
  typeof params === "object" && params !== null && "paymentId" in params ? String(params.paymentId) : "";
