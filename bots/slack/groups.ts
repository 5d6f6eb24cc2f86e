import { type WebClient, type WebClientOptions, WebAPIRateLimitedError } from "@slack/web-api";
import { z } from "zod";
import type { Policy } from "../../domain/policy.ts";
import type { Desk } from "../desk.ts";
import { codeOf } from "./refused.ts";

export type Groups = ReturnType<typeof createSlackGroups>;

type SlackGroupsOptions = {
  readonly client: WebClient;
  /** The workspace where the app is installed: groups of others cannot be asked for and hold nobody. */
  readonly team: string;
  /** Only the groups that its roles name are asked for. */
  readonly policy: Pick<Policy, "roles">;
  readonly logger: Pick<NonNullable<WebClientOptions["logger"]>, "warn">;
  readonly now?: () => number;
};

type Known = { readonly users: Promise<readonly string[]>; readonly until: number };

/** How long Slack's list of a group is believed: someone who was removed from it waits no longer than this. */
const BELIEVED_MS = 60_000;

const GROUP = /^slack-group:(?<team>\w+):(?<id>\w+)$/;

const answer = z.object({ users: z.array(z.string()) });

/** The user groups that hold a person, of those a policy names: `slack-group:T1:S1`. Where it names none nothing is asked. */
export function createSlackGroups({ client, team, policy, logger, now = Date.now }: SlackGroupsOptions) {
  const known = new Map<string, Known>();
  const groups = groupsNamedIn(policy);
  const ours = groups.filter((group) => group.team === team);
  for (const { entry } of groups.filter((group) => group.team !== team)) {
    logger.warn(
      `The policy gives a role to ${entry}, which is not of the installed workspace ${team}: it holds nobody.`,
    );
  }

  /** Believed from the moment it is asked, so that people who come at once ask once. */
  const usersOf = (id: string): Promise<readonly string[]> => {
    const remembered = known.get(id);
    if (remembered && remembered.until > now()) return remembered.users;
    const users = ask(client, id).catch((error: unknown) => {
      known.set(id, { users: NOBODY, until: now() + waitOf(error) });
      logger.warn(
        `Slack did not say who is in the user group ${id} (${reasonOf(error)}): nobody is taken to be in it.`,
      );
      return NOBODY;
    });
    known.set(id, { users, until: now() + BELIEVED_MS });
    return users;
  };

  return {
    /** As the policy writes them. Never fails: a group that Slack says nothing of holds nobody, and the log says so. */
    async holding(user: string): Promise<readonly string[]> {
      const holds = await Promise.all(ours.map(async ({ id }) => (await usersOf(id)).includes(user)));
      return ours.filter((_group, at) => holds[at]).map(({ entry }) => entry);
    },
  };
}

/** A desk that is told of everybody who asks which groups hold them now. */
export const inGroups =
  (desk: Desk, groups: Groups): Desk =>
  async (request) =>
    desk({ ...request, by: { ...request.by, groups: await groups.holding(request.by.userId) } });

const NOBODY: Promise<readonly string[]> = Promise.resolve([]);

type Group = { readonly entry: string; readonly team: string; readonly id: string };

function groupsNamedIn({ roles }: Pick<Policy, "roles">): readonly Group[] {
  return [...new Set(Object.values(roles).flat())].flatMap((entry) => {
    const { team, id } = GROUP.exec(entry)?.groups ?? {};
    return team === undefined || id === undefined ? [] : [{ entry, team, id }];
  });
}

const ask = async (client: WebClient, usergroup: string): Promise<readonly string[]> =>
  answer.parse(await client.usergroups.users.list({ usergroup })).users;

/** Slack says when it may be asked again after too many calls; after any other failure it is asked the next time. */
const waitOf = (error: unknown): number => (error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : 0);

const REASONS: Readonly<Record<string, string>> = {
  missing_scope: "the app lacks the scope usergroups:read, install it again with it",
  no_such_subteam: "there is no such group or it is disabled, correct the policy",
  plan_upgrade_required: "the workspace's plan has no user groups, list persons instead",
};

function reasonOf(error: unknown): string {
  if (error instanceof WebAPIRateLimitedError) return `it asked to wait ${error.retryAfter} s`;
  const code = codeOf(error);
  if (code === undefined) return "it gave no answer that can be read";
  return REASONS[code] ?? (/^[a-z_]+$/.test(code) ? code : "its answer could not be read");
}
