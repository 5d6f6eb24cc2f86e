import type { Case, Invoice } from "../../domain/invoice.ts";
import type { Money } from "../../domain/money.ts";
import type { Merchant } from "./merchant.ts";

/** How a case of one kind comes to be opened, and the facts that its sentence has to contain. */
export type CaseStory = {
  readonly tells: string;
  /** The invoice that now has the case; or the case itself, where it belongs to none or comes from a use case. */
  readonly play: (merchant: Merchant) => Invoice | Promise<Case | undefined>;
  /** What the sentence names in every language; amounts as each language writes them. */
  readonly names: readonly (string | Money)[];
};
