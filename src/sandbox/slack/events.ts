import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { placeOf } from "./channels.ts";
import { messageObject, post } from "./messages.ts";
import { common, knownPerson, VERIFICATION_TOKEN } from "./people-and-places.ts";
import type { Json, Message } from "./saved-state.ts";
import { type Delivery, deliver, send, type Signature } from "./sender.ts";
import type { Workspace } from "./workspace.ts";

export type EventOptions = {
  /** The same id twice: Slack delivered it twice. */
  readonly eventId?: string;
  readonly teamId?: string;
  readonly signature?: Signature;
};

/** A failed event is sent again at once, after about a minute and after about five minutes. */
const RETRY_DELAYS_MS = [0, 60_000, 300_000];

/** Sends an event and repeats it until the app takes it. Ends with every delivery, the last one decides. */
export async function sendEvent(workspace: Workspace, event: Json, options: EventOptions = {}): Promise<Delivery[]> {
  const outgoing = {
    kind: "event",
    name: String(event["type"]),
    body: JSON.stringify(envelope(workspace, event, options)),
    contentType: "application/json",
    signature: options.signature,
  } as const;
  const deliveries = [await deliver(workspace, outgoing)];
  for (const [index, delay] of (workspace.setup.eventRetryDelaysMs ?? RETRY_DELAYS_MS).entries()) {
    const reason = retryReason(deliveries.at(-1));
    if (reason === null || !(await waited(workspace, delay))) break;
    const headers = { "x-slack-retry-num": String(index + 1), "x-slack-retry-reason": reason };
    deliveries.push(await deliver(workspace, { ...outgoing, headers }));
  }
  return deliveries;
}

function envelope(workspace: Workspace, event: Json, { eventId, teamId }: EventOptions): Json {
  const { app, team, clock } = workspace;
  const now = clock().getTime() / 1_000;
  const place = typeof event["channel"] === "string" ? placeOf(workspace, event["channel"]) : undefined;
  return {
    ...common(workspace),
    team_id: teamId ?? team.id,
    context_team_id: teamId ?? team.id,
    context_enterprise_id: null,
    event: { event_ts: now.toFixed(6), ...event },
    type: "event_callback",
    event_id: eventId ?? newEventId(),
    event_time: Math.floor(now),
    authorizations: [
      {
        enterprise_id: null,
        team_id: teamId ?? team.id,
        user_id: app.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: place?.isShared === true,
  };
}

/** Null: the app has taken it, or asked not to be told again. */
function retryReason(delivery: Delivery | undefined): string | null {
  if (!delivery || delivery.headers["x-slack-no-retry"] === "1") return null;
  if (delivery.late) return "http_timeout";
  if (delivery.status === 0) return "connection_failed";
  return delivery.status >= 200 && delivery.status < 300 ? null : "http_error";
}

/** False when the stand-in was stopped meanwhile. */
async function waited({ stopping }: Workspace, ms: number): Promise<boolean> {
  await wait(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  return !stopping.signal.aborted;
}

function newEventId(): string {
  return `Ev${randomBytes(5).toString("hex").toUpperCase()}`;
}

export type Saying = Pick<Message, "channelId" | "userId" | "text"> & { readonly threadTs?: string };

/** A person writes in a channel. The app hears of it only when it is mentioned and is a member. */
export async function say(workspace: Workspace, saying: Saying): Promise<{ message: Message; deliveries: Delivery[] }> {
  knownPerson(workspace, saying.userId);
  const message = post(workspace, saying);
  const heard = saying.text.includes(`<@${workspace.app.userId}>`);
  const place = placeOf(workspace, saying.channelId);
  if (!heard || place?.botIsMember === false) return { message, deliveries: [] };
  const event = { ...messageObject(workspace, message), type: "app_mention", channel: saying.channelId };
  return { message, deliveries: await sendEvent(workspace, { ...event, event_ts: message.ts }) };
}

/** What Slack does when the address is entered on the app's page: the app must answer with the challenge. */
export function verifyAddress(workspace: Workspace): Promise<Delivery> {
  const challenge = randomBytes(24).toString("base64url");
  return deliver(workspace, {
    kind: "event",
    name: "url_verification",
    body: JSON.stringify({ token: VERIFICATION_TOKEN, challenge, type: "url_verification" }),
    contentType: "application/json",
  });
}

/** Slack looks at the certificate now and then, without a signature. */
export function checkCertificate(workspace: Workspace): Promise<Delivery> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = `ssl_check=1&token=${VERIFICATION_TOKEN}`;
  return send(workspace, { kind: "event", name: "ssl_check", headers, body });
}
