import type { Decision } from "../../domain/decision.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { lookedUp } from "../../domain/look-up.ts";
import type { LookedUp } from "../../domain/looked-up.ts";
import { attemptOpened, attemptUnanswered, beginAttempt } from "../../domain/open-attempt.ts";
import type { AttemptState, LinkState } from "../../domain/states.ts";
import { after, DAY, later, money, NOW, owed, report, when } from "./story.ts";

/** One thing that happens to an invoice, as a rule decides it. */
export type Step = (invoice: Invoice) => Decision;

/** An invoice after these steps. A step that is refused is a mistake of the story. */
export const lived = (invoice: Invoice, ...steps: readonly Step[]): Invoice =>
  steps.reduce((before, step) => {
    const decision = step(before);
    if (decision.kind === "refused") throw new Error(`this story cannot happen: ${decision.because}`);
    return after(before, decision);
  }, invoice);

/** The customer presses Pay: from then on there is the attempt of this id. */
export const isTried =
  (id = "try"): Step =>
  (invoice) =>
    beginAttempt(invoice, { id, link: "it", provider: "vpos", account: "main" }, NOW);
/** The provider's answer that made a checkout for an attempt. */
export const opened =
  (id = "try"): Step =>
  (invoice) =>
    attemptOpened(invoice, id, {
      reference: `vpos-${id}`,
      url: `https://vpos.example/${id}`,
      expiresAt: null,
      requestId: "r-0",
    });
export const unanswered: Step = (invoice) => attemptUnanswered(invoice, "try", "no answer in 10 seconds");
/** What a lookup of an attempt says; without words, that it was paid as it should be. */
export const says =
  (said: Partial<LookedUp> = {}, id = "try"): Step =>
  (invoice) =>
    lookedUp(invoice, id, {
      report: report({ reference: `vpos-${id}`, ...said }),
      requestId: "r-1",
      ids: { payment: `p-${id}`, case: `c-${id}` },
      now: NOW,
    });
export const FAILED = says({ status: "failed", providerStatus: "DECLINED" });
export const RAN_OUT = says({ status: "expired", providerStatus: "EXPIRED" });

/** The CRM's new amount: 18 000 drams. */
export const DEARER = money(1_800_000n);
export const getsDearer: Step = (invoice) => when(invoice).hearsFromTheCrm({ amount: DEARER });
export const isCancelled: Step = (invoice) => when(invoice).isCancelled("typo");
/** The new link is `new`. */
export const isReissued: Step = (invoice) => when(invoice).isReissued();
export const comesToItsEnd: Step = (invoice) => when(invoice, { at: later(4 * DAY) }).comesToItsDeadline();

export const issued = lived(owed(), (invoice) => when(invoice).isIssued({ id: "it" }));
const opening = lived(issued, isTried());
const pending = lived(opening, opened());

/** An invoice whose attempt `try`, on its link `it`, has come to this state by what happened. */
export const TRIED: Record<AttemptState, Invoice> = {
  opening,
  unknown: lived(opening, unanswered),
  pending,
  failed: lived(pending, FAILED),
  expired: lived(pending, RAN_OUT),
  paid: lived(pending, says()),
};

/** An invoice whose link `it`, with a customer at its checkout, has come to this state by what happened. */
export const LINKED: Record<LinkState, Invoice> = {
  active: pending,
  expired: lived(pending, comesToItsEnd),
  replaced: lived(pending, isReissued),
  cancelled: lived(pending, isCancelled),
  paid: TRIED.paid,
};
