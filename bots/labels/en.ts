import type { Labels } from "./shape.ts";

export const EN: Labels = {
  customer: "Customer",
  purpose: "Purpose",
  status: "Status",
  link: "Link",
  deadline: "Payable until",
  attempt: "Payment attempt",
  stillPayable: (until) =>
    until === null
      ? "A checkout of this link is still open at the provider and could be paid. What comes is held or applied by the rules."
      : `A checkout of this link is still open at the provider and could be paid until ${until}. What comes is held or applied by the rules.`,
  receipt: "Fiscal receipt",
  page: "Page for the customer:",
  issuedBy: (name, at) => `Issued by ${name}, ${at}`,
  send: (channel, outcome, who) => `Delivery ${channel}: ${outcome} (${who})`,
  earlier: (count) => `… and ${count} earlier`,
  more: (count) => `… and ${count} more`,
  buttons: {
    send: "Send",
    sendAgain: "Send again",
    copy: "Copy the link",
    verify: "Verify now",
    reissue: "Reissue",
    cancel: "Cancel",
    why: "Why this status",
  },
  confirm: {
    title: "Cancel the payment link?",
    text: (invoice) => `The customer will no longer be able to pay ${invoice} with this link. This cannot be undone.`,
    yes: "Cancel the link",
    no: "Keep it",
  },
  confirmReissue: {
    title: "Replace the payment link?",
    text: (invoice) =>
      `A new link for what is owed on ${invoice} now takes the place of this one. The customer can no longer pay with the old one.`,
    yes: "Replace the link",
    no: "Keep it",
  },
  caseButtons: { apply: "Apply", refund: "Refund", dismiss: "Dismiss" },
  modal: {
    title: "Decide the case",
    reason: "Why? It is kept with your name.",
    submit: "Decide",
    close: "Leave it open",
  },
  inviteMe: "I could not post this in the channel where it was asked for. To have it there: /invite the app into it.",
  case: "Case",
  caseStates: { open: "open", resolved: "resolved" },
  openCase: "Where it is resolved:",
  alreadyIssued: (invoice, name, at) =>
    `The link for ${invoice} was already issued by ${name}, ${at}. It is the same one:`,
  cardIsHere: "Its card:",
  sent: (invoice) => `The link for ${invoice} is on its way to the customer. The card shows how it went.`,
  cancelled: (invoice) => `The link for ${invoice} is cancelled. Nobody can begin to pay with it any more.`,
  reissued: (invoice, sent) =>
    sent
      ? `The link for ${invoice} is replaced by a new one, which is on its way to the customer.`
      : `The link for ${invoice} is replaced by a new one. Send it with the button on its card.`,
  resolved: (decision) => `The case is resolved. ${decision}`,
  proposed:
    "Your proposal is recorded. The amount needs a second person: no money was moved until another accountant chooses the same.",
  pressAgain: "Slack gave us too little time to open the window. Please press the button again.",
  copied: (invoice) => `The address of the page for ${invoice}, to pass on to the customer:`,
  invited: (invoice) =>
    `Our bot cannot write to the customer of ${invoice} in Telegram yet. Pass this address on: when they open it and press ` +
    "Start, the bot shows them this invoice with a button to pay, and their next links reach them by themselves.",
  verified: (invoice, status) => `The provider was asked about ${invoice}. Status: ${status}.`,
  notAnswered: (invoice) => `The provider has not answered about ${invoice}. We shall ask again by ourselves.`,
  why: (invoice, status) => `How ${invoice} came to be "${status}":`,
  noLinks: "You have no open payment links.",
  noCases: "There are no open cases for you.",
  telegramCode:
    "Open this address where your Telegram is and press Start. It works once, for 15 minutes, and speaks for you: do not " +
    "pass it on. Afterwards /paylink works in your managers' group in Telegram with the rights you have here:",
  telegramEnded: "Your account in Telegram is no longer linked to you: /paylink there does nothing for it any more.",
  telegramNone: "No account in Telegram is linked to you. To link one, type /paylink telegram.",
  unreadablePress: "This button cannot be read any more. Type /paylink and the invoice to get a fresh card.",
  notRecorded: "This could not be recorded. Please try again: nothing is ever done twice.",
  notDone: "This could not be done because something failed on our side. Please try again: nothing is ever done twice.",
  requestId: (id) => `Request id: ${id}`,
};
