import { vposAssumedV1 } from "../../providers/vpos/contract.ts";
import type { CallAnswer } from "../provider/answers.ts";
import { newId, no, ok, paymentBody } from "./answers.ts";
import type { Context } from "./context.ts";
import { distorted, stopped } from "./distort.ts";
import { findPayment } from "./payments.ts";

/** `GET /v1/payments/{paymentId}`. */
export async function lookUp(context: Context, paymentId: string): Promise<CallAnswer> {
  const payment = findPayment(context, paymentId);
  const fault = context.faults.take("lookup", [payment?.merchantOrderId ?? null]);
  const stop = stopped(fault);
  if (stop) return stop;
  return payment ? distorted(ok(paymentBody(payment)), fault) : no("not_found", "There is no such payment.");
}

/** `GET /v1/capabilities`: this stand-in takes payments and offers nothing else. */
export async function capabilities(context: Context): Promise<CallAnswer> {
  const fault = context.faults.take("capabilities", []);
  const flags = { payLink: true, qr: false, refund: false, fiscalization: false, tokenization: false };
  const matrix = [{ id: vposAssumedV1.createSession.provider, capabilities: flags }];
  return stopped(fault) ?? distorted(ok({ providers: matrix, requestId: newId("req") }), fault);
}

/** `GET /api/health`. */
export const health = (context: Context): CallAnswer =>
  ok({ status: "ok", ready: true, blockers: [], time: context.clock().toISOString() });
