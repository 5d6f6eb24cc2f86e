import { describe, expect, test } from "vitest";
import { BOOK, PAYLINK_TOKEN, type Workbench, workbench } from "./workbench-world.ts";

const ANI = { userId: "U0ANI", channelId: "C0SALES" };
const ARAM = 374_001;
const INVITATION = `https://t.me/ararat_pay_bot?start=${PAYLINK_TOKEN}`;

const salesOf = async ({ state }: Workbench) => (await state()).slack?.channels.find(({ id }) => id === "C0SALES");
const chatOf = async ({ state }: Workbench) => (await state()).telegram?.chats.find(({ userId }) => userId === ARAM);

describe("a newcomer opens the workbench", () => {
  test("the page allows no script, style or connection but its own", async () => {
    await using bench = await workbench();
    const page = await fetch(`${bench.origin}/sandbox`);
    expect(page.status).toBe(200);
    const policy = page.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'");
    expect(await page.text()).toContain("No real money moves");
  });

  test("everything the page names is served, and nothing beside it", async () => {
    await using bench = await workbench();
    const page = await (await fetch(`${bench.origin}/sandbox`)).text();
    const named = [...page.matchAll(/(?:src|href)="(\/sandbox\/[^"]+)"/g)].map(([, path]) => path ?? "");
    expect(named.length).toBeGreaterThan(4);
    const answers = await Promise.all(named.map((path) => fetch(`${bench.origin}${path}`)));
    expect(answers.map(({ status, url }) => `${status} ${url}`)).toEqual(
      named.map((path) => `200 ${bench.origin}${path}`),
    );
    expect((await fetch(`${bench.origin}/sandbox/assets/tsconfig.json`)).status).toBe(404);
    expect((await fetch(`${bench.origin}/sandbox/assets/..%2fpage.ts`)).status).toBe(404);
  });

  test("the book, three empty chats and the people are there", async () => {
    await using bench = await workbench();
    const { slack, telegram, vpos, book } = await bench.state();
    expect(book).toEqual(BOOK);
    expect(slack?.channels.map(({ name }) => name)).toEqual(["sales", "payments-ops"]);
    expect(slack?.people[0]).toMatchObject({ id: "U0ANI", name: "Ani Petrosyan", language: "en" });
    expect(telegram?.chats[0]).toMatchObject({ userId: ARAM, name: "Aram Sargsyan", messages: [], blocked: false });
    expect(vpos?.payments).toEqual([]);
  });
});

describe("the story is played through the API", () => {
  test("a command brings the card, Send the invitation, the invitation the invoice with one Pay button", async () => {
    await using bench = await workbench();
    expect((await bench.post("/sandbox/api/slack/command", { ...ANI, text: "INV-1042" })).body).toEqual({
      status: 200,
      late: false,
    });
    const card = (await salesOf(bench))?.messages[0];
    const press = { ...ANI, ts: card?.ts, actionId: "paylink.send", value: "INV-1042" };
    expect((await bench.post("/sandbox/api/slack/press", press)).status).toBe(200);
    expect(JSON.stringify((await salesOf(bench))?.ephemerals)).toContain(INVITATION);

    await bench.post("/sandbox/api/telegram/start", { userId: ARAM, url: INVITATION });
    await expect.poll(async () => (await chatOf(bench))?.messages.length).toBe(2);
    const [asked, invoice] = (await chatOf(bench))?.messages ?? [];
    expect(asked?.text).toBe(`/start ${PAYLINK_TOKEN}`);
    expect(invoice?.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toEqual(["Pay"]);
  });

  test("only the chosen person's ephemerals are given when a person is named", async () => {
    await using bench = await workbench();
    await bench.post("/sandbox/api/slack/command", { ...ANI, text: "help" });
    const asSeenBy = async (userId: string) => {
      const answer = await fetch(`${bench.origin}/sandbox/api/state?userId=${userId}`);
      return JSON.stringify(await answer.json()).includes("*Help*");
    };
    expect([await asSeenBy("U0ANI"), await asSeenBy("U0DAVIT")]).toEqual([true, false]);
  });

  test("an open page is told of every change", async () => {
    await using bench = await workbench();
    const events = await fetch(`${bench.origin}/sandbox/api/events`);
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    await bench.post("/sandbox/api/telegram/send", { userId: ARAM, text: "hello" });
    let heard = "";
    while (!heard.includes("data: changed")) heard += (await reader?.read())?.value ?? "";
    expect(heard).toContain("data: changed");
  });

  test("a customer who blocks the bot is shown as such, and a person in Slack changes the language", async () => {
    await using bench = await workbench();
    await bench.post("/sandbox/api/telegram/send", { userId: ARAM, text: "/start" });
    await bench.post("/sandbox/api/telegram/block", { userId: ARAM, blocked: true });
    expect((await chatOf(bench))?.blocked).toBe(true);
    await bench.post("/sandbox/api/slack/language", { userId: "U0ANI", language: "hy" });
    expect((await bench.state()).slack?.people[0]?.language).toBe("hy");
    expect(bench.sandbox.standIns.slack?.people[0]?.locale).toBe("hy-AM");
  });
});

describe("somebody asks for what cannot be", () => {
  test.each([
    ["slack/press", { ...ANI, ts: "1.000001", actionId: "paylink.send" }, 409],
    ["slack/command", { userId: "U0NOBODY", channelId: "C0SALES", text: "help" }, 409],
    ["slack/say", { userId: "U0NOBODY", channelId: "C0SALES", text: "hello" }, 409],
    ["telegram/start", { userId: ARAM, url: "https://t.me/another_bot?start=x" }, 409],
    ["telegram/press", { userId: ARAM, messageId: 7, data: "x" }, 409],
    ["vpos/settle", { paymentId: "pay_none", status: "paid" }, 409],
    ["vpos/settle", { paymentId: "pay_none", status: "stolen" }, 400],
    ["slack/command", "{", 400],
  ])("%s with %j is refused with a sentence", async (path, body, status) => {
    await using bench = await workbench();
    const answer = await bench.post(`/sandbox/api/${path}`, body);
    expect(answer).toEqual({ status, body: { error: expect.stringMatching(/\w+ \w+/) } });
  });

  test("a part that is real is not played here", async () => {
    await using bench = await workbench({ telegram: false });
    expect(bench.sandbox.telegram).toBeNull();
    expect((await bench.state()).telegram).toBeNull();
    const answer = await bench.post("/sandbox/api/telegram/send", { userId: ARAM, text: "hello" });
    expect(answer).toMatchObject({ status: 409, body: { error: expect.stringContaining("Telegram is the real one") } });
  });

  test("a page of another site can neither read nor act", async () => {
    await using bench = await workbench();
    const elsewhere = { "sec-fetch-site": "cross-site" };
    const hello = { userId: ARAM, text: "hello" };
    expect((await bench.post("/sandbox/api/telegram/send", hello, elsewhere)).status).toBe(403);
    expect((await fetch(`${bench.origin}/sandbox/api/state`, { headers: elsewhere })).status).toBe(403);
    const form = { "content-type": "text/plain" };
    expect((await bench.post("/sandbox/api/telegram/send", hello, form)).status).toBe(415);
    expect((await chatOf(bench))?.messages).toEqual([]);
  });
});
