import { setTimeout as wait } from "node:timers/promises";
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type Fault, preventsActing } from "./faults.ts";
import { jsonOrText } from "./json.ts";
import { answerThroughResponseUrl } from "./response-url-answers.ts";
import { call, type Reply, tooManyCalls } from "./web-api/call.ts";
import type { Form } from "./web-api/method.ts";
import type { Workspace } from "./workspace.ts";
import { withoutSchemas } from "../../without-schemas.ts";

const FORM = "application/x-www-form-urlencoded";

/** Slack's side of HTTP: the Web API under `/api/`, and the response URLs. */
export function createServer(workspace: Workspace): FastifyInstance {
  const server = fastify({ ...withoutSchemas, forceCloseConnections: true, bodyLimit: 4 * 1024 * 1024 });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));

  server.route<{ Params: { method: string } }>({
    method: ["GET", "POST"],
    url: "/api/:method",
    handler: (request, reply) => webApi(workspace, request, reply),
  });
  server.post("/commands/*", (request, reply) => responseUrl(workspace, request, reply));
  server.post("/actions/*", (request, reply) => responseUrl(workspace, request, reply));
  return server;
}

async function webApi(
  workspace: Workspace,
  request: FastifyRequest<{ Params: { method: string } }>,
  reply: FastifyReply,
): Promise<unknown> {
  const name = request.params.method;
  const { token: tokenInBody = null, ...form } = formOf(request);
  const token = bearerOf(request) ?? tokenInBody;
  const end = workspace.wire.begin({ direction: "from_app", kind: "web_api", name, request: form });
  return serve({
    workspace,
    request,
    reply,
    end,
    name,
    act: () => answerTo(workspace, request, { name, token, form }),
  });
}

function answerTo(
  workspace: Workspace,
  request: FastifyRequest,
  asked: { name: string; token: string | null; form: Form },
) {
  const type = request.headers["content-type"];
  if (request.method === "POST" && type !== undefined && !type.startsWith(FORM)) {
    return { status: 200, headers: {}, body: { ok: false, error: "invalid_post_type" } };
  }
  return call(workspace, asked.name, asked.token, asked.form);
}

async function responseUrl(workspace: Workspace, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const body = typeof request.body === "string" ? request.body : "";
  const end = workspace.wire.begin({
    direction: "from_app",
    kind: "response_url",
    name: request.url,
    request: jsonOrText(body),
  });
  const act = () => answerThroughResponseUrl(workspace, request.url, jsonOrText(body));
  return serve({ workspace, request, reply, end, name: "response_url", act });
}

type Served = {
  readonly workspace: Workspace;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly name: string;
  readonly end: ReturnType<Workspace["wire"]["begin"]>;
  readonly act: () => Reply;
};

/** Acts and answers, unless a fault was ordered for this call. */
async function serve(served: Served): Promise<unknown> {
  const { workspace, name, act } = served;
  const fault = workspace.faults.take(name);
  const acted = fault && preventsActing(fault) ? NOTHING_DONE : act();
  if (fault?.is === "hang" || fault?.is === "answer_lost") return staySilent(served, fault);
  if (fault?.is === "slow") await wait(fault.ms, undefined, { signal: workspace.stopping.signal });
  return answer(served, spoiled(fault, acted), fault);
}

const NOTHING_DONE: Reply = { status: 500, headers: {}, body: {} };

function staySilent({ request, reply, end }: Served, fault: Fault): FastifyReply {
  reply.hijack();
  if (fault.is === "answer_lost") request.raw.destroy();
  end({ response: null, status: 0, fault: fault.is });
  return reply;
}

function answer({ reply, end }: Served, { status, headers, body }: Reply, fault: Fault | undefined): FastifyReply {
  const whole = JSON.stringify(body);
  const broken = fault?.is === "broken_json";
  const text = broken ? whole.slice(0, whole.length / 2) : whole;
  end({ response: broken ? text : body, status, fault: fault?.is });
  return reply.code(status).headers(headers).type("application/json; charset=utf-8").send(text);
}

function spoiled(fault: Fault | undefined, acted: Reply): Reply {
  if (fault?.is === "http") return { status: fault.status, headers: {}, body: { error: "stand-in fault" } };
  if (fault?.is === "error") return { status: 200, headers: {}, body: { ok: false, error: fault.code } };
  if (fault?.is === "rate_limited") return tooManyCalls(fault.retryAfterSeconds);
  return acted;
}

function formOf(request: FastifyRequest): Record<string, string> {
  const query = request.url.split("?")[1] ?? "";
  const body = typeof request.body === "string" ? request.body : "";
  return { ...Object.fromEntries(new URLSearchParams(query)), ...Object.fromEntries(new URLSearchParams(body)) };
}

function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
}
