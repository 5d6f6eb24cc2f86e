import { z } from "zod";
import type { Answer } from "../../ports.ts";
import { ask } from "./ask.ts";
import type { Patience, Sdk } from "./sdk.ts";

const list = z.looseObject({ object: z.literal("list") });

/** Reads one movement, which a restricted key may read too: what matters is whether Stripe knows whose key it is. */
export const check = (sdk: Sdk, { readMs }: Patience): Promise<Answer<unknown>> =>
  ask("read", list, () => sdk.balanceTransactions.list({ limit: 1 }, { timeout: readMs }));
