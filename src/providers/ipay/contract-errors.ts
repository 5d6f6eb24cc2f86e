/** `errorCode` of any answer: 0, or no code at all, says that the request was processed, and nothing about a payment. */
export const ERROR_CODES = {
  processed: 0,
  orderNumberUsed: 1,
  detailsRefused: 2,
  currencyUnknown: 3,
  fieldMissing: 4,
  /** A wrong value, and also everything that is wrong with the login. */
  accessDenied: 5,
  orderUnknown: 6,
  /** A system error, and also an operation that the order's state does not allow. */
  notNow: 7,
} as const;
