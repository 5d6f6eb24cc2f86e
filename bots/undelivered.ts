/**
 * A message that a chat did not take. `again`: the same call may succeed later. `reach`: what it says of the recipient, for
 * the send's outcome: `blocked` (they shut the bot out), `gone` (the chat does not exist), `fine` (nothing to do with them).
 */
export class Undelivered extends Error {
  override readonly name = "Undelivered";
  readonly again: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly reach: "fine" | "blocked" | "gone";

  constructor(
    message: string,
    more: {
      readonly again: boolean;
      readonly retryAfterSeconds?: number;
      readonly reach?: "fine" | "blocked" | "gone";
      readonly cause?: unknown;
    },
  ) {
    super(message, { cause: more.cause });
    this.again = more.again;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.reach = more.reach ?? "fine";
  }
}
