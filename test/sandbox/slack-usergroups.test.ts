import { describe, expect, test } from "vitest";
import { slackSpecPresent, slackViolations } from "../specs/slack-spec.ts";
import { clientOf, errorOf, slackWorld, type World } from "./slack-world.ts";

const listOf = ({ client }: World, usergroup: string, more: { include_disabled?: boolean } = {}) =>
  client.usergroups.users.list({ usergroup, ...more });

describe("the app asks who is in a user group", () => {
  test("it is told, as the group is at that moment", async () => {
    const group = { id: "S1LEADS", handle: "leads", users: ["U1ANI"] };
    await using world = await slackWorld({ userGroups: [group] });
    expect(await listOf(world, "S1LEADS")).toMatchObject({ users: ["U1ANI"] });
    group.users = ["U2BORIS"];
    expect(await listOf(world, "S1LEADS")).toMatchObject({ users: ["U2BORIS"] });
  });

  test("a group that is not there is refused, and one that is disabled unless it is asked for", async () => {
    const off = { id: "S2OFF", handle: "off", users: ["U1ANI"], disabled: true };
    await using world = await slackWorld({ userGroups: [off] });
    expect(await errorOf(listOf(world, "S0"))).toBe("no_such_subteam");
    expect(await errorOf(listOf(world, "S2OFF"))).toBe("no_such_subteam");
    expect(await listOf(world, "S2OFF", { include_disabled: true })).toMatchObject({ users: ["U1ANI"] });
  });

  test("an app without the scope is refused, and so is a call that names no group or asks for more", async () => {
    await using world = await slackWorld({ scopes: ["users:read"] });
    expect(await errorOf(listOf(world, "S1LEADS"))).toBe("missing_scope");
    await using granted = await slackWorld();
    expect(await errorOf(listOf(granted, ""))).toBe("invalid_arguments");
    expect(await errorOf(granted.client.apiCall("usergroups.users.list"))).toBe("missing_argument");
    const more = { usergroup: "S1LEADS", cursor: "x" };
    expect(await errorOf(granted.client.apiCall("usergroups.users.list", more))).toBe("invalid_arguments");
    const stranger = clientOf(granted.slack, "xoxb-another");
    expect(await errorOf(stranger.usergroups.users.list({ usergroup: "S1LEADS" }))).toBe("invalid_auth");
  });

  test.skipIf(!slackSpecPresent)("calls and answers fit Slack's published contract", async () => {
    await using world = await slackWorld();
    await listOf(world, "S1LEADS", { include_disabled: true });
    await errorOf(listOf(world, "S0"));
    expect(world.slack.wire()).toHaveLength(2);
    expect(slackViolations(world.slack.wire())).toEqual([]);
  });
});
