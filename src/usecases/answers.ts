import type { Actor } from "../../domain/actor.ts";
import { type Decision, type Refusal, refused } from "../../domain/decision.ts";
import type { Answer, InvoiceName } from "../../domain/desk.ts";
import { nameOf } from "../../domain/invoice.ts";

/** An actor as the audit keeps it: what a chat said of the person at that moment is not part of who did it. */
export const actorOf = ({ kind, id, name, via }: Actor): Actor => ({ kind, id, name, ...(via ? { via } : {}) });

export const refusedFor = (invoice: InvoiceName, { because, who, until, limit }: Refusal): Answer => ({
  kind: "refused",
  invoiceName: nameOf({ crm: "", ...invoice }),
  because,
  ...(who === undefined ? {} : { who }),
  ...(until === undefined ? {} : { until }),
  ...(limit === undefined ? {} : { limit }),
});

/** A refusal as a decision; undefined: nothing speaks against it, the next rule decides. */
export const refusing = (no: Refusal | undefined): Decision | undefined => no && refused(no.because, no);
