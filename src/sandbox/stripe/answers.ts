import { randomUUID } from "node:crypto";
import { type Body, type CallAnswer, json } from "../provider/answers.ts";

type Prefix = "cs_test" | "pi" | "ch" | "re" | "du" | "txn" | "evt" | "req";

export const newId = (prefix: Prefix): string => `${prefix}_${randomUUID().replaceAll("-", "").slice(0, 24)}`;

export const ok = (body: Body, headers: Record<string, string> = {}): CallAnswer => json(200, body, headers);

type Complaint = {
  readonly type?: "invalid_request_error" | "idempotency_error" | "api_error";
  readonly code?: string;
  readonly param?: string;
  readonly headers?: Record<string, string>;
};

/** An error in the shape of Stripe's. */
export const no = (status: number, message: string, complaint: Complaint = {}): CallAnswer => {
  const { type = "invalid_request_error", headers = {}, ...rest } = complaint;
  return json(status, { error: { ...rest, message, type } }, headers);
};
