import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Invoice } from "../../../domain/invoice.ts";
import { auditView } from "../../usecases/audit-view.ts";
import { invoiceLine, invoiceView } from "../../usecases/invoice-view.ts";
import { putInvoice } from "../../usecases/put-invoice.ts";
import { answerNotFound, answerProblem, Problem } from "../problem.ts";
import { createGate, type Gate } from "./bearer.ts";
import { openCases, resolveOne } from "./cases.ts";
import { jsonBody } from "./json-body.ts";
import type { ApiNeeds } from "./needs.ts";
import { AuditQuery, ListQuery } from "./queries.ts";
import { InvoicePath, readEntry } from "./read-entry.ts";

type Known = ApiNeeds & { readonly gate: Gate };
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** No honest invoice is larger, in bytes. */
const BODY_LIMIT = 256 * 1024;

/** Everything under `/api/v1`. Who calls is known before anything of the body is read. */
export async function apiRoutes(server: FastifyInstance, needs: ApiNeeds): Promise<void> {
  const known = { ...needs, gate: createGate(needs.tokens) };
  await server.register(
    (api, _options, done) => {
      api.addHook("onRequest", async ({ headers }, reply) => {
        reply.header("cache-control", "no-store");
        known.gate(headers.authorization);
      });
      api.setErrorHandler(answerProblem);
      api.setNotFoundHandler(answerNotFound);
      at(api, "/invoices", { GET: listInvoices(known) });
      at(api, "/invoices/:kind/:number", { GET: showInvoice(known), PUT: put(known) });
      at(api, "/cases", { GET: async (_request, reply) => openCases(reply, known) });
      at(api, "/cases/:id/resolve", {
        POST: async (request, reply) => resolveOne(request, reply, known, known.gate(request.headers.authorization)),
      });
      at(api, "/audit", { GET: showAudit(known) });
      at(api, "/audit/verify", { GET: verifyAudit(known) });
      done();
    },
    { prefix: "/api/v1" },
  );
}

/** An address with what it takes. Every other method is told so. */
function at(
  api: FastifyInstance,
  url: string,
  handlers: Readonly<Partial<Record<"GET" | "PUT" | "POST", Handler>>>,
): void {
  for (const [method, handler] of Object.entries(handlers)) {
    api.route({ method: method === "GET" ? ["GET", "HEAD"] : method, url, bodyLimit: BODY_LIMIT, handler });
  }
  const allowed = Object.keys(handlers).flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  const allow = allowed.join(", ");
  api.route({
    method: api.supportedMethods.filter((method) => !allowed.includes(method)),
    url,
    handler: async () => {
      throw new Problem("method_not_allowed", `This address takes ${allow}.`, { headers: { allow } });
    },
  });
}

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
