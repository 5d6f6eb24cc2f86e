import { z } from "zod";
import { ApiError } from "../api-error.ts";
import { TIERS } from "../limits.ts";
import { type Person, personOf, type Workspace } from "../workspace.ts";
import { flag, method, type Method, required } from "./method.ts";

const authTest = method({
  scope: null,
  perMinute: TIERS.special,
  args: z.object({}),
  run: ({ app, team }) => ({
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: app.name,
    team_id: team.id,
    user_id: app.userId,
    bot_id: app.botId,
    is_enterprise_install: false,
  }),
});

const info = method({
  scope: "users:read",
  perMinute: TIERS.t4,
  args: z.object({ user: required, include_locale: flag.optional() }),
  run(workspace, args) {
    const person = personOf(workspace, args.user);
    if (!person) throw new ApiError("user_not_found");
    const locale = args.include_locale === true ? { locale: person.locale ?? "en-US" } : {};
    return { user: { ...userObject(workspace, person), ...locale } };
  },
});

function userObject({ team }: Workspace, person: Person): Record<string, unknown> {
  const realName = person.realName ?? person.name;
  const teamId = person.teamId ?? team.id;
  return {
    id: person.id,
    team_id: teamId,
    name: person.name,
    real_name: realName,
    deleted: person.deleted === true,
    tz: "Asia/Yerevan",
    tz_label: "Armenia Standard Time",
    tz_offset: 14_400,
    profile: { real_name: realName, display_name: person.name, team: teamId },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.isRestricted === true || person.isUltraRestricted === true,
    is_ultra_restricted: person.isUltraRestricted === true,
    is_bot: person.isBot === true,
    is_app_user: false,
    // Present only for people of another company.
    ...(teamId === team.id ? {} : { is_stranger: true }),
    updated: 1_700_000_000,
  };
}

export const users: Readonly<Record<string, Method>> = {
  "auth.test": authTest,
  "users.info": info,
};
