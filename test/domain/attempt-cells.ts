import { checkoutClosed } from "../../domain/close-checkout.ts";
import { attemptRefused } from "../../domain/look-up.ts";
import type { AttemptChange, AttemptState } from "../../domain/states.ts";
import { type CellStory, happens } from "./cell.ts";
import { FAILED, isCancelled, lived, opened, RAN_OUT, says, type Step, TRIED, unanswered } from "./lives.ts";
import { NOW } from "./story.ts";

const ALREADY = ["already"];
const ASKED = ["attempt_checked"];
const PAID = ["attempt_checked", "payment_applied", "invoice_paid"];

/** The provider says no to the checkout, and none can stand there. */
const refusedCheckout: Step = (invoice) =>
  attemptRefused(
    invoice,
    "try",
    { because: "merchant is blocked", code: "E42", mayExist: false, caseId: "c-new" },
    NOW,
  );
/** The provider says that it has ended the checkout, as we asked for a link that is dead. */
const closed: Step = (invoice) => checkoutClosed(invoice, "try", "r-2");

/** What an attempt lives through when it hears of each change: one without a story does not compile. */
export const ATTEMPT_CELLS: Record<AttemptState, Record<AttemptChange, CellStory<AttemptState>>> = {
  opening: {
    opened: {
      tells: "the provider opens the checkout: the customer can pay there",
      play: () => happens(TRIED.opening, opened()),
      answers: ["attempt_opened"],
      becomes: "pending",
    },
    unanswered: {
      tells: "the provider gives no answer: nobody knows whether a checkout exists",
      play: () => happens(TRIED.opening, unanswered),
      answers: ["attempt_unanswered"],
      becomes: "unknown",
    },
    failed: {
      tells: "the provider refuses the checkout for good: the attempt has failed and ops are asked",
      play: () => happens(TRIED.opening, refusedCheckout),
      answers: ["attempt_failed", "case_opened"],
      becomes: "failed",
    },
    expired: {
      tells: "its link is cancelled before the provider has answered: there is no checkout to close yet",
      play: () => happens(lived(TRIED.opening, isCancelled), closed),
      answers: ALREADY,
      becomes: "opening",
    },
    paid: {
      tells: "nobody can look up a checkout without the provider's id of it: money for one is a bug that is seen",
      play: () => happens(TRIED.opening, says()),
      answers: ["bug: attempt try is opening and cannot become paid"],
      becomes: "opening",
    },
  },
  unknown: {
    opened: {
      tells: "the same call with the same key is answered at last: the checkout is the one that was asked for",
      play: () => happens(TRIED.unknown, opened()),
      answers: ["attempt_opened"],
      becomes: "pending",
    },
    unanswered: {
      tells: "the repeated call is not answered either: that is nothing new",
      play: () => happens(TRIED.unknown, unanswered),
      answers: ALREADY,
      becomes: "unknown",
    },
    failed: {
      tells: "the provider finds it, and it was declined: what nobody knew has failed",
      play: () => happens(TRIED.unknown, FAILED),
      answers: ["attempt_checked", "attempt_failed"],
      becomes: "failed",
    },
    expired: {
      tells: "a session ran out that we never saw opened: it is noted, and the same call goes on being repeated",
      play: () => happens(TRIED.unknown, RAN_OUT),
      answers: ASKED,
      becomes: "unknown",
    },
    paid: {
      tells: "the unanswered call had made a checkout and the customer paid there: the money is applied",
      play: () => happens(TRIED.unknown, says()),
      answers: PAID,
      becomes: "paid",
    },
  },
  pending: {
    opened: {
      tells: "the answer that opened the checkout comes a second time: it is known",
      play: () => happens(TRIED.pending, opened()),
      answers: ALREADY,
      becomes: "pending",
    },
    unanswered: {
      tells: "a repeated call times out after another one was answered: the checkout is there all the same",
      play: () => happens(TRIED.pending, unanswered),
      answers: ALREADY,
      becomes: "pending",
    },
    failed: {
      tells: "the card is declined: the attempt has failed and the customer may try again",
      play: () => happens(TRIED.pending, FAILED),
      answers: ["attempt_checked", "attempt_failed"],
      becomes: "failed",
    },
    expired: {
      tells: "nobody paid while the provider's session lasted: the attempt has expired",
      play: () => happens(TRIED.pending, RAN_OUT),
      answers: ["attempt_checked", "attempt_expired"],
      becomes: "expired",
    },
    paid: {
      tells: "a lookup says that the customer paid: the money is applied",
      play: () => happens(TRIED.pending, says()),
      answers: PAID,
      becomes: "paid",
    },
  },
  failed: {
    opened: {
      tells: "the answer that opened the checkout comes after it failed: the attempt is not opened again",
      play: () => happens(TRIED.failed, opened()),
      answers: ALREADY,
      becomes: "failed",
    },
    unanswered: {
      tells: "a repeated call times out after the attempt failed: it has failed all the same",
      play: () => happens(TRIED.failed, unanswered),
      answers: ALREADY,
      becomes: "failed",
    },
    failed: {
      tells: "the daily lookup says once more that it failed: only that somebody asked is new",
      play: () => happens(TRIED.failed, FAILED),
      answers: ASKED,
      becomes: "failed",
    },
    expired: {
      tells: "the session of a declined card runs out later: the attempt failed, and stays so",
      play: () => happens(TRIED.failed, RAN_OUT),
      answers: ASKED,
      becomes: "failed",
    },
    paid: {
      tells: "the bank approves after it had declined: the late money is applied",
      play: () => happens(TRIED.failed, says()),
      answers: PAID,
      becomes: "paid",
    },
  },
  expired: {
    opened: {
      tells: "the answer that opened the checkout comes after its session ran out: it is not opened again",
      play: () => happens(TRIED.expired, opened()),
      answers: ALREADY,
      becomes: "expired",
    },
    unanswered: {
      tells: "a repeated call times out after the session ran out: it has ended all the same",
      play: () => happens(TRIED.expired, unanswered),
      answers: ALREADY,
      becomes: "expired",
    },
    failed: {
      tells: "the provider calls an ended session failed: it ended without money either way",
      play: () => happens(TRIED.expired, FAILED),
      answers: ASKED,
      becomes: "expired",
    },
    expired: {
      tells: "the checkout is closed for a dead link after its session ran out: it had ended before",
      play: () => happens(lived(TRIED.expired, isCancelled), closed),
      answers: ALREADY,
      becomes: "expired",
    },
    paid: {
      tells: "money that was on its way when the session ran out arrives: it is applied",
      play: () => happens(TRIED.expired, says()),
      answers: PAID,
      becomes: "paid",
    },
  },
  paid: {
    opened: {
      tells: "the answer that opened the checkout comes after it was paid: it stays paid",
      play: () => happens(TRIED.paid, opened()),
      answers: ALREADY,
      becomes: "paid",
    },
    unanswered: {
      tells: "a repeated call times out after the checkout was paid: it stays paid",
      play: () => happens(TRIED.paid, unanswered),
      answers: ALREADY,
      becomes: "paid",
    },
    failed: {
      tells: "a late `failed` never rolls a payment back: only that somebody asked is new",
      play: () => happens(TRIED.paid, FAILED),
      answers: ASKED,
      becomes: "paid",
    },
    expired: {
      tells: "the session runs out after it was paid: the payment stands",
      play: () => happens(TRIED.paid, RAN_OUT),
      answers: ASKED,
      becomes: "paid",
    },
    paid: {
      tells: "a webhook comes again and the lookup says paid again: it is the same payment, counted once",
      play: () => happens(TRIED.paid, says()),
      answers: ASKED,
      becomes: "paid",
    },
  },
};
