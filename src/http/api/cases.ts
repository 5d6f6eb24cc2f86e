import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Actor } from "../../../domain/actor.ts";
import { CASE_ACTIONS } from "../../../domain/cases.ts";
import type { Answer } from "../../../domain/desk.ts";
import type { Case, Invoice } from "../../../domain/invoice.ts";
import { sayRefusal } from "../../../domain/words/refusals.ts";
import { caseView, invoiceLine } from "../../usecases/invoice-view.ts";
import { Problem } from "../problem.ts";
import { jsonBody } from "./json-body.ts";
import type { ApiNeeds } from "./needs.ts";
import { exactly, line, readAs } from "./text.ts";

export const ResolvePath = z.object({ id: z.string().meta({ description: "The case's id." }) });

export const ResolveBody = exactly("the decision", {
  action: z
    .enum(CASE_ACTIONS, "The action must be apply, refund or dismiss.")
    .meta({ description: "One of the case's `actions`." }),
  reason: line("The reason", 400).meta({ description: "Why: it is kept in the audit.", example: "agreed by phone" }),
});

/** `POST /cases/{id}/resolve`: the case as it is afterwards, and its invoice in a line. */
export async function resolveOne(request: FastifyRequest, reply: FastifyReply, needs: ApiNeeds, actor: Actor) {
  const decision = readAs("invalid_decision", ResolveBody, jsonBody(request));
  const { id } = ResolvePath.parse(request.params);
  const answer = await needs.resolve({ case: id, ...decision, requestId: request.id }, actor);
  if (answer.kind === "refused") throw refusalOf(answer, needs);
  if (answer.kind !== "resolved") throw new Error(`a decision was answered with ${answer.kind}`);
  return reply.send(await caseAnswer(answer, needs));
}

/** `GET /cases`: what people have to look at now, oldest first. */
export async function openCases(reply: FastifyReply, needs: ApiNeeds) {
  const open = await needs.books.openCases();
  return reply.send({ cases: await Promise.all(open.map((one) => caseAnswer(one, needs))) });
}

const caseAnswer = async ({ invoice, case: one }: { invoice: Invoice | null; case: Case }, needs: ApiNeeds) => ({
  ...caseView(one, invoice, { ...needs, entries: invoice ? await needs.books.entries(invoice) : [] }),
  invoice: invoice && invoiceLine(invoice, needs),
});

function refusalOf(no: Extract<Answer, { kind: "refused" }>, { policy }: ApiNeeds): Problem {
  const where = { locale: "en" as const, timeZone: policy.timeZone, invoiceName: no.invoiceName };
  const detail = sayRefusal(no, where);
  if (no.because === "case_unknown") return new Problem("case_unknown", detail);
  return new Problem("decision_refused", detail, { errors: [{ path: "action", message: no.because }] });
}
