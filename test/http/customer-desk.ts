import Fastify from "fastify";
import { noSuchPage, type PagesOptions, payPages } from "../../src/http/pages/routes.ts";
import type { PageView, PayDesk, PayOutcome } from "../../src/usecases/page-view.ts";

export const TOKEN = "kq3Zr8_vT1-mW0pXy7LbNa";
export const CHECKOUT = "https://checkout.example/session/1";

/** Markup with the characters that were escaped in it read back, as a browser reads an attribute. */
export const unescaped = (markup: string): string =>
  markup.replaceAll(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)));

/** A link of 15 000 drams that can be paid. */
export const aView = (changed: Partial<PageView> = {}): PageView => ({
  state: "payable",
  invoiceName: "INV-1042",
  purpose: "Website design, second stage",
  amount: { minor: 1_500_000n, currency: "AMD" },
  expiresAt: new Date("2026-11-27T19:59:59.000Z"),
  timeZone: "Asia/Yerevan",
  language: null,
  paidAt: null,
  reference: null,
  ...changed,
});

export const PAID: Partial<PageView> = {
  state: "paid",
  paidAt: new Date("2026-11-24T10:02:00.000Z"),
  reference: "VP-77120934",
};

/** The product in memory: it knows one link, and remembers who pressed Pay. */
export class OneLinkDesk implements PayDesk {
  shown = aView();
  outcome: PayOutcome = { is: "checkout", url: CHECKOUT };
  failure: Error | undefined;
  readonly asked: string[] = [];
  readonly presses: string[] = [];

  async view(token: string): Promise<PageView | undefined> {
    this.asked.push(token);
    if (this.failure) throw this.failure;
    return token === TOKEN ? this.shown : undefined;
  }

  ask(token: string): Promise<boolean> {
    return Promise.resolve(token === TOKEN);
  }

  async pay(token: string, requestId: string): Promise<PayOutcome> {
    if (this.failure) throw this.failure;
    if (token !== TOKEN) return { is: "unknown" };
    this.presses.push(requestId);
    return this.outcome;
  }

  becomes(changed: Partial<PageView>): void {
    this.shown = aView(changed);
  }
}

/** The pages on a free port of this machine, in a server that reads bodies as ours does. */
export async function pagesOf(desk: PayDesk, options: Partial<PagesOptions> = {}) {
  const { formTargets = ["https://checkout.example"] } = options;
  const unreadable = noSuchPage(formTargets);
  const server = Fastify({
    bodyLimit: 262_144,
    frameworkErrors: (_error, request, reply) => void unreadable(request, reply),
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  await payPages(server, { ...options, desk, formTargets });
  const origin = await server.listen({ host: "127.0.0.1", port: 0 });
  const ask = (path: string, init: RequestInit = {}) => fetch(origin + path, { redirect: "manual", ...init });
  return {
    origin,
    ask,
    read: async (path: string, headers: Record<string, string> = {}) => (await ask(path, { headers })).text(),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** A desk and its pages. */
export async function customerPages(changed: Partial<PageView> = {}, options: Partial<PagesOptions> = {}) {
  const desk = new OneLinkDesk();
  desk.becomes(changed);
  return { desk, ...(await pagesOf(desk, options)) };
}
