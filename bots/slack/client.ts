import { type WebClientOptions, WebClient } from "@slack/web-api";

/** The project's outbox repeats; the SDK must not: a repeat of its own would post twice and nobody would know. */
const TIMEOUT_MS = 5000;

export type SlackClientOptions = {
  readonly token: string;
  /** Ends in `/api/`; absent: Slack itself. */
  readonly slackApiUrl?: string;
  readonly timeoutMs?: number;
  readonly logger?: NonNullable<WebClientOptions["logger"]>;
};

/** A client of one workspace. It is never given `headers`: the SDK would write one workspace's token into them for all. */
export function slackClient({ token, slackApiUrl, timeoutMs = TIMEOUT_MS, logger }: SlackClientOptions): WebClient {
  return new WebClient(token, {
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    ...(logger ? { logger } : {}),
  });
}
