import type { Actor } from "../../../domain/actor.ts";
import type { Answer } from "../../../domain/desk.ts";
import type { Policy } from "../../../domain/policy.ts";
import type { Expecting } from "../../../domain/schedule.ts";
import type { Books, InvoiceBook } from "../../ports.ts";
import type { Wish } from "../../usecases/resolve-case.ts";

/** Decides a case as the holder of the token. */
export type ResolveCase = (wish: Wish, actor: Actor) => Promise<Answer>;

export type ApiNeeds = {
  readonly books: Books;
  readonly book: InvoiceBook;
  readonly policy: Pick<Policy, "timeZone">;
  readonly resolve: ResolveCase;
  /** When the next part of an invoice is due. */
  readonly expecting: Expecting;
  /** Our own address, without a slash at the end. */
  readonly publicUrl: string;
  /** The bearer tokens that open the API; none: it stays closed. */
  readonly tokens: readonly string[];
};
