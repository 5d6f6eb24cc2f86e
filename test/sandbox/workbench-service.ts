import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

export const PAYLINK_TOKEN = "AAAAAAAAAAAAAAAAAAAAAA";
const INVITATION = `https://t.me/ararat_pay_bot?start=${PAYLINK_TOKEN}`;

const press = z.object({
  actions: z.tuple([z.object({ action_id: z.string() })]),
  channel: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
});
type Pressed = z.infer<typeof press>;

const updates = z.object({
  result: z.array(
    z.object({
      update_id: z.int(),
      message: z.object({ chat: z.object({ id: z.int() }), text: z.string() }).optional(),
    }),
  ),
});

const plain = (text: string) => ({ type: "plain_text", text });
const button = (id: string, text: string, more: object = {}) => ({
  type: "button",
  action_id: `paylink.${id}`,
  text: plain(text),
  value: "INV-1042",
  ...more,
});

const CONFIRM = {
  title: plain("Cancel the payment link?"),
  text: plain("The customer will no longer be able to pay INV-1042 with this link. This cannot be undone."),
  confirm: plain("Cancel the link"),
  deny: plain("Keep it"),
  style: "danger",
};

/** Slack takes forms, with JSON in their fields. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The card as the product draws it; the customer's name is a trap for pages that believe what they show. */
const card = (status: string) => [
  { type: "header", text: plain("INV-1042 · AMD 15,000") },
  {
    type: "section",
    fields: [
      plain(`Status: ${status}`),
      plain("Customer: Aram &lt;img src=x onerror=alert(1)&gt;"),
      plain("Purpose: Floor tiles, 12 m²"),
      plain("Payable until: 27 Nov 2026, 19:00"),
    ],
  },
  { type: "section", text: { type: "mrkdwn", text: "Page for the *customer*:\n<https://pay.example.am/p/abc>" } },
  { type: "context", elements: [plain("Issued by Ani Petrosyan, 24 Nov 2026, 12:04")] },
  { type: "divider" },
  {
    type: "actions",
    elements:
      status === "paid"
        ? [button("why", "Why this status")]
        : [
            button("send", "Send", { style: "primary" }),
            button("copy", "Copy the link"),
            button("cancel", "Cancel", { style: "danger", confirm: CONFIRM }),
            button("why", "Why this status"),
          ],
  },
];

/** Answers as the product would, so that the page has something true to show. It checks nothing and remembers one card. */
export function scriptedService(server: FastifyInstance, { slack, telegram }: Sandbox, origin: () => string) {
  const stopping = new AbortController();
  let posted = "";
  const slackCall = (method: string, body: object): Promise<{ ts?: string }> =>
    fetch(`${slack?.apiUrl}${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${slack?.botToken}` },
      body: new URLSearchParams(Object.fromEntries(Object.entries(body).map(([key, value]) => [key, textOf(value)]))),
    }).then((answer) => answer.json() as Promise<{ ts?: string }>);
  const bot = (method: string, body: object): Promise<unknown> =>
    fetch(`${telegram?.apiRoot}/bot${telegram?.botToken}/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: stopping.signal,
    }).then((answer) => answer.json());

  const whisper = (channel: string, user: string) => {
    const text = "The customer has not met our bot yet. Pass this address on:";
    const blocks = [
      { type: "section", text: plain(text) },
      { type: "section", text: { type: "mrkdwn", text: `<${INVITATION}>`, verbatim: true } },
    ];
    return slackCall("chat.postEphemeral", { channel, user, text, blocks });
  };

  const issue = async (channel: string): Promise<void> => {
    const { ts = "" } = await slackCall("chat.postMessage", { channel, text: "INV-1042", blocks: card("awaiting") });
    posted = ts;
  };

  const pressed = async ({
    actions: [{ action_id: action }],
    channel: { id: channel },
    user,
  }: Pressed): Promise<void> => {
    const update = (status: string) =>
      slackCall("chat.update", { channel, ts: posted, text: "INV-1042", blocks: card(status) });
    if (action === "paylink.send") await whisper(channel, user.id);
    if (action === "paylink.cancel") await update("cancelled");
    if (action !== "paylink.why") return;
    await update("paid");
    await slackCall("chat.postMessage", { channel, thread_ts: posted, text: "Paid, _as the bank says_: `rrn-1`" });
  };

  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
    scope.route({
      method: "POST",
      url: "/slack/events",
      handler: ({ body }) => heard(new URLSearchParams(String(body))),
    });
  });

  async function heard(form: URLSearchParams): Promise<unknown> {
    if (form.get("text") === "help") return { response_type: "ephemeral", text: "*Help*: `/paylink INV-1042`" };
    if (form.has("command")) await issue(form.get("channel_id") ?? "");
    const payload = form.get("payload");
    if (payload !== null) await pressed(press.parse(JSON.parse(payload)));
    return "";
  }

  const text = "Invoice INV-1042\nFloor tiles, 12 m²\n\nTo pay: AMD 15,000\nPay by: 27 Nov 2026, 19:00";
  const greet = (chatId: number) =>
    bot("sendMessage", {
      chat_id: chatId,
      text,
      entities: [
        { type: "bold", offset: 0, length: 16 },
        { type: "bold", offset: text.indexOf("AMD"), length: 10 },
      ],
      reply_markup: { inline_keyboard: [[{ text: "Pay", url: `${origin()}/p/abc` }]] },
    });

  async function poll(): Promise<void> {
    let offset = 0;
    while (!stopping.signal.aborted) {
      const { result } = updates.parse(await bot("getUpdates", { offset, timeout: 20 }));
      for (const { update_id: id, message } of result) {
        offset = id + 1;
        if (message?.text.startsWith("/start")) await greet(message.chat.id);
      }
    }
  }

  let polling = Promise.resolve();
  return {
    start: () => void (polling = telegram ? poll().catch(() => undefined) : polling),
    stop: () => (stopping.abort(), polling),
  };
}
