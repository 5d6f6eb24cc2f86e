import type { MikroORM } from "@mikro-orm/postgresql";
import { dayBefore } from "../../domain/reconcile.ts";
import type { Chore } from "../jobs/janitor.ts";
import type { Clock } from "../ports.ts";
import type { Inbox } from "../store/inbox.ts";
import { hourlyCheckpoint } from "../store/audit/checkpoint.ts";
import { sendReconciliations } from "../store/outbox/reconciliations.ts";
import type { createAccounts } from "../store/accounts.ts";
import { sweepOutbox } from "../store/outbox/sweep.ts";
import type { createUsedSignatures } from "../store/used-signatures.ts";
import type { Needs as UseCaseNeeds } from "../usecases/needs.ts";
import { comparable } from "../usecases/reconcile.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const KEEP_DONE_DAYS = 30;

/** Cardholders may dispute a payment for more than a year: so long it can be shown what the provider said of it. */
const KEEP_BODIES_DAYS = 400;

/** Slack's response addresses are capabilities; they are good for half an hour and forgotten after it. */
const KEEP_SLACK_MINUTES = 30;

type Needs = {
  readonly orm: MikroORM;
  readonly inbox: Inbox;
  readonly accounts: Pick<ReturnType<typeof createAccounts>, "forgetCodes">;
  readonly used: ReturnType<typeof createUsedSignatures>;
  readonly clock: Clock;
  readonly needs: Pick<UseCaseNeeds, "providers" | "policy">;
};

export const chores = ({ orm, inbox, accounts, used, clock, needs }: Needs): readonly Chore[] => {
  const ago = (ms: number): Date => new Date(clock().getTime() - ms);
  return [
    { name: "audit checkpoint", run: () => hourlyCheckpoint(orm, clock) },
    {
      name: "reconciliation",
      run: () => sendReconciliations(orm, comparable(needs.providers), dayBefore(clock(), needs.policy.timeZone)),
    },
    { name: "outbox", run: () => sweepOutbox(orm.em.fork(), ago(KEEP_DONE_DAYS * DAY_MS)) },
    { name: "codes", run: () => accounts.forgetCodes(ago(DAY_MS)) },
    { name: "signatures", run: () => used.sweep() },
    { name: "rejected deliveries", run: () => inbox.forgetRejected(ago(KEEP_DONE_DAYS * DAY_MS)) },
    { name: "old deliveries", run: () => inbox.forgetBodies(ago(KEEP_BODIES_DAYS * DAY_MS)) },
    { name: "slack deliveries", run: () => inbox.forgetOld(ago(KEEP_SLACK_MINUTES * MINUTE_MS)) },
  ];
};
