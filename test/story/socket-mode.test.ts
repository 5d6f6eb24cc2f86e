import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSlackSandbox, type SlackSandbox } from "../../src/sandbox/slack/slack.ts";
import { freshDatabase } from "../fresh-database.ts";
import { launch, type Service } from "./process.ts";
import { APP_TOKEN, socketSlack } from "./slack-socket.ts";
import { until } from "./until.ts";

const API_TOKEN = "a-token-of-the-socket-story";
const [ANI, SALES, OPS] = ["U1ANI", "C1SALES", "C2OPS"];

let folder: string;
let slack: SlackSandbox;
let socket: Awaited<ReturnType<typeof socketSlack>>;
let service: Service;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paythread-socket-"));
  socket = await socketSlack(() => slack.apiUrl);
  slack = createSlackSandbox({
    botToken: "xoxb-socket",
    signingSecret: "nobody signs anything over a socket",
    eventsUrl: () => socket.eventsUrl,
    people: [{ id: ANI, name: "ani", locale: "en-US" }],
    channels: [
      { id: SALES, name: "sales", members: [ANI] },
      { id: OPS, name: "ops" },
    ],
  });
  await slack.start();
  service = launch({
    DATABASE_URL: await freshDatabase(),
    DATA_DIR: folder,
    PORT: "0",
    SLACK_BOT_TOKEN: "xoxb-socket",
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: socket.apiUrl,
    SLACK_OPS_CHANNEL: OPS,
    API_TOKENS: API_TOKEN,
  });
  address = await service.ready();
  await owe("INV-77");
  await owe("INV-78");
  await until(() => socket.opened()).toBe(1);
});

afterAll(async () => {
  await service.stops();
  await slack.stop();
  await socket.stop();
  await rm(folder, { recursive: true, force: true });
});

const invoiceUrl = (number: string): string => `${address}/api/v1/invoices/invoice/${number}`;
const headers = { authorization: `Bearer ${API_TOKEN}`, "content-type": "application/json" };

async function owe(number: string): Promise<void> {
  const customer = { id: "C-1", name: "Aram", language: "en" };
  const body = JSON.stringify({ amount: "15000.00", currency: "AMD", purpose: "Tiles", customer });
  const answer = await fetch(invoiceUrl(number), { method: "PUT", headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

const links = async (number: string): Promise<readonly { readonly state: string }[]> =>
  ((await (await fetch(invoiceUrl(number), { headers })).json()) as { links: { state: string }[] }).links;

const asks = (text: string) => slack.command({ command: "/paylink", text, userId: ANI, channelId: SALES });
const cards = () => slack.messages(SALES).filter(({ threadTs }) => !threadTs);

describe("a developer behind a router has an app-level token and no signing secret", () => {
  test("a command comes over the socket, is acknowledged there, and its card stands in the channel", async () => {
    const { status, ms } = await asks("INV-77");
    expect([status, ms < 3000]).toEqual([200, true]);
    await until(() => cards().length).toBe(1);
    expect(JSON.stringify(cards()[0])).toContain("INV-77");
    expect(await links("INV-77")).toMatchObject([{ state: "active" }]);
  });

  test("nobody can come in by the door that requests with signatures use", async () => {
    const body = new URLSearchParams({
      command: "/paylink",
      text: "INV-78",
      user_id: ANI,
      channel_id: SALES,
    }).toString();
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const { status } = await fetch(`${address}/slack/events`, { method: "POST", headers: form, body });
    expect([status, await links("INV-78")]).toEqual([404, []]);
  });

  test("Slack ends the connection: another is opened, and commands go on", async () => {
    socket.refresh();
    await until(() => socket.opened()).toBe(2);
    await asks("INV-78");
    await until(() => cards().length).toBe(2);
    expect(await links("INV-78")).toMatchObject([{ state: "active" }]);
  });
});
