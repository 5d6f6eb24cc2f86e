import { CUSTOMER } from "./cast.ts";
import { until } from "./until.ts";
import type { ChatMessage, World } from "./world.ts";

/** The message that shows the invoice, and where its button leads. */
export type Page = { readonly id: number; readonly message: readonly string[]; readonly url: string };

export async function meetsTheBot(world: World, invitation: string): Promise<Page> {
  await world.does("telegram/start", { userId: CUSTOMER, url: invitation });
  return until({
    expected: "The bot shows the invoice with a button",
    look: async () => (await said(world)).map(pageOf).find((page) => page !== undefined),
    seen: () => lastSaid(world),
  });
}

/** The message of before has no button any more, and another one has come. */
export const receiptArrives = (world: World, { id }: Page): Promise<readonly string[]> =>
  until({
    expected: "A receipt stands in the customer's chat, and the invoice has no button any more",
    look: async () => {
      const messages = await said(world);
      const payable = messages.some((message) => pageOf(message) !== undefined);
      const receipt = messages.find((message) => message.message_id > id);
      return payable || !receipt ? undefined : linesOf(receipt);
    },
    seen: () => lastSaid(world),
  });

function pageOf(message: ChatMessage): Page | undefined {
  const url = message.reply_markup?.inline_keyboard.flat().find((button) => button.url !== undefined)?.url;
  return url === undefined ? undefined : { id: message.message_id, message: linesOf(message), url };
}

const linesOf = ({ text = "" }: ChatMessage): readonly string[] => text.split("\n").filter((line) => line !== "");

async function said(world: World): Promise<readonly ChatMessage[]> {
  const chat = (await world.state()).telegram.chats.find(({ userId }) => userId === CUSTOMER);
  return chat?.messages.filter(({ from }) => from.is_bot) ?? [];
}

const lastSaid = async (world: World): Promise<string> => (await said(world)).at(-1)?.text ?? "nothing";
