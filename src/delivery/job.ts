import type { Job } from "../store/outbox/job.ts";

export type { ClaimedJob, Job } from "../store/outbox/job.ts";

/** A job that was given up, with what the last try said. */
export type DeadJob = Job & { readonly lastError: string };
