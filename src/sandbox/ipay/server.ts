import { fastify, type FastifyInstance } from "fastify";
import { ipayManual1551 } from "../../providers/ipay/contract.ts";
import { withoutSchemas } from "../../without-schemas.ts";
import { type CallAnswer, page } from "../provider/answers.ts";
import { send } from "../provider/send.ts";
import { recordOnWire } from "../provider/wire.ts";
import { no } from "./answers.ts";
import { addCheckout } from "./checkout.ts";
import type { Context } from "./context.ts";
import { type Fields, fieldsOf, readForm } from "./fields.ts";
import { lookUp } from "./look-up.ts";
import { refund, reverse } from "./money-back.ts";
import { register } from "./register.ts";

const { paths } = ipayManual1551;

type Call = (fields: Fields) => Promise<CallAnswer>;

/** The HTTP side of the stand-in: the four calls and the payment page. All of it takes forms and nothing else. */
export function buildServer(context: Context, origin: () => string): FastifyInstance {
  const app = fastify({ ...withoutSchemas, forceCloseConnections: true, bodyLimit: 64 * 1024 });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_, text, done) => {
    done(null, readForm(text.toString()));
  });
  recordOnWire(app, context.wire, {
    from: (path) => (path.includes("/merchants/") ? "customer" : "merchant"),
    text: (body) => (body === undefined || body === null ? null : JSON.stringify(withoutPassword(fieldsOf(body)))),
  });
  const calls: Readonly<Record<string, Call>> = {
    [paths.register]: (fields) => register(context, fields, origin()),
    [paths.status]: (fields) => lookUp(context, fields),
    [paths.refund]: (fields) => refund(context, fields),
    [paths.reverse]: (fields) => reverse(context, fields),
  };
  for (const [path, call] of Object.entries(calls)) addCall(app, context, { path, call });
  addCheckout(app, context);
  app.setNotFoundHandler(async (_, reply) => send(reply, page(404, "There is nothing at this address.")));
  app.setErrorHandler(async (error: { statusCode?: number }, _, reply) => {
    await send(reply, page(error.statusCode ?? 500, "The request cannot be read, or the stand-in has a fault."));
  });
  return app;
}

/** The login of a call is looked for in its form alone: in an address it would end up in logs. */
function addCall(app: FastifyInstance, context: Context, { path, call }: { path: string; call: Call }): void {
  const { userName, password } = context.options;
  app.post(path, async ({ body }, reply) => {
    const fields = fieldsOf(body);
    if (!fields["userName"] || !fields["password"]) return send(reply, no("fieldMissing", "The login is empty."));
    const known = fields["userName"] === userName && fields["password"] === password;
    return send(reply, known ? await call(fields) : no("accessDenied", "Access denied"));
  });
}

/** A wrong one is nobody's business either. */
const withoutPassword = (fields: Fields): Fields => ("password" in fields ? { ...fields, password: "•••" } : fields);
