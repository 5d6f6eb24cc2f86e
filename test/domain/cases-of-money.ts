import { refundNotTaken } from "../../domain/give-back.ts";
import { silent } from "../../domain/look-up.ts";
import type { CaseKind } from "../../domain/cases.ts";
import type { CaseStory } from "./case-tale.ts";
import {
  DEARER,
  FAILED,
  getsDearer,
  isReissued,
  isTried,
  issued,
  LINKED,
  lived,
  opened,
  says,
  type Step,
  TRIED,
} from "./lives.ts";
import { DAY, DUE, later, money, NOW, when } from "./story.ts";

const NAME = "INV-1042";
const BANK = "bank-77";
const PART = money(500_000n);
const MORE = money(2_000_000n);

/** 5 000 drams came where 15 000 were asked for, and an accountant decided that they go back. */
const toGoBack = lived(TRIED.pending, says({ amount: PART }), (it) =>
  when(it).isDecided({ case: "c-try", action: "refund" }),
);
const notTaken: Step = (it) =>
  refundNotTaken(it, "p-try", { because: "merchant is blocked", code: "E42", caseId: "c-refused", now: NOW });
const stillHere: Step = (it) => silent(it, "try", "c-overdue", later(5 * DAY));

/** Money that is held, that went back, or that is disputed. */
export const CASES_OF_MONEY = {
  order_differs: {
    tells: "a payment names another order",
    play: () => lived(TRIED.pending, says({ orderId: "INV-9" })),
    names: [NAME, DUE, "INV-9", BANK],
  },
  currency_differs: {
    tells: "fifteen thousand dollars came where drams were asked for",
    play: () => lived(TRIED.pending, says({ amount: money(1_500_000n, "USD") })),
    names: [NAME, money(1_500_000n, "USD"), DUE, BANK],
  },
  amount_differs: {
    tells: "the provider counts decimals in another way: a hundredth came",
    play: () => lived(TRIED.pending, says({ amount: money(15_000n) })),
    names: [NAME, money(15_000n), DUE, BANK],
  },
  overpaid: {
    tells: "the customer paid more than was asked for",
    play: () => lived(TRIED.pending, says({ amount: MORE })),
    names: [NAME, MORE, DUE, BANK],
  },
  underpaid: {
    tells: "the customer paid less than was asked for",
    play: () => lived(TRIED.pending, says({ amount: PART })),
    names: [NAME, PART, DUE, BANK],
  },
  paid_twice: {
    tells: "the second attempt paid the link, and the first turns out to be paid as well",
    play: () => lived(TRIED.pending, FAILED, isTried("second"), opened("second"), says({}, "second"), says()),
    names: [NAME, DUE, BANK],
  },
  paid_cancelled_link: {
    tells: "the customer pays at a checkout whose link was cancelled meanwhile",
    play: () => lived(LINKED.cancelled, says()),
    names: [NAME, DUE, BANK],
  },
  paid_stale_link: {
    tells: "the customer pays the old amount after the CRM had raised it",
    play: () => lived(TRIED.pending, getsDearer, says()),
    names: [NAME, DUE, BANK],
  },
  paid_expired_link: {
    tells: "the customer pays late, and meanwhile the CRM had raised the amount",
    play: () => lived(LINKED.expired, getsDearer, says()),
    names: [NAME, DUE, BANK],
  },
  paid_replaced_link: {
    tells: "the customer pays the old link, and meanwhile the CRM had raised the amount of the new one",
    play: () => lived(TRIED.pending, isReissued, getsDearer, says()),
    names: [NAME, DUE, BANK],
  },
  refund_unannounced: {
    tells: "the provider gives back a third of a payment, and nobody here had asked for it",
    play: () => lived(TRIED.paid, says({ status: "part_refunded", refunded: PART })),
    names: [NAME, PART, BANK, "(vpos)"],
  },
  refund_overdue: {
    tells: "money was to go back, and five days later it has not",
    play: () => lived(toGoBack, stillHere),
    names: [NAME, PART, BANK, "(vpos)", `/paylink verify ${NAME}`],
  },
  refund_refused: {
    tells: "money was to go back, and the provider does not take that on",
    play: () => lived(toGoBack, notTaken),
    names: [NAME, PART, BANK, "(vpos)", "merchant is blocked", "E42"],
  },
  refund_exceeds: {
    tells: "the provider says that more went back than was ever paid",
    play: () => lived(TRIED.paid, says({ status: "refunded", refunded: MORE })),
    names: [NAME, MORE, DUE, BANK, "(vpos)"],
  },
  refund_came_back: {
    tells: "the provider had said that it went back, and then no longer says so",
    play: () =>
      lived(TRIED.paid, says({ status: "refunded", refunded: DUE }), says({ refunded: { ...DUE, minor: 0n } })),
    names: [NAME, DUE, BANK, "(vpos)"],
  },
  refund_reversed: {
    tells: "the provider had said that a part went back, and then no longer says so",
    play: () =>
      lived(TRIED.paid, says({ status: "part_refunded", refunded: PART }), says({ refunded: { ...DUE, minor: 0n } })),
    names: [NAME, PART, BANK, "(vpos)"],
  },
  chargeback: {
    tells: "the cardholder's bank disputes a third of a payment",
    play: () => lived(TRIED.paid, says({ dispute: { state: "open", amount: PART } })),
    names: [NAME, PART, BANK, "(vpos)"],
  },
  fiscal_failed: {
    tells: "the register did not print the receipt of a payment",
    play: () => lived(TRIED.paid, says({ fiscal: "failed" })),
    names: [NAME, DUE, BANK],
  },
  link_stale: {
    tells: "the CRM raises the amount after the link was sent",
    play: () => lived(issued, (it) => when(it).isSent(), getsDearer),
    names: [NAME, DUE, DEARER, `/paylink reissue ${NAME}`],
  },
} satisfies Partial<Record<CaseKind, CaseStory>>;
