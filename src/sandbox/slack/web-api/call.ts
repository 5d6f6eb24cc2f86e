import { ApiError, RateLimited } from "../api-error.ts";
import type { Workspace } from "../workspace.ts";
import { chat } from "./chat.ts";
import { conversations } from "./conversations.ts";
import { type Form, type Method, needScope } from "./method.ts";
import { usergroups } from "./usergroups.ts";
import { users } from "./users.ts";
import { views } from "./views.ts";

const METHODS: Readonly<Record<string, Method>> = { ...chat, ...conversations, ...usergroups, ...users, ...views };

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
};

/** One call of the Web API: who asks, may they, how often, with what; then the method itself. */
export function call(workspace: Workspace, name: string, token: string | null, form: Form): Reply {
  try {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (!method) throw new ApiError("unknown_method", [], { req_method: name });
    if (token === null) throw new ApiError("not_authed");
    if (token !== workspace.setup.botToken) throw new ApiError("invalid_auth");
    workspace.rates.spend(`${workspace.team.id} ${name}`, { perMinute: method.perMinute, burst: method.perMinute });
    if (method.scope !== null) needScope(workspace, method.scope);
    const body = { ok: true, ...method.run(workspace, form) };
    return { status: 200, headers: scopeHeaders(workspace), body };
  } catch (error) {
    return refusal(workspace, error);
  }
}

function refusal(workspace: Workspace, error: unknown): Reply {
  if (error instanceof RateLimited) return tooManyCalls(error.retryAfterSeconds);
  if (!(error instanceof ApiError)) throw error;
  const details = error.details.length > 0 ? { response_metadata: { messages: error.details } } : {};
  const known = error.code !== "invalid_auth" && error.code !== "not_authed";
  return {
    status: 200,
    headers: known ? scopeHeaders(workspace) : {},
    body: { ok: false, error: error.code, ...error.extra, ...details },
  };
}

export function tooManyCalls(seconds: number): Reply {
  return { status: 429, headers: { "retry-after": String(seconds) }, body: { ok: false, error: "ratelimited" } };
}

function scopeHeaders({ scopes }: Workspace): Record<string, string> {
  return { "x-oauth-scopes": scopes.join(",") };
}
