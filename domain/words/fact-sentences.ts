import type { FactName } from "../facts.ts";
import { ACCOUNT_FACTS } from "./account-facts.ts";
import type { Sentences } from "./fact-saying.ts";
import { LINK_FACTS } from "./link-facts.ts";
import { MONEY_FACTS } from "./money-facts.ts";

/** Every fact as what happened, whoever did it. */
export const FACT_SENTENCES: Sentences<FactName> = { ...ACCOUNT_FACTS, ...LINK_FACTS, ...MONEY_FACTS };
