import type { TelegramSandbox } from "../../src/sandbox/telegram/telegram.ts";
import { until } from "./until.ts";

type Choice = "pay" | "decline" | "cancel" | "pending";

/** What a browser got. `state` is what the payment page says of itself. */
export type Visited = { readonly status: number; readonly state: string; readonly text: string };

/** Opens an address as a browser does. */
export async function opens(url: string, headers: Record<string, string> = {}): Promise<Visited> {
  const response = await fetch(url, { headers });
  const text = await response.text();
  return { status: response.status, state: /data-state="(\w+)"/.exec(text)?.[1] ?? "", text };
}

/** Presses Pay on a page: where it leads. */
export async function pressesPay(page: string): Promise<{ readonly status: number; readonly location: string }> {
  const response = await fetch(`${page}/pay`, { method: "POST", redirect: "manual" });
  await response.text();
  return { status: response.status, location: response.headers.get("location") ?? "" };
}

/** Chooses how the payment ends on the provider's page, and is sent back to this address. */
export async function choosesAt(checkout: string, choice: Choice): Promise<string> {
  const response = await fetch(checkout, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ choice }),
  });
  await response.text();
  return response.headers.get("location") ?? "";
}

/** Page, Pay, checkout, and back: what the customer sees on return. */
export async function paysOn(page: string, choice: Choice = "pay"): Promise<Visited> {
  const { location } = await pressesPay(page);
  return opens(await choosesAt(location, choice));
}

/** A customer with Telegram on the phone. */
export function customerIn(telegram: TelegramSandbox, userId: number) {
  const shown = () => telegram.chat(userId).filter(({ from, deleted }) => from?.is_bot === true && !deleted);
  const buttonsIn = ({ reply_markup }: ReturnType<typeof shown>[number]) => reply_markup?.inline_keyboard.flat() ?? [];
  const payButtons = () => shown().flatMap(buttonsIn);
  return {
    userId,
    /** What the bot wrote here. */
    reads: shown,
    payButtons,
    says: (text: string) => telegram.sends({ userId, text }),
    /** Follows an invitation into the bot's chat. */
    starts: (url: string) => telegram.sends({ userId, text: `/start ${new URL(url).searchParams.get("start") ?? ""}` }),
    /** The address under the Pay button, once it is there. */
    isShownPay: async (): Promise<string> => {
      await until(payButtons).notToEqual([]);
      return payButtons().at(-1)?.url ?? "";
    },
    blocksTheBot: () => telegram.blocks(userId),
    pays: paysOn,
  };
}
