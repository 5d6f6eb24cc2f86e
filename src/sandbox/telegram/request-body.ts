import { badRequest } from "./refusals.ts";

/** Parameters that hold an object or an array; they may also arrive as JSON in a string. */
const STRUCTURED = new Set([
  "reply_markup",
  "entities",
  "link_preview_options",
  "reply_parameters",
  "commands",
  "scope",
  "allowed_updates",
]);

/** Parameters that are numbers or yes and no; a form can only write them as text. */
const PLAIN = new Set([
  "message_id",
  "message_thread_id",
  "offset",
  "limit",
  "timeout",
  "max_connections",
  "cache_time",
  "show_alert",
  "disable_notification",
  "protect_content",
  "drop_pending_updates",
]);

type Params = Record<string, unknown>;
type Arrived = { readonly query: string; readonly body: string; readonly contentType: string };

/** The parameters of a call, from the address, a form or JSON. */
export function readParams({ query, body, contentType }: Arrived): Params {
  return { ...fromForm(query), ...fromBody(body, contentType) };
}

function fromBody(body: string, contentType: string): Params {
  if (body === "") return {};
  if (contentType.startsWith("application/json")) return fromJson(body);
  if (contentType.startsWith("application/x-www-form-urlencoded")) return fromForm(body);
  throw badRequest("this stand-in reads JSON and urlencoded forms only");
}

function fromJson(body: string): Params {
  const parsed = parsedJson(body);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw badRequest("can't parse JSON");
  const given = Object.entries(parsed).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, unwrapped(name, value)]));
}

const fromForm = (form: string): Params =>
  Object.fromEntries(
    [...new URLSearchParams(form)].map(([name, value]) => [
      name,
      PLAIN.has(name) ? (parsedJson(value) ?? value) : unwrapped(name, value),
    ]),
  );

const unwrapped = (name: string, value: unknown): unknown =>
  STRUCTURED.has(name) && typeof value === "string" ? (parsedJson(value) ?? value) : value;

/** Undefined when it is no JSON. */
function parsedJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
