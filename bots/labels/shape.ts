import type { CaseAction } from "../../domain/cases.ts";

type Confirm = {
  readonly title: string;
  readonly text: (invoice: string) => string;
  readonly yes: string;
  readonly no: string;
};

/** What only the chats of managers say, Slack's above all. The product's own sentences stand in domain/words. */
export type Labels = {
  readonly customer: string;
  readonly purpose: string;
  readonly status: string;
  readonly link: string;
  readonly deadline: string;
  readonly attempt: string;
  /** A checkout of a dead link stands at the provider. */
  readonly stillPayable: (until: string | null) => string;
  readonly receipt: string;
  readonly page: string;
  readonly issuedBy: (name: string, at: string) => string;
  /** `channel` as it follows "link sent" in domain/words. */
  readonly send: (channel: string, outcome: string, who: string) => string;
  readonly earlier: (count: number) => string;
  readonly more: (count: number) => string;
  readonly buttons: Readonly<Record<"send" | "sendAgain" | "copy" | "verify" | "reissue" | "cancel" | "why", string>>;
  readonly confirm: Confirm;
  readonly confirmReissue: Confirm;
  readonly caseButtons: Readonly<Record<CaseAction, string>>;
  readonly modal: Readonly<Record<"title" | "reason" | "submit" | "close", string>>;
  readonly inviteMe: string;
  readonly case: string;
  readonly caseStates: Readonly<Record<"open" | "resolved", string>>;
  readonly openCase: string;
  readonly alreadyIssued: (invoice: string, name: string, at: string) => string;
  readonly cardIsHere: string;
  readonly sent: (invoice: string) => string;
  readonly cancelled: (invoice: string) => string;
  readonly reissued: (invoice: string, sent: boolean) => string;
  readonly resolved: (decision: string) => string;
  readonly proposed: string;
  readonly pressAgain: string;
  readonly copied: (invoice: string) => string;
  readonly invited: (invoice: string) => string;
  readonly verified: (invoice: string, status: string) => string;
  readonly notAnswered: (invoice: string) => string;
  readonly why: (invoice: string, status: string) => string;
  readonly noLinks: string;
  readonly noCases: string;
  /** Stands before an address that links an account in Telegram. */
  readonly telegramCode: string;
  readonly telegramEnded: string;
  readonly telegramNone: string;
  readonly unreadablePress: string;
  readonly notRecorded: string;
  readonly notDone: string;
  readonly requestId: (id: string) => string;
};
