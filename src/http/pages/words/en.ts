import type { PageWords } from "./page-words.ts";

export const en: PageWords = {
  states: {
    payable: {
      title: "Ready to pay",
      means: "Nothing has been paid yet.",
      next: "Press Pay: the payment provider’s page opens, and you finish the payment there.",
    },
    failed: {
      title: "The payment did not go through",
      means: "The payment was not completed, and we have received no money.",
      next: "You can try again, with the same card or another one.",
    },
    preparing: {
      title: "Being prepared",
      means:
        "We have asked the payment provider to open a checkout and are waiting for the answer. Nothing can be paid yet.",
      next: "This page will change by itself. If nothing changes for several minutes, come back later or write to the person who sent you the link.",
    },
    pending: {
      title: "Waiting for confirmation",
      means: "A checkout is open, and the payment is not confirmed yet. We are asking the payment provider.",
      next: "This page will change by itself, and you may close it. If you have not paid yet, go back to the open checkout; if you have, please do not pay again.",
    },
    checking: {
      title: "The payment is being checked",
      means: "The money has arrived, and a person is looking at the payment before it is applied.",
      next: "You do not need to do anything. Please do not pay again.",
    },
    paid: {
      title: "Paid, thank you",
      means: "The payment provider has confirmed your payment.",
      next: "There is nothing more to do. You can close this page.",
    },
    refunded: {
      title: "The money was returned",
      means: "Your payment was received, and it has been refunded.",
      next: "When the money appears in your account depends on your bank. If something is unclear, write to the person who sent you the link.",
    },
    expired: {
      title: "The time to pay has ended",
      means: "This link can no longer be used, and we have received no payment through it.",
      next: "If you still wish to pay, ask the person who sent it for a new link.",
    },
    cancelled: {
      title: "The link was cancelled",
      means: "This link can no longer be used, and we have received no payment through it.",
      next: "If you have questions, write to the person who sent you the link.",
    },
    replaced: {
      title: "A newer link replaces this one",
      means: "This link can no longer be used, and we have received no payment through it.",
      next: "Please pay with the latest link you were sent.",
    },
    unavailable: {
      title: "Payments are paused",
      means: "Nobody can begin to pay just now, and nothing was taken from you. The people responsible have been told.",
      next: "Please come back later: this link stays valid until its deadline.",
    },
    outdated: {
      title: "The amount has changed",
      means: "This link shows the old amount and can no longer be used. We have received no payment through it.",
      next: "Please wait for a new link, or write to the person who sent you this one.",
    },
  },
  returned: {
    title: "No payment is known yet",
    means: "You have come back from the payment provider’s page, but we know of no payment yet.",
    next: "If you have paid, do not pay again: reload this page in a minute. If you have not, press Pay.",
  },
  notices: {
    notFound: {
      title: "There is no such page",
      means: "This address does not lead to a payment. Nothing was paid.",
      next: "Check that the link was copied whole, or ask the person who sent it for a new one.",
    },
    crossSite: {
      title: "The press on Pay came from another site",
      means: "For your safety a payment begins only on our own page. Nothing was paid.",
      next: "Open the page of the payment and press Pay there.",
    },
    wrongMethod: {
      title: "This address cannot be opened like that",
      means: "It is meant for something else. Nothing was changed or paid by this.",
      next: "Open the page of the payment to see how it stands.",
    },
    failure: {
      title: "Something went wrong on our side",
      means: "We cannot show how the payment stands at the moment. If you have paid, your payment is not lost.",
      next: "Open the page again in a minute. If you have already paid, please do not pay again.",
    },
  },
  amounts: { due: "To pay", paid: "Paid", amount: "Amount" },
  facts: {
    invoice: "Invoice",
    payableUntil: "Payable until",
    paidAt: "Paid at",
    reference: "Payment reference",
  },
  pay: (amount) => `Pay ${amount}`,
  backToCheckout: "Back to the open checkout",
  openPage: "Open the payment page",
  assurance: "You pay on the payment provider’s own page. Card details are never asked for here.",
  language: "Language",
  requestId: (id) => `If you write to us about this, mention the number ${id}.`,
};
