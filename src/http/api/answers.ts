import { z } from "zod";
import { CASE_ACTIONS, CASES } from "../../../domain/cases.ts";
import { INVOICE_KINDS, INVOICE_STATES, SEND_CHANNELS, SEND_OUTCOMES } from "../../../domain/invoice.ts";
import { LOCALES } from "../../../domain/locale.ts";
import { ATTEMPT_STATES, DISPUTE_STATES, FISCAL_STATES, LINK_STATES, PAYMENT_HOMES } from "../../../domain/states.ts";
import { STATUSES } from "../../../domain/status.ts";
import { PROBLEMS } from "../problem.ts";

/*
 * What the API answers, for its documentation. The objects are loose because fields may be added; a test holds the
 * real answers to these shapes.
 */

const decimal = z.string().meta({ description: "A decimal with all decimals of the currency.", example: "15000.00" });
const currency = z.string().meta({ example: "AMD" });
const time = z.iso.datetime().meta({ example: "2026-11-27T19:59:59.000Z" });
const uuid = z.string();
const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>) => z.enum(Object.keys(table));

const send = z.looseObject({
  id: uuid,
  at: time,
  by: z.string(),
  channel: z.enum(SEND_CHANNELS),
  outcome: z.enum(SEND_OUTCOMES),
});

const link = z.looseObject({
  id: uuid,
  state: z.enum(LINK_STATES),
  part: z.boolean().meta({ description: "For a part of what is owed." }),
  stale: z.boolean().meta({ description: "The amount changed after the link was sent: nobody can pay it any more." }),
  url: z.url(),
  amount: decimal,
  currency,
  expiresAt: time,
  issuedBy: z.string(),
  issuedAt: time,
  sends: z.array(send),
});

const attempt = z.looseObject({
  id: uuid,
  link: uuid,
  provider: z.string(),
  account: z.string().meta({ description: "Which of the merchant's accounts with the provider." }),
  state: z.enum(ATTEMPT_STATES),
  providerReference: z.string().nullable(),
  requestIds: z.array(z.string()),
  lookups: z.int().min(0),
  openedAt: time,
});

const payment = z.looseObject({
  reference: z.string(),
  attempt: uuid,
  link: uuid,
  provider: z.string(),
  amount: decimal,
  refunded: decimal,
  currency,
  home: z.enum(PAYMENT_HOMES),
  paidAt: time,
  fiscal: z.enum(FISCAL_STATES),
  dispute: z.enum(DISPUTE_STATES).nullable().meta({ description: "Whether a cardholder's bank takes it back." }),
});

const oneCase = z.looseObject({
  id: uuid,
  kind: keysOf(CASES),
  state: z.enum(["open", "resolved"]),
  severity: z.enum(["low", "medium", "high"]),
  owner: z.enum(["manager", "accountant", "ops"]),
  link: uuid.nullable(),
  sentence: z.string(),
  actions: z.array(z.enum(CASE_ACTIONS)),
  openedAt: time,
  dueAt: time.meta({ description: "When somebody should have looked at it." }),
  resolution: z.looseObject({ action: z.enum(CASE_ACTIONS), reason: z.string(), by: z.string() }).nullable(),
});

const task = z.looseObject({
  id: uuid,
  case: uuid,
  title: z.string(),
  owner: z.string(),
  state: z.enum(["open", "done"]),
});

export const InvoiceAnswer = z
  .looseObject({
    kind: z.enum(INVOICE_KINDS),
    number: z.string(),
    crm: z.string(),
    amount: decimal,
    currency,
    purpose: z.string(),
    state: z.enum(INVOICE_STATES),
    customer: z.looseObject({ id: z.string(), name: z.string(), language: z.enum(LOCALES).nullable() }),
    owner: z.looseObject({ id: z.string(), name: z.string(), slackUserId: z.string().nullable() }).nullable(),
    status: z.enum(STATUSES),
    applied: decimal,
    held: decimal,
    refunded: decimal,
    due: decimal,
    nextPart: z
      .looseObject({ amount: decimal, by: time, partsLeft: z.int().min(1) })
      .nullable()
      .meta({
        description:
          "What is still to come of an invoice paid in parts, and until when the next part is expected; null where the policy sets no days.",
      }),
    url: z.url(),
    links: z.array(link),
    attempts: z.array(attempt),
    payments: z.array(payment),
    cases: z.array(oneCase),
    tasks: z.array(task),
  })
  .meta({ id: "Invoice" });

const listed = z.looseObject({
  kind: z.enum(INVOICE_KINDS),
  number: z.string(),
  crm: z.string(),
  amount: decimal,
  currency,
  purpose: z.string(),
  status: z.enum(STATUSES),
  due: decimal,
  customer: z.looseObject({ id: z.string(), name: z.string() }),
  url: z.url(),
});

export const CaseAnswer = oneCase.extend({ invoice: listed.nullable() }).meta({ id: "Case" });

export const CasesAnswer = z.looseObject({ cases: z.array(CaseAnswer) }).meta({ id: "Cases" });

export const ListAnswer = z.looseObject({ invoices: z.array(listed) }).meta({ id: "Invoices" });

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const entry = z.looseObject({
  position: z.int(),
  fact: z.string().meta({ example: "link_issued" }),
  at: time,
  actor: z.looseObject({ kind: z.string(), id: z.string(), name: z.string() }),
  requestId: z.string(),
  policyVersion: z.string(),
  previous: sha256.meta({ description: "The hash of the entry before it; zeros before the first." }),
  hash: sha256,
  rule: z.int().meta({ description: "The rule of the product's description that it follows." }),
  sentence: z.string(),
  details: z.looseObject({}),
});

export const AuditAnswer = z
  .looseObject({ crm: z.string(), kind: z.enum(INVOICE_KINDS), number: z.string(), entries: z.array(entry) })
  .meta({ id: "Audit" });

const entries = z.int().min(0).meta({ example: 1234 });

export const AuditVerdictAnswer = z
  .discriminatedUnion("ok", [
    z.looseObject({ ok: z.literal(true), entries }),
    z.looseObject({ ok: z.literal(false), entries, broken: z.array(z.string()).min(1) }),
  ])
  .meta({ id: "AuditVerdict" });

export const ProblemAnswer = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: keysOf(PROBLEMS),
    requestId: z.string(),
    errors: z.array(z.looseObject({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
