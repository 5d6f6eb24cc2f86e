import type { Fact, FactName } from "./facts.ts";
import type { Attempt, Case, Invoice, InvoiceKey, Link, Payment } from "./invoice.ts";
import type { Money } from "./money.ts";
import { afterAttemptChange, afterLinkChange, type AttemptChange, type LinkChange } from "./states.ts";

/** The invoice as it is once these facts are true. Facts carry everything: the same facts always make the same invoice. */
export const applyAll = (invoice: Invoice, facts: readonly Fact[]): Invoice =>
  facts.reduce((before, fact) => apply(before, fact), invoice);

type Applied = { readonly [Name in FactName]: (invoice: Invoice, fact: Fact<Name>) => Invoice };

/** One entry for every fact: a new fact without a consequence does not compile. */
const APPLIED: Applied = {
  policy_adopted: (invoice) => invoice,
  account_linked: (invoice) => invoice,
  account_unlinked: (invoice) => invoice,
  invoice_learned: (invoice) => invoice,
  invoice_changed: (invoice, { now }) => ({ ...invoice, ...now, ...keyOf(invoice) }),
  link_issued: (invoice, { link }) => ({ ...invoice, links: [...invoice.links, link] }),
  link_amended: (invoice, { link, amount, purpose, part }) => onLink(invoice, link, { amount, purpose, part }),
  link_went_stale: (invoice, { link }) => onLink(invoice, link, { stale: true }),
  link_sent: (invoice, { link, send }) => onLink(invoice, link, { sends: [...theLink(invoice, link).sends, send] }),
  send_answered: (invoice, { link, send, outcome }) =>
    onLink(invoice, link, {
      sends: theLink(invoice, link).sends.map((one) => (one.id === send ? { ...one, outcome } : one)),
    }),
  link_cancelled: (invoice, { link }) => moveLink(invoice, link, "cancelled"),
  link_replaced: (invoice, { link }) => moveLink(invoice, link, "replaced"),
  link_withdrawn: (invoice, { link }) => moveLink(invoice, link, "cancelled"),
  link_expired: (invoice, { link }) => moveLink(invoice, link, "expired"),
  customer_bound: (invoice) => invoice,
  attempt_opening: (invoice, { attempt }) => ({ ...invoice, attempts: [...invoice.attempts, attempt] }),
  attempt_opened: (invoice, { attempt, reference, checkoutUrl, checkoutExpiresAt, requestId }) =>
    noteRequest(
      moveAttempt(invoice, attempt, "opened", { reference, checkoutUrl, checkoutExpiresAt }),
      attempt,
      requestId,
    ),
  attempt_unanswered: (invoice, { attempt }) => moveAttempt(invoice, attempt, "unanswered"),
  attempt_checked: (invoice, { attempt, requestId }) =>
    noteRequest(onAttempt(invoice, attempt, { lookups: theAttempt(invoice, attempt).lookups + 1 }), attempt, requestId),
  attempt_failed: (invoice, { attempt }) => moveAttempt(invoice, attempt, "failed"),
  attempt_expired: (invoice, { attempt }) => moveAttempt(invoice, attempt, "expired"),
  checkout_closed: (invoice, { attempt, requestId }) =>
    noteRequest(moveAttempt(invoice, attempt, "expired"), attempt, requestId),
  checkout_left_open: (invoice) => invoice,
  payment_applied: (invoice, { payment }) => payThrough(receive(invoice, payment), payment.link),
  payment_held: (invoice, { payment }) => receive(invoice, payment),
  hold_applied: (invoice, { payment, link }) => payThrough(onPayment(invoice, payment, { home: "applied" }), link),
  refund_proposed: (invoice) => invoice,
  refund_taken: (invoice) => invoice,
  payment_refunded: (invoice, { payment, refunded, full }) => giveBack(invoice, payment, refunded, full),
  refund_came_back: (invoice, { payment, refunded }) => onPayment(invoice, payment, { refunded, home: "held" }),
  payment_disputed: (invoice, { payment, dispute }) => onPayment(invoice, payment, { dispute }),
  payment_charged_back: (invoice, { payment, refunded, full }) => giveBack(invoice, payment, refunded, full),
  fiscal_changed: (invoice, { payment, fiscal }) => onPayment(invoice, payment, { fiscal }),
  invoice_paid: (invoice) => invoice,
  crm_told: (invoice) => invoice,
  case_opened: (invoice, { case: opened }) => ({ ...invoice, cases: [...invoice.cases, opened] }),
  case_proposed: (invoice, { case: id, action, by, reason }) =>
    onCase(invoice, id, ({ details }) => ({
      state: "open", // one that was dismissed is looked at again
      resolution: null,
      details: {
        ...details,
        proposedAction: action,
        proposedBy: by.id,
        proposedByName: by.name,
        proposedBecause: reason,
      },
    })),
  case_resolved: (invoice, { case: id, resolution }) => onCase(invoice, id, () => ({ state: "resolved", resolution })),
  case_updated: (invoice, { case: id, details }) => onCase(invoice, id, () => ({ details })),
};

const apply = <Name extends FactName>(invoice: Invoice, fact: Fact<Name>): Invoice => APPLIED[fact.is](invoice, fact);

/** What an invoice is known by never changes: its number, as first spelled, is the order id that checkouts already carry. */
const keyOf = ({ crm, kind, number }: InvoiceKey): InvoiceKey => ({ crm, kind, number });

/** A verified payment joins the invoice and its attempt is paid: the money exists, whatever home it finds. */
const receive = (invoice: Invoice, payment: Payment): Invoice =>
  moveAttempt({ ...invoice, payments: [...invoice.payments, payment] }, payment.attempt, "paid");

function moveLink(invoice: Invoice, id: string, change: LinkChange): Invoice {
  const link = theLink(invoice, id);
  const state = afterLinkChange(link.state, change);
  if (!state) throw new Error(`link ${id} is ${link.state} and cannot become ${change}`);
  return onLink(invoice, id, { state });
}

function moveAttempt(invoice: Invoice, id: string, change: AttemptChange, more: Partial<Attempt> = {}): Invoice {
  const attempt = theAttempt(invoice, id);
  const state = afterAttemptChange(attempt.state, change);
  if (!state) throw new Error(`attempt ${id} is ${attempt.state} and cannot become ${change}`);
  return onAttempt(invoice, id, { ...more, state });
}

const onLink = (invoice: Invoice, id: string, change: Partial<Link>): Invoice => ({
  ...invoice,
  links: invoice.links.map((link) => (link.id === id ? { ...link, ...change } : link)),
});

const onAttempt = (invoice: Invoice, id: string, change: Partial<Attempt>): Invoice => ({
  ...invoice,
  attempts: invoice.attempts.map((attempt) => (attempt.id === id ? { ...attempt, ...change } : attempt)),
});

/** Money that was paid through a link pays the link, unless it was cancelled. */
const payThrough = (invoice: Invoice, link: string): Invoice =>
  afterLinkChange(theLink(invoice, link).state, "paid") ? moveLink(invoice, link, "paid") : invoice;

const onPayment = (invoice: Invoice, id: string, change: Partial<Payment>): Invoice => ({
  ...invoice,
  payments: invoice.payments.map((payment) => (payment.id === id ? { ...payment, ...change } : payment)),
});

const giveBack = (invoice: Invoice, id: string, refunded: Money, full: boolean): Invoice =>
  onPayment(invoice, id, { refunded, ...(full ? { home: "refunded" as const } : {}) });

const onCase = (invoice: Invoice, id: string, change: (one: Case) => Partial<Case>): Invoice => ({
  ...invoice,
  cases: invoice.cases.map((one) => (one.id === id ? { ...one, ...change(one) } : one)),
});

const noteRequest = (invoice: Invoice, id: string, requestId: string | null): Invoice =>
  requestId === null
    ? invoice
    : onAttempt(invoice, id, { requestIds: [...theAttempt(invoice, id).requestIds, requestId] });

/** The link of this id. That it is missing is a bug: rules name only links they were given. */
export function theLink(invoice: Invoice, id: string): Link {
  const link = invoice.links.find((one) => one.id === id);
  if (!link) throw new Error(`invoice ${invoice.number} has no link ${id}`);
  return link;
}

/** The attempt of this id. That it is missing is a bug: rules name only attempts they were given. */
export function theAttempt(invoice: Invoice, id: string): Attempt {
  const attempt = invoice.attempts.find((one) => one.id === id);
  if (!attempt) throw new Error(`invoice ${invoice.number} has no attempt ${id}`);
  return attempt;
}
