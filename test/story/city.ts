import { randomUUIDv7 } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MikroORM } from "@mikro-orm/postgresql";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { createBook } from "../../src/crm/book/book.ts";
import { createBooks } from "../../src/store/books.ts";
import { newToken } from "../../src/store/invitations.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { freshDatabase } from "../fresh-database.ts";
import { openLedger } from "./ledger.ts";
import { freePort, launch, type Service } from "./process.ts";
import { peopleOf } from "./town.ts";

export const API_TOKEN = "the-token-of-the-merchant";

/**
 * The world outside stands in this process, as Slack, Telegram and the provider do; the service runs in processes of its
 * own and knows of it from its settings alone. They may be killed and started again while the world goes on.
 */
export async function aCity() {
  const folder = await mkdtemp(join(tmpdir(), "paythread-city-"));
  const databaseUrl = await freshDatabase();
  const port = await freePort();
  let door = `http://127.0.0.1:${port}`;
  const parts = { slack: true, telegram: true, vpos: true, stateFile: null };
  const sandbox = createSandbox({ ...parts, serviceUrl: () => door, onTrouble: () => undefined });
  await sandbox.start();
  const ledger = await ledgerOf(databaseUrl);
  const services: Service[] = [];
  const settings = {
    ...settingsOf(sandbox),
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    LOG_LEVEL: "debug",
    LEASE_SECONDS: "3",
  };
  return {
    ...peopleOf(sandbox),
    ...ledger,
    port,
    /** Starts one more process of the service, and waits until it works. */
    serviceStarts: async (more: Readonly<Record<string, string>> = {}): Promise<Service> => {
      const service = launch({ ...settings, PORT: String(port), ...more });
      services.push(service);
      await service.ready();
      return service;
    },
    /** Slack and the provider come to this copy of the service from now on. */
    comesTo: (address: string): void => {
      door = address;
    },
    /** A request of the merchant's own system. */
    api: async (method: "GET" | "PUT", path: string, body?: object): Promise<unknown> => {
      const headers = { authorization: `Bearer ${API_TOKEN}`, "content-type": "application/json" };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${door}/api/v1/${path}`, { method, headers, ...sent });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(services.map((service) => service.dies()));
      await sandbox.stop();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type City = Awaited<ReturnType<typeof aCity>>;

/** What an operator would set for these three to be the real ones. */
function settingsOf({ slack, telegram, vpos }: Sandbox): Record<string, string> {
  if (!slack || !telegram || !vpos) throw new Error("a city needs all three stand-ins");
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    SLACK_OPS_CHANNEL: slack.opsChannel,
    TELEGRAM_BOT_TOKEN: telegram.botToken,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    VPOS_BASE_URL: vpos.origin,
    VPOS_API_TOKEN: vpos.apiToken,
    VPOS_WEBHOOK_SECRET: vpos.webhookSecret,
    VPOS_AMD_EXPONENT: String(vpos.amdExponent),
    API_TOKENS: API_TOKEN,
  };
}

/** The books of the service, read beside it. */
async function ledgerOf(databaseUrl: string) {
  const orm = await MikroORM.init(ormConfig(databaseUrl));
  const clock = () => new Date();
  const ids = { id: () => randomUUIDv7(), token: newToken };
  const book = createBook({ orm, clock, ids });
  const books = createBooks({ orm, policy: DEFAULT_POLICY, clock, ids, hears: { merchant: true, ops: true } });
  const ledger = openLedger({ book, books, databaseUrl });
  return {
    ...ledger,
    auditHolds: async (): Promise<boolean> => (await books.verifyAudit()).broken.length === 0,
    close: async (): Promise<void> => {
      await ledger.close();
      await orm.close();
    },
  };
}
