import { z } from "zod";

/**
 * The answers of iPay, read leniently: what a decision hangs on is required, everything else may be absent or strange
 * without costing us the answer. Unknown extra fields are ignored.
 */

/** A field that is only compared or quoted, so it may be anything, or absent. */
const anything = z.unknown().optional();
const word = z.string().nullish().catch(null);
const wordOrNumber = z.union([z.string(), z.int().transform(String)]);

/** One of the manual's samples has every name with a capital: names are read without regard to their first letter. */
const smallNames = (body: unknown): unknown =>
  typeof body === "object" && body !== null && !Array.isArray(body)
    ? Object.fromEntries(
        Object.entries(body).map(([name, value]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, value]),
      )
    : body;

/** Milliseconds since 1970, as the manual's sample has them. Anything else is no time. */
const moment = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{13}$/)
      .transform(Number),
  ])
  .refine((ms) => ms > 1e12 && ms < 1e13)
  .transform((ms) => new Date(ms))
  .nullish()
  .catch(null);

const pairs = z
  .array(z.object({ name: z.string(), value: anything }))
  .nullish()
  .catch(null);

/** An id that can stand in an address. */
const id = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/)
  .nullish()
  .catch(null);

/** How every answer says whether the request was processed. A code that cannot be read is no "processed". */
export const outcomeSchema = z.preprocess(
  smallNames,
  z.object({
    errorCode: z
      .union([
        z.int(),
        z
          .string()
          .regex(/^-?\d{1,9}$/)
          .transform(Number),
      ])
      .nullish(),
    error: anything,
  }),
);

export const registeredSchema = z.preprocess(smallNames, z.object({ orderId: id, formUrl: word }));

/** `getOrderStatusExtended.do`: the bank decides how much of it a shop is told ("version" 01 to 03). */
export const orderSchema = z.preprocess(
  smallNames,
  z.object({
    orderNumber: z.string(),
    orderStatus: wordOrNumber,
    actionCode: wordOrNumber.nullish().catch(null),
    amount: anything,
    currency: anything,
    date: moment,
    orderDescription: word,
    merchantOrderParams: pairs,
    attributes: pairs,
    refunds: z
      .array(z.object({ referenceNumber: word, actionCode: wordOrNumber.nullish().catch(null), amount: anything }))
      .nullish()
      .catch(null),
    authDateTime: moment,
    authRefNum: word,
    paymentAmountInfo: z.object({ depositedAmount: anything, refundedAmount: anything }).nullish().catch(null),
  }),
);

export type IpayOrder = z.infer<typeof orderSchema>;

/** A refund or a reversal brings nothing but its error code. */
export const acceptedSchema = z.object({});
