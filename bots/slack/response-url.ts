import type { Words } from "./blocks.ts";

const SLACK = "https://hooks.slack.com";

/**
 * Says something to the one who typed or pressed, through the address that came with it: it works where the app was never
 * invited. False: it could not be said this way. Nothing is ever posted to an address that is not Slack's.
 */
export async function sayThroughResponseUrl(
  url: string,
  words: Words,
  { slackApiUrl, timeoutMs }: { readonly slackApiUrl: string | undefined; readonly timeoutMs: number },
): Promise<boolean> {
  if (!isSlacks(url, slackApiUrl)) return false;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...words, response_type: "ephemeral", replace_original: false }),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function isSlacks(url: string, slackApiUrl: string | undefined): boolean {
  const origin = originOf(url);
  return origin !== undefined && (origin === SLACK || (slackApiUrl !== undefined && origin === originOf(slackApiUrl)));
}

const originOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).origin : undefined);
