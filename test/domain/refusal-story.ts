import type { Decision, Refusal } from "../../domain/decision.ts";
import type { Answer } from "../../domain/desk.ts";
import type { Locale } from "../../domain/locale.ts";
import type { Money } from "../../domain/money.ts";
import type { Asker } from "../../domain/rights.ts";
import { DEFAULT_POLICY, type Policy, type Role } from "../../domain/policy.ts";
import type { Merchant } from "./merchant.ts";
import { ani } from "./story.ts";

type Heard = Decision | Answer | Refusal | undefined;
type Request = (merchant: Merchant) => Heard | Promise<Heard>;

/** How somebody comes to hear this no, and that what its words advise is granted. */
export type RefusalStory = {
  readonly tells: string;
  /** The request that is refused. */
  readonly play: Request;
  /** What the words name in every language; amounts and times as each language writes them. */
  readonly names: readonly (string | Money | Date)[];
  /** Who may do it instead, as each language calls them. */
  readonly instead?: Readonly<Record<Locale, string>>;
  /** What the words advise, done by whom they name: it is not refused. Absent: they advise only to look. */
  readonly advised?: Request;
};

/** The no in what was answered, with the invoice that a desk names; undefined: it was granted. */
export function noOf(heard: Heard): (Refusal & { readonly invoiceName?: string }) | undefined {
  if (heard === undefined) return undefined;
  if (!("kind" in heard)) return heard;
  return heard.kind === "refused" ? heard : undefined;
}

export const LEAD = { hy: "ղեկավար", ru: "руководитель", en: "lead" };
export const ACCOUNTANT = { hy: "հաշվապահ", ru: "бухгалтер", en: "accountant" };

export const asAni: Asker = { ...ani, userId: "UANI", member: true };
/** A colleague who owns nothing here. */
export const ben: Asker = { ...ani, id: "slack:T1:UBEN", name: "Ben", userId: "UBEN", member: true };
/** Ben is listed for a role. */
export const withBenAs = (role: Exclude<Role, "manager">): Policy => ({
  ...DEFAULT_POLICY,
  roles: { ...DEFAULT_POLICY.roles, [role]: [ben.id] },
});
