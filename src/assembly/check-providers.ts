import type { Logger } from "pino";
import { accountName } from "../../domain/account.ts";
import type { Providers } from "../ports.ts";

/** Asks every provider that can tell whether it knows our key, so that a wrong one is found at the start and not at a Pay. */
export async function checkProviders({ all }: Pick<Providers, "all">, log: Pick<Logger, "error">): Promise<void> {
  await Promise.all(
    all.map(async (provider) => {
      const answer = await provider.check?.();
      if (answer?.is !== "refused" || answer.code !== "unauthorized") return;
      log.error(`${accountName(provider.name, provider.account)}: ${answer.because}`);
    }),
  );
}
