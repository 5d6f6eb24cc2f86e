import { z } from "zod";
import { ApiError } from "../api-error.ts";
import type { Workspace } from "../workspace.ts";

export type Form = Readonly<Record<string, string>>;

export type Method = {
  /** The scope every call needs; null when none, or when it depends on the conversation. */
  readonly scope: string | null;
  readonly perMinute: number;
  run(workspace: Workspace, form: Form): Record<string, unknown>;
};

/** A method with its arguments written down: what is not among them is refused. */
export function method<Arguments extends z.ZodObject>(spec: {
  readonly scope: string | null;
  readonly perMinute: number;
  readonly args: Arguments;
  readonly run: (workspace: Workspace, args: z.output<Arguments>) => Record<string, unknown>;
}): Method {
  // The SDK adds `team_id` to every call of an app that serves several workspaces; Slack takes it everywhere.
  const args = z.strictObject({ team_id: z.string().optional(), ...spec.args.shape });
  return {
    scope: spec.scope,
    perMinute: spec.perMinute,
    run: (workspace, form) => {
      const checked = args.safeParse(form);
      if (!checked.success) throw refusal(checked.error, form);
      return spec.run(workspace, spec.args.parse(withoutTeam(form, spec.args)));
    },
  };
}

function withoutTeam(form: Form, args: z.ZodObject): Form {
  return Object.fromEntries(Object.entries(form).filter(([name]) => name in args.shape));
}

function refusal(error: z.ZodError, form: Form): ApiError {
  const missing = error.issues.filter(({ path }) => path.length > 0 && !(String(path[0]) in form));
  if (missing.length > 0) {
    return new ApiError(
      "missing_argument",
      missing.map(({ path }) => `[ERROR] missing required field: ${path.join("/")}`),
    );
  }
  return new ApiError(
    "invalid_arguments",
    error.issues.map(({ message, path }) => `[ERROR] ${message} ${path.join("/")}`),
  );
}

/** Refuses the call when the app was not granted this scope. */
export function needScope({ scopes }: Workspace, needed: string): void {
  if (!scopes.includes(needed)) {
    throw new ApiError("missing_scope", [], { needed, provided: scopes.join(",") });
  }
}

/** Arguments travel as form fields, so every one of them is a text. */
export const flag = z.enum(["true", "false", "1", "0"]).transform((value) => value === "true" || value === "1");
export const count = z.string().regex(/^\d+$/).transform(Number);
export const text = z.string();
export const required = z.string().min(1);
