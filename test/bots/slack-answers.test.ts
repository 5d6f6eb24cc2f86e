import { describe, expect, test } from "vitest";
import { sayAnswer } from "../../bots/slack/answers.ts";
import type { Answer } from "../../domain/desk.ts";
import type { Locale } from "../../domain/locale.ts";
import { sayMoney } from "../../domain/words/money.ts";
import { sayTime } from "../../domain/words/time.ts";
import { aCase, aLink, anInvoice, PAGE, slackWorld, TIME_ZONE } from "./slack-story.ts";

const invoice = anInvoice();
const link = aLink();
const refused: Answer = { kind: "refused", because: "not_allowed", who: "Mariam", invoiceName: "INV-1042" };
const alreadyIssued: Answer = { kind: "issued", invoice, link, already: true, unheeded: [] };
const HELPED = { userId: "U5ENG", channelId: "C1SALES", text: "INV-1042" };

describe("every answer of the desk has its words", () => {
  const say = (answer: Answer) =>
    sayAnswer(answer, { locale: "en", timeZone: TIME_ZONE, pageUrl: () => PAGE })?.text ?? null;
  const entry = { position: 1, actor: link.issuedBy, at: link.issuedAt, requestId: "r" };

  const STORIES: { [Kind in Answer["kind"]]: [Extract<Answer, { kind: Kind }>, string | null] } = {
    issued: [alreadyIssued, "already issued by Ani"],
    sent: [{ kind: "sent", invoice, link }, "on its way"],
    invited: [{ kind: "invited", invoice, link, url: "https://t.me/bot?start=x" }, "https://t.me/bot?start=x"],
    copied: [{ kind: "copied", invoice, link, url: PAGE }, PAGE],
    cancelled: [{ kind: "cancelled", invoice, link }, "INV-1042 is cancelled"],
    reissued: [{ kind: "reissued", invoice, link, sent: true }, "replaced by a new one"],
    resolved: [
      {
        kind: "resolved",
        invoice,
        case: aCase({ state: "resolved", resolution: { action: "apply", reason: "agreed", by: "Ani" } }),
        proposed: false,
      },
      "Ani: apply to the invoice (“agreed”)",
    ],
    rehearsed: [
      { kind: "rehearsed", invoiceName: "INV-1042", facts: [{ is: "link_expired", link: "l" }], no: null, stays: null },
      "link expired (rule 4)",
    ],
    verified: [{ kind: "verified", invoice, answered: true }, "Awaiting payment"],
    why: [{ kind: "why", invoice, entries: [{ ...entry, fact: { is: "link_issued", link } }] }, "Ani"],
    list: [{ kind: "list", invoices: [invoice] }, "INV-1042 · AMD 15,000 · Awaiting payment · Karen"],
    cases: [{ kind: "cases", cases: [{ invoice, case: aCase() }] }, "• The CRM changed the amount of INV-1042"],
    refused: [refused, "Mariam"],
  };

  test.each(Object.entries(STORIES))("%s", (_kind, [answer, words]) => {
    expect(say(answer)?.replaceAll("\u00a0", " ")).toContain(words);
  });

  test("a new link is answered by its card alone", () => {
    expect(say({ kind: "issued", invoice, link, already: false, unheeded: [] })).toBeNull();
  });

  test("nothing to list and no answer from the provider are said too", () => {
    expect(say({ kind: "list", invoices: [] })).toContain("no open payment links");
    expect(say({ kind: "cases", cases: [] })).toContain("no open cases");
    expect(say({ kind: "verified", invoice, answered: false })).toContain("has not answered");
  });
});

describe("the link was issued before", () => {
  test("the one who asks gets the same card with its buttons, and is led to where it stands", async () => {
    await using world = await slackWorld({ answer: () => alreadyIssued });
    await world.notifier.card(invoice, link, { url: PAGE, repeat: false });
    await world.slack.command(HELPED);
    await world.work();
    const [answer] = world.slack.ephemerals("U5ENG");
    const blocks = JSON.stringify(answer?.blocks);
    expect(answer?.text).toContain("already issued by Ani");
    expect(blocks).toContain("https://sandbox.slack.com/archives/C1SALES/p");
    expect(blocks).toContain("paylink.send");
    expect(blocks).toContain("Request id: ");
  });
});

describe("a link of another amount or deadline was asked for than the one there is", () => {
  const asked: Answer = { ...alreadyIssued, unheeded: ["part", "expires"] };

  test.each<[Locale, string]>([
    ["en", "“part”, “expires”"],
    ["ru", "«part», «expires»"],
    ["hy", "«part», «expires»"],
  ])("in %s it is said that it stays, what it is, and how to get another", (locale, words) => {
    const text = sayAnswer(asked, { locale, timeZone: TIME_ZONE, pageUrl: () => PAGE })?.text ?? "";
    expect(text).toContain(sayMoney(link.amount, locale).replaceAll("\u00a0", " "));
    expect(text).toContain(sayTime(link.expiresAt, locale, TIME_ZONE));
    expect(text).toContain(words);
    expect(text).toContain("/paylink cancel INV-1042");
    expect(text).toContain("/paylink reissue INV-1042");
  });
});

describe("who asks is read from Slack every time it matters", () => {
  test.each([
    ["U1ANI", true],
    ["U3GUEST", false],
    ["U4OTHER", false],
  ])("%s is a member: %s", async (userId, member) => {
    await using world = await slackWorld();
    await world.slack.command({ ...HELPED, userId });
    await world.work();
    expect(world.requests).toMatchObject([{ by: { userId, member } }]);
  });

  test("a partner's id carries their own workspace, so that it is never taken for one of ours", async () => {
    await using world = await slackWorld();
    await world.slack.command({ ...HELPED, userId: "U4OTHER" });
    await world.work();
    expect(world.requests[0]?.by.id).toBe("slack:T9OTHER:U4OTHER");
  });

  test("when Slack cannot say, nobody is a member; it is asked again the next time", async () => {
    await using world = await slackWorld();
    world.slack.faults.add("users.info", { is: "http", status: 500 });
    await world.slack.command(HELPED);
    await world.work();
    await world.slack.command(HELPED);
    await world.work();
    expect(world.requests.map(({ by }) => by.member)).toEqual([false, true]);
  });

  test("within a minute Slack is asked once", async () => {
    await using world = await slackWorld();
    for (const text of ["list", "cases"]) await world.slack.command({ ...HELPED, text });
    await world.work();
    expect(world.calls("users.info")).toHaveLength(1);
  });
});

describe("the app may not speak where it was asked", () => {
  const elsewhere = { ...HELPED, channelId: "C2UNJOINED" };

  test("the answer comes through the response address", async () => {
    await using world = await slackWorld({ answer: () => refused });
    await world.slack.command(elsewhere);
    await world.work();
    expect(world.slack.ephemerals("U5ENG")).toMatchObject([{ channelId: "C2UNJOINED" }]);
  });

  test("when that address no longer works, it comes as a direct message", async () => {
    await using world = await slackWorld({ answer: () => refused });
    world.slack.faults.add("response_url", { is: "http", status: 404 });
    await world.slack.command(elsewhere);
    await world.work();
    expect(world.slack.messages("D5ENG")).toMatchObject([{ text: expect.stringContaining("Mariam") }]);
  });

  test("an address that is not Slack's is never written to", async () => {
    await using world = await slackWorld({ answer: () => refused });
    await world.slack.command(elsewhere);
    const [{ body } = { body: {} }] = world.kept.values();
    const forged = world.slack.apiUrl.replace("127.0.0.1", "localhost");
    await world.handler.handle({ ...Object(body), responseUrl: forged });
    expect(world.slack.wire().filter(({ kind }) => kind === "response_url")).toEqual([]);
    expect(world.slack.messages("D5ENG")).toHaveLength(1);
  });
});

describe("the worker gives up", () => {
  test("the person is told that it could not be done, in their language when it is known", async () => {
    await using world = await slackWorld();
    await world.slack.command(HELPED);
    const [kept] = world.kept.values();
    await world.handler.giveUp(kept?.body);
    expect(world.slack.ephemerals("U5ENG")).toMatchObject([{ text: expect.stringContaining("could not be done") }]);
  });
});
