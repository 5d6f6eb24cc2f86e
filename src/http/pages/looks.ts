import type { PageState } from "../../usecases/page-view.ts";
import type { AmountKind, FactKind } from "./words/page-words.ts";

/** The mood of a page, in its colour and its sign: a quiet dot, a turning ring, a tick, an exclamation mark, a dash. */
export type Tone = "open" | "waiting" | "good" | "bad" | "over";

export type Look = {
  readonly tone: Tone;
  readonly amount: AmountKind;
  readonly facts: readonly FactKind[];
  /** The only button a page has: pay, or go back to the checkout that is open (the same press does both). */
  readonly button: "pay" | "back" | null;
  /** `script`: our script watches it. `always`: without scripts the browser reloads it. `never`: it waits for nobody. */
  readonly watched: "never" | "script" | "always";
};

const TO_PAY: readonly FactKind[] = ["invoice", "payableUntil"];
const RECEIVED: readonly FactKind[] = ["invoice", "paidAt", "reference"];
const ENDED = {
  tone: "over",
  amount: "amount",
  facts: ["invoice"],
  button: null,
  watched: "never",
} as const;

/** What a page of each state shows besides its sentences. */
export const LOOKS: Readonly<Record<PageState, Look>> = {
  payable: { tone: "open", amount: "due", facts: TO_PAY, button: "pay", watched: "never" },
  failed: { tone: "bad", amount: "due", facts: TO_PAY, button: "pay", watched: "never" },
  preparing: { tone: "waiting", amount: "due", facts: TO_PAY, button: null, watched: "always" },
  pending: { tone: "waiting", amount: "due", facts: TO_PAY, button: "back", watched: "always" },
  checking: { tone: "waiting", amount: "amount", facts: RECEIVED, button: null, watched: "script" },
  paid: { tone: "good", amount: "paid", facts: RECEIVED, button: null, watched: "never" },
  refunded: { tone: "over", amount: "amount", facts: RECEIVED, button: null, watched: "never" },
  expired: { ...ENDED, facts: TO_PAY },
  cancelled: ENDED,
  replaced: ENDED,
  outdated: ENDED,
  unavailable: { ...ENDED, facts: TO_PAY, watched: "script" },
};
