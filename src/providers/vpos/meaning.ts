import type { Answer } from "../../ports.ts";
import type { Reply } from "../call.ts";
import { ERRORS } from "./contract-schemas.ts";
import type { VposContract } from "./contract.ts";

type Answered = Extract<Reply, { is: "answered" }>;
type Asked = "create" | "lookup";
type Bad = Exclude<Answer<never>, { is: "happened" }>;
type Refusal = {
  readonly code: string;
  readonly because: string;
  readonly alarm?: boolean;
  readonly mayExist?: boolean;
};

/** The statuses that are a no. Their code is ours, from the HTTP status alone: what the provider writes is only quoted. */
const REFUSALS: Readonly<Record<number, Refusal>> = {
  400: {
    code: "invalid_request",
    because: "VPOS.am says that our request is not well formed. The contract module needs a look.",
  },
  401: {
    code: "unauthorized",
    because:
      "VPOS.am does not accept our API token. Put a valid one into the settings; until then nothing can be issued.",
    alarm: true,
  },
  403: {
    code: "origin_not_trusted",
    because:
      "VPOS.am does not trust the place we call from. Ask it to allow our address; until then nothing can be issued.",
    alarm: true,
  },
  405: { code: "method_not_allowed", because: "VPOS.am does not know this call. The contract module needs a look." },
  422: { code: "unprocessable", because: "VPOS.am does not accept this amount, currency or payment method." },
};

const CONFLICT: Refusal = {
  code: "idempotency_conflict",
  because: "VPOS.am already has another request under this idempotency key. A person must look; no new key is drawn.",
  mayExist: true,
};

/** What an answer means that brought neither a session nor a payment. */
export function meaningOf(reply: Reply, asked: Asked, contract: VposContract): Bad {
  if (reply.is === "not_sent") return didNotHappen("VPOS.am could not be reached: no connection came about.", null);
  if (reply.is === "silent") {
    const because = reply.timedOut
      ? "VPOS.am did not answer in time."
      : "The connection broke before VPOS.am answered.";
    return unknown(because, null);
  }
  const said = quote(reply.body, contract);
  if (reply.status === 429) return didNotHappen(`VPOS.am asks us to call less often${said}.`, reply.retryAfterSeconds);
  if (reply.status === 409) return conflict(reply, said, contract);
  return isNo(reply.status, asked) ? refusal(reply.status, said) : noAnswer(reply, asked, said);
}

/** A 4xx is a no, except where it only says that the other side lost sight of what we mean. */
const isNo = (status: number, asked: Asked): boolean =>
  status >= 400 && status < 500 && status !== 408 && !(status === 404 && asked === "lookup");

function refusal(status: number, said: string): Bad {
  const other = { code: `http_${status}`, because: `VPOS.am refused the call with ${status}.` };
  return refused(REFUSALS[status] ?? other, said);
}

function noAnswer({ status, retryAfterSeconds: wait }: Answered, asked: Asked, said: string): Bad {
  if (status === 404 && asked === "lookup") {
    return { ...unknown(`VPOS.am does not know this payment${said}. It is not counted as failed.`, wait), heard: true };
  }
  if (status >= 500) return unknown(`VPOS.am failed with ${status}${said}.`, wait);
  return unknown(`VPOS.am answered with ${status} and nothing we can read.`, wait);
}

/** Two very different things share a status: only the one that clears by itself is waited for. */
function conflict(reply: Answered, said: string, contract: VposContract): Bad {
  const { code } = errorOf(reply.body, contract);
  if (code === contract.idempotency.inProgressCode) {
    return didNotHappen(`VPOS.am is still busy with our first request${said}.`, reply.retryAfterSeconds);
  }
  if (code === contract.idempotency.conflictCode) return refused(CONFLICT, said);
  return unknown("VPOS.am answered with 409 and does not say why.", reply.retryAfterSeconds);
}

const refused = ({ code, because, alarm = false, mayExist = false }: Refusal, said: string): Bad => ({
  is: "refused",
  code,
  because: `${because}${said}`,
  alarm,
  mayExist,
});

const didNotHappen = (because: string, retryAfterSeconds: number | null): Bad => ({
  is: "did_not_happen",
  because,
  retryAfterSeconds,
});

const unknown = (because: string, retryAfterSeconds: number | null): Extract<Bad, { is: "unknown" }> => ({
  is: "unknown",
  because,
  retryAfterSeconds,
});

function errorOf(body: unknown, contract: VposContract): { code: string | null; requestId: string | null } {
  const read = contract.errorSchema.safeParse(body);
  return { code: read.data?.error.code ?? null, requestId: read.data?.error.requestId ?? null };
}

/** The provider's code and request id for a support case. Its free text is left out: it may repeat what we sent. */
function quote(body: unknown, contract: VposContract): string {
  const { code, requestId } = errorOf(body, contract);
  const parts = [
    code !== null && Object.hasOwn(ERRORS, code) ? `code ${code}` : "",
    requestId !== null && /^req_\w{1,60}$/.test(requestId) ? `request ${requestId}` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}
