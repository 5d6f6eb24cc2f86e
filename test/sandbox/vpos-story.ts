import { createServer, type RequestListener, type Server } from "node:http";
import type { Money } from "../../domain/money.ts";
import type { CheckoutRequest } from "../../src/ports.ts";
import { createVpos, type VposOptions } from "../../src/providers/vpos/client.ts";
import { createVposSandbox, type VposSandbox } from "../../src/sandbox/vpos/sandbox.ts";

export const TOKEN = "token-that-nobody-may-see";
export const SECRET = "whsec_test";
export const NOON = new Date("2026-11-24T08:00:00.000Z");

export const drams = (whole: number): Money => ({ minor: BigInt(Math.round(whole * 100)), currency: "AMD" });

export const aCheckout = (changed: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
  idempotencyKey: "INV-1042-pay-attempt-1",
  orderId: "INV-1042",
  amount: drams(15_000),
  returnUrl: "http://127.0.0.1:3000/p/opaque/return",
  attemptId: "attempt-1",
  linkId: "link-1",
  ...changed,
});

export type Received = { raw: Buffer; headers: Record<string, string>; event: { id: string; type: string } };

/** A server on a free port of this machine. */
export async function listening(listener: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { server, origin: `http://127.0.0.1:${address.port}` };
}

/** A merchant's webhook endpoint. It answers with the statuses given, in order, and then with 200. */
export async function merchant(statuses: number[] = []) {
  const received: Received[] = [];
  const { server, origin } = await listening((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const raw = Buffer.concat(parts);
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      received.push({ raw, headers, event: JSON.parse(raw.toString()) });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  return {
    url: `${origin}/webhooks/vpos`,
    received,
    types: () => received.map(({ event }) => event.type),
    [Symbol.dispose]: () => void server.close(),
  };
}

type Story = {
  sandbox: VposSandbox;
  vpos: ReturnType<typeof createVpos>;
  now: () => Date;
  later: (seconds: number) => void;
  /** Opens a checkout and returns its reference. */
  opened: (changed?: Partial<CheckoutRequest>) => Promise<string>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** VPOS.am on this machine, with a clock the test moves, and the adapter that talks to it. */
export async function vposStory(
  options: { amdExponent?: 0 | 2; webhookUrl?: string; state?: unknown; adapter?: Partial<VposOptions> } = {},
): Promise<Story> {
  const { amdExponent = 2, webhookUrl = null, state, adapter } = options;
  let time = NOON.getTime();
  const now = () => new Date(time);
  const sandbox = createVposSandbox({
    apiToken: TOKEN,
    webhookSecret: SECRET,
    webhookUrl: () => webhookUrl,
    amdExponent,
    clock: now,
    state,
  });
  await sandbox.start();
  const vpos = createVpos({
    baseUrl: sandbox.origin,
    apiToken: TOKEN,
    webhookSecrets: [SECRET],
    amdExponent,
    ...adapter,
  });
  const opened = async (changed: Partial<CheckoutRequest> = {}) => {
    const answer = await vpos.open(aCheckout(changed));
    if (answer.is !== "happened") throw new Error(`not opened: ${JSON.stringify(answer)}`);
    return answer.value.reference;
  };
  const later = (seconds: number) => void (time += seconds * 1000);
  return { sandbox, vpos, now, later, opened, [Symbol.asyncDispose]: () => sandbox.stop() };
}
