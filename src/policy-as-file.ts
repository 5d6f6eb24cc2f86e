import { decimalOf, isCurrency } from "../domain/money.ts";
import type { Amounts, Override, Policy, Terms } from "../domain/policy.ts";

/**
 * A policy in the shape of the file that would make it: read back, it is the same policy. Its time zone is a setting of its
 * own (MERCHANT_TIMEZONE), and its version follows from its terms.
 */
export const policyAsFile = ({ version: _version, timeZone: _timeZone, roles, overrides, ...terms }: Policy) => ({
  ...asGiven(terms),
  roles,
  overrides: overrides.map(overrideAsGiven),
});

const overrideAsGiven = ({ crm, currency, from, until, terms }: Override) => ({
  ...(crm === null ? {} : { crm }),
  ...(currency === null ? {} : { currency }),
  ...(from ? { from: from.toISOString() } : {}),
  ...(until ? { until: until.toISOString() } : {}),
  ...asGiven(terms),
});

/** In a file an amount is a decimal text, and a provider that nobody chose is left out. */
function asGiven({ provider, parts, approvalAbove, limits, ...rest }: Partial<Terms>) {
  return {
    ...(typeof provider === "string" ? { provider } : {}),
    ...rest,
    ...(parts ? { parts: { ...parts, minimum: decimals(parts.minimum) } } : {}),
    ...(approvalAbove ? { approvalAbove: decimals(approvalAbove) } : {}),
    ...(limits
      ? { limits: Object.fromEntries(Object.entries(limits).map(([role, most]) => [role, decimals(most)])) }
      : {}),
  };
}

const decimals = (amounts: Amounts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(amounts).flatMap(([currency, minor]) =>
      isCurrency(currency) ? [[currency, decimalOf({ minor, currency })]] : [],
    ),
  );
