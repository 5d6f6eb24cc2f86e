import type { Answer, InvoiceAsk, InvoiceName, Request } from "../../domain/desk.ts";
import { mayNot, rolesOf } from "../../domain/rights.ts";
import { refusedFor } from "./answers.ts";
import { cancelLink } from "./cancel-link.ts";
import { issueLink } from "./issue-link.ts";
import type { Needs } from "./needs.ts";
import { rehearse } from "./rehearse.ts";
import { reissueLink } from "./reissue-link.ts";
import { resolveAsPerson } from "./resolve-case.ts";
import { copyLink, sendLink } from "./send-link.ts";
import { verifyInvoice } from "./verify-invoice.ts";

/** The one door for what a manager asks in any chat. Rights are checked again with every request. */
export const createDesk =
  (needs: Needs) =>
  async (request: Request): Promise<Answer> => {
    const { ask, by, requestId } = request;
    if ("invoice" in ask) return aboutInvoice(needs, request, ask);
    if (ask.want === "resolve") return resolveAsPerson(needs, { ...ask, requestId }, by);
    return overview(needs, request, ask.want);
  };

function aboutInvoice(needs: Needs, request: Request, ask: InvoiceAsk): Promise<Answer> | Answer {
  switch (ask.want) {
    case "issue":
      return issueLink(needs, request, ask);
    case "send":
    case "resend":
      return sendLink(needs, request, ask.invoice);
    case "copy":
      return copyLink(needs, request, ask.invoice);
    case "cancel":
      return cancelLink(needs, request, ask);
    case "verify":
      return verifyInvoice(needs, request, ask.invoice);
    case "why":
      return why(needs, request, ask.invoice);
    case "reissue":
      return reissueLink(needs, request, ask);
    case "dry-run":
      return rehearse(needs, ask.invoice, (quiet) => aboutInvoice(quiet, request, ask.of));
  }
}

/** How an invoice came to its status, from its facts (product rule 16). */
async function why({ books, crm, policy }: Needs, request: Request, name: InvoiceName): Promise<Answer> {
  const key = { crm: crm.name, ...name };
  const invoice = await books.read({ key });
  if (!invoice) return refusedFor(name, { because: "invoice_unknown" });
  const no = mayNot(request.by, "see", invoice, policy);
  return no ? refusedFor(name, no) : { kind: "why", invoice, entries: await books.entries(key) };
}

/** My open links, and the open cases of invoices that this person may see. */
async function overview({ books, policy }: Needs, request: Request, want: "list" | "cases"): Promise<Answer> {
  const roles = rolesOf(request.by, policy);
  if (roles.length === 0) return refusedFor({ kind: "invoice", number: "" }, { because: "not_a_member" });
  if (want === "list") return { kind: "list", invoices: await books.liveOf(request.by.id) };
  const listed = roles.some((role) => role !== "manager");
  const open = await books.openCases(listed ? undefined : request.by.userId);
  const visible = open.filter(({ invoice }) => (invoice ? !mayNot(request.by, "see", invoice, policy) : listed));
  return { kind: "cases", cases: visible };
}
