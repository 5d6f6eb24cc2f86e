import type { Answer, Checkout } from "../../ports.ts";
import type { CreateRequest } from "./contract-schemas.ts";
import type { Session } from "./contract.ts";
import { written } from "./normalise.ts";

/**
 * A success of the create call as a checkout we may send people to. A success that names another order or amount, or
 * that nobody could pay through, is turned away for a person to look at.
 */
export function toCheckout(session: Session, asked: CreateRequest): Answer<Checkout> {
  const difference = differenceOf(session.echo, asked);
  if (difference !== null) {
    return { is: "refused", code: "echo_differs", because: difference, alarm: true, mayExist: true };
  }
  if (session.reference === null || session.checkoutUrl === null || !isSafeCheckout(session.checkoutUrl)) {
    return {
      is: "refused",
      code: "answer_unusable",
      because:
        "VPOS.am says that it opened a checkout but names no usable id or https address for it. A person must look.",
      alarm: false,
      mayExist: true,
    };
  }
  const { reference, checkoutUrl: url, expiresAt, requestId } = session;
  return { is: "happened", value: { reference, url, expiresAt }, requestId };
}

function differenceOf(echo: Session["echo"], asked: CreateRequest): string | null {
  if (differs(echo.order, asked.merchantOrderId)) return "VPOS.am opened the checkout for another order than ours.";
  if (!differs(echo.currency, asked.currency) && !differs(echo.amountMinor, asked.amountMinor)) return null;
  const said = `${written(echo.amountMinor)} ${written(echo.currency)}`;
  const sentence = `VPOS.am answered with ${said} where we asked for ${asked.amountMinor} ${asked.currency}.`;
  return isHundredfold(echo.amountMinor, asked.amountMinor)
    ? `${sentence} That is exactly a hundredfold: check VPOS_AMD_EXPONENT before anything else is issued.`
    : sentence;
}

/** An absent field says nothing; a present one must be exactly what we asked for. */
const differs = (said: unknown, ours: unknown): boolean => said !== undefined && said !== null && said !== ours;

const isHundredfold = (said: unknown, ours: number): boolean => said === ours * 100 || Number(said) * 100 === ours;

/** A page that takes card details is reached over TLS; only the stand-in on this machine is not. */
function isSafeCheckout(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname));
}
