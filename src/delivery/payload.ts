import { z } from "zod";
import type { Hint } from "../ports.ts";
import type { AccountDay } from "../usecases/reconcile.ts";
import type { Job } from "./job.ts";

/** An id in a job's payload. That it is missing is a bug of whoever sent the job. */
export function textOf(job: Job, name: string): string {
  const value = job.payload[name];
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw new Error(`a job of topic ${job.topic} has no ${name}`);
}

/** When scheduled work was due. */
export const dueOf = (job: Job): Date => new Date(textOf(job, "due"));

/** Which day of which account is to be compared. */
export const accountDayOf = (job: Job): AccountDay => ({
  provider: textOf(job, "provider"),
  account: textOf(job, "account"),
  date: textOf(job, "date"),
});

const Heard = z.object({
  provider: z.string(),
  hint: z.object({
    eventId: z.string(),
    reference: z.string(),
    orderId: z.string().nullable(),
    names: z.enum(["payment", "checkout"]).exactOptional(),
    attempt: z.string().exactOptional(),
  }),
});

/** What a webhook said, as it was understood when its signature was checked. */
export type HeardHint = { readonly provider: string; readonly hint: Hint };

/** Undefined: the webhook is worked on once more, and what was kept of it is read. */
export const heardOf = ({ payload: { heard } }: Job): HeardHint | undefined =>
  heard === undefined ? undefined : Heard.parse(heard);

/** The payment a job was to give back; null: it was about something else. */
export const paymentOf = ({ payload: { payment } }: Job): string | null =>
  typeof payment === "string" ? payment : null;

/** What a job is about, for the case that is opened when it is given up. */
export function aboutOf({ payload }: Job): { link: string } | { invoice: string } | { attempt: string } | null {
  const { link, invoice, attempt } = payload;
  if (typeof link === "string") return { link };
  if (typeof invoice === "string") return { invoice };
  return typeof attempt === "string" ? { attempt } : null;
}
