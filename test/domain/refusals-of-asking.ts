import type { RefusalCode } from "../../domain/decision.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { mayNot } from "../../domain/rights.ts";
import { issued, isTried, lived, LINKED, opened, says } from "./lives.ts";
import { asAni, ben, LEAD, type RefusalStory, withBenAs } from "./refusal-story.ts";
import { crmOf, DUE, later, money, owed, when } from "./story.ts";

const named = { kind: "invoice", number: "INV-1042" } as const;
const NAME = "INV-1042";
const stranger = { ...ben, member: false };
const uneven = owed({}, { amount: money(1_500_050n) });
/** 5 000 of 15 000 drams are paid, and the policy allows two payments. */
const cut = { policy: { parts: { ...DEFAULT_POLICY.parts, most: 2 } } };
const halfPaid = lived(
  owed(),
  (it) => when(it).isIssued({ id: "it", part: "5000" }),
  isTried(),
  opened(),
  says({ amount: money(500_000n) }),
);
const sentOnce = lived(issued, (it) => when(it).isSent());

/** Why a link cannot be asked for, or not by this person. */
export const REFUSALS_OF_ASKING = {
  not_a_member: {
    tells: "a guest of the workspace asks to see an invoice; a full member may",
    play: () => mayNot(stranger, "see", owed({}, { owner: null }), DEFAULT_POLICY),
    names: [],
    instead: { hy: "գործընկերոջը", ru: "коллеге", en: "colleague" },
    advised: () => mayNot(ben, "see", owed({}, { owner: null }), DEFAULT_POLICY),
  },
  invoice_unknown: {
    tells: "a slip of the pen names an invoice the CRM has not; the right number is found",
    play: ({ isAsked }) => isAsked({ want: "send", invoice: { kind: "invoice", number: "INV-1O42" } }),
    names: ["INV-1O42", "deal:77"],
    advised: ({ isAsked }) => isAsked({ want: "why", invoice: named }),
  },
  not_allowed: {
    tells: "Ben presses Cancel on Ani's invoice; Ani or a lead may",
    play: () => mayNot(ben, "cancel", owed(), DEFAULT_POLICY),
    names: [NAME, "Ani"],
    instead: LEAD,
    advised: () => mayNot(asAni, "cancel", owed(), DEFAULT_POLICY) ?? mayNot(ben, "cancel", owed(), withBenAs("lead")),
  },
  over_your_limit: {
    tells: "Ani asks for a link of more than managers may issue; a lead may",
    play: () => mayNot(asAni, "issue", owed(), { ...DEFAULT_POLICY, limits: { manager: { AMD: DUE.minor - 1n } } }),
    names: [NAME],
    instead: LEAD,
    advised: () => mayNot(ben, "issue", owed(), { ...withBenAs("lead"), limits: { manager: { AMD: DUE.minor - 1n } } }),
  },
  invoice_cancelled: {
    tells: "a link is asked for after the CRM cancelled the invoice; once it is open again there is one",
    play: () => when(owed({}, { state: "cancelled" })).isIssued(),
    names: [NAME],
    advised: () =>
      when(lived(owed({}, { state: "cancelled" }), (it) => when(it).hearsFromTheCrm({ state: "open" }))).isIssued(),
  },
  invoice_paid: {
    tells: "a link is asked for after the customer has paid all there was",
    play: () => when(LINKED.paid).isIssued(),
    names: [NAME, `/paylink why ${NAME}`],
  },
  part_unreadable: {
    tells: "a part is typed in words; in per cent it can be read",
    play: () => when(owed()).isIssued({ part: "half" }),
    names: [NAME, "part 50%"],
    advised: () => when(owed()).isIssued({ part: "50%" }),
  },
  part_too_small: {
    tells: "a part below the policy's least is asked for; the least itself may be",
    play: () => when(owed()).isIssued({ part: "999" }),
    names: [NAME, money(100_000n)],
    advised: () => when(owed()).isIssued({ part: "1000" }),
  },
  part_too_large: {
    tells: "a part of more than is owed is asked for; all that is owed may be",
    play: () => when(owed()).isIssued({ part: "15001" }),
    names: [NAME, DUE],
    advised: () => when(owed()).isIssued(),
  },
  part_too_many: {
    tells: "a second part is asked for where two payments are agreed; the rest at once may be",
    play: () => when(halfPaid, cut).isIssued({ part: "5000" }),
    names: [NAME, money(1_000_000n)],
    advised: () => when(halfPaid, cut).isIssued(),
  },
  part_leaves_too_little: {
    tells: "a part would leave a rest that cannot be asked for; a smaller one does not",
    play: () => when(owed()).isIssued({ part: "14001" }),
    names: [NAME, money(100_000n)],
    advised: () => when(owed()).isIssued({ part: "14000" }),
  },
  amount_not_whole: {
    tells: "the CRM's amount has half a dram; corrected there, it can be asked for",
    play: () => when(uneven).isIssued(),
    names: [NAME],
    advised: () => when(lived(uneven, (it) => when(it).hearsFromTheCrm({ ...crmOf(it), amount: DUE }))).isIssued(),
  },
  deadline_passed: {
    tells: "a link is to end yesterday; in three days it may",
    play: () => when(owed()).isIssued({ deadline: { date: "2026-11-23" } }),
    names: [`/paylink ${NAME} expires 3d`],
    advised: () => when(owed()).isIssued({ deadline: { days: 3 } }),
  },
  deadline_too_far: {
    tells: "a link is to last for two years; three days are allowed",
    play: () => when(owed()).isIssued({ deadline: { date: "2028-11-24" } }),
    names: [`/paylink ${NAME} expires 3d`],
    advised: () => when(owed()).isIssued({ deadline: { days: 3 } }),
  },
  no_live_link: {
    tells: "Send is pressed after the link expired; a new one is issued for the asking",
    play: () => when(LINKED.expired).isSent(),
    names: [`/paylink ${NAME}`],
    advised: () => when(LINKED.expired).isIssued(),
  },
  link_not_payable: {
    tells: "the customer presses Pay on a page they had open when the link was cancelled; a manager issues a new one",
    play: () => when(LINKED.cancelled).isTriedThrough("it"),
    names: [`/paylink ${NAME}`],
    instead: { hy: "մենեջերը", ru: "менеджер", en: "manager" },
    advised: () => when(LINKED.cancelled).isIssued(),
  },
  resend_too_soon: {
    tells: "Resend is pressed a minute after Send; ten minutes after it the customer is written to again",
    play: () => when(sentOnce, { at: later(60) }).isSent({ key: "again" }),
    names: [later(600)],
    advised: () => when(sentOnce, { at: later(600) }).isSent({ key: "again" }),
  },
} satisfies Partial<Record<RefusalCode, RefusalStory>>;
