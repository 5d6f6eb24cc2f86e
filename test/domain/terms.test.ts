import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY, termsOf } from "../../domain/policy.ts";

describe("the terms of a policy are told to the audit", () => {
  test("all but its name, with amounts as texts that any reader keeps exactly", () => {
    const { version: _name, ...terms } = DEFAULT_POLICY;
    expect(termsOf({ ...DEFAULT_POLICY, limits: { manager: { AMD: 10n ** 15n } } })).toEqual({
      ...terms,
      parts: { minimum: { AMD: "100000" }, most: 4 },
      limits: { manager: { AMD: "1000000000000000" } },
    });
  });
});
