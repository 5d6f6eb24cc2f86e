import { describe, expect, test } from "vitest";
import type { AccountAct, SlackPerson } from "../../bots/desk.ts";
import { whoIs } from "../../bots/slack/asker.ts";
import { createSlackPeople } from "../../bots/slack/people.ts";
import type { TelegramAccounts } from "../../bots/slack/telegram-account.ts";
import { slackWorld as slackClientWorld } from "../sandbox/slack-world.ts";
import { slackSpecPresent, slackViolations } from "../specs/slack-spec.ts";
import { slackWorld } from "./slack-story.ts";

const URL_OF_CODE = "https://t.me/paythread_bot?start=AbCdEfGhIjKlMnOpQrStUv";
const EVE = { userId: "U5ENG", channelId: "C1SALES" };

/** Slack, with somebody behind it who gives codes and ends `linked` accounts. */
async function world(linked = 1) {
  const invited: SlackPerson[] = [];
  const ended: [SlackPerson, AccountAct][] = [];
  const telegram: TelegramAccounts = {
    invite: async (person) => {
      invited.push(person);
      return URL_OF_CODE;
    },
    endAll: async (person, act) => {
      ended.push([person, act]);
      return linked;
    },
  };
  const slack = await slackWorld({ telegram });
  const types = async (text: string, who: { readonly userId: string; readonly channelId: string } = EVE) => {
    await slack.slack.command({ ...who, text });
    await slack.work();
  };
  return {
    ...slack,
    invited,
    ended,
    types,
    said: (user = EVE.userId) => slack.slack.ephemerals(user).at(-1)?.text ?? "",
  };
}

describe("a person of Slack links an account in Telegram", () => {
  test("the code is for their eyes alone, once and for 15 minutes, and the desk is not asked", async () => {
    await using there = await world();
    await there.types("telegram");
    expect(there.invited).toEqual([{ id: "slack:T0SANDBOX:U5ENG", name: "eve" }]);
    expect(there.said()).toContain(URL_OF_CODE);
    expect(there.said()).toMatch(/once, for 15 minutes/);
    expect(there.slack.messages("C1SALES")).toEqual([]);
    expect(there.requests).toEqual([]);
    expect(slackSpecPresent ? slackViolations(there.slack.wire()) : []).toEqual([]);
  });

  test("somebody of another company is linked as who they are, which gives them nothing", async () => {
    await using there = await world();
    await there.types("telegram", { userId: "U4OTHER", channelId: "C1SALES" });
    expect(there.invited).toEqual([{ id: "slack:T9OTHER:U4OTHER", name: "partner" }]);
  });

  test("whom Slack says nothing of gets no code", async () => {
    await using there = await world();
    there.slack.faults.add("users.info", { is: "http", status: 500 });
    await there.types("telegram");
    expect(there.invited).toEqual([]);
    expect(there.said()).toMatch(/could not be done/);
  });

  test.each([
    [1, /no longer linked to you/],
    [0, /No account in Telegram is linked/],
  ])("telegram off ends %i accounts, and says so", async (linked, says) => {
    await using there = await world(linked);
    await there.types("telegram off");
    expect(there.ended).toMatchObject([
      [{ id: "slack:T0SANDBOX:U5ENG" }, { key: expect.stringMatching(/^T0SANDBOX:/) }],
    ]);
    expect(there.said()).toMatch(says);
  });
});

describe("somebody speaks elsewhere in the name of a person of Slack", () => {
  test("they are who Slack says at this moment: a member, a guest, nobody any more", async () => {
    await using there = await slackClientWorld({
      people: [
        { id: "U1", name: "ani" },
        { id: "U2", name: "guest", isRestricted: true },
      ],
    });
    const people = createSlackPeople({ client: there.client, team: there.slack.team.id });
    const ask = (user: string) => whoIs(people, `slack:${there.slack.team.id}:${user}`);
    expect(await ask("U1")).toMatchObject({ asker: { userId: "U1", name: "ani", member: true }, locale: "en" });
    expect(await ask("U2")).toMatchObject({ asker: { member: false } });
    there.slack.deactivates("U1");
    expect(await ask("U1")).toBe("gone");
  });

  test("Slack is silent, or knows no such person: nothing is known", async () => {
    await using there = await slackClientWorld();
    const people = createSlackPeople({ client: there.client, team: there.slack.team.id });
    const [known, unknown] = ["U1ANI", "U9NOBODY"].map((user) => `slack:${there.slack.team.id}:${user}`);
    expect(await whoIs(people, known ?? "")).toMatchObject({ asker: { id: known } });
    there.slack.faults.add("users.info", { is: "http", status: 503 });
    expect(await whoIs(people, known ?? "")).toBeUndefined();
    expect(await whoIs(people, unknown ?? "")).toBeUndefined();
  });

  test("an id of another workspace is nobody here, whoever has that number", async () => {
    await using there = await slackClientWorld();
    const people = createSlackPeople({ client: there.client, team: there.slack.team.id });
    expect(await whoIs(people, "slack:T9ELSEWHERE:U1ANI")).toBe("gone");
  });
});
