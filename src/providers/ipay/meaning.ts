import type { Answer } from "../../ports.ts";
import type { Reply } from "../call.ts";
import { ERROR_CODES } from "./contract-errors.ts";
import { outcomeSchema } from "./contract-schemas.ts";
import type { IpayContract } from "./contract.ts";

export type Asked = keyof IpayContract["paths"];
type Answered = Extract<Reply, { is: "answered" }>;
type Bad = Exclude<Answer<never>, { is: "happened" }>;
type Refusal = Pick<Extract<Bad, { is: "refused" }>, "code" | "because"> & {
  readonly alarm?: boolean;
  readonly mayExist?: boolean;
};

/** The body of a request that was processed; undefined, which no schema accepts, for everything else. */
export function processedBody(reply: Reply): unknown {
  if (reply.is !== "answered" || reply.status !== 200) return undefined;
  return errorCodeOf(reply.body) === ERROR_CODES.processed ? reply.body : undefined;
}

/** Null: the answer does not say in a way we can read. */
function errorCodeOf(body: unknown): number | null {
  const read = outcomeSchema.safeParse(body);
  if (!read.success) return null;
  const { errorCode, error } = read.data;
  return errorCode ?? (error === true || error === "true" ? null : ERROR_CODES.processed);
}

const LOGIN: Refusal = {
  code: "access_denied",
  because:
    "iPay does not accept our API user: its name or password is wrong, it is disabled, or the bank wants a new password. " +
    "Correct IPAY_USERNAME and IPAY_PASSWORD; until then nothing can be issued.",
  alarm: true,
};

/** For a refund the login was good a moment ago, so nothing else stops because of it. */
const NO_RIGHT: Refusal = {
  code: "not_allowed",
  because: "iPay does not let our API user do this: ask the bank for the right, or do it in the bank's cabinet.",
};

const NOT_NOW: Refusal = {
  code: "not_in_this_state",
  because: "iPay could not do this now. Look at the order in the bank's cabinet before doing it there.",
  mayExist: true,
};

/** What an error code says of each call. Its code is ours; iPay's free text is never read, it may repeat what we sent. */
const REFUSALS: Readonly<Record<Asked, Readonly<Record<number, Refusal>>>> = {
  register: {
    [ERROR_CODES.orderNumberUsed]: {
      code: "order_number_used",
      because: "iPay has an order under this number already.",
      mayExist: true,
    },
    [ERROR_CODES.currencyUnknown]: {
      code: "currency_refused",
      because: "The bank has not switched this currency on for our API user.",
    },
    [ERROR_CODES.fieldMissing]: {
      code: "field_missing",
      because: "iPay misses a field in our request. The contract module needs a look.",
    },
    [ERROR_CODES.accessDenied]: LOGIN,
  },
  status: { [ERROR_CODES.accessDenied]: LOGIN },
  reverse: { [ERROR_CODES.accessDenied]: NO_RIGHT, [ERROR_CODES.notNow]: NOT_NOW },
  refund: { [ERROR_CODES.accessDenied]: NO_RIGHT, [ERROR_CODES.notNow]: NOT_NOW },
};

/** What an answer means that did not bring what it was asked for. */
export function meaningOf(reply: Reply, asked: Asked): Bad {
  if (reply.is === "not_sent") return didNotHappen("iPay could not be reached: no connection came about.", null);
  if (reply.is === "silent") {
    return unknown(reply.timedOut ? "iPay did not answer in time." : "The connection broke before iPay answered.");
  }
  return reply.status === 200 ? byErrorCode(reply.body, asked) : byHttpStatus(reply, asked);
}

function byErrorCode(body: unknown, asked: Asked): Bad {
  const code = errorCodeOf(body);
  if (code === null || code === ERROR_CODES.processed) return unknown("iPay answered with nothing we can read.");
  const known = REFUSALS[asked][code];
  if (known) return refused(known, code);
  if (asked === "status" && code === ERROR_CODES.orderUnknown) {
    return { ...unknown("iPay does not know this order (error 6). It is not counted as failed."), heard: true };
  }
  // A system error while an order is registered leaves open whether it stands.
  if (asked === "status" || code === ERROR_CODES.notNow) return unknown(`iPay failed with error ${code}.`);
  return refused({ code: `error_${code}`, because: "iPay refused the call.", mayExist: true }, code);
}

/** By its manual iPay answers with 200 and an error code: any other status comes from what stands before it. */
function byHttpStatus({ status, retryAfterSeconds: wait }: Answered, asked: Asked): Bad {
  if (status === 429) return didNotHappen("iPay asks us to call less often.", wait);
  if (status === 401 || status === 403) {
    const because = `iPay turns us away with ${status}: it may know neither our login nor the address we call from. Until then nothing can be issued.`;
    return { is: "refused", code: `http_${status}`, because, alarm: true, mayExist: false };
  }
  const isNo = status >= 400 && status < 500 && status !== 408 && asked !== "status";
  if (!isNo) return unknown(`iPay failed with ${status}.`, wait);
  const because = `iPay refused the call with ${status}. Check IPAY_BASE_URL.`;
  return { is: "refused", code: `http_${status}`, because, alarm: false, mayExist: false };
}

const refused = ({ code, because, alarm = false, mayExist = false }: Refusal, theirs: number): Bad => ({
  is: "refused",
  code,
  because: `${because} (error ${theirs})`,
  alarm,
  mayExist,
});

const didNotHappen = (because: string, retryAfterSeconds: number | null): Bad => ({
  is: "did_not_happen",
  because,
  retryAfterSeconds,
});

export const unknown = (because: string, retryAfterSeconds: number | null = null): Extract<Bad, { is: "unknown" }> => ({
  is: "unknown",
  because,
  retryAfterSeconds,
});
