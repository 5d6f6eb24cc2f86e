import { z } from "zod";
import { NotSeen } from "./until.ts";

const Text = z.object({ text: z.string() });
const Element = z.object({ action_id: z.string().optional(), value: z.string().optional(), text: z.unknown() });
const Block = z.object({
  type: z.string(),
  text: Text.optional(),
  fields: z.array(Text).optional(),
  elements: z.array(Element).optional(),
});
const SlackMessage = z.object({ ts: z.string(), text: z.string(), edits: z.number(), blocks: z.array(Block) });
const Channel = z.object({
  id: z.string(),
  name: z.string(),
  messages: z.array(SlackMessage),
  ephemerals: z.array(z.object({ text: z.string() })),
});
const TelegramMessage = z.object({
  message_id: z.number(),
  from: z.object({ is_bot: z.boolean() }),
  text: z.string().optional(),
  reply_markup: z.object({ inline_keyboard: z.array(z.array(z.object({ url: z.string().optional() }))) }).optional(),
});
const State = z.object({
  slack: z.object({ opsChannel: z.string(), channels: z.array(Channel) }),
  telegram: z.object({ chats: z.array(z.object({ userId: z.number(), messages: z.array(TelegramMessage) })) }),
  book: z.array(z.object({ name: z.string(), status: z.string() })),
});

export type State = z.infer<typeof State>;
export type Card = z.infer<typeof SlackMessage>;
export type ChatMessage = z.infer<typeof TelegramMessage>;

const PageStatus = z.object({ state: z.string() });

/** The longest that one request may take: longer than any of ours should, shorter than a person's patience. */
const REQUEST_MS = 15_000;

export type World = ReturnType<typeof createWorld>;

/** What people and browsers do, over HTTP and by no other way. */
export function createWorld(address: string) {
  return {
    state: async (): Promise<State> => State.parse(await (await ask(`${address}/sandbox/api/state`)).json()),
    /** A person does something in a chat. */
    async does(what: "slack/command" | "slack/press" | "telegram/start", body: object): Promise<void> {
      const headers = { "content-type": "application/json" };
      const answer = await ask(`${address}/sandbox/api/${what}`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new NotSeen(`${what} was refused (${answer.status}): ${await answer.text()}`);
    },
    pageState: async (page: string): Promise<string> =>
      PageStatus.parse(await (await ask(`${page}/status`)).json()).state,
    /** What stands largest on the customer's page. */
    headline: async (page: string): Promise<string> => headlineOf(await (await ask(page)).text()),
    /** Presses Pay on our page; the browser is led to the provider's checkout. */
    pressesPay: async (page: string): Promise<string> => followed(await ask(`${page}/pay`, { method: "POST" })),
    /** Chooses how the payment ends on the checkout; the browser is led back to us. */
    chooses: async (checkout: string, choice: "pay" | "decline" | "pending"): Promise<string> =>
      followed(await ask(checkout, { method: "POST", body: new URLSearchParams({ choice }) })),
  };
}

const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { redirect: "manual", signal: AbortSignal.timeout(REQUEST_MS), ...init });

const headlineOf = (html: string): string =>
  (/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? "").replaceAll(/<[^>]+>/g, "").trim();

function followed(answer: Response): string {
  const to = answer.headers.get("location");
  if (to === null) throw new NotSeen(`${answer.url} leads nowhere: it answered ${answer.status}`);
  return to;
}
