import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { createInvoiceWebhook, WebhookNotTaken } from "../../src/delivery/invoice-webhook.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const EVENT = {
  id: "evt_1",
  type: "invoice.paid",
  timestamp: new Date("2026-11-24T08:00:00.000Z"),
  invoice: { number: "INV-1042", customer: { name: "Աննա" }, applied: "15000.00" },
} as const;

type Reply = { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | "silence";
type Heard = { readonly headers: Record<string, string>; readonly body: string };

/** A merchant's system that answers as it is told to, and what happens when it is told of a payment. */
async function toldTo(reply: Reply, options: { timeoutMs?: number; clock?: () => Date; stop?: AbortSignal } = {}) {
  const heard: Heard[] = [];
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    heard.push({ headers: Object.fromEntries(headers), body: await text(request) });
    if (reply !== "silence") response.writeHead(reply.status, reply.headers).end();
  };
  const server = createServer((request, response) => void hear(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { stop, ...rest } = options;
  const tell = createInvoiceWebhook({ url: `http://127.0.0.1:${port}/hook?key=hidden`, secret: SECRET, ...rest });
  try {
    await tell(EVENT, stop);
    return { heard, thrown: undefined };
  } catch (thrown) {
    return { heard, thrown: thrown instanceof WebhookNotTaken ? thrown : undefined };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("an invoice was paid and the merchant's system is told", () => {
  test("the message is signed so that any Standard Webhooks library can check it", async () => {
    const { heard } = await toldTo({ status: 204 });
    const [{ headers, body } = { headers: {}, body: "" }] = heard;
    expect(headers["webhook-id"]).toBe("evt_1");
    expect(headers["content-type"]).toBe("application/json");
    expect(new Webhook(SECRET).verify(body, headers)).toEqual({
      type: "invoice.paid",
      timestamp: "2026-11-24T08:00:00.000Z",
      data: EVENT.invoice,
    });
    expect(() => new Webhook(SECRET).verify(`${body} `, headers)).toThrow("No matching signature");
  });

  test("a repetition hours later is signed anew under the same id, so that it is not refused as old", async () => {
    const later = new Date("2026-11-24T12:30:00.000Z");
    const { heard } = await toldTo({ status: 200 }, { clock: () => later });
    expect(heard[0]?.headers).toMatchObject({
      "webhook-id": "evt_1",
      "webhook-timestamp": `${later.getTime() / 1000}`,
    });
  });
});

describe("the merchant's system does not take it", () => {
  const answers: readonly [status: number, again: boolean][] = [
    [400, false],
    [401, false],
    [404, false],
    [410, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ];
  for (const [status, again] of answers) {
    test(`${status}: ${again ? "it is tried again" : "a person must look"}`, async () => {
      const { thrown } = await toldTo({ status });
      expect(thrown).toMatchObject({ again, retryAfterSeconds: undefined });
      expect(thrown?.message).toContain(`${status}`);
    });
  }

  test("it says when to come again, in seconds or as a date", async () => {
    const clock = () => new Date("2026-11-24T08:00:00.000Z");
    const waits: readonly [header: string, seconds: number | undefined][] = [
      ["120", 120],
      ["Tue, 24 Nov 2026 08:01:30 GMT", 90],
      ["Tue, 24 Nov 2026 07:00:00 GMT", 0],
      ["soon", undefined],
    ];
    for (const [header, seconds] of waits) {
      const { thrown } = await toldTo({ status: 503, headers: { "retry-after": header } }, { clock });
      expect(thrown?.retryAfterSeconds).toBe(seconds);
    }
  });

  test("a redirect is not followed: the message would go to somebody else", async () => {
    const { heard, thrown } = await toldTo({ status: 307, headers: { location: "/elsewhere" } });
    expect(heard).toHaveLength(1);
    expect(thrown?.again).toBe(true);
    expect(thrown?.message).toContain("INVOICE_WEBHOOK_URL must be the address itself");
  });

  test("silence ends after the time it is given, and may be tried again", async () => {
    const { thrown } = await toldTo("silence", { timeoutMs: 100 });
    expect(thrown).toMatchObject({ again: true, retryAfterSeconds: undefined });
  });

  test("a service that stops does not wait for it", async () => {
    const { thrown } = await toldTo("silence", { stop: AbortSignal.abort() });
    expect(thrown?.again).toBe(true);
  });

  test("the address and the secret are in no error", async () => {
    for (const reply of [{ status: 500 }, { status: 307 }, "silence"] as const) {
      const { thrown } = await toldTo(reply, { timeoutMs: 100 });
      expect(String(thrown)).toMatch(/WebhookNotTaken/);
      expect(String(thrown)).not.toMatch(/hidden|127\.0\.0\.1|MfKQ/);
    }
  });
});
