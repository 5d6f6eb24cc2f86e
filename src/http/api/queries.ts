import { z } from "zod";

export const ListQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: "How many at most.", override: { type: "integer" } }),
});

export const AuditQuery = z.object({
  invoice: z
    .string()
    .regex(/^(?:[a-z]+:)?[^:]+$/i)
    .meta({ description: "`kind:number`, or the number of an invoice.", example: "invoice:INV-1042" }),
});
