import { defineEntity, p } from "@mikro-orm/postgresql";

/** Codes that link an account in Telegram to a person of Slack: only a hash is kept, which no other purpose makes. */
export const AccountCodes = defineEntity({
  name: "AccountCodes",
  tableName: "account_codes",
  properties: {
    codeHash: p.text().primary(),
    person: p.text().index("account_codes_person"),
    personName: p.text(),
    expiresAt: p.datetime(),
    usedBy: p.text().nullable(),
    /** The delivery that opened it: the same one may come again. */
    usedIn: p.text().nullable(),
  },
});

/** Which account acted as whom, and until when. An account is one person's at most at a time. */
export const LinkedAccounts = defineEntity({
  name: "LinkedAccounts",
  tableName: "linked_accounts",
  properties: {
    id: p.bigint().primary().autoincrement(),
    account: p.text(),
    person: p.text().index("linked_accounts_person"),
    personName: p.text(),
    linkedAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    endedIn: p.text().nullable(),
  },
  uniques: [{ name: "linked_accounts_one_person", properties: ["account"], where: { endedAt: null } }],
});
