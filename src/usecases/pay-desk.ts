import { theLink } from "../../domain/apply.ts";
import { beginAttempt, isBeingLookedAt } from "../../domain/open-attempt.ts";
import {
  type Attempt,
  type Invoice,
  type Link,
  nameOf,
  openAttempt,
  referenceOf,
  wasOnlyHeld,
} from "../../domain/invoice.ts";
import { policyFor } from "../../domain/policy.ts";
import type { Act, Provider } from "../ports.ts";
import { lookUpAttempt } from "./look-up-attempt.ts";
import type { Needs } from "./needs.ts";
import { openCheckout } from "./open-checkout.ts";
import { isStopped } from "./provider-health.ts";
import type { PageState, PageView, PayDesk, PayOutcome } from "./page-view.ts";

/** The customer's page: looking changes nothing, paying opens one attempt at a time. */
export const createPayDesk = (needs: Needs): PayDesk => ({
  view: async (token) => {
    const invoice = await needs.books.read({ token });
    const link = invoice?.links.find((one) => one.token === token);
    return invoice && link && present(needs, invoice, link);
  },
  pay: (token, requestId) => pay(needs, token, requestId),
  ask: async (token, requestId) => {
    const invoice = await needs.books.read({ token });
    const link = invoice?.links.find((one) => one.token === token);
    if (!invoice || !link) return false;
    const attempt = openAttempt(invoice, link.id);
    if (attempt?.state === "pending") await needs.books.askSoon(attempt, requestId);
    return true;
  },
});

/**
 * A press on Pay. An open checkout is gone back to; one whose session has ended is looked up first, so that a second
 * checkout is never opened while the first may still bring money.
 */
async function pay(needs: Needs, token: string, requestId: string): Promise<PayOutcome> {
  const { books } = needs;
  const known = await books.read({ token });
  const link = known?.links.find((one) => one.token === token);
  if (!known || !link) return { is: "unknown" };
  const act = customerOf(known, link, requestId);
  const current = await askBefore(needs, { known, link, token }, act);
  const chosen = chosenFor(needs, current);
  if (!openAttempt(current, link.id) && (await isStopped(needs, chosen))) return { is: "page" };
  const wanted = { id: needs.ids.id(), link: link.id, provider: chosen.name, account: chosen.account };
  const begun = await books.decide({ link: link.id }, act, (invoice, now) => beginAttempt(invoice, wanted, now));
  const attempt = begun && begun.decision.kind !== "refused" ? openAttempt(begun.invoice, link.id) : undefined;
  return attempt ? leadOn(needs, attempt, act) : { is: "page" };
}

/** To the checkout that is open, or to the one that is opened now. */
async function leadOn(needs: Needs, attempt: Attempt, act: Act): Promise<PayOutcome> {
  if (attempt.checkoutUrl !== null) return checkoutOf(needs, attempt);
  const opening = await openCheckout(needs, attempt.id, act);
  const opened = opening?.invoice.attempts.find(({ id }) => id === attempt.id);
  return opened ? checkoutOf(needs, opened) : { is: "page" };
}

/** The provider of new attempts, by the policy as it holds for this invoice now. */
const chosenFor = ({ providers, policy, clock }: Needs, invoice: Invoice): Provider =>
  providers.chosen(policyFor(policy, invoice, clock()).provider);

const customerOf = (invoice: Invoice, link: Link, requestId: string): Act => ({
  actor: { kind: "customer", id: `link:${link.id}`, name: invoice.customer.name },
  requestId,
});

/**
 * Before a customer is sent back to a checkout the provider is asked whether it is still open: one that has failed or ended
 * is followed by a new attempt, and nobody waits for the ladder. Who presses again within seconds, in whatever window or copy
 * of the service, asks nobody and is led by what is known.
 */
async function askBefore(needs: Needs, { known, link, token }: Before, act: Act): Promise<Invoice> {
  const attempt = openAttempt(known, link.id);
  if (attempt?.state !== "pending") return known;
  if (needs.clock().getTime() - attempt.openedAt.getTime() <= JUST_OPENED_MS) return known;
  if (!(await needs.books.mayAsk(attempt))) return known;
  await lookUpAttempt(needs, attempt.id, act);
  return (await needs.books.read({ token })) ?? known;
}

type Before = { readonly known: Invoice; readonly link: Link; readonly token: string };

const JUST_OPENED_MS = 5000;

/** A checkout whose session has ended is no place to send a customer: the page says that it is being checked. */
const checkoutOf = (needs: Needs, attempt: Attempt): PayOutcome =>
  attempt.state === "pending" && attempt.checkoutUrl !== null && !sessionEnded(needs, attempt)
    ? { is: "checkout", url: attempt.checkoutUrl }
    : { is: "page" };

const sessionEnded = ({ clock }: Needs, { checkoutExpiresAt }: Attempt): boolean =>
  checkoutExpiresAt !== null && checkoutExpiresAt <= clock();

/** Where Pay could be pressed, the page first asks whether anybody may begin to pay. */
async function present(needs: Needs, invoice: Invoice, link: Link): Promise<PageView> {
  const view = viewOf(needs, invoice, link);
  if (view.state !== "payable" && view.state !== "failed") return view;
  return (await isStopped(needs, chosenFor(needs, invoice))) ? { ...view, state: "unavailable" } : view;
}

function viewOf(needs: Needs, invoice: Invoice, link: Link): PageView {
  const payments = invoice.payments.filter((one) => one.link === link.id);
  const payment = payments.find(({ home }) => home === "applied") ?? payments.at(-1);
  return {
    state: pageState(needs, invoice, link),
    invoiceName: nameOf(invoice),
    purpose: link.purpose,
    amount: payment?.home === "applied" ? payment.amount : link.amount,
    expiresAt: link.expiresAt,
    timeZone: needs.policy.timeZone,
    language: link.language ?? invoice.customer.language,
    paidAt: payment?.paidAt ?? null,
    reference: payment ? referenceOf(payment) : null,
  };
}

/** Money first: what the customer paid matters more than what became of the link. */
function pageState(needs: Needs, invoice: Invoice, link: Link): PageState {
  return moneyState(invoice, link) ?? attemptState(invoice, link) ?? linkState(needs, invoice, link);
}

function moneyState(invoice: Invoice, link: Link): PageState | undefined {
  const payments = invoice.payments.filter((one) => one.link === link.id);
  if (payments.some(({ home }) => home === "applied")) return "paid";
  if (payments.some(({ home }) => home === "held")) return "checking";
  const back = payments.some((one) => !(link.state === "active" && wasOnlyHeld(invoice, one)));
  return back ? "refunded" : undefined;
}

function attemptState(invoice: Invoice, link: Link): PageState | undefined {
  const attempt = openAttempt(invoice, link.id);
  switch (attempt?.state) {
    case "opening":
    case "unknown":
      return isBeingLookedAt(invoice, attempt) ? "unavailable" : "preparing";
    case "pending":
      return "pending";
    default:
      return undefined;
  }
}

function linkState({ clock }: Needs, invoice: Invoice, link: Link): PageState {
  const { state, stale, expiresAt } = theLink(invoice, link.id);
  if (state !== "active") return state;
  if (stale) return "outdated";
  if (expiresAt <= clock()) return "expired";
  return invoice.attempts.findLast((one) => one.link === link.id)?.state === "failed" ? "failed" : "payable";
}
