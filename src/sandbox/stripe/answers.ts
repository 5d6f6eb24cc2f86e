import { randomUUID } from "node:crypto";

export type Body = Record<string, unknown>;

/** What the stand-in does with a call: a JSON answer, a broken one, or none. */
export type CallAnswer =
  | { readonly is: "json"; readonly status: number; readonly body: Body; readonly headers: Record<string, string> }
  | { readonly is: "broken_text"; readonly status: number; readonly text: string }
  | { readonly is: "cut" }
  | { readonly is: "hang" };

type Prefix = "cs_test" | "pi" | "ch" | "re" | "du" | "txn" | "evt" | "req";

export const newId = (prefix: Prefix): string => `${prefix}_${randomUUID().replaceAll("-", "").slice(0, 24)}`;

export const ok = (body: Body, headers: Record<string, string> = {}): CallAnswer => ({
  is: "json",
  status: 200,
  body,
  headers,
});

type Complaint = {
  readonly type?: "invalid_request_error" | "idempotency_error" | "api_error";
  readonly code?: string;
  readonly param?: string;
  readonly headers?: Record<string, string>;
};

/** An error in the shape of Stripe's. */
export const no = (status: number, message: string, complaint: Complaint = {}): CallAnswer => {
  const { type = "invalid_request_error", headers = {}, ...rest } = complaint;
  return { is: "json", status, body: { error: { ...rest, message, type } }, headers };
};
