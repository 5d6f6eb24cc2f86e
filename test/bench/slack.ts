import { createHmac, randomUUID } from "node:crypto";
import { post } from "./post.ts";
import { type Stub, startStub } from "./stub.ts";

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

export function startSlackStub(): Promise<Stub> {
  let posted = 0;
  return startStub(({ url }) => {
    const method = url?.split("/").at(-1) ?? "";
    return {
      ok: true,
      ...(ANSWERS[method] ?? { channel: "C0BENCH", ts: `1.${String((posted += 1)).padStart(6, "0")}` }),
    };
  });
}

/** A person types `/paylink NUMBER`; resolves with the status when Slack would have its answer. */
export function paylink(address: string, number: string, person: number): Promise<number> {
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
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": String(timestamp),
    "x-slack-signature": `v0=${hmac}`,
  };
  return post(`${address}/slack/events`, headers, body);
}
