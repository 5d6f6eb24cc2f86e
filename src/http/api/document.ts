import type { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from "zod-openapi";
import { type ProblemCode, PROBLEMS } from "../problem.ts";
import {
  AuditAnswer,
  AuditVerdictAnswer,
  CaseAnswer,
  CasesAnswer,
  InvoiceAnswer,
  ListAnswer,
  ProblemAnswer,
} from "./answers.ts";
import { DryRunAnswer } from "./dry-run-answer.ts";
import { ResolveBody, ResolvePath } from "./cases.ts";
import { DryRunBody } from "./dry-run-body.ts";
import { ProvidersAnswer } from "./providers.ts";
import { InvoiceBody } from "./invoice-body.ts";
import { AuditQuery, DryRunQuery, ListQuery } from "./queries.ts";
import { InvoicePath } from "./read-entry.ts";

type Document = ReturnType<typeof createDocument>;

/** OpenAPI 3.1 of `/api/v1`, made from the schemas that the routes themselves use. */
export const describeApi = (publicUrl: string): Document =>
  createDocument({
    openapi: "3.1.1",
    info: {
      title: "paythread",
      version: "1",
      description:
        "Invoices in, links and payments out. Money is a decimal text, times are ISO 8601 in UTC, fields may be added. " +
        "Every answer has the header x-request-id; errors are application/problem+json with a stable `code`.",
    },
    servers: [{ url: publicUrl }],
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer", description: "One of API_TOKENS." } },
    },
    paths: {
      "/api/v1/invoices": { get: LIST_INVOICES },
      "/api/v1/invoices/{kind}/{number}": { put: PUT_INVOICE, get: GET_INVOICE },
      "/api/v1/cases": { get: LIST_CASES },
      "/api/v1/cases/{id}/resolve": { post: RESOLVE_CASE },
      "/api/v1/dry-run": { post: DRY_RUN },
      "/api/v1/providers": { get: LIST_PROVIDERS },
      "/api/v1/audit": { get: GET_AUDIT },
      "/api/v1/audit/verify": { get: VERIFY_AUDIT },
    },
  });

const json = (schema: z.ZodType) => ({ "application/json": { schema } });

const invoice = (description: string) => ({ description, content: json(InvoiceAnswer) });

/** The errors an address can answer with, one response for each status. */
function problems(...codes: readonly ProblemCode[]): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const code of [...codes, "unauthorized", "method_not_allowed", "internal"] as const) {
    const { status } = PROBLEMS[code];
    const same = codes.filter((one) => PROBLEMS[one].status === status);
    const description = (same.length > 0 ? same : [code]).map((one) => `${PROBLEMS[one].title} (${one}).`).join(" ");
    responses[`${status}`] = { description, content: { "application/problem+json": { schema: ProblemAnswer } } };
  }
  return responses;
}

const PUT_INVOICE: ZodOpenApiOperationObject = {
  operationId: "putInvoice",
  summary: "Put an invoice into the book, or change it",
  description:
    "The same call again changes nothing. A link nobody has seen follows the new amount; one that was sent keeps its own, " +
    "goes stale, and a person is told. `cancelled` ends the live link at once.",
  requestParams: { path: InvoicePath },
  requestBody: { required: true, content: json(InvoiceBody) },
  responses: {
    "200": invoice("The invoice was there; it now says this."),
    "201": invoice("The invoice is new in the book."),
    ...problems("invalid_json", "invalid_invoice", "body_too_large", "unsupported_media_type"),
  },
};

const GET_INVOICE: ZodOpenApiOperationObject = {
  operationId: "getInvoice",
  summary: "An invoice with its links, attempts, payments and cases",
  requestParams: { path: InvoicePath },
  responses: { "200": invoice("The invoice as it is now."), ...problems("invoice_unknown") },
};

const LIST_INVOICES: ZodOpenApiOperationObject = {
  operationId: "listInvoices",
  summary: "The invoices we learned of last, newest first",
  requestParams: { query: ListQuery },
  responses: { "200": { description: "Them.", content: json(ListAnswer) }, ...problems("invalid_request") },
};

const LIST_CASES: ZodOpenApiOperationObject = {
  operationId: "listCases",
  summary: "The open cases, oldest first",
  responses: { "200": { description: "Them.", content: json(CasesAnswer) }, ...problems() },
};

const LIST_PROVIDERS: ZodOpenApiOperationObject = {
  operationId: "listProviders",
  summary: "The payment providers, what each can do and how it stands",
  responses: { "200": { description: "Them.", content: json(ProvidersAnswer) }, ...problems() },
};

const RESOLVE_CASE: ZodOpenApiOperationObject = {
  operationId: "resolveCase",
  summary: "Decide a case, with a reason",
  description:
    "`apply`: the held money pays the invoice. `refund`: it is to go back; it has gone back when the provider says so. " +
    "`dismiss`: nothing is to be done here, held money stays held. The same decision again changes nothing. Above the policy's " +
    "limit the first decision is a proposal (the case stays open) and a person must decide the same in the chat.",
  requestParams: { path: ResolvePath },
  requestBody: { required: true, content: json(ResolveBody) },
  responses: {
    "200": { description: "The case as it is now.", content: json(CaseAnswer) },
    ...problems(
      "invalid_json",
      "invalid_decision",
      "case_unknown",
      "decision_refused",
      "body_too_large",
      "unsupported_media_type",
    ),
  },
};

const DRY_RUN: ZodOpenApiOperationObject = {
  operationId: "dryRun",
  summary: "What would happen and which rule says so, without doing it",
  description:
    "Runs the same code that would do it, on books that record nothing: nobody is told and nothing is written. `ask` takes the " +
    "words of `/paylink` (a link, send, resend, reissue, cancel), `case` a decision as `POST /api/v1/cases/{id}/resolve` takes " +
    "it. `as` is the person in whose place it is asked, as the policy lists them; a Slack id is taken for a full member. " +
    "Without it: a lead, or for a case the holder of this token.",
  requestParams: { query: DryRunQuery },
  requestBody: { required: true, content: json(DryRunBody) },
  responses: {
    "200": { description: "What would happen. A refusal is an answer too.", content: json(DryRunAnswer) },
    ...problems("invalid_json", "invalid_request", "invalid_decision", "body_too_large", "unsupported_media_type"),
  },
};

const GET_AUDIT: ZodOpenApiOperationObject = {
  operationId: "getAudit",
  summary: "What became true of an invoice, by whom and when, oldest first",
  requestParams: { query: AuditQuery },
  responses: {
    "200": { description: "Its facts.", content: json(AuditAnswer) },
    ...problems("invalid_request", "invoice_unknown"),
  },
};

const VERIFY_AUDIT: ZodOpenApiOperationObject = {
  operationId: "verifyAudit",
  summary: "Whether the audit is as it was written",
  description:
    "Reads every entry again, so it takes as long as there are many. Every entry carries the SHA-256 of the one before; " +
    "`broken` says in sentences what was changed, moved or taken away.",
  responses: { "200": { description: "What was found.", content: json(AuditVerdictAnswer) }, ...problems() },
};
