import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Clock, KeepWebhook, Providers } from "../ports.ts";
import { Problem, RETRY_SOON } from "./problem.ts";

type Options = {
  readonly hear: Providers["hear"];
  readonly keep: KeepWebhook;
  readonly clock: Clock;
};

/**
 * A provider's door. The raw bytes are kept with the verdict on their signature before anything else; a genuine one is
 * answered as soon as it is stored, also when it was stored before. It changes nothing by itself: it is a hint.
 */
export function providerRoute(server: FastifyInstance, { hear, keep, clock }: Options): void {
  server.post<{ Body: Buffer | null; Params: { provider: string } }>("/webhooks/:provider", async (request, reply) => {
    const { provider } = request.params;
    const raw = request.body ?? Buffer.alloc(0);
    const headers = textHeaders(request);
    const reading = hear(provider, raw, headers, clock());
    if (!reading) throw new Problem("not_found", "No payment provider of this name sends webhooks here.");
    if (reading.is === "ignored") return reply.code(200).send({ received: true });
    const key = reading.is === "hint" ? reading.hint.eventId : `rejected:${sha256(raw)}`;
    try {
      await keep({ provider, key, raw, headers: kept(headers), reading, requestId: request.id });
    } catch (error) {
      request.log.error(error, "a webhook could not be stored: the provider is asked to send it again");
      throw new Problem("unavailable", "The webhook could not be stored. Please send it again.", RETRY_SOON);
    }
    if (reading.is === "hint") return reply.code(200).send({ received: true });
    request.log.warn({ provider, because: reading.because }, "a webhook was rejected: nothing was done");
    throw new Problem("unauthorized", `The webhook was rejected: ${reading.because.replaceAll("_", " ")}.`);
  });
}

const sha256 = (raw: Buffer): string => createHash("sha256").update(raw).digest("hex");

const textHeaders = ({ headers }: FastifyRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );

/** Credentials are not for keeping; signatures and ids are what a person looks for later. */
const kept = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/authorization|cookie|token/.test(name)));
