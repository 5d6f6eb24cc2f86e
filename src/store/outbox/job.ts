/** One thing that must happen elsewhere. */
export type Job = {
  readonly id: string;
  /** The same for every try: hand it to the other side, since a try whose worker died may have had its effect. */
  readonly idempotencyKey: string;
  readonly lane: string;
  readonly bucket: string;
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Tries before this one, those with an unknown end included. Deferrals are not counted. */
  readonly attempts: number;
  readonly dedupeKey: string | null;
  readonly requestId: string | null;
};

/** A job in hand. The lease shows that its lane is still ours. */
export type ClaimedJob = Job & { readonly lease: string };
