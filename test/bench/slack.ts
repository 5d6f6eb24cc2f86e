import { createHmac, randomUUID } from "node:crypto";
import { Agent, createServer, request, type IncomingMessage } from "node:http";

const TEAM = "T0BENCH";
export const SIGNING_SECRET = "a secret of the bench alone";

/** People who ask at the same time: one person's words are taken up one after another. */
const PEOPLE = 64;

/** What Slack would answer, as far as issuing a link asks it anything, in another process than the service. */
const ANSWERS: Readonly<Record<string, object>> = {
  "auth.test": { team_id: TEAM, user_id: "U0APP", bot_id: "B0APP" },
  "users.info": {
    user: {
      team_id: TEAM,
      real_name: "Ani Petrosyan",
      locale: "en-US",
      deleted: false,
      is_bot: false,
      is_restricted: false,
      is_ultra_restricted: false,
    },
  },
};

export async function startSlackStub(): Promise<{ readonly apiUrl: string; stop(): Promise<void> }> {
  let posted = 0;
  const server = createServer((asked, answer) => {
    asked.resume().once("end", () => {
      const method = asked.url?.split("/").at(-1) ?? "";
      const body = ANSWERS[method] ?? { channel: "C0BENCH", ts: `1.${String((posted += 1)).padStart(6, "0")}` };
      answer.setHeader("content-type", "application/json").end(JSON.stringify({ ok: true, ...body }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const agent = new Agent({ keepAlive: true });

/** A person types `/paylink NUMBER`; resolves with the status when Slack would have its answer. */
export async function paylink(address: string, number: string, person: number): Promise<number> {
  const body = new URLSearchParams({
    command: "/paylink",
    text: number,
    team_id: TEAM,
    channel_id: "C0BENCH",
    user_id: `U${person % PEOPLE}`,
    user_name: "ani",
    trigger_id: randomUUID(),
    response_url: "http://127.0.0.1:9/",
    api_app_id: "A0BENCH",
  }).toString();
  const timestamp = Math.floor(Date.now() / 1000);
  const hmac = createHmac("sha256", SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest("hex");
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(Buffer.byteLength(body)),
      "x-slack-request-timestamp": String(timestamp),
      "x-slack-signature": `v0=${hmac}`,
    };
    request(`${address}/slack/events`, { method: "POST", agent, headers }, resolve).once("error", reject).end(body);
  });
  await new Promise((resolve) => answer.resume().once("end", resolve));
  return answer.statusCode ?? 0;
}
