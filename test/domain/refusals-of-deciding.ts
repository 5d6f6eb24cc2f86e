import { mayNot } from "../../domain/rights.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import type { RefusalCode } from "../../domain/decision.ts";
import { getsDearer, isReissued, issued, isTried, lived, LINKED, opened, says, TRIED } from "./lives.ts";
import { ACCOUNTANT, asAni, ben, type RefusalStory, withBenAs } from "./refusal-story.ts";
import { ani, money, owed, when } from "./story.ts";

const named = { kind: "invoice", number: "INV-1042" } as const;
const NAME = "INV-1042";
const BEN = { kind: "manager", id: ben.id, name: ben.name } as const;

/** 5 000 drams came where 15 000 were asked for: they are held, and `c-try` asks what becomes of them. */
const held = lived(TRIED.pending, says({ amount: money(500_000n) }));
const decides = { case: "c-try" };
const goesBack = lived(
  held,
  (it) => when(it).isDecided({ ...decides, action: "refund" }),
  says({ status: "refunded", amount: money(500_000n) }),
);
/** The same money twice: the old link was paid after the new one. */
const twice = lived(
  LINKED.active,
  says({ status: "failed" }),
  isTried("second"),
  opened("second"),
  says({}, "second"),
  says(),
);
const stale = lived(issued, (it) => when(it).isSent(), getsDearer);
const largeSums = { policy: { approvalAbove: { AMD: 100_000n } } };
const proposed = lived(held, (it) => when(it, largeSums).isDecided(decides));

/** Why a link that went stale, an attempt or a case cannot be acted on like this. */
export const REFUSALS_OF_DECIDING = {
  link_stale: {
    tells: "Resend is pressed after the CRM raised the amount; the link can be reissued",
    play: () => when(stale).isSent({ key: "again" }),
    names: [`/paylink reissue ${NAME}`],
    advised: () => isReissued(stale),
  },
  attempt_being_checked: {
    tells: "the customer presses Pay again while what they paid is held; once it went back they may",
    play: () => when(held).isTriedThrough("it"),
    names: [NAME, `/paylink why ${NAME}`],
    advised: () => when(goesBack).isTriedThrough("it"),
  },
  nothing_to_verify: {
    tells: "Verify is pressed before anybody tried to pay; the link can be sent",
    play: ({ isAsked }) => isAsked({ want: "verify", invoice: named }),
    names: [`/paylink send ${NAME}`],
    advised: ({ isAsked }) => isAsked({ want: "send", invoice: named }),
  },
  not_yours_to_decide: {
    tells: "Ani decides about money held for her own invoice; an accountant may",
    play: () => mayNot(asAni, "decide", held, DEFAULT_POLICY),
    names: [NAME],
    instead: ACCOUNTANT,
    advised: () => mayNot(ben, "decide", held, withBenAs("accountant")),
  },
  case_unknown: {
    tells: "a button of a case is pressed that nobody ever opened; the open ones can be listed",
    play: () => when(owed()).isDecided({ case: "ghost" }),
    names: ["/paylink cases"],
    advised: ({ isAsked }) => isAsked({ want: "cases" }),
  },
  case_closed: {
    tells: "Refund is pressed on a case whose money was applied",
    play: () => when(lived(held, (it) => when(it).isDecided(decides))).isDecided({ ...decides, action: "refund" }),
    names: [`/paylink why ${NAME}`],
  },
  reason_missing: {
    tells: "held money is applied without a word why; with one it is",
    play: () => when(held).isDecided({ ...decides, reason: " " }),
    names: [],
    advised: () => when(held).isDecided({ ...decides, reason: "the rest is waived" }),
  },
  action_unavailable: {
    tells: "Apply is chosen for money that came twice, where nothing is owed; it can go back",
    play: () => when(twice).isDecided(decides),
    names: [NAME],
    advised: () => when(twice).isDecided({ ...decides, action: "refund" }),
  },
  second_person_needed: {
    tells: "Ani agrees to her own proposal about a large sum; another accountant may",
    play: () => when(proposed, largeSums).isDecided({ ...decides, by: ani }),
    names: [money(100_000n)],
    instead: ACCOUNTANT,
    advised: () => when(proposed, largeSums).isDecided({ ...decides, by: BEN }),
  },
} satisfies Partial<Record<RefusalCode, RefusalStory>>;
