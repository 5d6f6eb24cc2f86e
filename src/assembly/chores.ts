import type { MikroORM } from "@mikro-orm/postgresql";
import type { Chore } from "../jobs/janitor.ts";
import type { Clock } from "../ports.ts";
import type { Inbox } from "../store/inbox.ts";
import { hourlyCheckpoint } from "../store/audit/checkpoint.ts";
import { sweepOutbox } from "../store/outbox/sweep.ts";
import type { createUsedSignatures } from "../store/used-signatures.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const KEEP_DONE_DAYS = 30;

/** Slack's response addresses are capabilities; they are good for half an hour and forgotten after it. */
const KEEP_SLACK_MINUTES = 30;

type Needs = {
  readonly orm: MikroORM;
  readonly inbox: Inbox;
  readonly used: ReturnType<typeof createUsedSignatures>;
  readonly clock: Clock;
};

export const chores = ({ orm, inbox, used, clock }: Needs): readonly Chore[] => {
  const ago = (ms: number): Date => new Date(clock().getTime() - ms);
  return [
    { name: "audit checkpoint", run: () => hourlyCheckpoint(orm, clock) },
    { name: "outbox", run: () => sweepOutbox(orm.em.fork(), ago(KEEP_DONE_DAYS * DAY_MS)) },
    { name: "signatures", run: () => used.sweep() },
    { name: "rejected deliveries", run: () => inbox.forgetRejected(ago(KEEP_DONE_DAYS * DAY_MS)) },
    { name: "slack deliveries", run: () => inbox.forgetOld(ago(KEEP_SLACK_MINUTES * MINUTE_MS)) },
  ];
};
