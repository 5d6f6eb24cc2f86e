import { createHmac } from "node:crypto";
import { jsonOrText } from "./json.ts";
import { LIFETIMES } from "./limits.ts";
import type { Exchange } from "./wire.ts";
import type { Workspace } from "./workspace.ts";

/** How the request is signed. All but `good` are attacks or clocks that are wrong. */
export type Signature = "good" | "wrong" | "stale" | "future" | "none";

/** One request to the app, byte for byte, so that it can be sent again as it was. */
export type Sent = {
  readonly kind: Exchange["kind"];
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Delivery = {
  readonly sent: Sent;
  /** 0: no answer came in time, or the connection broke. */
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly ms: number;
  /** Slack stopped waiting: for the person it failed, whatever the app did. */
  readonly late: boolean;
};

type Outgoing = Pick<Sent, "kind" | "name" | "body"> & {
  readonly contentType: "application/x-www-form-urlencoded" | "application/json";
  readonly headers?: Readonly<Record<string, string>>;
  readonly signature?: Signature | undefined;
};

/** Signs and sends. Content types are bare: Slack sends no charset. */
export function deliver(workspace: Workspace, outgoing: Outgoing): Promise<Delivery> {
  const { kind, name, body, contentType, signature = "good" } = outgoing;
  const headers = {
    "content-type": contentType,
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    ...outgoing.headers,
    ...signed(workspace, body, signature),
  };
  return send(workspace, { kind, name, headers, body });
}

/** Sends exactly these bytes, signature included. */
export async function send(workspace: Workspace, sent: Sent): Promise<Delivery> {
  const end = workspace.wire.begin({
    direction: "to_app",
    kind: sent.kind,
    name: sent.name,
    request: { headers: sent.headers, body: readable(sent.body) },
  });
  const began = performance.now();
  const patience = AbortSignal.timeout(workspace.setup.answerWithinMs ?? LIFETIMES.acknowledgement);
  try {
    const response = await fetch(workspace.setup.eventsUrl(), {
      method: "POST",
      headers: sent.headers,
      body: sent.body,
      redirect: "manual",
      signal: AbortSignal.any([patience, workspace.stopping.signal]),
    });
    const body = await response.text();
    end({ response: readable(body), status: response.status });
    const headers = Object.fromEntries(response.headers);
    return { sent, status: response.status, body, headers, ms: since(began), late: false };
  } catch {
    end({ response: null, status: 0 });
    return { sent, status: 0, body: "", headers: {}, ms: since(began), late: patience.aborted };
  }
}

/** Slack's `v0` scheme: HMAC-SHA-256 of `v0:timestamp:body` with the signing secret. */
function signed({ setup, clock }: Workspace, body: string, signature: Signature): Record<string, string> {
  if (signature === "none") return {};
  // Slack's limit is five minutes. What is of the future grows old on its way, so it begins further away.
  const shift = { good: 0, wrong: 0, stale: -301, future: 330 }[signature];
  const timestamp = Math.floor(clock().getTime() / 1_000) + shift;
  const secret = signature === "wrong" ? `not ${setup.signingSecret}` : setup.signingSecret;
  const hmac = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": String(timestamp), "x-slack-signature": `v0=${hmac}` };
}

/** For the wire: JSON as an object, a form as an object, anything else as it is. */
function readable(body: string): unknown {
  const form = new URLSearchParams(body);
  if (form.has("command")) return Object.fromEntries(form);
  return jsonOrText(form.get("payload") ?? body);
}

function since(began: number): number {
  return Math.round(performance.now() - began);
}
