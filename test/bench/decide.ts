import type { Actor } from "../../domain/actor.ts";
import { applyAll } from "../../domain/apply.ts";
import { cancel } from "../../domain/cancel.ts";
import type { Decision } from "../../domain/decision.ts";
import { expire } from "../../domain/expire.ts";
import { dueOf, type Invoice, orderIdOf } from "../../domain/invoice.ts";
import { issue } from "../../domain/issue.ts";
import { lookedUp } from "../../domain/look-up.ts";
import type { LookedUp } from "../../domain/looked-up.ts";
import { attemptOpened, beginAttempt } from "../../domain/open-attempt.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { send } from "../../domain/send.ts";
import { settle } from "../../domain/settle.ts";
import { quantile } from "./load.ts";

const LINKS = 50;
const WARM_UP_MS = 100;
const MEASURED_MS = 200;
/** So many in one measurement: the clock is coarser than the fastest of them. */
const AT_ONCE = 5;

const ANI: Actor = { kind: "manager", id: "slack:T1:UANI", name: "Ani" };
const START = new Date("2026-11-24T08:00:00Z");

export type Deciding = {
  readonly links: number;
  readonly facts: number;
  readonly rows: readonly { readonly what: string; readonly p50: number; readonly p99: number }[];
};

/** W6: what a rule costs on an invoice that has been through a lot, together with the invoice it leaves; and to copy it. */
export function measureDecisions(): Deciding {
  const { invoice, facts } = longStory();
  const report = paidReport(invoice);
  const link = invoice.links.at(-1)?.id ?? "";
  const attempt = invoice.attempts.at(-1)?.id ?? "";
  const ids = { payment: "payment-1", case: "case-1" };
  const { reference, orderId } = report;
  const paid = { attempt, reference, bankReference: null, orderId, amount: dueOf(invoice), paidAt: START };
  const heard = { report, requestId: "r-1", ids, now: START };
  const withoutLink = after(invoice, cancel(invoice, "typo"));
  const rows: Readonly<Record<string, () => unknown>> = {
    "floor: copy, spread by hand": () => copied(invoice),
    "floor: structuredClone": () => structuredClone(invoice),
    "settle a payment": () => after(invoice, settle(invoice, paid, ids, START)),
    "look-up that finds it paid": () => after(invoice, lookedUp(invoice, attempt, heard)),
    "look-up of an open attempt": () =>
      after(invoice, lookedUp(invoice, attempt, { ...heard, report: { ...report, status: "open" } })),
    "issue a link": () => after(withoutLink, issueAs(withoutLink, "new")),
    "issue refused": () => after(withoutLink, issueAs(withoutLink, "new", { date: "2020-01-01" })),
    "cancel the link": () => after(invoice, cancel(invoice, "typo", link)),
  };
  return { links: invoice.links.length, facts, rows: Object.entries(rows).map(([what, once]) => timed(what, once)) };
}

/** Fifty links, each sent and withdrawn again or tried in vain until its deadline; the last one stands, with an open try. */
function longStory(): { readonly invoice: Invoice; readonly facts: number } {
  let invoice: Invoice = NEW;
  let facts = 0;
  const then = (decide: (so: Invoice) => Decision): void => {
    const decision = decide(invoice);
    if (decision.kind !== "done") throw new Error(`the story of the benchmark stops: ${JSON.stringify(decision)}`);
    invoice = applyAll(invoice, decision.facts);
    facts += decision.facts.length;
  };
  for (let round = 1; round <= LINKS; round += 1) {
    const [link, attempt] = [`link-${round}`, `try-${round}`];
    then((so) => issueAs(so, link));
    then((so) => send(so, { by: ANI, id: `send-${round}`, key: link, channel: "copy" }, DEFAULT_POLICY, START));
    if (round % 2 === 1) {
      then((so) => cancel(so, "typo"));
      continue;
    }
    then((so) => beginAttempt(so, { id: attempt, link, provider: "vpos", account: "main" }, START));
    then((so) => attemptOpened(so, attempt, { ...CHECKOUT, reference: `vpos-${attempt}` }));
    if (round < LINKS) thenInVain(then, link, attempt);
  }
  return { invoice, facts };
}

type Then = (decide: (so: Invoice) => Decision) => void;

function thenInVain(then: Then, link: string, attempt: string): void {
  then((so) => {
    const report = { ...paidReport(so), status: "failed" as const };
    return lookedUp(so, attempt, { report, requestId: null, ids: { payment: "none", case: "none" }, now: START });
  });
  then((so) => expire(so, link, DEFAULT_POLICY, new Date(START.getTime() + 10 * 86_400_000)));
}

const CHECKOUT = { url: "https://vpos.example/pay", expiresAt: null, requestId: "r-1" };

const NEW: Invoice = {
  id: "i1",
  crm: "book",
  kind: "invoice",
  number: "INV-1042",
  amount: { minor: 1_500_000n, currency: "AMD" },
  purpose: "Twelve chairs",
  customer: { id: "c1", name: "Karen", language: "hy" },
  owner: { id: "o1", name: "Ani", slackUserId: "UANI" },
  state: "open",
  url: null,
  links: [],
  attempts: [],
  payments: [],
  cases: [],
};

const issueAs = (invoice: Invoice, id: string, deadline: { date: string } | { days: number } = { days: 3 }): Decision =>
  issue(invoice, { by: ANI, id, token: `token-of-${id}`, origin: null, deadline }, DEFAULT_POLICY, START);

const paidReport = (invoice: Invoice): LookedUp => ({
  status: "paid",
  providerStatus: "PAID",
  reference: invoice.attempts.at(-1)?.reference ?? "",
  orderId: orderIdOf(invoice),
  amount: dueOf(invoice),
  amountAsWritten: "1500000 AMD",
  refunded: null,
  paymentReference: null,
  dispute: null,
  fiscal: null,
  paidAt: START,
});

const after = (invoice: Invoice, decision: Decision): Invoice =>
  decision.kind === "done" ? applyAll(invoice, decision.facts) : invoice;

const copied = (invoice: Invoice): Invoice => ({
  ...invoice,
  links: invoice.links.map((link) => ({ ...link, sends: link.sends.map((one) => ({ ...one })) })),
  attempts: invoice.attempts.map((attempt) => ({ ...attempt, requestIds: [...attempt.requestIds] })),
  payments: invoice.payments.map((payment) => ({ ...payment })),
  cases: invoice.cases.map((one) => ({ ...one })),
});

function timed(what: string, once: () => unknown): Deciding["rows"][number] {
  const warm = performance.now() + WARM_UP_MS;
  while (performance.now() < warm) once();
  const each: number[] = [];
  const end = performance.now() + MEASURED_MS;
  for (let from = performance.now(); from < end; from = performance.now()) {
    for (let again = 0; again < AT_ONCE; again += 1) once();
    each.push((performance.now() - from) / AT_ONCE);
  }
  return { what, p50: quantile(each, 0.5), p99: quantile(each, 0.99) };
}
