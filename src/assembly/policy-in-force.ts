import type { Policy } from "../../domain/policy.ts";
import type { Config } from "../config.ts";
import { readPolicy } from "../policy-file.ts";
import { CAST_ROLES } from "../sandbox/cast.ts";

type Settings = Pick<Config, "policyFile" | "timeZone" | "slack">;

/** The policy that a service with these settings runs with, and a command beside it. */
export const policyInForce = ({ policyFile, timeZone, slack }: Settings): Policy =>
  readPolicy(policyFile, timeZone, { cast: slack.is === "stand-in" ? CAST_ROLES : {} });

/** Where it comes from, for a person who reads it. */
export function sourceOf({ policyFile, slack }: Settings): string {
  if (policyFile !== null) return `It is POLICY_FILE ${policyFile}; what that leaves out is the default.`;
  return slack.is === "stand-in"
    ? "No POLICY_FILE is set: it is the default, with a role for the people of Slack's stand-in."
    : "No POLICY_FILE is set: it is the default.";
}
