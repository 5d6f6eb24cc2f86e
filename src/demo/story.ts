import { cardIn, linesOf, valueOf } from "./card.ts";
import { CHANNEL, INVOICE, MANAGER } from "./cast.ts";
import { type Page, meetsTheBot, receiptArrives } from "./customer.ts";
import type { Telling } from "./telling.ts";
import { NotSeen, until } from "./until.ts";
import type { Card, World } from "./world.ts";

/** The main story, step by step. Throws `NotSeen` at the first step that does not come true. */
export async function play(world: World, tell: Telling): Promise<void> {
  const card = await tell.step(`Ani types /paylink ${INVOICE} in #sales: a card appears`, () => asksForLink(world));
  tell.show("Slack, #sales", linesOf(card));
  const invitation = await tell.step("She presses Send: she is given an address to pass on, only she sees it", () =>
    pressesSend(world, card),
  );
  const page = await tell.step("Aram opens it in Telegram and presses Start: the invoice comes with a Pay button", () =>
    meetsTheBot(world, invitation),
  );
  tell.show("Telegram, Aram", [...page.message, `[ Pay ] ${page.url}`]);
  await pays(world, tell, page);
  const receipt = await tell.step("Aram gets a receipt, and the button to pay is gone", () =>
    receiptArrives(world, page),
  );
  tell.show("Telegram, Aram", receipt);
  const paid = await tell.step("The card says paid: the same message, edited in place", () => cardSays(world, card));
  tell.show("Slack, #sales", linesOf(paid));
  await tell.step("The book says paid, and nobody in #payments-ops was disturbed", () => endsQuietly(world));
  const why = await tell.step(`Ani asks /paylink why ${INVOICE}`, () => asksWhy(world));
  tell.show("Slack, only Ani sees this", why.split("\n"));
}

async function pays(world: World, tell: Telling, { url }: Page): Promise<void> {
  const first = await tell.step("Aram presses Pay: he is led to the checkout", () => world.pressesPay(url));
  await tell.step("The bank declines: the page says that it failed", async () => {
    await world.chooses(first, "decline");
    await pageSays(world, url, "failed");
  });
  tell.aside(`      his page: ${await world.headline(url)}`);
  const second = await tell.step("He presses Pay again: the same link, a new attempt", () =>
    another(world, { url, first }),
  );
  await tell.step("The bank takes its time: the page says pending", async () => {
    await world.chooses(second, "pending");
    await pageSays(world, url, "pending");
  });
  tell.aside(`      his page: ${await world.headline(url)}`);
  await tell.step("The bank pays, VPOS.am is asked and confirms: the page says paid", async () => {
    await world.chooses(second, "pay");
    await pageSays(world, url, "paid");
  });
  tell.aside(`      his page: ${await world.headline(url)}`);
}

async function another(world: World, { url, first }: { url: string; first: string }): Promise<string> {
  const checkout = await world.pressesPay(url);
  if (checkout === first) throw new NotSeen("A new attempt was expected. Seen instead: the checkout that had failed.");
  return checkout;
}

const pageSays = (world: World, page: string, state: string): Promise<true> =>
  until({
    expected: `The page says ${state}`,
    look: async () => (await world.pageState(page)) === state || undefined,
    seen: () => world.pageState(page),
  });

async function asksForLink(world: World): Promise<Card> {
  await world.does("slack/command", { userId: MANAGER, channelId: CHANNEL, text: INVOICE });
  return until({
    expected: `A card for ${INVOICE} stands in the channel`,
    look: async () => cardIn(await world.state()),
    seen: () => whatSheReads(world),
  });
}

async function pressesSend(world: World, card: Card): Promise<string> {
  const actionId = "paylink.send";
  const value = valueOf(card, actionId);
  if (value === undefined) throw new NotSeen("The card has no Send button.");
  await world.does("slack/press", { userId: MANAGER, channelId: CHANNEL, ts: card.ts, actionId, value });
  return until({
    expected: "An address of the bot is shown to Ani",
    look: async () => /https:\/\/t\.me\/[\w?=-]+/.exec(await whatSheReads(world))?.[0],
    seen: () => whatSheReads(world),
  });
}

const cardSays = (world: World, { ts }: Card): Promise<Card> =>
  until({
    expected: "The first card says paid",
    look: async () => {
      const now = cardIn(await world.state());
      return now?.ts === ts && now.edits > 0 && /\bpaid\b/i.test(now.text) ? now : undefined;
    },
    seen: async () => cardIn(await world.state())?.text ?? "no card",
  });

async function endsQuietly(world: World): Promise<void> {
  const statusOf = async () => (await world.state()).book.find(({ name }) => name === INVOICE)?.status;
  await until({
    expected: `${INVOICE} is paid in the book`,
    look: async () => (await statusOf()) === "paid" || undefined,
    seen: async () => (await statusOf()) ?? "no such invoice",
  });
  const { slack } = await world.state();
  const told = slack.channels.find(({ id }) => id === slack.opsChannel)?.messages ?? [];
  if (told.length > 0)
    throw new NotSeen(`Ops should hear nothing. Seen instead: ${told.map(({ text }) => text).join("; ")}`);
}

async function asksWhy(world: World): Promise<string> {
  await world.does("slack/command", { userId: MANAGER, channelId: CHANNEL, text: `why ${INVOICE}` });
  return until({
    expected: `The story of ${INVOICE} is told`,
    look: async () => (await privately(world)).find((text) => text.startsWith(`How ${INVOICE}`)),
    seen: () => whatSheReads(world),
  });
}

async function privately(world: World): Promise<readonly string[]> {
  const { slack } = await world.state();
  return slack.channels.find(({ id }) => id === CHANNEL)?.ephemerals.map(({ text }) => text) ?? [];
}

const whatSheReads = async (world: World): Promise<string> => (await privately(world)).at(-1) ?? "nothing";
