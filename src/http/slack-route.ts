import type { RequestListener } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { UsedSignatures } from "../ports.ts";

type Options = {
  /** Bolt's ear, asked for when the first request comes. */
  readonly listener: () => Promise<RequestListener>;
  readonly signingSecret: string;
  readonly used: UsedSignatures;
  readonly now: () => Date;
};

/** Slack's own limit; anything larger is not from Slack. */
const BODY_LIMIT = 256 * 1024;
const MAX_SKEW_S = 300;

/**
 * Slack's door. Our guard stands before Bolt: Bolt lets timestamps of the future and exact repetitions pass. The guard is
 * the outer fence only; what a request leads to is unique by its own keys.
 */
export function slackRoute(server: FastifyInstance, options: Options): void {
  const { listener, used } = options;
  server.post<{ Body: Buffer | null }>("/slack/events", { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const raw = request.body ?? Buffer.alloc(0);
    const body = raw.toString("utf8");
    if (new URLSearchParams(body).get("ssl_check") === "1") return reply.code(200).send();
    if (!(await isGenuine(request, body, options))) return refuse(request, reply);
    if (body === "null") return reply.code(400).send();
    const listen = await listener();
    const signature = String(request.headers["x-slack-signature"]);
    if (!(await used.reserve(signature, 2 * MAX_SKEW_S))) return reply.code(200).send();

    // Slack repeats an event whose answer it did not get, at once and so with the same signature: that is no replay.
    reply.raw.once("close", () => {
      const taken = reply.raw.writableFinished && reply.raw.statusCode < 300;
      if (!taken) used.release(signature).catch((error: unknown) => request.log.error(error));
    });
    reply.hijack();
    listen(Object.assign(request.raw, { rawBody: raw }), reply.raw);
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.log.warn("a request to Slack's address was not signed by Slack: refused, nothing was done");
  return reply.code(401).send();
}

/** Signed with our secret over these bytes, and not older or newer than five minutes. */
async function isGenuine(request: FastifyRequest, body: string, { signingSecret, now }: Options): Promise<boolean> {
  const signature = request.headers["x-slack-signature"];
  const timestamp = Number(request.headers["x-slack-request-timestamp"]);
  if (typeof signature !== "string" || !Number.isInteger(timestamp)) return false;
  const nowMilliseconds = now().getTime();
  if (Math.abs(nowMilliseconds / 1000 - timestamp) > MAX_SKEW_S) return false;
  const headers = { "x-slack-signature": signature, "x-slack-request-timestamp": timestamp };
  const { isValidSlackRequest } = await import("@slack/bolt");
  return isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds });
}
