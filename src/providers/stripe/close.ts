import type { Answer } from "../../ports.ts";
import { ask } from "./ask.ts";
import { type PlainSession, plainSessionSchema } from "./schemas.ts";
import type { Patience, Sdk } from "./sdk.ts";

type Closed = { readonly closed: boolean };

/**
 * Expires an open session. Stripe refuses that for one that has ended and has no code for it, so the session itself is
 * asked: one that is not open was not closed by us.
 */
export async function close(sdk: Sdk, reference: string, patience: Patience): Promise<Answer<Closed>> {
  const answer = await ask("change", plainSessionSchema, () =>
    sdk.checkout.sessions.expire(reference, {}, { timeout: patience.changeMs }),
  );
  if (answer.is === "happened") return saysClosed(answer, true);
  if (answer.is !== "refused" || answer.alarm) return answer;
  const now = await ask("read", plainSessionSchema, () =>
    sdk.checkout.sessions.retrieve(reference, {}, { timeout: patience.readMs }),
  );
  return now.is === "happened" && now.value.status !== "open" ? saysClosed(now, false) : answer;
}

const saysClosed = (
  { requestId }: Extract<Answer<PlainSession>, { is: "happened" }>,
  closed: boolean,
): Answer<Closed> => ({ is: "happened", value: { closed }, requestId });
