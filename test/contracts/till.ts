import { randomUUID } from "node:crypto";
import { renderCard } from "../../bots/slack/card.ts";
import { cancel } from "../../domain/cancel.ts";
import { liveLink } from "../../domain/invoice.ts";
import { issue } from "../../domain/issue.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import type { CaseAction, CaseKind } from "../../domain/cases.ts";
import { resolve } from "../../domain/resolve.ts";
import { reissue } from "../../domain/reissue.ts";
import { assembleService } from "../../src/assembly/service.ts";
import { createLog } from "../../src/log.ts";
import type { Rule } from "../../src/ports.ts";
import { freshDatabase } from "../fresh-database.ts";
import { openLedger } from "../story/ledger.ts";
import type { Signed, Stage } from "./stage.ts";

/** Nobody is spoken to: the kit is about money, and a card is looked at as it would be drawn. */
const NO_CHATS = {
  slack: {
    botToken: "xoxb-kit",
    signingSecret: "kit",
    appToken: null,
    apiUrl: "http://127.0.0.1:9/api/",
    opsChannel: null,
  },
  telegram: { botToken: "1:kit", webhookSecret: "kit", apiRoot: "http://127.0.0.1:9", opsChat: null, managerChats: [] },
} as const;

const ANI = { kind: "manager", id: "slack:T1:UANI", name: "Ani" } as const;

export type Till = Awaited<ReturnType<typeof aTill>>;

/** One service that takes money through one provider's stand-in, over real HTTP and a real database, with a clock to move. */
export async function aTill(stage: Stage, like: Like = {}) {
  let aheadMs = 0;
  let skewMs = 0;
  let address = "";
  const clock = () => new Date(Date.now() + aheadMs);
  const databaseUrl = like.databaseUrl ?? (await freshDatabase());
  const provider = await stage.open({
    serviceUrl: () => address,
    clock: () => new Date(clock().getTime() + skewMs),
  });
  const parts = { ...NO_CHATS, ...provider.partsAt(like.believes?.(provider.origin) ?? provider.origin) };
  const service = await serviceFor({ parts, databaseUrl, clock, ...like.patience });
  address = await service.server.listen({ host: "127.0.0.1", port: 0 });
  await service.receive();
  const ledger = openLedger({ book: service.book, books: service.needs.books, databaseUrl });
  return {
    ...ledger,
    ...managersOf(service, ledger, () => address),
    stage,
    provider,
    clock,
    databaseUrl,
    address: () => address,
    /** Another copy of the service on the same books, which only serves pages. */
    copy: async () => {
      const other = await serviceFor({ parts, databaseUrl, clock, ...like.patience });
      const at = await other.server.listen({ host: "127.0.0.1", port: 0 });
      return { address: at, [Symbol.asyncDispose]: () => other.stop() };
    },
    /** The provider's clock is off by so much from now on. */
    providerIsAhead: (seconds: number): void => {
      skewMs = seconds * 1000;
    },
    later: async (seconds: number): Promise<void> => {
      aheadMs += seconds * 1000;
      service.worker.wake();
      await provider.deliver();
    },
    settled: () => ledger.settled(clock()),
    /** Posts a webhook as the provider does. */
    hears: async ({ body, headers }: Signed): Promise<number> => {
      const response = await fetch(`${address}/webhooks/${stage.provider}`, { method: "POST", body, headers });
      await response.text();
      return response.status;
    },
    verifyAudit: () => service.needs.books.verifyAudit(),
    openCases: () => service.needs.books.openCases(),
    async [Symbol.asyncDispose]() {
      await service.stop();
      await provider.stop();
      await ledger.close();
    },
  };
}

/** A till that is not like the others. */
type Like = {
  /** Goes on with these books. */
  readonly databaseUrl?: string;
  /** Where the service believes its provider to be, by where it is. */
  readonly believes?: (origin: string) => string;
  readonly patience?: { readonly providerTimeoutMs: number };
};

type Around = Pick<Parameters<typeof assembleService>[0], "parts" | "databaseUrl" | "clock" | "providerTimeoutMs">;

const serviceFor = (around: Around) =>
  assembleService({
    ...around,
    policy: DEFAULT_POLICY,
    publicUrl: "http://kit.example",
    apiTokens: [],
    invoiceWebhook: null,
    leaseSeconds: 15,
    log: createLog("silent"),
  });

type Service = Awaited<ReturnType<typeof serviceFor>>;

/** What a manager does about an invoice, and what they then see. */
function managersOf({ needs }: Service, ledger: ReturnType<typeof openLedger>, address: () => string) {
  const { books, ids } = needs;
  const act = () => ({ actor: ANI, requestId: randomUUID() });
  const by = () => ({ by: ANI, id: ids.id(), token: ids.token(), origin: null });
  const decides = async (number: string, rule: Rule): Promise<string> => {
    const told = await needs.crm.find({ kind: "invoice", number });
    if (!told) throw new Error(`the book has no ${number}`);
    const { invoice } = await books.decideLearned(told, act(), rule);
    return `${address()}/p/${liveLink(invoice)?.token ?? ""}`;
  };
  let issued = 0;
  return {
    /** A new invoice of 15 000 drams with a live link: its number and the customer's page. */
    issues: async (): Promise<{ readonly number: string; readonly page: string }> => {
      issued += 1;
      const number = `KIT-${issued}`;
      await ledger.owes(number);
      const page = await decides(number, (invoice, now, policy) => issue(invoice, by(), policy, now));
      return { number, page };
    },
    /** The customer's page of an invoice that has a live link. */
    pageOf: async (number: string): Promise<string> =>
      `${address()}/p/${liveLink(await ledger.invoice(number))?.token ?? ""}`,
    cancels: (number: string) => decides(number, (invoice) => cancel(invoice, "wrong amount")),
    /** The page of the new link. */
    reissues: (number: string) =>
      decides(number, (invoice, now, policy) => reissue(invoice, { ...by(), reason: "new date" }, policy, now)),
    /** An accountant decides the invoice's open case about money, or the one of this kind. */
    decides: (number: string, action: CaseAction, about?: CaseKind) =>
      decides(number, (invoice, _now, policy) => {
        const open = invoice.cases.find(({ state, kind }) => state === "open" && (about ?? kind) === kind);
        return resolve(invoice, { case: open?.id ?? "", action, reason: "paid by mistake", by: ANI }, policy);
      }),
    /** What the card of the newest link says, as it would be drawn now. */
    card: async (number: string): Promise<string> => {
      const invoice = await ledger.invoice(number);
      const link = invoice.links.at(-1);
      if (!link) throw new Error(`${number} has no link`);
      return renderCard(invoice, link, { url: "https://kit.example", locale: "en", timeZone: "Asia/Yerevan" }).text;
    },
  };
}
