import { z } from "zod";
import { ApiError } from "../api-error.ts";
import { TIERS } from "../limits.ts";
import { flag, method, type Method, required } from "./method.ts";

/** What Slack answers of a disabled group is not documented: without `include_disabled` it is taken not to be there. */
const groupMembers = method({
  scope: "usergroups:read",
  perMinute: TIERS.t2,
  args: z.object({ usergroup: required, include_disabled: flag.optional() }),
  run({ setup }, args) {
    const group = setup.userGroups?.find(({ id }) => id === args.usergroup);
    if (!group || (group.disabled === true && args.include_disabled !== true)) throw new ApiError("no_such_subteam");
    return { users: [...group.users] };
  },
});

export const usergroups: Readonly<Record<string, Method>> = { "usergroups.users.list": groupMembers };
