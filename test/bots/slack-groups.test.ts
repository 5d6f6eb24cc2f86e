import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Desk } from "../../bots/desk.ts";
import { createSlackGroups, inGroups } from "../../bots/slack/groups.ts";
import { createSlackHandler } from "../../bots/slack/handle.ts";
import { createSlackPeople } from "../../bots/slack/people.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { mayNot } from "../../domain/rights.ts";
import type { Fault } from "../../src/sandbox/slack/faults.ts";
import type { Setup, UserGroup } from "../../src/sandbox/slack/workspace.ts";
import { owed } from "../domain/story.ts";
import { movableClock, slackWorld } from "../sandbox/slack-world.ts";
import { slackSpecPresent, slackViolations } from "../specs/slack-spec.ts";
import { letterbox, NO_TELEGRAM, PAGE, TIME_ZONE } from "./slack-story.ts";

const LIST = "usergroups.users.list";
const LEADS = "slack-group:T0SANDBOX:S1LEADS";

type Story = Partial<Setup> & { readonly leads?: readonly string[]; readonly users?: string[] };

/** A workspace whose policy gives the role of a lead to `leads`; its one group holds `users`. */
async function workspace({ leads = [LEADS], users = ["U2BORIS"], ...setup }: Story = {}) {
  const time = movableClock();
  const userGroups: UserGroup[] = [{ id: "S1LEADS", handle: "leads", users }];
  const world = await slackWorld({ userGroups, clock: time.clock, ...setup });
  const { client, slack } = world;
  const now = () => time.clock().getTime();
  const log: string[] = [];
  const logger = { warn: (...words: unknown[]) => void log.push(words.join(" ")) };
  const policy = { ...DEFAULT_POLICY, roles: { ...DEFAULT_POLICY.roles, lead: leads } };
  const groups = createSlackGroups({ client, team: slack.team.id, policy, logger, now });
  const heard: string[] = [];
  const desk: Desk = async ({ by }) => {
    const no = mayNot(by, "send", owed(), policy);
    heard.push(no?.because ?? "may");
    return no ? { kind: "refused", invoiceName: "INV-1042", ...no } : { kind: "list", invoices: [] };
  };
  const handler = createSlackHandler({
    client,
    people: createSlackPeople({ client, team: slack.team.id, now }),
    desk: inGroups(desk, groups),
    letterbox: letterbox(),
    telegram: NO_TELEGRAM,
    timeZone: TIME_ZONE,
    pageUrl: () => PAGE,
    slackApiUrl: slack.apiUrl,
  });
  const said = { key: "k", team: slack.team.id, channel: "C1SALES", userName: "", thread: null };
  const value = JSON.stringify({ link: "it", invoice: "invoice:INV-1042" });

  return {
    ...world,
    log,
    pass: time.pass,
    /** The person presses *Send* on the card of an invoice that is Ani's; what the rules say of it. */
    async presses(user: string): Promise<string | undefined> {
      const press = { kind: "press", ...said, user, actionId: "paylink.send", value, responseUrl: "", triggerId: "" };
      await handler.handle(press);
      return heard.at(-1);
    },
    asks: async (user: string, text: string) => handler.handle({ kind: "mention", ...said, user, text }),
    asked: () => slack.wire().filter(({ name }) => name === LIST),
  };
}

describe("a role is given to a Slack user group", () => {
  test("whom the group holds may do what the role may, whom it does not hold may not", async () => {
    await using world = await workspace();
    expect(await world.presses("U2BORIS")).toBe("may");
    expect(await world.presses("U1ANI")).toBe("not_allowed");
    expect(world.log).toEqual([]);
  });

  test("the refusal is told to the one who pressed, like every other", async () => {
    await using world = await workspace();
    await world.presses("U1ANI");
    expect(world.slack.ephemerals("U1ANI")).toMatchObject([{ channelId: "C1SALES" }]);
  });

  test("whoever is taken out of it may for a minute at most; whoever is put into it may after a minute", async () => {
    const users = ["U2BORIS"];
    await using world = await workspace({ users });
    expect(await world.presses("U2BORIS")).toBe("may");
    users.splice(0, 1, "U1ANI");
    world.pass(59_999);
    expect(await world.presses("U2BORIS")).toBe("may");
    world.pass(1);
    expect(await world.presses("U2BORIS")).toBe("not_allowed");
    expect(await world.presses("U1ANI")).toBe("may");
  });

  test("within a minute Slack is asked once, also for people who come together", async () => {
    await using world = await workspace();
    await Promise.all(["U2BORIS", "U1ANI"].map((user) => world.presses(user)));
    await world.presses("U1ANI");
    expect(world.asked()).toMatchObject([{ request: { usergroup: "S1LEADS" } }]);
  });

  test("a guest and a partner may nothing, even when it holds them", async () => {
    await using world = await workspace({ users: ["U3GUEST", "U4OTHER"] });
    expect(await world.presses("U3GUEST")).toBe("not_a_member");
    expect(await world.presses("U4OTHER")).toBe("not_a_member");
  });

  test("when Slack does not say who somebody is, they are nobody's member and no group helps", async () => {
    await using world = await workspace();
    world.slack.faults.add("users.info", { is: "http", status: 500 });
    expect(await world.presses("U2BORIS")).toBe("not_a_member");
    expect(await world.presses("U2BORIS")).toBe("may");
  });

  test("words that ask for nothing do not ask for groups", async () => {
    await using world = await workspace();
    await world.asks("U2BORIS", "help");
    expect(world.asked()).toEqual([]);
  });
});

describe("the policy names no group that could be asked for", () => {
  test("persons alone: nothing is asked, nothing is logged", async () => {
    await using world = await workspace({ leads: ["slack:T0SANDBOX:U2BORIS"] });
    expect(await world.presses("U2BORIS")).toBe("may");
    expect(await world.presses("U1ANI")).toBe("not_allowed");
    expect(world.asked()).toEqual([]);
    expect(world.log).toEqual([]);
  });

  test("a group of another workspace holds nobody and is not asked for; the log says so at once", async () => {
    await using world = await workspace({ leads: ["slack-group:T9OTHER:S1LEADS"] });
    expect(world.log).toEqual([expect.stringMatching(/slack-group:T9OTHER:S1LEADS.* holds nobody\.$/)]);
    expect(await world.presses("U2BORIS")).toBe("not_allowed");
    expect(world.asked()).toEqual([]);
  });
});

describe("Slack does not say who is in the group", () => {
  test.each<[Fault, string]>([
    [{ is: "http", status: 500 }, "no answer that can be read"],
    [{ is: "hang" }, "no answer that can be read"],
    [{ is: "broken_json" }, "could not be read"],
    [{ is: "error", code: "internal_error" }, "internal_error"],
    [{ is: "error", code: "plan_upgrade_required" }, "list persons instead"],
  ])("%j: nobody is in it, the log says so, and Slack is asked again at the next press", async (fault, because) => {
    await using world = await workspace();
    world.slack.faults.add(LIST, fault);
    expect(await world.presses("U2BORIS")).toBe("not_allowed");
    expect(world.log).toEqual([
      expect.stringMatching(`^Slack did not say .* S1LEADS .*${because}.*: nobody is taken to be in it\\.$`),
    ]);
    expect(await world.presses("U2BORIS")).toBe("may");
    expect(world.log).toHaveLength(1);
  });

  test("what it said more than a minute ago no longer counts", async () => {
    await using world = await workspace();
    expect(await world.presses("U2BORIS")).toBe("may");
    world.pass(60_000);
    world.slack.faults.add(LIST, { is: "http", status: 503 });
    expect(await world.presses("U2BORIS")).toBe("not_allowed");
  });

  test("people who are listed by themselves, and those whom another group holds, do not feel it", async () => {
    const userGroups = ["S1LEADS", "S2HEADS"].map((id) => ({ id, handle: id, users: ["U2BORIS"] }));
    const leads = [LEADS, "slack-group:T0SANDBOX:S2HEADS", "slack:T0SANDBOX:U1ANI"];
    await using world = await workspace({ leads, userGroups });
    world.slack.faults.add(LIST, { is: "http", status: 500 });
    expect(await world.presses("U2BORIS")).toBe("may");
    expect(await world.presses("U1ANI")).toBe("may");
    expect(world.log).toHaveLength(1);
  });

  test("it asks to wait: it is left alone until then", async () => {
    await using world = await workspace();
    world.slack.faults.add(LIST, { is: "rate_limited", retryAfterSeconds: 30 });
    expect(await world.presses("U2BORIS")).toBe("not_allowed");
    world.pass(29_999);
    expect(await world.presses("U2BORIS")).toBe("not_allowed");
    expect(world.asked()).toHaveLength(1);
    expect(world.log).toEqual([expect.stringContaining("30 s")]);
    world.pass(1);
    expect(await world.presses("U2BORIS")).toBe("may");
  });

  test.each<[string, Partial<Setup>, string]>([
    ["the group is not there", { userGroups: [] }, "correct the policy"],
    [
      "the group is disabled",
      { userGroups: [{ id: "S1LEADS", handle: "leads", users: ["U2BORIS"], disabled: true }] },
      "correct the policy",
    ],
    ["the app lacks the scope", { scopes: ["users:read", "chat:write"] }, "usergroups:read"],
  ])("%s: nobody is in it, and the log says what to do", async (_why, setup, todo) => {
    await using world = await workspace(setup);
    expect(await world.presses("U2BORIS")).toBe("not_allowed");
    expect(world.log).toEqual([expect.stringContaining(todo)]);
  });
});

describe.skipIf(!slackSpecPresent)("Slack's published contract", () => {
  test("calls fit it, those that are refused too", async () => {
    await using world = await workspace({ leads: [LEADS, "slack-group:T0SANDBOX:S0NOBODY"] });
    await world.presses("U2BORIS");
    await world.presses("U1ANI");
    expect(world.asked()).toHaveLength(3);
    expect(slackViolations(world.slack.wire())).toEqual([]);
  });

  test("the manifest asks for the scope that they need", () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL("../../slack-manifest.json", import.meta.url), "utf8"));
    const asked = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });
    expect(asked.parse(manifest).oauth_config.scopes.bot).toContain("usergroups:read");
  });
});
