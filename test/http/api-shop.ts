import { randomBytes, randomUUID } from "node:crypto";
import { MikroORM } from "@mikro-orm/postgresql";
import { pino } from "pino";
import { issue } from "../../domain/issue.ts";
import { DEFAULT_POLICY as policy } from "../../domain/policy.ts";
import { send } from "../../domain/send.ts";
import { createBook } from "../../src/crm/book/book.ts";
import type { ResolveCase } from "../../src/http/api/needs.ts";
import { docsRoutes } from "../../src/http/api/docs.ts";
import { apiRoutes } from "../../src/http/api/routes.ts";
import { answerNotFound } from "../../src/http/problem.ts";
import { createServer } from "../../src/http/server.ts";
import type { Act } from "../../src/ports.ts";
import { createBooks } from "../../src/store/books.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { expectingBy } from "../../src/usecases/expect-part.ts";
import { resolveAsProgram } from "../../src/usecases/resolve-case.ts";
import { freshDatabase } from "../fresh-database.ts";

export const TOKEN = "first-token-of-the-shop";
export const OTHER_TOKEN = "second-token-of-the-shop";
export const PUBLIC_URL = "https://pay.example.am";

const MANAGER = { kind: "manager", id: "slack:T1:U1", name: "Armen" } as const;

/** An invoice as a merchant's system sends it. */
export const anInvoice = (changed: Readonly<Record<string, unknown>> = {}) => ({
  amount: "15000.00",
  currency: "AMD",
  purpose: "Կայքի սպասարկում, նոյեմբեր",
  customer: { id: "C-1", name: "Աննա Սարգսյան", phone: "+374 91 234567", email: "anna@example.am", language: "hy" },
  owner: { id: "M-1", name: "Armen", slackUserId: "U1" },
  ...changed,
});

/** What the tests look into, of all bodies the API answers with. A body that is no JSON is empty here. */
type Body = {
  readonly kind: string;
  readonly number: string;
  readonly amount: string;
  readonly url: string;
  readonly status: unknown;
  readonly links: readonly unknown[];
  readonly cases: readonly { readonly sentence: string }[];
  readonly entries: readonly {
    readonly fact: string;
    readonly actor: { readonly id: string };
    readonly details: { readonly link?: { readonly amount: unknown } };
  }[];
  readonly invoices: readonly unknown[];
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors: readonly { readonly path: string }[];
};

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
};

type Call = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array<ArrayBuffer> };

/** The API on a free port of this machine, over a database of its own. */
export async function openShop({ tokens = [TOKEN, OTHER_TOKEN] }: { tokens?: readonly string[] } = {}) {
  const orm = await MikroORM.init(ormConfig(await freshDatabase()));
  const ids = { id: () => randomUUID(), token: () => randomBytes(16).toString("base64url") };
  const shared = { orm, ids, clock: () => new Date() };
  const books = createBooks({ ...shared, policy, hears: { merchant: true, ops: true } });
  const book = createBook(shared);
  const logged: string[] = [];
  const server = createServer(
    pino({ level: "error" }, { write: (line: string) => void logged.push(line) }),
    answerNotFound,
  );
  const resolve: ResolveCase = (wish, actor) => resolveAsProgram({ books, policy }, wish, actor);
  const expecting = expectingBy({ policy, clock: shared.clock });
  await apiRoutes(server, { books, book, policy, publicUrl: PUBLIC_URL, tokens, resolve, expecting });
  docsRoutes(server, { publicUrl: PUBLIC_URL });
  const address = await server.listen({ host: "127.0.0.1", port: 0 });

  const call = async (method: string, path: string, more: Call = {}): Promise<Answer> => {
    const headers = { authorization: `Bearer ${TOKEN}`, ...more.headers };
    const response = await fetch(`${address}${path}`, { ...more, method, headers });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "") && text !== "";
    const body: Body = JSON.parse(isJson ? text : "{}");
    return { status: response.status, headers: response.headers, body, text };
  };
  const act: Act = { actor: MANAGER, requestId: "req_manager" };
  const key = (number: string) => ({ key: { crm: "book", kind: "invoice", number } }) as const;
  return {
    address,
    orm,
    books,
    book,
    logged,
    call,
    put: (path: string, body: unknown) =>
      call("PUT", `/api/v1/invoices/${path}`, {
        headers: { "content-type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    get: (path: string) => call("GET", `/api/v1/invoices/${path}`),
    /** A manager asks for the link of an invoice. */
    issue: (number: string) =>
      books.decide(key(number), act, (invoice, now) =>
        issue(invoice, { by: MANAGER, id: ids.id(), token: ids.token(), origin: null }, policy, now),
      ),
    /** The link's address is handed to the manager: from now on the customer may have it. */
    send: (number: string) =>
      books.decide(key(number), act, (invoice, now) =>
        send(invoice, { by: MANAGER, id: ids.id(), key: "k1", channel: "copy" }, policy, now),
      ),
    close: async () => {
      await server.close();
      await orm.close();
    },
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;
