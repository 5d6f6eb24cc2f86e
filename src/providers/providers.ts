import type { Attempt } from "../../domain/invoice.ts";
import { accountName, MAIN_ACCOUNT } from "../../domain/account.ts";
import type { Answer, Provider, Providers } from "../ports.ts";

/** A policy names a provider that has no settings. Its message says which settings are missing. */
export class NoSuchProvider extends Error {
  override readonly name = "NoSuchProvider";
}

/** The merchant's providers: new attempts go where the policy says, old ones are asked where they were opened, for ever. */
export function createProviders(all: readonly [Provider, ...Provider[]]): Providers {
  const [first] = all;
  const find = (name: string, account: string): Provider | undefined =>
    all.find((one) => one.name === name && one.account === account);
  return {
    all,
    of: ({ provider, account }) => find(provider, account) ?? gone(provider, account),
    hear: (name, ...arrived) => {
      const readings = all.filter((one) => one.name === name).flatMap((one) => one.readWebhook?.(...arrived) ?? []);
      const told = readings.filter(({ is }) => is !== "rejected");
      return told.find(({ is }) => is === "hint") ?? told[0] ?? readings[0];
    },
    chosen: (choice) => {
      if (choice === null) return first;
      const [name = "", account = MAIN_ACCOUNT] = choice.split("/");
      const found = find(name, account);
      if (found) return found;
      const known = all.map((one) => accountName(one.name, one.account)).join(", ");
      throw new NoSuchProvider(
        `the policy names the provider ${choice}, which has no settings here (there is ${known}): set them, as .env.example says, or name another one`,
      );
    },
  };
}

/** The settings of this account are no longer here. Money may stand there all the same, so nothing is concluded. */
function gone(name: string, account: Attempt["account"]): Provider {
  const unknown: Answer<never> = {
    is: "unknown",
    because: `The settings of the account ${name}/${account} are gone: put them back so that its attempts can be looked up.`,
    retryAfterSeconds: null,
  };
  const ask = (): Promise<Answer<never>> => Promise.resolve(unknown);
  return { name, account, open: ask, lookUp: ask, refund: { partial: true, ask }, close: ask };
}
