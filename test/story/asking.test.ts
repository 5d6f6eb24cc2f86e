import { describe, expect, test } from "vitest";
import { buttonsOf, SALES } from "./managers.ts";
import { aTown, reachesTheCustomer } from "./town.ts";
import { PATIENT, until } from "./until.ts";

describe("one invoice is asked for more than once", PATIENT, () => {
  test("by two managers at the same moment: one link, one card, and the later one is shown where it stands", async () => {
    await using town = await aTown();
    const { ani, davit } = town;
    await Promise.all([ani.types("INV-1042"), davit.types("inv-1042"), ani.types("INV-1042 expires 5d")]);
    await town.card("INV-1042");
    await until(() => [...ani.whispers(), ...davit.whispers()].length).toBe(2);
    await town.settled();
    expect(town.cards("INV-1042")).toHaveLength(1);
    expect((await town.invoice("INV-1042")).links).toHaveLength(1);
    expect([...ani.whispers(), ...davit.whispers()].join()).toMatch(/already/i);
    expect(town.misspoken()).toEqual([]);
  });

  test("Slack delivers one command twice: nothing more happens", async () => {
    await using town = await aTown();
    const twice = { triggerId: "1111.2222.3333" };
    await Promise.all([town.ani.types("INV-1042", twice), town.ani.types("INV-1042", twice)]);
    await town.card("INV-1042");
    await town.settled();
    expect(await town.facts("INV-1042")).toEqual(["invoice_learned", "link_issued"]);
    expect(town.ani.whispers()).toEqual([]);
  });
});

describe("a link is sent more than once", PATIENT, () => {
  test("to a customer whose chat we know, pressed twice at once: one message, one send", async () => {
    await using town = await aTown();
    const { ani, davit, aram } = town;
    await reachesTheCustomer(town, "INV-1042");
    await ani.types("INV-1044");
    await town.card("INV-1044");
    await Promise.all([ani.presses("paylink.send", "INV-1044"), davit.presses("paylink.send", "INV-1044")]);
    await until(() => aram.reads().filter(({ text }) => text?.includes("INV-1044")).length).toBe(1);
    await until(() => [ani.last(), davit.last()].join()).toMatch(/only a short while ago/);
    await town.settled();
    const [link] = (await town.invoice("INV-1044")).links;
    expect(link?.sends.map(({ channel, outcome }) => [channel, outcome])).toEqual([["telegram", "sent"]]);
    expect(aram.reads().filter(({ text }) => text?.includes("INV-1044"))).toHaveLength(1);
    expect(town.misspoken()).toEqual([]);
  });

  test("again after ten minutes: a new message, and only the newest has the button", async () => {
    await using town = await aTown();
    await reachesTheCustomer(town, "INV-1042");
    await town.later(601);
    await town.ani.presses("paylink.send", "INV-1042");
    await until(() => town.aram.reads().length).toBe(2);
    await town.settled();
    expect(town.aram.payButtons()).toHaveLength(1);
    expect((await town.invoice("INV-1042")).links[0]?.sends).toHaveLength(3);
  });

  test("Start is pressed twice: the second changes nothing", async () => {
    await using town = await aTown();
    const { ani, aram } = town;
    await ani.types("INV-1042");
    await ani.presses("paylink.send", "INV-1042");
    const invitation = await ani.isGivenAnInvitation();
    aram.starts(invitation);
    aram.starts(invitation);
    await aram.isShownPay();
    await town.settled();
    expect(aram.reads()).toHaveLength(1);
    expect((await town.invoice("INV-1042")).links[0]?.sends).toHaveLength(2);
  });

  test("to a customer who turns out to have shut the bot out: the send says so, and one case tells it", async () => {
    await using town = await aTown();
    const { ani, telegram } = town;
    await reachesTheCustomer(town, "INV-1042");
    await town.later(601);
    const description = "Forbidden: bot was blocked by the user";
    telegram.faults.add("editMessageReplyMarkup", { is: "error", status: 403, description });
    await ani.presses("paylink.send", "INV-1042");
    const outcomes = async () => (await town.invoice("INV-1042")).links[0]?.sends.map(({ outcome }) => outcome);
    await until(outcomes).toEqual(["sent", "opened", "blocked"]);
    await until(() => town.thread("INV-1042").length).toBe(1);
    await until(() => town.ops().length).toBe(1);
    await town.settled();
    expect((await town.invoice("INV-1042")).cases).toMatchObject([{ kind: "delivery_failed", state: "open" }]);
    expect(town.thread("INV-1042")).toHaveLength(1);
  });

  test("to a customer of whom we know that: the manager is given an address to pass on", async () => {
    await using town = await aTown();
    const { ani, aram } = town;
    await reachesTheCustomer(town, "INV-1042");
    const before = await ani.isGivenAnInvitation();
    aram.blocksTheBot();
    const shutOut = () => town.rows("select 1 from chat_settings where not reachable");
    await until(async () => (await shutOut()).length).toBe(1);
    await ani.presses("paylink.send", "INV-1042");
    await until(() => ani.isGivenAnInvitation()).notToEqual(before);
    await town.settled();
    const { links, cases } = await town.invoice("INV-1042");
    expect(links[0]?.sends.map(({ channel }) => channel)).toEqual(["copy", "telegram", "copy"]);
    expect(cases).toEqual([]);
  });
});

describe("someone asks who may not, or for what is not there", PATIENT, () => {
  test("a guest is refused in private, and nothing is issued", async () => {
    await using town = await aTown();
    await town.guest.types("INV-1042");
    await until(() => town.guest.whispers().length).toBe(1);
    await town.settled();
    expect(town.cards("INV-1042")).toEqual([]);
    expect((await town.invoice("INV-1042")).links).toEqual([]);
  });

  test("a manager is refused another manager's invoice, and told whose it is", async () => {
    await using town = await aTown();
    await town.ani.types("INV-1045");
    await until(town.ani.last).toContain("Davit Hakobyan");
    expect((await town.invoice("INV-1045")).links).toEqual([]);
    await town.davit.types("INV-1045");
    await town.card("INV-1045");
    await town.ani.presses("paylink.cancel", "INV-1045");
    await until(() => town.ani.whispers().length).toBe(2);
    expect((await town.invoice("INV-1045")).links).toMatchObject([{ state: "active" }]);
  });

  test("another workspace is not spoken to", async () => {
    await using town = await aTown();
    const before = await town.counts();
    const heard = await town.ani.types("INV-1042", { teamId: "T0FOREIGN" });
    expect(heard.status).not.toBe(200);
    await town.settled();
    expect(await town.counts()).toEqual(before);
  });

  test("what cannot be done is told to the one who asked, with a reason and the request's id", async () => {
    await using town = await aTown();
    await town.owes("INV-1050", { state: "cancelled" });
    const answers = [
      ["INV-9999", /INV-9999/],
      ["INV-1042 part 999", /part/i],
      ["INV-1050", /cancelled/i],
      ["send INV-1042", /link/i],
      ["verify INV-1042", /nothing|no attempt|not/i],
    ] as const;
    for (const [at, [words, sentence]] of answers.entries()) {
      await town.ani.types(words);
      await until(() => town.ani.whispers().length).toBe(at + 1);
      expect(town.ani.last()).toMatch(sentence);
      expect(town.ani.last()).toContain("Request id");
    }
    await town.settled();
    expect(town.slack.messages(SALES)).toEqual([]);
  });

  test("help and slips of the pen are answered at once, and nothing is written down", async () => {
    await using town = await aTown();
    const before = await town.counts();
    const answers = [
      ["help", /paylink/],
      ["INV-1042 expires soon", /soon/],
      ["INV-1042 tomorrow", /tomorrow/],
      ["cancel", /invoice/i],
    ] as const;
    for (const [words, sentence] of answers) {
      const { status, body } = await town.ani.types(words);
      expect([words, status]).toEqual([words, 200]);
      expect(body).toMatch(sentence);
    }
    expect(await town.counts()).toEqual(before);
  });
});

describe("a manager cancels a link", PATIENT, () => {
  test("the card and the customer's message say so, and the page has no button any more", async () => {
    await using town = await aTown();
    const { ani, aram } = town;
    const page = await reachesTheCustomer(town, "INV-1042");
    await ani.types("cancel INV-1042 wrong customer");
    await until(aram.payButtons).toEqual([]);
    await until(() => buttonsOf(town.cards("INV-1042")[0] ?? { blocks: [] })).toEqual(["paylink.why"]);
    const { status } = await fetch(`${page}/pay`, { method: "POST", redirect: "manual" });
    expect(status).toBe(303);
    expect((await town.invoice("INV-1042")).attempts).toEqual([]);
    expect(town.misspoken()).toEqual([]);
  });
});

describe("a request to Slack's address is not what Slack has sent", PATIENT, () => {
  test("signed wrongly, too old, of the future or not at all: 401, and nothing is written down", async () => {
    await using town = await aTown();
    const before = await town.counts();
    for (const signature of ["wrong", "stale", "future", "none"] as const) {
      const { status, body } = await town.ani.types("INV-1042", { signature });
      expect([signature, status, body]).toEqual([signature, 401, ""]);
    }
    expect(await town.counts()).toEqual(before);
  });

  test("it was overheard and sent again: it is taken and does nothing", async () => {
    await using town = await aTown();
    await town.ani.types("INV-1042");
    await town.card("INV-1042");
    const pressed = await town.ani.presses("paylink.cancel", "INV-1042");
    await until(async () => (await town.invoice("INV-1042")).links[0]?.state).toBe("cancelled");
    await town.ani.types("INV-1042");
    await until(() => town.cards("INV-1042").length).toBe(2);
    await town.settled();
    const before = await town.counts();
    expect(await town.slack.replay(pressed.sent)).toMatchObject({ status: 200 });
    await town.settled();
    expect(await town.counts()).toEqual(before);
  });

  test("it is larger than anything honest: 413", async () => {
    await using town = await aTown();
    const body = "x".repeat(1024 * 1024 + 1);
    for (const path of ["/slack/events", "/webhooks/vpos", "/telegram/webhook"]) {
      const { status } = await fetch(`${town.address}${path}`, { method: "POST", body });
      expect([path, status]).toEqual([path, 413]);
    }
  });
});

describe("two customers have one invitation", PATIENT, () => {
  test("the first chat is the customer's; the second learns nothing, not even that it is known", async () => {
    await using town = await aTown();
    const { ani, aram, mariam } = town;
    await ani.types("INV-1042");
    await ani.presses("paylink.send", "INV-1042");
    const invitation = await ani.isGivenAnInvitation();
    aram.starts(invitation);
    await aram.isShownPay();
    mariam.starts(invitation);
    mariam.says("/start AAAAAAAAAAAAAAAAAAAAAA");
    await until(() => mariam.reads().length).toBe(2);
    const [known, unknown] = mariam.reads().map(({ text }) => text);
    expect(known).toBe(unknown);
    expect(mariam.payButtons()).toEqual([]);
  });
});
