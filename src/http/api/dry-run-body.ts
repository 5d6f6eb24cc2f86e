import { z } from "zod";
import { ResolveBody } from "./cases.ts";
import { exactly, line } from "./text.ts";

const as = line("The person in `as`", 80)
  .refine((text) => /^\w+:.+/.test(text), "The person in `as` must look like slack:T1:U1.")
  .optional()
  .meta({ description: "In whose place, as the policy lists people.", example: "slack:T1:U1" });

/** The words of a chat. */
export const AskBody = exactly("the request", {
  ask: line("The ask", 400).meta({
    description: "What would be typed after `/paylink`.",
    example: "reissue INV-1042 new date",
  }),
  as,
});

/** A decision of a case, as the address that decides takes it. */
export const DecisionBody = exactly("the decision", {
  case: line("The case", 64).meta({ description: "The case's id." }),
  ...ResolveBody.shape,
  as,
});

export const DryRunBody = z.union([AskBody, DecisionBody]).meta({ id: "DryRunBody" });
