import type { Body, CallAnswer } from "../provider/answers.ts";
import { no, ok } from "./answers.ts";
import type { Context } from "./context.ts";
import { listIn, textIn, type Tree } from "./form.ts";
import { expireOld } from "./sessions.ts";
import { disputeBody, movementBody, sessionBody } from "./shapes.ts";

type Listed = { readonly id: string; readonly created: number };

/** `GET /v1/checkout/sessions`. */
export function listSessions(context: Context, query: Tree): CallAnswer {
  expireOld(context);
  const payment = textIn(query["payment_intent"]);
  const all = [...context.books.sessions.values()].filter(
    (one) => payment === undefined || one.payment?.id === payment,
  );
  return page(all, query, { url: "/v1/checkout/sessions", show: (session) => sessionBody(session, context) });
}

/** `GET /v1/disputes`. */
export function listDisputes({ books }: Context, query: Tree): CallAnswer {
  const payment = textIn(query["payment_intent"]);
  const all = [...books.disputes.values()].flatMap((dispute) => {
    const session = books.sessions.get(dispute.sessionId);
    const isAsked = session && (payment === undefined || session.payment?.id === payment);
    return isAsked ? [{ ...dispute, session }] : [];
  });
  return page(all, query, { url: "/v1/disputes", show: ({ session, ...dispute }) => disputeBody(dispute, session) });
}

/** `GET /v1/balance_transactions`. */
export function listMovements({ books }: Context, query: Tree): CallAnswer {
  const expand = listIn(query["expand"]);
  const strange = expand.find((path) => path !== "data.source");
  if (strange !== undefined) return no(400, `This property cannot be expanded (${strange}).`);
  return page(books.movements, query, {
    url: "/v1/balance_transactions",
    show: (movement) => movementBody(movement, books, expand),
  });
}

type Shown<T> = { readonly url: string; readonly show: (one: T) => Body };

/** The newest first, ten unless told, at most a hundred, after the one named in `starting_after`. */
function page<T extends Listed>(all: readonly T[], query: Tree, { url, show }: Shown<T>): CallAnswer {
  const limit = Number(textIn(query["limit"]) ?? "10");
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    return no(400, "This value must be between 1 and 100.", { param: "limit" });
  }
  const wanted = all.toReversed().filter(({ created }) => isWithin(created, query["created"]));
  const after = textIn(query["starting_after"]);
  const start = after === undefined ? 0 : wanted.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) return no(400, `No such object: '${after}'`, { code: "resource_missing" });
  const data = wanted.slice(start, start + limit).map(show);
  return ok({ object: "list", data, has_more: start + limit < wanted.length, url });
}

function isWithin(created: number, range: string | Tree | undefined): boolean {
  if (typeof range === "string") return created === Number(range);
  const bound = (name: string, otherwise: number): number => Number(range?.[name] ?? otherwise);
  return (
    created >= bound("gte", 0) &&
    created > bound("gt", -1) &&
    created <= bound("lte", Infinity) &&
    created < bound("lt", Infinity)
  );
}
