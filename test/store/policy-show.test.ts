import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Currency, decimalOf, EXPONENTS } from "../../domain/money.ts";
import { ROLES } from "../../domain/policy.ts";
import { policyInForce, sourceOf } from "../../src/assembly/policy-in-force.ts";
import { policyAsFile } from "../../src/policy-as-file.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { inTerminal } from "../in-terminal.ts";

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "paythread-policy-"));
  file = join(folder, "policy.json");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CURRENCIES = Object.keys(EXPONENTS).filter((code): code is Currency => Object.hasOwn(EXPONENTS, code));
const currency = fc.constantFrom(...CURRENCIES);
const amounts = fc
  .uniqueArray(fc.tuple(currency, fc.bigInt(1n, 10n ** 15n)), { selector: ([code]) => code, maxLength: 3 })
  .map((all) => Object.fromEntries(all.map(([code, minor]) => [code, decimalOf({ minor, currency: code })])));
const holders = fc.array(fc.constantFrom("slack:T1:U1", "slack:E1:W2", "slack-group:T1:S1"), { maxLength: 2 });
const moment = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((at) => at.toISOString());
const seconds = fc.integer({ min: 1, max: 10_000_000 });
const few = { requiredKeys: [] };

const TERMS = {
  provider: fc.constantFrom("vpos", "stripe", "stripe/shop2"),
  deadline: fc.oneof(fc.record({ days: fc.integer({ min: 0, max: 366 }) }), fc.record({ seconds })),
  resendCooldownSeconds: seconds,
  attemptGraceSeconds: seconds,
  wholeUnits: fc.array(currency, { maxLength: 3 }),
  lookUpLadderSeconds: fc.array(seconds, { minLength: 1, maxLength: 4 }),
  approvalAbove: amounts,
  limits: fc.record({ manager: amounts, lead: amounts, ops: amounts }, few),
  parts: fc.record(
    { minimum: amounts, most: fc.integer({ min: 1, max: 9 }), everyDays: fc.integer({ min: 1, max: 366 }) },
    few,
  ),
};
const override = fc.record({ crm: fc.string(), currency, from: moment, until: moment, ...TERMS }, few);
const roles = fc.record(
  { lead: holders, accountant: holders, ops: holders, viewer: holders } satisfies Record<
    (typeof ROLES)[number],
    typeof holders
  >,
  few,
);
const anyFile = fc.record({ ...TERMS, roles, overrides: fc.array(override, { maxLength: 3 }) }, few);

const saved = (text: string): string => {
  writeFileSync(file, text);
  return file;
};
const readBack = (text: string) => readPolicy(saved(text), "Europe/Paris");

describe("a policy is written as the file that would make it", () => {
  test("whatever the policy is: read back it is the same, and so is its version", () => {
    fc.assert(
      fc.property(anyFile, (given) => {
        const policy = readBack(JSON.stringify(given));
        expect(readBack(JSON.stringify(policyAsFile(policy)))).toEqual(policy);
      }),
    );
  });

  test("also that of the stand-ins, and the default", () => {
    const where = { policyFile: null, timeZone: "Europe/Paris" } as const;
    for (const slack of [{ is: "stand-in" } as const, LIVE]) {
      const policy = policyInForce({ ...where, slack });
      expect(readBack(JSON.stringify(policyAsFile(policy)))).toEqual(policy);
    }
    expect(sourceOf({ ...where, slack: LIVE })).toBe("No POLICY_FILE is set: it is the default.");
  });
});

const LIVE = {
  is: "live",
  botToken: "xoxb-1",
  signingSecret: "s",
  appToken: null,
  apiUrl: "https://slack.com/api/",
  opsChannel: null,
} as const;

describe("npm run policy -- show", { timeout: 30_000 }, () => {
  const show = (env: Readonly<Record<string, string>> = {}) => inTerminal("policy", ["show"], env);

  test("among the stand-ins it is the policy they run with: Lilit decides, and it says where that comes from", async () => {
    const { out, aside } = await show();
    expect(JSON.parse(out)).toMatchObject({
      roles: { accountant: ["slack:T0ARARAT:U0LILIT"] },
      parts: { minimum: { AMD: "1000.00" } },
    });
    expect(JSON.parse(out)).not.toHaveProperty("provider");
    expect(aside).toMatch(/^No POLICY_FILE is set: .* Slack's stand-in/);
    expect(aside).toContain(readPolicy(saved(out), null).version);
  });

  test("with a file it is that one, and nobody plays", async () => {
    const { out, aside } = await show({ POLICY_FILE: saved(JSON.stringify({ resendCooldownSeconds: 5 })) });
    expect(JSON.parse(out)).toMatchObject({ resendCooldownSeconds: 5, roles: { accountant: [] } });
    expect(aside).toContain(`POLICY_FILE ${file}`);
  });
});
