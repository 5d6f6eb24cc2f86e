import type { Provider } from "../ports.ts";
import type { Needs } from "./needs.ts";
import { isSilent, isStopped } from "./provider-health.ts";

export type ProviderView = {
  readonly name: string;
  readonly account: string;
  /** What its adapter can do; nobody is promised anything else. */
  readonly can: {
    readonly webhooks: boolean;
    readonly close: boolean;
    readonly refund: "no" | "whole" | "part";
    readonly list: boolean;
  };
  /** What the provider says it has switched on, by its own words; null: it says nothing, or could not be asked. */
  readonly features: Readonly<Record<string, boolean>> | null;
  readonly silent: boolean;
  /** No new payment is begun with it until a person dismisses its case. */
  readonly stopped: boolean;
};

/** Every account with every provider: what it can do and how it stands. No payment ever waits for this. */
export const viewProviders = (needs: Needs): Promise<readonly ProviderView[]> =>
  Promise.all(needs.providers.all.map((provider) => viewOf(needs, provider)));

async function viewOf(needs: Needs, provider: Provider): Promise<ProviderView> {
  const { name, account, refund } = provider;
  const said = await provider.features?.();
  return {
    name,
    account,
    can: {
      webhooks: provider.readWebhook !== undefined,
      close: provider.close !== undefined,
      refund: refund ? (refund.partial ? "part" : "whole") : "no",
      list: provider.movements !== undefined,
    },
    features: said?.is === "happened" ? said.value : null,
    silent: await isSilent(needs, provider),
    stopped: await isStopped(needs, provider),
  };
}
