import { cancel } from "../../domain/cancel.ts";
import { reissue } from "../../domain/reissue.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import type { LinkChange, LinkState } from "../../domain/states.ts";
import { type CellStory, happens } from "./cell.ts";
import {
  comesToItsEnd,
  FAILED,
  isCancelled,
  isReissued,
  isTried,
  LINKED,
  lived,
  opened,
  says,
  type Step,
} from "./lives.ts";
import { ani, NOW, when } from "./story.ts";

const NO_LIVE_LINK = ["no: no_live_link"];
const PAID = ["attempt_checked", "payment_applied", "invoice_paid"];
const HELD = ["attempt_checked", "payment_held", "case_opened"];

/** The old card is pressed: its link is `it`, whichever is live now. */
const oldCardCancels: Step = (invoice) => cancel(invoice, "typo", "it");
const oldCardReissues: Step = (invoice) =>
  reissue(
    invoice,
    { by: ani, id: "third", token: "token-of-third", reason: "wrong date", origin: null, meant: "it" },
    DEFAULT_POLICY,
    NOW,
  );

/** The first attempt failed, the second one paid, and then the first turns out to have been paid after all. */
const paidByTheSecond = lived(LINKED.active, FAILED, isTried("second"), opened("second"), says({}, "second"));

/** What a link lives through when it hears of each change: one without a story does not compile. */
export const LINK_CELLS: Record<LinkState, Record<LinkChange, CellStory<LinkState>>> = {
  active: {
    paid: {
      tells: "the customer pays: the link is paid, and the invoice with it",
      play: () => happens(LINKED.active, says()),
      answers: PAID,
      becomes: "paid",
    },
    expired: {
      tells: "its deadline and the grace of an open checkout have passed: the link expires",
      play: () => happens(LINKED.active, comesToItsEnd),
      answers: ["link_expired"],
      becomes: "expired",
    },
    cancelled: {
      tells: "the manager cancels it, although the customer is at the checkout: the link is cancelled",
      play: () => happens(LINKED.active, isCancelled),
      answers: ["link_cancelled"],
      becomes: "cancelled",
    },
    replaced: {
      tells: "the manager reissues it: the new link takes its place in the same decision",
      play: () => happens(LINKED.active, isReissued),
      answers: ["link_replaced", "link_issued"],
      becomes: "replaced",
    },
  },
  expired: {
    paid: {
      tells: "a checkout begun in time is paid late: exactly this is owed, so the expired link is paid",
      play: () => happens(LINKED.expired, says()),
      answers: PAID,
      becomes: "paid",
    },
    expired: {
      tells: "the job of its deadline runs a second time: an expired link does not expire again",
      play: () => happens(LINKED.expired, comesToItsEnd),
      answers: ["already"],
      becomes: "expired",
    },
    cancelled: {
      tells: "Cancel is pressed on its old card: an expired link has nothing left to cancel",
      play: () => happens(LINKED.expired, oldCardCancels),
      answers: NO_LIVE_LINK,
      becomes: "expired",
    },
    replaced: {
      tells: "Reissue is pressed on its old card: an expired link is followed by a new one, never replaced",
      play: () => happens(LINKED.expired, oldCardReissues),
      answers: NO_LIVE_LINK,
      becomes: "expired",
    },
  },
  replaced: {
    paid: {
      tells: "the customer pays the old link: it is paid, and the new one is withdrawn so that nobody pays twice",
      play: () => happens(LINKED.replaced, says()),
      answers: [...PAID, "link_withdrawn"],
      becomes: "paid",
    },
    expired: {
      tells: "the deadline it once had comes: a replaced link ended when the new one took its place",
      play: () => happens(LINKED.replaced, comesToItsEnd),
      answers: ["already"],
      becomes: "replaced",
    },
    cancelled: {
      tells: "Cancel is pressed on its old card: neither the replaced link nor the new one is cancelled",
      play: () => happens(LINKED.replaced, oldCardCancels),
      answers: NO_LIVE_LINK,
      becomes: "replaced",
    },
    replaced: {
      tells: "Reissue is pressed on its old card: no third link is made, and the new one stays",
      play: () => happens(LINKED.replaced, oldCardReissues),
      answers: NO_LIVE_LINK,
      becomes: "replaced",
    },
  },
  cancelled: {
    paid: {
      tells: "the customer pays at the checkout that was open: the money is held, and the link stays cancelled",
      play: () => happens(LINKED.cancelled, says()),
      answers: HELD,
      becomes: "cancelled",
    },
    expired: {
      tells: "the deadline it once had comes: a cancelled link stays cancelled",
      play: () => happens(LINKED.cancelled, comesToItsEnd),
      answers: ["already"],
      becomes: "cancelled",
    },
    cancelled: {
      tells: "two managers press Cancel: the second one hears that there is no live link",
      play: () => happens(LINKED.cancelled, isCancelled),
      answers: NO_LIVE_LINK,
      becomes: "cancelled",
    },
    replaced: {
      tells: "Reissue is pressed after Cancel: a cancelled link is followed by a new one, never replaced",
      play: () => happens(LINKED.cancelled, isReissued),
      answers: NO_LIVE_LINK,
      becomes: "cancelled",
    },
  },
  paid: {
    paid: {
      tells: "an attempt that had failed turns out to be paid too: that money is held, the link was paid once",
      play: () => happens(paidByTheSecond, says()),
      answers: HELD,
      becomes: "paid",
    },
    expired: {
      tells: "the deadline comes after the payment: a paid link hears it and stays paid",
      play: () => happens(LINKED.paid, comesToItsEnd),
      answers: ["already"],
      becomes: "paid",
    },
    cancelled: {
      tells: "the CRM cancels the invoice after it was paid: the change is noted, and the link stays paid",
      play: () => happens(LINKED.paid, (invoice) => when(invoice).hearsFromTheCrm({ state: "cancelled" })),
      answers: ["invoice_changed"],
      becomes: "paid",
    },
    replaced: {
      tells: "Reissue is pressed on the card of a paid link: there is nothing left to collect",
      play: () => happens(LINKED.paid, isReissued),
      answers: NO_LIVE_LINK,
      becomes: "paid",
    },
  },
};
