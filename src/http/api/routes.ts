import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Invoice } from "../../../domain/invoice.ts";
import { auditView } from "../../usecases/audit-view.ts";
import { invoiceLine, invoiceView } from "../../usecases/invoice-view.ts";
import { putInvoice } from "../../usecases/put-invoice.ts";
import { answerNotFound, Problem } from "../problem.ts";
import type { Gate } from "./bearer.ts";
import { openCases, resolveOne } from "./cases.ts";
import { at, behindTheGate, type Handler } from "./door.ts";
import { jsonBody } from "./json-body.ts";
import type { ApiNeeds } from "./needs.ts";
import { AuditQuery, ListQuery } from "./queries.ts";
import { InvoicePath, readEntry } from "./read-entry.ts";

type Known = ApiNeeds & { readonly gate: Gate };

/** What `/api/v1` has for other programs, but the rehearsal, which stands in dry-run.ts. */
export const apiRoutes = (server: FastifyInstance, needs: ApiNeeds): Promise<void> =>
  behindTheGate(server, needs.tokens, (api, gate) => {
    const known = { ...needs, gate };
    api.setNotFoundHandler(answerNotFound);
    at(api, "/invoices", { GET: listInvoices(known) });
    at(api, "/invoices/:kind/:number", { GET: showInvoice(known), PUT: put(known) });
    at(api, "/cases", { GET: async (_request, reply) => openCases(reply, known) });
    at(api, "/cases/:id/resolve", {
      POST: async (request, reply) => resolveOne(request, reply, known, gate(request.headers.authorization)),
    });
    at(api, "/audit", { GET: showAudit(known) });
    at(api, "/audit/verify", { GET: verifyAudit(known) });
  });

const put =
  (known: Known): Handler =>
  async (request, reply) => {
    const read = readEntry(pathOf(request), jsonBody(request));
    if ("wrong" in read) {
      const sentences = read.wrong.map(({ message }) => message).join(" ");
      throw new Problem("invalid_invoice", `Nothing was changed. ${sentences}`, { errors: read.wrong });
    }
    const act = { actor: known.gate(request.headers.authorization), requestId: request.id };
    const done = await putInvoice(known, read.entry, act);
    return reply.code(done.put === "created" ? 201 : 200).send(await viewOf(done.invoice, known));
  };

const showInvoice =
  (known: Known): Handler =>
  async (request, reply) =>
    reply.send(await viewOf(await find(known, pathOf(request)), known));

const viewOf = async (invoice: Invoice, known: Known) =>
  invoiceView(invoice, { ...known, entries: await known.books.entries(invoice) });

const listInvoices =
  (known: Known): Handler =>
  async ({ query }, reply) => {
    const asked = ListQuery.safeParse(query);
    if (!asked.success) throw new Problem("invalid_request", "The limit must be a whole number from 1 to 200.");
    const invoices = await known.books.recent(asked.data.limit);
    return reply.send({ invoices: invoices.map((invoice) => invoiceLine(invoice, known)) });
  };

const showAudit =
  (known: Known): Handler =>
  async (request, reply) => {
    const { crm, kind, number } = await find(known, askedInQuery(request));
    const { lang = "en" } = AuditQuery.safeParse(request.query).data ?? {};
    const where = { locale: lang, timeZone: known.policy.timeZone };
    const entries = auditView(await known.books.entries({ crm, kind, number }), where);
    return reply.send({ crm, kind, number, entries });
  };

/** Broken is an answer, not an error: whoever asks is told so with 200. */
const verifyAudit =
  ({ books }: Known): Handler =>
  async (_, reply) => {
    const { entries, broken } = await books.verifyAudit();
    return reply.send(broken.length === 0 ? { ok: true, entries } : { ok: false, entries, broken });
  };

type Name = { readonly kind: string; readonly number: string };

async function find({ books, book }: Known, name: Name) {
  const path = InvoicePath.safeParse(name).data;
  const invoice = path && (await books.read({ key: { crm: book.name, ...path } }));
  if (!invoice) {
    throw new Problem(
      "invoice_unknown",
      "There is no invoice of this kind and number. PUT it to the same address first.",
    );
  }
  return invoice;
}

const RawPath = z.object({ kind: z.string(), number: z.string() });

const pathOf = ({ params }: FastifyRequest): Name => RawPath.parse(params);

/** `deal:77` is a deal, a plain number an invoice. */
function askedInQuery({ query }: FastifyRequest): Name {
  const asked = AuditQuery.safeParse(query).data?.invoice;
  if (asked === undefined) {
    throw new Problem("invalid_request", "Say which invoice: /api/v1/audit?invoice=invoice:INV-1042");
  }
  const [first = "", second] = asked.split(":");
  return second === undefined ? { kind: "invoice", number: first } : { kind: first.toLowerCase(), number: second };
}
