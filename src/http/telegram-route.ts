import type { FastifyInstance } from "fastify";
import { Problem, RETRY_SOON } from "./problem.ts";
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
      throw new Problem("unauthorized", "The secret token is missing or wrong. The update was not read.");
    }
    const update = parse(request.body);
    if (update === undefined) throw new Problem("invalid_json", "The body is not JSON. Nothing was kept.");
    try {
      await keep(update);
    } catch (error) {
      request.log.error(error, "an update could not be kept: Telegram is asked to send it again");
      throw new Problem("unavailable", "The update could not be stored. Please send it again.", RETRY_SOON);
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
