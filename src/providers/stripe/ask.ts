import type { z } from "zod";
import type { Answer } from "../../ports.ts";
import { type Asked, type Bad, meaningOf, requestIdOf, unknown } from "./meaning.ts";

type Reply = { readonly lastResponse: { readonly statusCode: number; readonly requestId: string } };

/** One call of the SDK's, read with our own schema: the SDK's types say what Stripe promises, not what arrived. */
export async function ask<T>(asked: Asked, schema: z.ZodType<T>, call: () => Promise<Reply>): Promise<Answer<T>> {
  const came = await tried(asked, call);
  if (!came.well) return came.bad;
  const { statusCode, requestId } = came.value.lastResponse;
  const read = schema.safeParse(came.value);
  if (!read.success || statusCode >= 300) return unknown("Stripe answered with nothing we can read.");
  return { is: "happened", value: read.data, requestId: requestIdOf(requestId) };
}

/** All pages of a list. One that breaks off anywhere is no list. */
export async function askForAll<T>(schema: z.ZodType<T>, list: () => AsyncIterable<unknown>): Promise<Answer<T[]>> {
  const came = await tried("read", () => collected(list()));
  if (!came.well) return came.bad;
  const read = schema.array().safeParse(came.value);
  return read.success
    ? { is: "happened", value: read.data, requestId: null }
    : unknown("Stripe answered with a list we cannot read.");
}

type Tried<T> = { readonly well: true; readonly value: T } | { readonly well: false; readonly bad: Bad };

/** Only the SDK runs inside: a fault of ours is thrown further and never taken for one of Stripe's. */
async function tried<T>(asked: Asked, call: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { well: true, value: await call() };
  } catch (error) {
    return { well: false, bad: meaningOf(error, asked) };
  }
}

async function collected(list: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const one of list) all.push(one);
  return all;
}
