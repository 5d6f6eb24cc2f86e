import { fastify, type FastifyInstance, type FastifyRequest } from "fastify";
import { withoutSchemas } from "../../without-schemas.ts";
import type { CallAnswer } from "../provider/answers.ts";
import { send } from "../provider/send.ts";
import { recordOnWire } from "../provider/wire.ts";
import { newId, no } from "./answers.ts";
import { close, lookUp, refund } from "./calls.ts";
import { addCheckout } from "./checkout.ts";
import type { Context } from "./context.ts";
import { create } from "./create.ts";
import { listIn, readForm, type Tree } from "./form.ts";
import { listDisputes, listMovements, listSessions } from "./lists.ts";
import type { Change } from "./once.ts";

/** A request of the merchant's, as the calls need it. `form` is its body, or its query where it has none. */
type Call = { readonly id: string; readonly form: Tree; readonly change: Change };
type Handler = (context: Context, call: Call) => Promise<CallAnswer> | CallAnswer;
type Route = { readonly method: "GET" | "POST"; readonly url: string; readonly answer: Handler };

const SESSIONS = "/v1/checkout/sessions";

const ROUTES: readonly Route[] = [
  { method: "POST", url: SESSIONS, answer: (context, { form, change }) => create(context, form, change) },
  { method: "GET", url: SESSIONS, answer: (context, { form }) => listSessions(context, form) },
  {
    method: "GET",
    url: `${SESSIONS}/:id`,
    answer: (context, { id, form }) => lookUp(context, id, listIn(form["expand"])),
  },
  { method: "POST", url: `${SESSIONS}/:id/expire`, answer: (context, { id, change }) => close(context, id, change) },
  { method: "POST", url: "/v1/refunds", answer: (context, { form, change }) => refund(context, form, change) },
  { method: "GET", url: "/v1/disputes", answer: (context, { form }) => listDisputes(context, form) },
  { method: "GET", url: "/v1/balance_transactions", answer: (context, { form }) => listMovements(context, form) },
];

/** The HTTP side of the stand-in: the merchant API and the hosted checkout. */
export function buildServer(context: Context): FastifyInstance {
  const app = fastify({ ...withoutSchemas, forceCloseConnections: true, bodyLimit: 64 * 1024 });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_, text, done) => {
    done(null, text);
  });
  app.addHook("onRequest", async (_, reply) => void reply.header("request-id", newId("req")));
  recordOnWire(app, context.wire, {
    from: (path) => (path.startsWith("/c/pay/") ? "customer" : "merchant"),
    text: (body) => (typeof body === "string" && body !== "" ? body : null),
  });
  for (const route of ROUTES) addRoute(app, context, route);
  addCheckout(app, context);
  app.setNotFoundHandler(async ({ method, url }, reply) =>
    send(reply, no(404, `Unrecognized request URL (${method}: ${url.split("?")[0]}).`)),
  );
  app.setErrorHandler(async (error: { statusCode?: number }, _, reply) => {
    const ours = (error.statusCode ?? 500) >= 500;
    const answer = ours ? no(500, "The stand-in has a fault.", { type: "api_error" }) : no(400, "Send a form.");
    await send(reply, answer);
  });
  return app;
}

function addRoute(app: FastifyInstance, context: Context, { method, url, answer }: Route): void {
  const expected = `Bearer ${context.options.secretKey}`;
  app.route({
    method,
    url,
    handler: async (request, reply) => {
      if (request.headers.authorization !== expected) return send(reply, no(401, "Invalid API Key provided."));
      const call = callIn(request);
      return send(reply, call ? await answer(context, call) : no(400, "The parameters cannot be read."));
    },
  });
}

function callIn({ method, url, params, body, headers }: FastifyRequest): Call | null {
  const [path = "", query = ""] = url.split("?", 2);
  const text = method === "GET" ? query : typeof body === "string" ? body : "";
  const form = readForm(text);
  const key = headers["idempotency-key"];
  return form && { id: idIn(params), form, change: { key: typeof key === "string" ? key : undefined, path, text } };
}

const idIn = (params: unknown): string =>
  typeof params === "object" && params !== null && "id" in params ? String(params.id) : "";
