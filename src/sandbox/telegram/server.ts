import { setTimeout as sleep } from "node:timers/promises";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Fault } from "./faults.ts";
import type { Reply } from "./method.ts";
import { methodNamed } from "./methods.ts";
import { Refusal } from "./refusals.ts";
import { readParams } from "./request-body.ts";
import type { World } from "./world.ts";
import { withoutSchemas } from "../../without-schemas.ts";

type Call = { readonly Params: { bot: string; method: string } };
const JSON_TYPE = "application/json; charset=utf-8";

type Answer = { readonly status: number; readonly body: unknown };

/** The HTTP face: `/bot<token>/<method>`, answered as Telegram answers. */
export function createServer(world: World): FastifyInstance {
  // Whoever waits in a long poll must not keep the sandbox from stopping.
  const app = fastify({ ...withoutSchemas, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((_request, reply) => send(reply, refused(new Refusal(404, "Not Found"))));
  app.all<Call>("/:bot/:method", (request, reply) => answer(world, request, reply));
  return app;
}

async function answer(world: World, request: FastifyRequest<Call>, reply: FastifyReply): Promise<unknown> {
  const { bot, method } = request.params;
  const stranger = tokenRefusal(world, bot);
  if (stranger) return send(reply, refused(stranger));

  const params = paramsOf(request);
  const fault = world.faults.take(method);
  const end = world.wire.begin({ direction: "to_telegram", method, request: params instanceof Refusal ? {} : params });
  const given = fault && !acts(fault) ? faulty(fault) : await act(world, method, params);
  if (fault?.is === "slow") await sleep(fault.ms);
  const noted = fault ? { fault: fault.is } : {};
  if (fault && breaks(fault)) {
    end(noted);
    return silence(fault, reply);
  }
  end({ status: given.status, response: given.body, ...noted });
  return send(reply, given);
}

const send = (reply: FastifyReply, { status, body }: Answer): FastifyReply =>
  reply
    .code(status)
    .type(typeof body === "string" ? "text/html" : JSON_TYPE)
    .send(body);

/** A token that cannot be one is 404; one that could be, but is not this bot's, is 401. */
function tokenRefusal({ token }: World, segment: string): Refusal | undefined {
  if (segment === `bot${token}`) return undefined;
  return /^bot\d+:[\w-]+$/.test(segment) ? new Refusal(401, "Unauthorized") : new Refusal(404, "Not Found");
}

function paramsOf(request: FastifyRequest): Record<string, unknown> | Refusal {
  const query = request.url.split("?")[1] ?? "";
  const body = typeof request.body === "string" ? request.body : "";
  try {
    return readParams({ query, body, contentType: request.headers["content-type"] ?? "" });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function act(world: World, name: string, params: unknown): Promise<Answer> {
  if (params instanceof Refusal) return refused(params);
  const method = methodNamed(name);
  if (!method) return refused(new Refusal(404, "Not Found: method not found"));
  try {
    const { result, description }: Reply = await method.call(world, params);
    // Written down now: the message may change again before the answer is on its way.
    const body = structuredClone({ ok: true, result, ...(description === undefined ? {} : { description }) });
    if (method.writes) world.changed();
    return { status: 200, body };
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}

const refused = (refusal: Refusal): Answer => ({
  status: refusal.status,
  body: errorBody({ status: refusal.status, description: refusal.message, parameters: refusal.parameters }),
});

type Said = { readonly status: number; readonly description: string; readonly parameters?: Refusal["parameters"] };

const errorBody = ({ status, description, parameters }: Said): unknown => ({
  ok: false,
  error_code: status,
  description,
  ...(parameters ? { parameters } : {}),
});

/** The call takes effect, whatever then happens to the answer. */
const acts = (fault: Fault): boolean =>
  fault.is === "answer_lost" || fault.is === "slow" || (fault.is === "hang" && fault.acted === true);

/** No answer leaves this machine. */
const breaks = ({ is }: Fault): boolean => is === "answer_lost" || is === "reset" || is === "hang";

function faulty(fault: Fault): Answer {
  if (fault.is === "error") return { status: fault.status, body: errorBody(fault) };
  return { status: 502, body: "<html><h1>502 Bad Gateway</h1></html>" };
}

function silence({ is }: Fault, reply: FastifyReply): FastifyReply {
  void reply.hijack();
  if (is !== "hang") reply.raw.destroy();
  return reply;
}
