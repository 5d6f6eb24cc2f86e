import { openDatabase } from "../../src/store/open-database.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/assembly/run.ts";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { signatureOf } from "../../src/providers/vpos/contract-signature.ts";
import { vposAssumedV1 } from "../../src/providers/vpos/contract.ts";
import type { createSandbox } from "../../src/sandbox/sandbox.ts";
import { freshDatabase } from "../fresh-database.ts";
import { SPEC_PRESENT, telegramViolations } from "../specs/telegram-spec.ts";
import { slackSpecPresent, slackViolations } from "../specs/slack-spec.ts";
import { customerIn } from "./customers.ts";
import { openLedger } from "./ledger.ts";
import { channelsOf, managerIn } from "./managers.ts";
import { until } from "./until.ts";

type Settings = {
  readonly env?: Readonly<Record<string, string>>;
  /** Takes every line of the log; without it nothing is logged. */
  readonly log?: (line: string) => void;
};

export type Town = Awaited<ReturnType<typeof aTown>>;

/** One whole paythread in this process on a database of its own, its stand-ins, and a clock that can be moved. */
export async function aTown({ env = {}, log }: Settings = {}) {
  const folder = await mkdtemp(join(tmpdir(), "paythread-story-"));
  const databaseUrl = await freshDatabase();
  const given = { DATABASE_URL: databaseUrl, DATA_DIR: folder, PORT: "0", ...env };
  const config = readConfig(vposAssumedV1, given);
  let aheadMs = 0;
  const clock = () => new Date(Date.now() + aheadMs);
  const logger = log ? createLog("debug", { write: log }) : createLog("silent");
  const running = await run(config, {
    log: logger,
    clock,
    database: await openDatabase(config.databaseUrl, config.dataDir),
  });
  const { service, sandbox, address } = running;
  if (!sandbox) throw new Error("a town has stand-ins of its own");
  const ledger = openLedger({ book: service.book, books: service.needs.books, databaseUrl });
  const { vpos, ...people } = peopleOf(sandbox);
  const { webhookSecret = "" } = sandbox.vpos ?? {};
  return {
    ...people,
    ...ledger,
    vpos,
    address,
    service,
    sandbox,
    clock,
    /** Moves the time, and lets everybody see what is due now. */
    later: async (seconds: number): Promise<void> => {
      aheadMs += seconds * 1000;
      service.worker.wake();
      await vpos.deliverDue();
    },
    /** Delivers a webhook as VPOS.am would: signed with its secret, unless another is given, and dated so many seconds ago. */
    webhook: (event: object, { secret = webhookSecret, secondsAgo = 0 } = {}) =>
      deliver(`${address}/webhooks/vpos`, event, { secret, at: new Date(clock().getTime() - secondsAgo * 1000) }),
    /** Everything that is due is done. */
    settled: () => ledger.settled(clock()),
    async [Symbol.asyncDispose]() {
      await running.stop();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function deliver(url: string, event: object, { secret, at }: { secret: string; at: Date }): Promise<number> {
  const raw = Buffer.from(JSON.stringify(event));
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const { headers } = vposAssumedV1.webhook;
  const response = await fetch(url, {
    method: "POST",
    body: raw,
    headers: {
      "content-type": "application/json",
      [headers.eventId]: "id" in event ? String(event.id) : "",
      [headers.timestamp]: timestamp,
      [headers.signature]: signatureOf(vposAssumedV1.webhook, secret, { timestamp, raw }),
    },
  });
  await response.text();
  return response.status;
}

/** Everybody who plays in a world of stand-ins, and what can be seen there. */
export function peopleOf({ standIns }: Pick<ReturnType<typeof createSandbox>, "standIns">) {
  const { slack, telegram, vpos } = standIns;
  if (!slack || !telegram || !vpos) throw new Error("a town needs all three stand-ins");
  return {
    slack,
    telegram,
    vpos,
    ani: managerIn(slack, "U0ANI"),
    davit: managerIn(slack, "U0DAVIT"),
    guest: managerIn(slack, "U0GUEST"),
    aram: customerIn(telegram, 374_001),
    mariam: customerIn(telegram, 374_002),
    ...channelsOf(slack),
    /** Every way in which we spoke to Slack and Telegram otherwise than their published contracts say. */
    misspoken: (): string[] => [
      ...(slackSpecPresent ? slackViolations(slack.wire()) : []),
      ...(SPEC_PRESENT ? telegramViolations(telegram.wire()) : []),
    ],
    /** How often the provider was asked to open a checkout, by key. */
    creates: () => vpos.wire().filter(({ path, method }) => method === "POST" && path === "/v1/payment-sessions"),
    lookUps: () => vpos.wire().filter(({ path }) => path.startsWith("/v1/payments/")),
  };
}

export type People = ReturnType<typeof peopleOf>;

/** Asks for a link, sends it, and has the customer open it: the address of the page. */
export async function reachesTheCustomer({ ani, aram }: Pick<People, "ani" | "aram">, number: string): Promise<string> {
  await ani.types(number);
  await ani.presses("paylink.send", number);
  const before = aram.payButtons().length;
  aram.starts(await ani.isGivenAnInvitation());
  await until(() => aram.payButtons().length).toBeMoreThan(before);
  return aram.isShownPay();
}
