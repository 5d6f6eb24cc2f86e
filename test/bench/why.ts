import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { MikroORM } from "@mikro-orm/postgresql";
import { cancel } from "../../domain/cancel.ts";
import type { CrmInvoice } from "../../domain/invoice.ts";
import { issue } from "../../domain/issue.ts";
import { DEFAULT_POLICY as policy } from "../../domain/policy.ts";
import { answerSend, send } from "../../domain/send.ts";
import { createBook } from "../../src/crm/book/book.ts";
import { startPostgres } from "../../src/embedded/embedded.ts";
import { createBooks } from "../../src/store/books.ts";
import { newToken } from "../../src/store/invitations.ts";
import { migrateUp } from "../../src/store/migrations.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { quantile } from "./load.ts";
import { startService } from "./service.ts";

const LINKS = 50;
const WARM_UP = 100;
const MEASURED = 300;
const TOKEN = "a token of the bench alone".replaceAll(" ", "-");
const ANI = { kind: "manager", id: "slack:T1:UANI", name: "Ani" } as const;

const TOLD: CrmInvoice = {
  crm: "book",
  kind: "invoice",
  number: "INV-1042",
  amount: { minor: 1_500_000n, currency: "AMD" },
  purpose: "Ceramic tiles, 12 m²",
  customer: { id: "C-1", name: "Aram Sargsyan", language: "hy" },
  owner: null,
  state: "open",
  url: null,
};

export type Asking = {
  readonly links: number;
  readonly facts: number;
  readonly rows: readonly { readonly what: string; readonly p50: number; readonly p99: number; readonly kb: number }[];
};

/**
 * W7: how an invoice that has been through a lot came to its status, and what would happen to it next, asked one after the
 * other over HTTP of the service as it is started, each answer read to its end. The folder is filled with a database.
 */
export async function measureWhy(folder: string): Promise<Asking> {
  const postgres = await startPostgres(join(folder, "postgres"));
  try {
    await migrateUp(postgres.url);
    const facts = await longStory(postgres.url);
    const service = await startService(join(folder, "data"), { DATABASE_URL: postgres.url, API_TOKENS: TOKEN });
    const agent = new Agent({ keepAlive: true });
    try {
      const ask = (path: string, body?: object) => timed(() => call(agent, `${service.address}/api/v1/${path}`, body));
      const rows = [
        { what: "why: all facts, as sentences", ...(await ask("audit?invoice=INV-1042&lang=hy")) },
        { what: "the invoice with its links", ...(await ask("invoices/invoice/INV-1042")) },
        { what: "dry-run of a reissue", ...(await ask("dry-run?lang=hy", { ask: "reissue INV-1042 new date" })) },
      ];
      return { links: LINKS, facts, rows };
    } finally {
      agent.destroy();
      await service.stop();
    }
  } finally {
    await postgres.stop();
  }
}

export const sayWhy = ({ links, facts, rows }: Asking): string =>
  [
    `W7  asked over HTTP of an invoice with ${links} links and ${facts} facts; goal below 50 ms`,
    `    ${"".padEnd(30)} ${"p50 ms".padStart(8)} ${"p99 ms".padStart(8)} ${"KB".padStart(6)}`,
    ...rows.map(
      ({ what, p50, p99, kb }) =>
        `    ${what.padEnd(30)} ${p50.toFixed(1).padStart(8)} ${p99.toFixed(1).padStart(8)} ${kb.toFixed(0).padStart(6)}`,
    ),
  ].join("\n");

/** Fifty links, each sent, opened and cancelled again; the last one stands. How many facts that makes. */
async function longStory(url: string): Promise<number> {
  const orm = await MikroORM.init(ormConfig(url));
  try {
    const ids = { id: randomUUID, token: newToken };
    const shared = { orm, policy, ids, clock: () => new Date() };
    const books = createBooks({ ...shared, hears: { merchant: true, ops: true } });
    const act = { actor: ANI, requestId: "bench" };
    await createBook(shared).put({ ...TOLD, customer: { ...TOLD.customer, phone: null, email: null } });
    for (let round = 1; round <= LINKS; round += 1) {
      const id = ids.id();
      await books.decideLearned(
        TOLD,
        act,
        (so, now) => issue(so, { by: ANI, id: ids.id(), token: ids.token(), origin: null }, policy, now),
        (so, now) => send(so, { by: ANI, id, key: id, channel: "copy" }, policy, now),
        (so) => answerSend(so, id, "opened"),
        (so) => (round < LINKS ? cancel(so, "typo") : { kind: "already" }),
      );
    }
    // The cards of a story that nobody lived through would be posted while the service is measured.
    await orm.em.fork().execute("truncate outbox_job, outbox_lane");
    return (await books.entries(TOLD)).length;
  } finally {
    await orm.close();
  }
}

/** So many answers one after the other: how long they took, and how large the last one was. */
async function timed(once: () => Promise<number>): Promise<Omit<Asking["rows"][number], "what">> {
  const each: number[] = [];
  let bytes = 0;
  for (let nth = -WARM_UP; nth < MEASURED; nth += 1) {
    const startedAt = performance.now();
    bytes = await once();
    if (nth >= 0) each.push(performance.now() - startedAt);
  }
  return { p50: quantile(each, 0.5), p99: quantile(each, 0.99), kb: bytes / 1024 };
}

/** Asks and reads the answer to its end: how many bytes it has. */
function call(agent: Agent, url: string, body: object | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
    request(url, { agent, method: body ? "POST" : "GET", headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} was answered ${answer.statusCode}`));
      let bytes = 0;
      answer.on("data", (part: Buffer) => void (bytes += part.length)).once("end", () => resolve(bytes));
    })
      .once("error", reject)
      .end(body ? JSON.stringify(body) : undefined);
  });
}
