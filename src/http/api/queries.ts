import { z } from "zod";
import { LOCALES } from "../../../domain/locale.ts";

export const ListQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: "How many at most.", override: { type: "integer" } }),
});

const lang = z
  .enum(LOCALES, "The language must be hy, ru or en: ?lang=hy")
  .default("en")
  .meta({ description: "The language of the sentences." });

export const AuditQuery = z.object({
  invoice: z
    .string()
    .regex(/^(?:[a-z]+:)?[^:]+$/i)
    .meta({ description: "`kind:number`, or the number of an invoice.", example: "invoice:INV-1042" }),
  lang,
});

export const DryRunQuery = z.object({ lang });
