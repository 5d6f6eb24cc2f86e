import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { z } from "zod";
import type { Exchange } from "../../src/sandbox/slack/wire.ts";

/** Slack's published contract, beside the project and not part of it: an outside opinion on what Slack accepts. */
const FOLDER = join(import.meta.dirname, "../../../shared/specs/slack");

/** False: the contract data is not on this machine; tests that need it are skipped. */
export const slackSpecPresent = existsSync(join(FOLDER, "methods"));

const json = z.record(z.string(), z.unknown());
const answer = z.looseObject({ ok: z.boolean(), error: z.string().optional() });
const methodFile = z.looseObject({
  args: z.looseObject({ properties: z.record(z.string(), json), required: z.array(z.string()).default([]) }),
  output: json.nullable(),
  errors: json,
  rate_limits: z.string(),
  examples: z.record(z.string(), z.looseObject({ example: answer })).default({}),
});
const manifestFile = z.looseObject({ _metadata: z.looseObject({ major_version: z.int() }) });

export type MethodSpec = z.infer<typeof methodFile>;
export type SlackAnswer = z.infer<typeof answer>;

/** Any method may return these; the published files mostly omit them. */
const GENERAL_ERRORS = new Set([
  "account_inactive",
  "access_denied",
  "fatal_error",
  "internal_error",
  "invalid_arg_name",
  "invalid_arguments",
  "invalid_array_arg",
  "invalid_auth",
  "invalid_charset",
  "invalid_form_data",
  "invalid_post_type",
  "method_deprecated",
  "missing_argument",
  "missing_post_type",
  "missing_scope",
  "no_permission",
  "not_allowed_token_type",
  "not_authed",
  "org_login_required",
  "ratelimited",
  "request_timeout",
  "service_unavailable",
  "team_access_not_granted",
  "team_added_to_org",
  "token_expired",
  "token_revoked",
]);

/** Declared as texts; what they hold is JSON of this kind. */
const JSON_TEXTS: Readonly<Record<string, "array" | "object">> = {
  blocks: "array",
  attachments: "array",
  metadata: "object",
};

/** The token travels in the header; the SDK adds `team_id` for apps that serve several workspaces. */
const ALWAYS_ALLOWED = new Set(["token", "team_id"]);

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, coerceTypes: true });
const compiled = new Map<string, ValidateFunction>();

/** Every way in which the app's calls, and the answers it got, differ from Slack's published contract. */
export function slackViolations(wire: readonly Exchange[]): string[] {
  return wire
    .filter(({ direction, kind }) => direction === "from_app" && kind === "web_api")
    .flatMap((exchange) => {
      const spec = methodSpec(exchange.name);
      if (!spec) return [`${exchange.name}: not a method of the published contract`];
      return [...argumentViolations(exchange, spec), ...answerViolations(exchange, spec)];
    });
}

export function methodSpec(name: string): MethodSpec | null {
  const file = join(FOLDER, "methods", `${name}.json`);
  if (!/^[\w.]+$/.test(name) || !existsSync(file)) return null;
  return methodFile.parse(JSON.parse(readFileSync(file, "utf8")));
}

function argumentViolations({ name, request }: Exchange, { args }: MethodSpec): string[] {
  const { properties, required } = args;
  const form = z.record(z.string(), z.string()).parse(request);
  const unknown = Object.keys(form).filter((key) => !(key in properties) && !ALWAYS_ALLOWED.has(key));
  const missing = required.filter((key) => key !== "token" && !(key in form));
  const unreadable: string[] = [];
  const values = Object.fromEntries(
    Object.entries(form).map(([key, text]) => {
      const wanted = JSON_TEXTS[key] ?? structureOf(properties[key]);
      if (wanted === null) return [key, text];
      const value = parse(text);
      if (kindOf(value) === wanted) return [key, key in JSON_TEXTS ? text : value];
      unreadable.push(`${key} is not a JSON ${wanted}`);
      return [key, undefined];
    }),
  );
  return [
    ...unknown.map((key) => `unknown argument ${key}`),
    ...missing.map((key) => `missing argument ${key}`),
    ...unreadable,
    ...mismatches(`${name} args`, { type: "object", properties }, values),
  ].map((violation) => `${name}: ${violation}`);
}

/** A broken answer of the stand-in (a fault a test ordered) is no answer to judge. */
function answerViolations({ name, response, status }: Exchange, spec: MethodSpec): string[] {
  if ((status !== 200 && status !== 429) || typeof response === "string") return [];
  return bodyViolations(name, answer.parse(response), spec);
}

export function bodyViolations(name: string, body: SlackAnswer, spec: MethodSpec): string[] {
  if (body.ok)
    return spec.output ? mismatches(`${name} output`, spec.output, body).map((one) => `${name}: ${one}`) : [];
  const documented = body.error !== undefined && (body.error in spec.errors || GENERAL_ERRORS.has(body.error));
  return documented ? [] : [`${name}: ${body.error} is not a documented error`];
}

function mismatches(key: string, schema: object, value: unknown): string[] {
  const validate = compiled.get(key) ?? ajv.compile(json.parse(withoutOneOf(schema)));
  compiled.set(key, validate);
  return validate(structuredClone(value)) ? [] : sentences(validate.errors);
}

/** The named schemas of a `oneOf` are not published, so each of them matches everything: `anyOf` is what can be told. */
function withoutOneOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutOneOf);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key === "oneOf" ? "anyOf" : key, withoutOneOf(value)]),
  );
}

function sentences(errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map(({ instancePath, message }) => `${instancePath || "the whole"} ${message}`);
}

function structureOf(schema: Readonly<Record<string, unknown>> | undefined): "array" | "object" | null {
  const { type, allOf } = schema ?? {};
  if (type === "array" || type === "object") return type;
  return (JSON.stringify(allOf) ?? "").includes('"type":"object"') ? "object" : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}

/** What Slack's manifest schema objects to. It checks shape and lengths, not the names of scopes and events. */
export function manifestViolations(manifest: unknown): string[] {
  const validator = new Ajv({ strict: false, allErrors: true });
  formats.default(validator);
  const schema = readFileSync(join(FOLDER, `manifest.schema.${majorVersion(manifest)}.0.0.json`), "utf8");
  const validate = validator.compile(json.parse(JSON.parse(schema)));
  return validate(manifest) ? [] : sentences(validate.errors);
}

function majorVersion(manifest: unknown): number {
  const { data } = manifestFile.safeParse(manifest);
  return data?.["_metadata"].major_version ?? 1;
}
