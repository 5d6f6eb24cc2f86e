import { randomUUID } from "node:crypto";
import { MikroORM } from "@mikro-orm/postgresql";
import type { CaseKind } from "../../domain/cases.ts";
import type { Answer as Said, Ask } from "../../domain/desk.ts";
import type { Case, Invoice } from "../../domain/invoice.ts";
import { issue } from "../../domain/issue.ts";
import { lookedUp } from "../../domain/look-up.ts";
import { attemptOpened, beginAttempt } from "../../domain/open-attempt.ts";
import type { LookedUp } from "../../domain/looked-up.ts";
import { DEFAULT_POLICY as policy, type Policy } from "../../domain/policy.ts";
import { keepWebhookIn } from "../../src/assembly/keep.ts";
import { createBook } from "../../src/crm/book/book.ts";
import type { Act, Answer, Provider } from "../../src/ports.ts";
import { createProviders } from "../../src/providers/providers.ts";
import { createBooks } from "../../src/store/books.ts";
import { createInbox } from "../../src/store/inbox.ts";
import { createInvitations, newToken } from "../../src/store/invitations.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { createDesk } from "../../src/usecases/desk.ts";
import type { Needs } from "../../src/usecases/needs.ts";
import { freshDatabase } from "../fresh-database.ts";
import { ani, crmOf, NOW, owed, report } from "./story.ts";

const ACT: Act = { actor: ani, requestId: "r-1" };
const SILENCE: Answer<never> = { is: "unknown", because: "no answer in 10 seconds", retryAfterSeconds: null };
const SILENT: Provider = {
  name: "vpos",
  account: "main",
  open: () => Promise.resolve(SILENCE),
  lookUp: () => Promise.resolve(SILENCE),
};

/** The use cases over a database of their own, for what no rule tells alone. INV-1042 is known and has a link. */
export async function openMerchant() {
  const orm = await MikroORM.init(ormConfig(await freshDatabase()));
  const shared = { orm, clock: () => NOW, ids: { id: randomUUID, token: newToken } };
  const books = createBooks({ ...shared, policy, hears: { merchant: true, ops: true } });
  const needs: Needs = {
    ...shared,
    policy,
    books,
    crm: createBook(shared),
    providers: createProviders([SILENT]),
    invitations: createInvitations({ ...shared, bot: "B1" }),
    pageUrl: (token) => `https://pay.example.am/p/${token}`,
    inviteUrl: (token) => Promise.resolve(`https://t.me/example?start=${token}`),
  };
  const { invoice } = await books.decideLearned(crmOf(owed()), ACT, (one, now) =>
    issue(one, { by: ani, id: randomUUID(), token: newToken(), origin: null }, policy, now),
  );
  const desk = createDesk(needs);
  return {
    orm,
    needs,
    invoice,
    keeps: keepWebhookIn(createInbox(shared), needs),
    /** Ani, whose invoice it is, asks in a chat. */
    isAsked: (ask: Ask): Promise<Said> =>
      desk({ ask, by: { ...ani, userId: "UANI", member: true }, key: randomUUID(), requestId: "r-2", origin: null }),
    /** The same over this policy. */
    under: (terms: Partial<Policy>): Needs => {
      const other = { ...policy, ...terms };
      return {
        ...needs,
        policy: other,
        books: createBooks({ ...shared, policy: other, hears: { merchant: true, ops: true } }),
      };
    },
    /** An invoice has a link, for a part where that is said, and a lookup says that it was paid: how it then stands. */
    paid: async (
      number = "INV-1042",
      { part, ...said }: Partial<LookedUp> & { part?: string } = {},
    ): Promise<Invoice> => {
      const told = crmOf({ ...owed(), number });
      const wanted = { by: ani, id: randomUUID(), token: newToken(), origin: null, ...(part ? { part } : {}) };
      const asked = await books.decideLearned(told, ACT, (one, now) => issue(one, wanted, policy, now));
      const link = asked.invoice.links.at(-1);
      const [id, reference] = [randomUUID(), randomUUID()];
      const opened = { reference, url: "https://vpos.example/1", expiresAt: null, requestId: null };
      const about = { reference, orderId: number, paymentReference: `bank-${number}` };
      const heard = { report: report({ ...about, amount: link?.amount ?? null, ...said }), requestId: null };
      const ids = { payment: randomUUID(), case: randomUUID() };
      const outcome = await books.decide(
        { id: asked.invoice.id },
        ACT,
        (one, now) => beginAttempt(one, { id, link: link?.id ?? "", provider: "vpos", account: "main" }, now),
        (one) => attemptOpened(one, id, opened),
        (one, now) => lookedUp(one, id, { ...heard, ids, now }),
      );
      return outcome?.invoice ?? asked.invoice;
    },
    /** The open case of a kind, whether or not it belongs to an invoice. */
    opened: async (kind: CaseKind): Promise<Case | undefined> =>
      (await books.openCases()).find((open) => open.case.kind === kind)?.case,
    close: () => orm.close(),
  };
}

export type Merchant = Awaited<ReturnType<typeof openMerchant>>;
