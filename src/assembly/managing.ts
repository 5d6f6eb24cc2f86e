import type { MikroORM } from "@mikro-orm/postgresql";
import type { TelegramAccounts } from "../../bots/slack/telegram-account.ts";
import type { ManagerDoors } from "../../bots/telegram/managers/doors.ts";
import { botIdOf } from "../../bots/telegram/updates.ts";
import { createAccounts } from "../store/accounts.ts";
import { expectingBy } from "../usecases/expect-part.ts";
import type { Needs } from "../usecases/needs.ts";
import type { TelegramSettings } from "./telegram.ts";

type Around = { readonly orm: MikroORM; readonly needs: Needs };

/** What both chats of managers need: their linked accounts, and what is known of invoices. */
export function managersHave({ botToken }: Pick<TelegramSettings, "botToken">, { orm, needs }: Around) {
  const { books, clock, policy, pageUrl } = needs;
  const invoiceOf: ManagerDoors["invoiceOf"] = async (link) => {
    const invoice = await books.read({ link });
    return invoice && { kind: invoice.kind, number: invoice.number };
  };
  return {
    accounts: createAccounts({ orm, clock, policy, bot: botIdOf(botToken) }),
    expecting: expectingBy(needs),
    pageUrl,
    invoiceOf,
  };
}

/** A code leaves Slack as the address that opens our bot with it. */
export const inviting = (
  accounts: ReturnType<typeof createAccounts>,
  telegram: { inviteUrl(code: string): Promise<string> },
): TelegramAccounts => ({
  invite: async (person) => telegram.inviteUrl(await accounts.invite(person)),
  endAll: accounts.endAll,
});
