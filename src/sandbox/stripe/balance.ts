import { newId } from "./answers.ts";
import type { BalanceMovement, StripeSession } from "./books.ts";
import { type Context, secondsNow } from "./context.ts";

type Noted = Pick<BalanceMovement, "category" | "amount" | "fee" | "source">;

/** Writes down that money of a session moved on the merchant's balance. */
export function note(context: Context, { id: sessionId, currency }: StripeSession, noted: Noted): void {
  context.books.movements.push({ id: newId("txn"), ...noted, currency, sessionId, created: secondsNow(context) });
}
