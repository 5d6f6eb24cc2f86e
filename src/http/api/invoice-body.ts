import { z } from "zod";
import { INVOICE_STATES } from "../../../domain/invoice.ts";
import { LOCALES } from "../../../domain/locale.ts";
import { exactly, line } from "./text.ts";

const language = z
  .enum(LOCALES, "The customer's language must be hy, ru or en.")
  .nullish()
  .meta({ description: "The language the customer is written to; without it the customer chooses." });

/** Only loosely checked: they are kept for people to read, and nothing is sent to them. */
const phone = line("The customer's phone", 40)
  .refine((text) => /^\+?[\d\s().-]{5,}$/.test(text), "The customer's phone must be a number such as +374 91 234567.")
  .nullish()
  .meta({ example: "+374 91 234567" });
const email = line("The customer's e-mail", 254)
  .refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), "The customer's e-mail must be an address such as anna@example.am.")
  .nullish()
  .meta({ example: "anna@example.am" });

const customer = exactly("the customer", {
  id: line("The customer's id", 128).meta({ description: "The customer's id in your own system.", example: "C-7" }),
  name: line("The customer's name", 200).meta({ example: "Աննա Սարգսյան" }),
  phone,
  email,
  language,
});

const slackUserId = line("The owner's slackUserId", 32)
  .refine((text) => /^[UW]\w*$/.test(text), "The owner's slackUserId must be a Slack user id such as U012ABCDEF.")
  .nullish()
  .meta({ description: "Who may ask for this invoice's link in Slack.", example: "U012ABCDEF" });

const owner = exactly("the owner", {
  id: line("The owner's id", 128).meta({ example: "M-3" }),
  name: line("The owner's name", 200).meta({ example: "Armen" }),
  slackUserId,
}).nullish();

/** What is put into the invoice book. Amount and currency are read together, by `parseMoney`. */
export const InvoiceBody = exactly("the invoice", {
  amount: z
    .string({
      error: ({ input }) =>
        input === undefined
          ? "The amount is missing."
          : 'The amount must be a text such as "15000.00": a JSON number may lose digits on its way.',
    })
    .meta({ description: "A decimal with a point, more than zero. Nothing is rounded.", example: "15000.00" }),
  currency: z
    .string({
      error: ({ input }) =>
        input === undefined ? "The currency is missing." : "The currency must be a text such as AMD.",
    })
    .meta({ description: "ISO 4217, in capitals.", example: "AMD" }),
  purpose: line("The purpose", 500).meta({ description: "What the customer pays for.", example: "Website, November" }),
  customer,
  owner,
  state: z
    .enum(INVOICE_STATES, "The state must be open or cancelled, or settled where it was paid elsewhere.")
    .default("open")
    .meta({ description: "`cancelled` and `settled` (paid elsewhere) end the invoice's live link at once." }),
}).meta({ id: "InvoiceBody" });

export type InvoiceBody = z.output<typeof InvoiceBody>;
