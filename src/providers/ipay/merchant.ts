import type { z } from "zod";
import type { Answer, Clock } from "../../ports.ts";
import { call } from "../call.ts";
import type { IpayContract } from "./contract.ts";
import { type Asked, meaningOf, processedBody } from "./meaning.ts";

/** The merchant's API user with a bank on iPay, and how it is spoken for. */
export type Merchant = {
  readonly baseUrl: string;
  readonly userName: string;
  readonly password: string;
  readonly contract: IpayContract;
  readonly clock: Clock;
  readonly changeMs: number;
  readonly readMs: number;
};

type Question<T> = {
  readonly asked: Asked;
  readonly fields: Readonly<Record<string, string>>;
  readonly schema: z.ZodType<T>;
};

/** One call to iPay. The login goes with the form, in the body: addresses end up in logs. */
export async function ask<T>(merchant: Merchant, { asked, fields, schema }: Question<T>): Promise<Answer<T>> {
  const { baseUrl, userName, password, contract } = merchant;
  const reply = await call({
    method: "POST",
    url: new URL(contract.paths[asked], baseUrl),
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({ userName, password, ...fields }).toString(),
    timeoutMs: asked === "status" ? merchant.readMs : merchant.changeMs,
  });
  const read = schema.safeParse(processedBody(reply));
  return read.success ? { is: "happened", value: read.data, requestId: null } : meaningOf(reply, asked);
}
