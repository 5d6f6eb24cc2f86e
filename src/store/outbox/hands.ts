import type { ClaimedJob } from "./job.ts";

/** What `outbox_send` answers of what its sender took in hand, as a claim would have; null: nothing. */
export type Sent = { readonly taken: readonly ClaimedJob[] | null };

/** The hands that are free to take what is sent, and the terms on which a job is in hand. */
export type FreeHands = {
  readonly hands: number;
  readonly now: Date | null;
  readonly leaseSeconds: number;
  readonly mostPerBucket: number;
};

/**
 * The worker of the sender's own process lends hands to one statement that sends, so that what is due at once need not be
 * told of and claimed: it is worked on as soon as the statement has committed. One that commits later, because it is part of
 * a transaction, must not be lent any: nobody may work on what may still be rolled back.
 */
export type Lend = <Row extends Sent>(
  most: number,
  send: (free: FreeHands) => Promise<readonly Row[]>,
) => Promise<readonly Row[]>;

/** Where nobody works, such as in a command: others are told and claim it. */
export const noHands: Lend = (_most, send) => send(NONE);

const NONE: FreeHands = { hands: 0, now: null, leaseSeconds: 0, mostPerBucket: 0 };

/** The arguments of `outbox_send` behind the messages. */
export const gripOf = ({ hands, now, leaseSeconds, mostPerBucket }: FreeHands): readonly unknown[] => [
  hands,
  now,
  leaseSeconds,
  mostPerBucket,
];

/** Their places in a statement. */
export const GRIP = "?::int, ?::timestamptz, ?::float8, ?::int";
