import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { policySchema } from "../../src/policy-file.ts";

const written: object = JSON.parse(readFileSync(join(import.meta.dirname, "../../policy.schema.json"), "utf8"));

describe("the schema of the policy file, for editors", () => {
  test("is what the service itself reads by: npm run policy -- schema > policy.schema.json", () => {
    expect(written).toEqual(policySchema());
  });

  const check = new Ajv2020({ strict: false }).compile(written);

  test.each([
    [true, {}],
    [true, { deadline: { days: 3 }, parts: { minimum: { AMD: "1000" }, most: 4 }, roles: { lead: ["slack:T1:U1"] } }],
    [true, { overrides: [{ currency: "USD", from: "2026-12-01T00:00:00Z", resendCooldownSeconds: 60 }] }],
    [false, { dedline: { days: 3 } }],
    [false, { parts: { most: 0 } }],
    [true, { parts: { everyDays: 30 }, overrides: [{ currency: "USD", parts: { everyDays: 7 } }] }],
    [false, { parts: { everyDays: 0 } }],
    [false, { parts: { everyDays: 1.5 } }],
    [true, { roles: { lead: ["slack-group:T1:S1", "slack:E1:W1"] } }],
    [false, { roles: { lead: ["ani"] } }],
    [false, { roles: { lead: ["slack:T1:S1"] } }],
    [false, { roles: { lead: ["slack-group:T1:U1"] } }],
    [false, { roles: { lead: ["slack-group:S1"] } }],
    [false, { roles: { lead: ["slack_group:T1:S1"] } }],
  ])("%s: %j", (good, file) => {
    expect(check(file)).toBe(good);
  });
});
