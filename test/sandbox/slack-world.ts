import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { isValidSlackRequest } from "@slack/bolt";
import { LogLevel, WebAPIPlatformError, WebClient } from "@slack/web-api";
import { createSlackSandbox, type SlackSandbox } from "../../src/sandbox/slack/slack.ts";
import type { Setup } from "../../src/sandbox/slack/workspace.ts";

export const BOT_TOKEN = "xoxb-test-token-of-the-stand-in";
const SIGNING_SECRET = "test signing secret";

/** What reached the app. `genuine`: the signature holds, by Bolt's own check. */
export type Received = {
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
  readonly genuine: boolean;
};
type AppAnswer = { status?: number; body?: string; headers?: Record<string, string>; silent?: boolean };

/** An app that records what Slack sends and answers as it is told. */
async function startApp(now: () => Date) {
  const received: Received[] = [];
  const app = { received, url: "", answer: (_received: Received): AppAnswer => ({}) };
  const server = createServer((request, response) => {
    void take(request, response);
  });
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const arrived = { body, headers: request.headers, genuine: isGenuine(body, request, now) };
    received.push(arrived);
    const { status = 200, body: words = "", headers = {}, silent = false } = app.answer(arrived);
    if (!silent) response.writeHead(status, headers).end(words);
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  app.url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/slack/events`;
  return { app, close: () => (server.closeAllConnections(), server.close()) };
}

function isGenuine(body: string, { headers }: IncomingMessage, now: () => Date): boolean {
  return isValidSlackRequest({
    signingSecret: SIGNING_SECRET,
    body,
    headers: {
      "x-slack-signature": String(headers["x-slack-signature"]),
      "x-slack-request-timestamp": Number(headers["x-slack-request-timestamp"]),
    },
    nowMilliseconds: now().getTime(),
  });
}

export type World = Awaited<ReturnType<typeof slackWorld>>;

/** A workspace with four people and the usual kinds of channels, a client of it and an app behind it. */
export async function slackWorld(setup: Partial<Setup> = {}) {
  const clock = setup.clock ?? (() => new Date());
  const { app, close } = await startApp(clock);
  const slack: SlackSandbox = createSlackSandbox({
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    eventsUrl: () => app.url,
    people: [
      { id: "U1ANI", name: "ani", locale: "hy-AM" },
      { id: "U2BORIS", name: "boris", locale: "ru-RU" },
      { id: "U3GUEST", name: "guest", isRestricted: true },
      { id: "U4OTHER", name: "partner", teamId: "T9OTHER" },
    ],
    channels: [
      { id: "C1SALES", name: "sales", members: ["U1ANI", "U2BORIS"] },
      { id: "C2UNJOINED", name: "random", botIsMember: false },
      { id: "C3OLD", name: "old", isArchived: true },
      { id: "G4SECRET", name: "secret", isPrivate: true, botIsMember: false },
      { id: "C5SHARED", name: "with-partner", isShared: true },
    ],
    userGroups: [{ id: "S1LEADS", handle: "leads", users: ["U1ANI"] }],
    ...setup,
  });
  await slack.start();
  const client = clientOf(slack);
  return {
    slack,
    app,
    client,
    post: client.chat.postMessage,
    async [Symbol.asyncDispose]() {
      await slack.stop();
      close();
    },
  };
}

export function clientOf(slack: SlackSandbox, token = BOT_TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 2_000,
    logger: silentLogger,
  });
}

const nothing = () => undefined;
const silentLogger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

/** The `error` of a call that Slack refuses; "ok" when it does not. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return error.data.error;
    throw error;
  }
}

/** A clock that a test moves. */
export function movableClock(start = new Date("2026-11-24T09:00:00Z")) {
  let now = start.getTime();
  return { clock: () => new Date(now), pass: (ms: number) => void (now += ms) };
}
