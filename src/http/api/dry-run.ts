import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Rehearsable } from "../../../domain/desk.ts";
import type { Locale } from "../../../domain/locale.ts";
import type { Policy } from "../../../domain/policy.ts";
import { RULE_OF_FACT, RULE_OF_REFUSAL } from "../../../domain/rule-numbers.ts";
import { sayFactAlone } from "../../../domain/words/facts.ts";
import { sayBadGrammar } from "../../../domain/words/help.ts";
import { sayRefusal } from "../../../domain/words/refusals.ts";
import { sayStays } from "../../../domain/words/stays.ts";
import { type Curious, type DryRun, type Read, rehearsable } from "../../usecases/dry-run.ts";
import type { Rehearsed } from "../../usecases/rehearse.ts";
import { Problem } from "../problem.ts";
import { at, behindTheGate } from "./door.ts";
import { AskBody, DecisionBody } from "./dry-run-body.ts";
import { jsonBody } from "./json-body.ts";
import { DryRunQuery } from "./queries.ts";
import { readAs } from "./text.ts";

type Needs = {
  readonly dryRun: DryRun;
  /** The one parser of what people type in a chat. */
  readonly readAsk: (words: string) => Read;
  readonly policy: Pick<Policy, "timeZone">;
  /** The bearer tokens that open the API. */
  readonly tokens: readonly string[];
};

/** `POST /dry-run`: what would happen, and which rule says so. A refusal is an answer like any other. */
export const dryRunRoutes = (server: FastifyInstance, needs: Needs): Promise<void> =>
  behindTheGate(server, needs.tokens, (api, gate) => {
    at(api, "/dry-run", {
      POST: async (request, reply) => {
        const { lang: locale } = readAs("invalid_request", DryRunQuery, request.query);
        const rehearsed = await rehearsedFor(needs, request, { actor: gate(request.headers.authorization), locale });
        return reply.send(viewOf(rehearsed, { locale, timeZone: needs.policy.timeZone }));
      },
    });
  });

type By = Pick<Curious, "actor"> & { readonly locale: Locale };

function rehearsedFor({ dryRun, readAsk }: Needs, request: FastifyRequest, { actor, locale }: By): Promise<Rehearsed> {
  const body = jsonBody(request);
  if (typeof body === "object" && body !== null && "case" in body) {
    const { as, ...decision } = readAs("invalid_decision", DecisionBody, body);
    return dryRun.decision(decision, { actor, as });
  }
  const { as, ask } = readAs("invalid_request", AskBody, body);
  return dryRun.request(understood(readAsk(ask), locale), { actor, as });
}

function understood(read: Read, locale: Locale): Rehearsable {
  const asked = rehearsable(read);
  if (!("problem" in asked)) return asked;
  const message = sayBadGrammar(asked.problem, locale, asked);
  throw new Problem("invalid_request", message, { errors: [{ path: "ask", message }] });
}

function viewOf(
  { facts, no, stays, invoiceName }: Rehearsed,
  where: { readonly locale: Locale; readonly timeZone: string },
) {
  const become = facts.length > 0 ? "done" : "already";
  return {
    would: no ? "refused" : become,
    facts: facts.map((fact) => ({ fact: fact.is, rule: RULE_OF_FACT[fact.is], sentence: sayFactAlone(fact, where) })),
    refusal: no && {
      code: no.because,
      rule: RULE_OF_REFUSAL[no.because],
      sentence: sayRefusal(no, { ...where, invoiceName }),
      who: no.who ? no.who : null,
      until: no.until?.toISOString() ?? null,
    },
    stays: stays && { unheeded: stays.unheeded, sentence: sayStays(stays, { ...where, invoiceName }) },
  };
}
