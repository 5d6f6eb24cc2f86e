import { system } from "../../domain/actor.ts";
import { applyAll } from "../../domain/apply.ts";
import { openCase } from "../../domain/case.ts";
import { already, done } from "../../domain/decision.ts";
import { answerSend } from "../../domain/send.ts";
import type { Needs } from "./needs.ts";

/** The customer's chat does not take our messages: the last delivery failed, and the manager must find another way. */
export async function noteUnreachable(
  { books, ids }: Needs,
  link: string,
  outcome: "blocked" | "failed",
): Promise<void> {
  const act = { actor: system("delivery"), requestId: `unreachable:${link}` };
  await books.decide({ link }, act, (invoice, now) => {
    const sends = invoice.links.find(({ id }) => id === link)?.sends ?? [];
    const last = sends.findLast(({ channel }) => channel === "telegram");
    const answered = last ? answerSend(invoice, last.id, outcome) : already;
    if (answered.kind !== "done") return already;
    const details = { what: "telegram", error: outcome };
    const wanted = { id: ids.id(), kind: "delivery_failed", cause: `send:${last?.id}`, link, details } as const;
    return done(...answered.facts, ...openCase(applyAll(invoice, answered.facts), wanted, now));
  });
}
