import { isDeepStrictEqual } from "node:util";
import { allowedUpdates, clamp, subscribe } from "./get-updates.ts";
import { fields, method, type Reply } from "./method.ts";
import { badRequest } from "./refusals.ts";
import type { World } from "./world.ts";

const LONGEST_SECRET = 256;
const USUAL_CONNECTIONS = 40;
const PORTS = new Set(["", "443", "80", "88", "8443"]);
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

export const setWebhook = method(
  {
    url: fields.text("url"),
    ip_address: fields.text("ip_address"),
    max_connections: fields.integer("max_connections"),
    allowed_updates: allowedUpdates,
    drop_pending_updates: fields.flag("drop_pending_updates"),
    secret_token: fields.text("secret_token"),
  },
  (world, asked) => {
    const { url = "", secret_token = "", drop_pending_updates = false } = asked;
    if (url === "") return removeWebhook(world, drop_pending_updates);
    world.pace.webhook();
    checkSecret(secret_token);
    checkUrl(url);
    subscribe(world.state, asked.allowed_updates);
    const max_connections = clamp(asked.max_connections ?? USUAL_CONNECTIONS, 1, 100);
    return pointTo(world, { url, secretToken: secret_token, maxConnections: max_connections }, drop_pending_updates);
  },
);

export const deleteWebhook = method(
  { drop_pending_updates: fields.flag("drop_pending_updates") },
  (world, { drop_pending_updates = false }) => removeWebhook(world, drop_pending_updates),
);

export const getWebhookInfo = method(
  {},
  ({ state, updates }) => {
    const { webhook, allowedUpdates: allowed } = state;
    const error = webhook?.lastError;
    return {
      result: {
        url: webhook?.url ?? "",
        has_custom_certificate: false,
        pending_update_count: updates.pending().length,
        ...(error ? { last_error_date: error.at, last_error_message: error.message } : {}),
        ...(webhook ? { max_connections: webhook.maxConnections, ip_address: "127.0.0.1" } : {}),
        ...(allowed ? { allowed_updates: allowed } : {}),
      },
    };
  },
  false,
);

type Target = { readonly url: string; readonly secretToken: string; readonly maxConnections: number };

function pointTo({ state, updates, polling }: World, target: Target, dropPending: boolean): Reply {
  const now = state.webhook;
  const same = now && isDeepStrictEqual(target, pick(now));
  if (same && !dropPending) return { result: true, description: "Webhook is already set" };
  polling.interrupt("terminated by setWebhook request");
  if (dropPending) updates.confirm(() => true);
  state.webhook = { ...target, lastError: null, goneSince: null };
  return { result: true, description: "Webhook was set" };
}

const pick = ({ url, secretToken, maxConnections }: Target): Target => ({ url, secretToken, maxConnections });

function removeWebhook({ state, updates }: World, dropPending: boolean): Reply {
  const was = state.webhook !== null;
  state.webhook = null;
  if (dropPending) updates.confirm(() => true);
  return { result: true, description: was ? "Webhook was deleted" : "Webhook is already deleted" };
}

function checkSecret(token: string): void {
  if (token.length > LONGEST_SECRET) throw badRequest("secret token is too long");
  if (!/^[\w-]*$/.test(token)) throw badRequest("secret token contains unallowed characters");
}

/** HTTPS on one of four ports. Plain HTTP and any port on this machine are allowed: that is what a stand-in is for. */
function checkUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw badRequest("invalid webhook URL specified");
  if (LOOPBACK.has(parsed.hostname)) return;
  if (parsed.protocol !== "https:") throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
  if (!PORTS.has(parsed.port)) {
    throw badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
  }
}
