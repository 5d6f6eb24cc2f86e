import type { FastifyInstance } from "fastify";
import { problem } from "./problem.ts";
import { sameSecret } from "./secrets.ts";

type Options = {
  /** Null: updates are polled, and nobody has a right to post them. */
  readonly secret: string | null;
  /** Keeps the update once; throws when it could not be kept. */
  readonly keep: (update: unknown) => Promise<void>;
};

/** Telegram's door: the secret is checked, the update kept, the answer given. A worker hands it to the bot later. */
export function telegramRoute(server: FastifyInstance, { secret, keep }: Options): void {
  server.post<{ Body: Buffer | null }>("/telegram/webhook", async (request, reply) => {
    const told = request.headers["x-telegram-bot-api-secret-token"];
    if (secret === null || typeof told !== "string" || !sameSecret(told, secret)) {
      return problem(reply, "unauthorized", "The secret token is missing or wrong. The update was not read.");
    }
    const update = parse(request.body);
    if (update === undefined) return problem(reply, "invalid_json", "The body is not JSON. Nothing was kept.");
    try {
      await keep(update);
    } catch (error) {
      request.log.error(error, "an update could not be kept: Telegram is asked to send it again");
      reply.header("retry-after", "5");
      return problem(reply, "unavailable", "The update could not be stored. Please send it again.");
    }
    return reply.code(200).send();
  });
}

function parse(body: Buffer | null): unknown {
  try {
    return JSON.parse(body?.toString("utf8") ?? "");
  } catch {
    return undefined;
  }
}
