import type { Logger } from "pino";
import type { DeadJob, Job } from "../delivery/job.ts";
import { aboutOf, accountDayOf, paymentOf, textOf } from "../delivery/payload.ts";
import { attemptsOf } from "../delivery/routes.ts";
import { OutboxWorker } from "../delivery/worker.ts";
import type { Clock } from "../ports.ts";
import type { Inbox } from "../store/inbox.ts";
import type { Needs } from "../usecases/needs.ts";
import { noteDead } from "../usecases/note-dead.ts";
import { noteUnreadDay } from "../usecases/reconcile.ts";

type Work = {
  readonly databaseUrl: string;
  /** What is done with the jobs. It is asked for late: what is done with them lends the worker's hands itself. */
  readonly doing: () => Doing;
  readonly leaseSeconds: number;
  readonly log: Logger;
  readonly clock: Clock | null;
};

type Doing = {
  readonly handle: (job: Job) => Promise<void>;
  readonly needs: Needs;
  readonly inbox: Inbox;
  /** Tells a person in Slack that what they asked for could not be done. */
  readonly giveUp: (body: unknown) => Promise<void>;
};

const CONCURRENCY = 8;

/** The worker of this copy of the service: everything that must happen elsewhere or later passes through it. */
export function createWorker(work: Work): OutboxWorker {
  const { log, clock } = work;
  return new OutboxWorker({
    url: work.databaseUrl,
    concurrency: CONCURRENCY,
    leaseSeconds: work.leaseSeconds,
    attempts: attemptsOf,
    handle: async (job) => {
      await work.doing().handle(job);
      log.debug({ topic: job.topic, lane: job.lane, requestId: job.requestId }, "delivered");
    },
    onDead: (job) => bury(work.doing(), job, log),
    onTrouble: (error, job) =>
      log.warn({ err: error, topic: job?.topic, lane: job?.lane, requestId: job?.requestId }, "the outbox has trouble"),
    ...(clock ? { now: clock } : {}),
  });
}

/**
 * Given up with a loud line in the log and no case: a word about a case would never end, a bot's answer can be asked for
 * again, and what a webhook hinted at is asked by the ladder in any case.
 */
const ONLY_LOGGED: ReadonlySet<string> = new Set(["case_thread", "case_ops", "telegram_update", "webhook"]);

async function bury({ needs, inbox, giveUp }: Doing, job: DeadJob, log: Logger): Promise<void> {
  log.error({ topic: job.topic, lane: job.lane, requestId: job.requestId, error: job.lastError }, "given up");
  if (ONLY_LOGGED.has(job.topic)) return;
  if (job.topic === "slack_delivery") {
    return sayGivenUp(inbox, giveUp, job).catch((error: unknown) => log.error(error, "nor could that be said"));
  }
  if (job.topic === "reconcile") return noteUnreadDay(needs, accountDayOf(job), job.lastError);
  await noteDead(needs, {
    id: job.id,
    topic: job.topic,
    about: aboutOf(job),
    payment: paymentOf(job),
    error: job.lastError,
  });
}

async function sayGivenUp(inbox: Inbox, giveUp: Doing["giveUp"], job: DeadJob): Promise<void> {
  const { body } = await inbox.read(textOf(job, "inbox"));
  if (body.length > 0) await giveUp(JSON.parse(body.toString("utf8")));
}
