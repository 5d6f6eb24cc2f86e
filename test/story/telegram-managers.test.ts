import { describe, expect, test } from "vitest";
import { MANAGER_CHATS } from "../../src/sandbox/cast.ts";
import type { TelegramSandbox } from "../../src/sandbox/telegram/telegram.ts";
import { aCity } from "./city.ts";
import { freePort } from "./process.ts";
import { aTown, type Town } from "./town.ts";
import { PATIENT, until } from "./until.ts";

const GROUP = Number(MANAGER_CHATS[0]);
const ANIS_PHONE = 374_101;
const A_STRANGER = 374_102;

/** The address for the customer. */
const INVITATION = /https:\/\/t\.me\/ararat_pay_bot\?start=[\w-]+/;

/** Somebody with Telegram, in the managers' group and in private with the bot. */
function phoneOf(telegram: TelegramSandbox, userId: number) {
  const en = { userId, languageCode: "en" };
  const said = (chat: number) => telegram.chat(chat).filter(({ from, deleted }) => from?.is_bot === true && !deleted);
  return {
    types: (text: string) => telegram.sends({ ...en, chatId: GROUP, text: `/paylink@ararat_pay_bot ${text}` }),
    writes: (text: string) => telegram.sends({ ...en, text }),
    opens: (url: string) => telegram.sends({ ...en, text: `/start ${new URL(url).searchParams.get("start") ?? ""}` }),
    /** A button of the first card in the group. */
    presses: (verb: string) => {
      const buttons = said(GROUP)[0]?.reply_markup?.inline_keyboard.flat() ?? [];
      const data = buttons.find(({ callback_data: of }) => of?.startsWith(`pl:${verb}:`))?.callback_data ?? "";
      return telegram.presses({ userId, chatId: GROUP, messageId: said(GROUP)[0]?.message_id ?? 0, data });
    },
    /** What the bot said in private. */
    reads: () => said(userId).map(({ text }) => text ?? ""),
    /** What the bot said in the group. */
    group: () => said(GROUP),
    groupTexts: () => said(GROUP).map(({ text }) => text ?? ""),
  };
}

/** Ani links her phone by a code from Slack. */
async function linked(town: Pick<Town, "telegram" | "ani">) {
  const phone = phoneOf(town.telegram, ANIS_PHONE);
  await town.ani.types("telegram");
  const url = await town.ani.isGivenAnInvitation();
  phone.opens(url);
  await until(() => phone.reads().at(-1)).toMatch(/now speaks for Ani Petrosyan/);
  return { phone, url };
}

const factsOfNone = (town: Town) =>
  town.rows<{ is: string; who: string }>(
    `select fact ->> 'is' as is, actor ->> 'id' as who from audit_entries
     where invoice_id is null and fact ->> 'is' like 'account%' order by position`,
  );

describe("a manager links a Telegram account from Slack and asks in the managers' group", PATIENT, () => {
  test("the card is a reply to the command; the audit says who, and that it came by Telegram", async () => {
    await using town = await aTown();
    const { phone } = await linked(town);
    const asked = phone.types("INV-1042").message;
    await until(() => phone.group().length).toBe(1);
    expect(phone.groupTexts()[0]).toMatch(/^INV-1042 · AMD.*\nStatus: /);
    expect(phone.group().map(({ reply_to_message: to }) => to?.message_id)).toEqual([asked.message_id]);
    await town.settled();
    const ani = { kind: "manager", id: "slack:T0ARARAT:U0ANI", name: "Ani Petrosyan", via: "telegram" };
    expect((await town.entries("INV-1042")).at(-1)).toMatchObject({ fact: { is: "link_issued" }, actor: ani });
    phone.types("why INV-1042");
    await until(() => phone.groupTexts().at(-1)).toContain("Ani Petrosyan (Telegram) · issued link");
    expect(await factsOfNone(town)).toEqual([{ is: "account_linked", who: "slack:T0ARARAT:U0ANI" }]);
    expect(town.misspoken()).toEqual([]);
  });

  test("the card's button sends, and the card follows until it is paid; Slack has no card of it", async () => {
    await using town = await aTown();
    const { phone } = await linked(town);
    phone.types("INV-1042");
    await until(() => phone.group().length).toBe(1);
    phone.presses("send");
    await until(() => phone.reads().at(-1)).toMatch(INVITATION);
    expect(phone.groupTexts().join()).not.toContain("?start=");
    town.aram.starts(INVITATION.exec(phone.reads().at(-1) ?? "")?.[0] ?? "");
    await town.aram.pays(await town.aram.isShownPay());
    await until(() => phone.groupTexts()[0]).toMatch(/Status: Paid/);
    expect(town.cards("INV-1042")).toEqual([]);
    expect(town.misspoken()).toEqual([]);
  });

  test("every update comes twice: one link, one card, one send", async () => {
    await using town = await aTown();
    const { phone } = await linked(town);
    town.telegram.redeliver(phone.types("INV-1042").updateId ?? 0);
    await until(() => phone.group().length).toBe(1);
    town.telegram.redeliver(phone.presses("send").updateId ?? 0);
    await until(() => phone.reads().at(-1)).toMatch(INVITATION);
    await town.settled();
    expect(await town.facts("INV-1042")).toEqual(["invoice_learned", "link_issued", "link_sent"]);
    expect(phone.group()).toHaveLength(2); // the card, and that the address was said in private
    expect(phone.reads()).toHaveLength(2);
  });

  test("asked in both chats at the same moment: one link, and both hear of it", async () => {
    await using town = await aTown();
    const { phone } = await linked(town);
    phone.types("INV-1042");
    await town.davit.types("INV-1042");
    await until(() => [...phone.groupTexts(), ...town.davit.whispers(), town.says("INV-1042")].join()).toMatch(
      /already/i,
    );
    await town.settled();
    expect((await town.invoice("INV-1042")).links).toHaveLength(1);
    expect(phone.groupTexts().length + town.davit.whispers().length + town.cards("INV-1042").length).toBe(2);
    expect(town.misspoken()).toEqual([]);
  });

  test("who is not linked learns how, and nothing is done", async () => {
    await using town = await aTown();
    const stranger = phoneOf(town.telegram, A_STRANGER);
    stranger.types("INV-1042");
    await until(() => stranger.groupTexts().at(-1)).toMatch(/not linked.*\/paylink telegram/s);
    await town.settled();
    expect(await town.counts()).toMatchObject({ links: 0 });
    expect(town.misspoken()).toEqual([]);
  });

  test("removed from Slack, the person may do nothing any more from the next command on", async () => {
    await using town = await aTown();
    const { phone } = await linked(town);
    phone.types("INV-1042");
    await until(() => phone.group().length).toBe(1);
    town.slack.deactivates("U0ANI");
    phone.types("cancel INV-1042 out of spite");
    await until(() => phone.reads().length).toBe(2);
    expect(phone.reads().at(-1)).toMatch(/Request id: telegram:/);
    await town.settled();
    expect((await town.invoice("INV-1042")).links[0]?.state).toBe("active");
    expect(phone.group()).toHaveLength(1);
    expect(town.misspoken()).toEqual([]);
  });
});

describe("a code that links an account", PATIENT, () => {
  test("works once: somebody else who opens it is told so and stays nobody", async () => {
    await using town = await aTown();
    const { url } = await linked(town);
    const stranger = phoneOf(town.telegram, A_STRANGER);
    stranger.opens(url);
    await until(() => stranger.reads().at(-1)).toMatch(/used before/);
    stranger.types("INV-1042");
    await until(() => stranger.groupTexts().at(-1)).toMatch(/not linked/);
    expect(await factsOfNone(town)).toHaveLength(1);
  });

  test("works for a quarter of an hour, and not after a fresh one was asked for", async () => {
    await using town = await aTown();
    const phone = phoneOf(town.telegram, ANIS_PHONE);
    await town.ani.types("telegram");
    const first = await town.ani.isGivenAnInvitation();
    await town.ani.types("telegram");
    await until(() => town.ani.whispers().length).toBe(2);
    phone.opens(first);
    await until(() => phone.reads().length).toBe(1);
    await town.later(15 * 60);
    phone.opens(await town.ani.isGivenAnInvitation());
    await until(() => phone.reads().length).toBe(2);
    expect(phone.reads().join("\n")).toMatch(/no longer good.*\n.*no longer good/);
    expect(await factsOfNone(town)).toEqual([]);
  });

  test("cannot be made up: a stranger hears what a customer with a wrong code hears", async () => {
    await using town = await aTown();
    const stranger = phoneOf(town.telegram, A_STRANGER);
    stranger.writes("/start AAAAAAAAAAAAAAAAAAAAAA");
    await until(() => stranger.reads().at(-1)).toMatch(/does not open an invoice/);
    stranger.writes("/paylink INV-1042");
    await until(() => stranger.reads().at(-1)).toMatch(/I send invoices with a Pay button/);
    stranger.writes("/unlink");
    await until(() => stranger.reads().at(-1)).toMatch(/I only understand commands/);
    expect(stranger.reads().join()).not.toMatch(/manager|slack/i);
  });
});

describe("the link of an account ends", PATIENT, () => {
  test("in the bot or from Slack; linked to somebody else, the newer replaces the older, and all of it is in the audit", async () => {
    await using town = await aTown();
    const { phone } = await linked(town);
    await town.davit.types("telegram");
    phone.opens(await town.davit.isGivenAnInvitation());
    await until(() => phone.reads().at(-1)).toMatch(/speaks for Davit Hakobyan, and no longer for Ani Petrosyan/);
    phone.writes("/unlink");
    await until(() => phone.reads().at(-1)).toMatch(/no longer speaks for Davit Hakobyan/);
    await town.ani.types("telegram off");
    await until(town.ani.last).toMatch(/No account in Telegram is linked to you/);
    await town.davit.types("telegram");
    await until(() => town.davit.whispers().length).toBe(2);
    phone.opens(await town.davit.isGivenAnInvitation());
    await until(() => phone.reads().at(-1)).toMatch(/now speaks for Davit/);
    await town.davit.types("telegram off");
    await until(town.davit.last).toMatch(/no longer linked to you/);
    const facts = await factsOfNone(town);
    expect(facts.map(({ is, who }) => `${is} ${who.split(":")[2]}`)).toEqual([
      "account_linked U0ANI",
      "account_unlinked U0DAVIT",
      "account_linked U0DAVIT",
      "account_unlinked U0DAVIT",
      "account_linked U0DAVIT",
      "account_unlinked U0DAVIT",
    ]);
    expect((await town.service.needs.books.verifyAudit()).broken).toEqual([]);
  });
});

describe("the service is killed with a manager's command in hand", PATIENT, () => {
  test("two copies that start afterwards do it once", async () => {
    await using city = await aCity();
    const settings = { TELEGRAM_MANAGER_CHATS: MANAGER_CHATS.join() };
    const first = await city.serviceStarts(settings);
    const customer = { id: "C-17", name: "Aram Sargsyan", language: "en" };
    const bill = { amount: "15000.00", currency: "AMD", purpose: "Ceramic tiles", customer };
    await city.api("PUT", "invoices/invoice/INV-2001", bill);
    const { phone } = await linked(city);
    city.slack.faults.add("users.info", { is: "hang" });
    phone.types("INV-2001");
    await until(() => city.slack.faults.left("users.info")).toBe(0);
    await first.dies();
    expect(phone.group()).toEqual([]);
    await Promise.all([
      city.serviceStarts(settings),
      city.serviceStarts({ ...settings, PORT: String(await freePort()) }),
    ]);
    await until(() => phone.group().length).toBe(1);
    await city.settled();
    expect(await city.facts("INV-2001")).toEqual(["invoice_learned", "link_issued"]);
    expect(phone.group()).toHaveLength(1);
    expect(await city.auditHolds()).toBe(true);
    expect(city.misspoken()).toEqual([]);
  });
});
