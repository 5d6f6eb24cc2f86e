import { createServer } from "node:http";
import { inspect } from "node:util";
import { Api, GrammyError } from "grammy";
import { describe, expect, test } from "vitest";
import { undeliveredOf } from "../../bots/telegram/errors.ts";
import { Undelivered } from "../../bots/undelivered.ts";
import { customerStory, KAREN, PAY_URL, TOKEN } from "./telegram-story.ts";

const refusal = (code: number, description: string, parameters = {}): Undelivered => {
  const said = { ok: false, error_code: code, description, parameters } as const;
  const told = undeliveredOf(new GrammyError("Call to 'sendMessage' failed!", said, "sendMessage", {}));
  if (!(told instanceof Undelivered)) throw new Error("not Undelivered");
  return told;
};

const never = { again: false, reach: "fine" } as const;

/** The table of what Telegram says; the texts are those of its own server. */
const SAYINGS: readonly [code: number, description: string, Pick<Undelivered, "again" | "reach">][] = [
  [403, "Forbidden: bot was blocked by the user", { again: false, reach: "blocked" }],
  [403, "Forbidden: bot can't initiate conversation with a user", { again: false, reach: "blocked" }],
  [403, "Forbidden: bot was kicked from the supergroup chat", { again: false, reach: "blocked" }],
  [403, "Forbidden: user is deactivated", { again: false, reach: "gone" }],
  [403, "Forbidden: the group chat was deleted", { again: false, reach: "gone" }],
  [400, "Bad Request: chat not found", { again: false, reach: "gone" }],
  [400, "Bad Request: private chat not found", { again: false, reach: "gone" }],
  [400, "Bad Request: message is too long", never],
  [400, "Bad Request: BUTTON_DATA_INVALID", never],
  [401, "Unauthorized", never],
  [404, "Not Found", never],
  [404, "Not Found: method not found", never],
  [418, "I'm a teapot", never],
  [429, "Too Many Requests: retry after 7", { again: true, reach: "fine" }],
  [500, "Internal Server Error", { again: true, reach: "fine" }],
  [502, "Bad Gateway", { again: true, reach: "fine" }],
];

describe("Telegram says no", () => {
  test.each(SAYINGS)("%i %s", (code, description, means) => {
    expect(refusal(code, description)).toMatchObject(means);
  });

  test("how long to wait is handed on, and is not counted in tries", () => {
    expect(refusal(429, "Too Many Requests: retry after 7", { retry_after: 7 }).retryAfterSeconds).toBe(7);
  });

  test("the address it quotes is a customer's secret and is left out", () => {
    const told = refusal(400, `Bad Request: inline keyboard button URL '${PAY_URL}' is invalid: Wrong HTTP URL`);
    expect(told.message).toContain("button URL '…' is invalid");
    expect(told.message).not.toContain("pay.example");
  });

  test("an error of our own parts comes back as it was", () => {
    const ours = new Error("the database is down");
    expect(undeliveredOf(ours)).toBe(ours);
  });
});

/** Everything that a log, a debugger or a database could ever write of an error. */
const everythingIn = (error: unknown): string => inspect(error, { depth: 20, showHidden: true }) + String(error);

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.unreachable("the call must fail"),
    (error: unknown) => error,
  );
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

describe("the connection to Telegram breaks", () => {
  test("grammY's own error holds the token, so this test looks for the right thing", async () => {
    const api = new Api(TOKEN, { apiRoot: `http://127.0.0.1:${await closedPort()}` });
    expect(everythingIn(await thrownBy(api.sendMessage(KAREN, "hello")))).toContain(TOKEN);
  });

  test("nobody listens: nothing was sent, it is tried again, and the token is nowhere in the error", async () => {
    const api = new Api(TOKEN, { apiRoot: `http://127.0.0.1:${await closedPort()}` });
    const told = undeliveredOf(await thrownBy(api.sendMessage(KAREN, "hello")));
    expect(told).toMatchObject({ again: true, reach: "fine" });
    expect(told.message).toBe("Telegram gave no answer to sendMessage (ECONNREFUSED). Nothing was sent.");
    expect(everythingIn(told)).not.toContain(TOKEN.split(":")[1]);
  });

  test.each(["answer_lost", "reset", "bad_gateway"] as const)(
    "%s: it may have been carried out, it is tried again, and the token is nowhere in the error",
    async (is) => {
      await using story = await customerStory();
      story.knows();
      story.sandbox.faults.add("sendMessage", { is });
      const told = await thrownBy(story.notifier.ops(String(KAREN), "hello"));
      expect(told).toBeInstanceOf(Undelivered);
      expect(told).toMatchObject({ again: true, reach: "fine" });
      expect(String(told)).toContain("It may have been carried out");
      expect(everythingIn(told)).not.toContain(TOKEN.split(":")[1]);
    },
  );
});
