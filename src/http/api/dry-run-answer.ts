import { z } from "zod";
import { REFUSALS } from "../../../domain/decision.ts";

const time = z.iso.datetime().meta({ example: "2026-11-27T19:59:59.000Z" });
const rule = z.int().meta({ description: "The rule of the product's description that says so.", example: 6 });

export const DryRunAnswer = z
  .looseObject({
    would: z.enum(["done", "already", "refused"]),
    facts: z
      .array(z.looseObject({ fact: z.string().meta({ example: "link_issued" }), rule, sentence: z.string() }))
      .meta({
        description: "What would become true. Beside a refusal: what the CRM says would be learned all the same.",
      }),
    refusal: z
      .looseObject({
        code: z.enum(REFUSALS),
        rule,
        sentence: z.string(),
        who: z.string().nullable().meta({ description: "Who may do it instead." }),
        until: time.nullable().meta({ description: "From when it may be done." }),
      })
      .nullable(),
    stays: z
      .looseObject({ unheeded: z.array(z.enum(["part", "expires", "lang"])), sentence: z.string() })
      .nullable()
      .meta({ description: "The link that is there is not the one that was asked for: it would stay as it is." }),
  })
  .meta({ id: "DryRun" });
