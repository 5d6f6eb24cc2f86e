import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Currency, EXPONENTS, parseMoney } from "../domain/money.ts";
import { DEFAULT_POLICY, type Policy, ROLES, type Terms, termsOf } from "../domain/policy.ts";
import { ConfigError } from "./config.ts";
import { codeOf } from "./error-code.ts";

const seconds = z.number().int().positive();
const currency = z
  .string()
  .refine((text): text is Currency => Object.hasOwn(EXPONENTS, text), "is not a known currency");

const amounts = z.record(z.string(), z.string()).transform((given, context) => {
  const read: Partial<Record<Currency, bigint>> = {};
  for (const [code, amount] of Object.entries(given)) {
    const money = parseMoney(amount, code);
    if (typeof money === "string") context.addIssue({ code: "custom", message: `${amount} ${code}: ${money}` });
    else read[money.currency] = money.minor;
  }
  return read;
});

/** A role lists persons and Slack's user groups. Any other text would be nobody, and nobody would notice. */
const holder = z
  .string()
  .regex(
    /^(?:slack:[TE]\w+:[UW]\w+|slack-group:[TE]\w+:S\w+)$/,
    "must look like slack:T1:U1 for a person, or slack-group:T1:S1 for a user group",
  );

const roles = z.partialRecord(z.enum(ROLES), z.array(holder));

const TERMS = {
  provider: z
    .string()
    .regex(/^[a-z]+(?:\/[\w-]+)?$/, "must be a provider's name such as vpos, or stripe/shop2 for another account")
    .optional(),
  deadline: z
    .union([z.strictObject({ days: z.number().int().min(0).max(366) }), z.strictObject({ seconds })])
    .optional(),
  resendCooldownSeconds: z.number().int().min(0).optional(),
  attemptGraceSeconds: z.number().int().min(0).optional(),
  wholeUnits: z.array(currency).optional(),
  lookUpLadderSeconds: z.array(seconds).min(1).optional(),
  approvalAbove: amounts.optional(),
  limits: z.partialRecord(z.enum([...ROLES, "manager"]), amounts).optional(),
  parts: z
    .strictObject({
      minimum: amounts.optional(),
      most: z.number().int().min(1).optional(),
      everyDays: z.number().int().min(1).max(366).optional(),
    })
    .optional(),
};

const moment = z.iso.datetime({ offset: true, error: "must be a moment such as 2026-12-01T00:00:00+04:00" });

/** Other terms for a CRM, a currency, a time; at least one of these says where they hold. */
const override = z.strictObject({
  crm: z.string().optional(),
  currency: currency.optional(),
  from: moment.optional(),
  until: moment.optional(),
  ...TERMS,
});

/** The policy file: every key optional, unknown keys refused, so that a slip of the pen is not silently the default. */
const PolicyFile = z.strictObject({
  $schema: z.string().optional(),
  ...TERMS,
  roles: roles.optional(),
  overrides: z.array(override).optional(),
});

/** The shape of the file as JSON Schema, for editors that complete and check while somebody types. */
export const policySchema = (): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(PolicyFile, { io: "input", unrepresentable: "any" });

type Around = {
  /** The roles of a stand-in's people, where there is no file to name real ones. */
  readonly cast?: Partial<Record<(typeof ROLES)[number], string[]>>;
  /** What names the file: the setting, unless told. */
  readonly named?: string;
};

/** The merchant's policy: the file's keys over the defaults. A mistake is thrown with its path in the file. */
export function readPolicy(
  file: string | null,
  timeZone: string | null,
  { cast = {}, named = "POLICY_FILE" }: Around = {},
): Policy {
  const given: z.infer<typeof PolicyFile> = file === null ? { roles: cast } : parse(file, named);
  const { $schema: _schema, roles: listed, overrides = [], ...rest } = given;
  const everywhere = { ...DEFAULT_POLICY, ...termsIn(rest, DEFAULT_POLICY) };
  return versioned({
    ...everywhere,
    roles: { ...DEFAULT_POLICY.roles, ...listed },
    timeZone: timeZone ?? DEFAULT_POLICY.timeZone,
    overrides: overrides.map(({ crm = null, currency: code = null, from, until, ...more }) => ({
      crm,
      currency: code,
      from: from === undefined ? null : new Date(from),
      until: until === undefined ? null : new Date(until),
      terms: termsIn(more, everywhere),
    })),
  });
}

type Given = Omit<z.infer<typeof override>, "crm" | "currency" | "from" | "until">;

/** The terms that are given. Of parts, what is not given stays what it was. */
function termsIn({ parts, ...rest }: Given, before: Terms): Partial<Terms> {
  const chosen = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  if (parts === undefined) return chosen;
  const { minimum = before.parts.minimum, most = before.parts.most, everyDays = before.parts.everyDays } = parts;
  return { ...chosen, parts: { minimum, most, ...(everyDays === undefined ? {} : { everyDays }) } };
}

/** Known by its terms: the same terms are the same policy, wherever they are written and however they are laid out. */
function versioned(policy: Policy): Policy {
  const terms = JSON.stringify(termsOf(policy));
  if (terms === JSON.stringify(termsOf(DEFAULT_POLICY))) return policy;
  return { ...policy, version: createHash("sha256").update(terms).digest("hex").slice(0, 12) };
}

function parse(file: string, named: string): z.infer<typeof PolicyFile> {
  const parsed = PolicyFile.safeParse(readJson(file, named));
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the file"}: ${message}`);
  throw new ConfigError(sentences.map((sentence) => `${named} ${file}: ${sentence}.`));
}

function readJson(file: string, named: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const because = codeOf(cause) === "ENOENT" ? "is not there" : "cannot be read as JSON";
    const instead = named === "POLICY_FILE" ? ", or leave POLICY_FILE out for the defaults" : "";
    throw new ConfigError([`${named} ${file} ${because}: correct it${instead}.`]);
  }
}
