import { createHash } from "node:crypto";
import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import type { AccountAct, Accounts, CodeOpened, SlackPerson } from "../../bots/desk.ts";
import type { Fact } from "../../domain/facts.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Clock } from "../ports.ts";
import { ask } from "../sql.ts";
import { append, lockNone } from "./audit/append.ts";
import { newToken } from "./invitations.ts";

type Needs = {
  readonly orm: MikroORM;
  readonly clock: Clock;
  readonly policy: Pick<Policy, "version">;
  /** The bot's own number: an account is known by one bot. */
  readonly bot: string;
};

/** Long enough to take up the telephone, too short to be found in a chat's history. */
const CODE_MS = 15 * 60_000;

/** A code is good for this purpose alone: the same text as a customer's invitation has another hash. */
const hashOf = (code: string): string => createHash("sha256").update(`link_account:${code}`).digest("hex");

/** Accounts of people of Slack in Telegram, on PostgreSQL. What is linked and unlinked is in the audit in the same transaction. */
export const createAccounts = (needs: Needs) => {
  const { orm, clock, bot } = needs;
  const named = (user: string): string => `telegram:${bot}:${user}`;
  const inTransaction = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> => orm.em.fork().transactional(work);
  return {
    invite: (person) => inTransaction((em) => invite(em, clock(), person)),
    open: (code, user, act) =>
      inTransaction((em) => open(em, needs, { code: hashOf(code), account: named(user), act })),
    personOf: (user) => personOf(orm.em.fork(), named(user)),
    leave: (user, act) => inTransaction((em) => leave(em, needs, named(user), act)),
    endAll: (person, act) => inTransaction((em) => endAll(em, needs, person, act)),
    /** Codes that expired before this: until then they are answered with what became of them. */
    forgetCodes: async (before) => void (await ask(orm.em.fork(), FORGET, [before])),
  } satisfies Accounts & { forgetCodes(before: Date): Promise<void> };
};

const FORGET = "delete from account_codes where expires_at < ?";

async function invite(em: EntityManager, now: Date, person: SlackPerson): Promise<string> {
  const code = newToken();
  await voidCodes(em, person.id, now);
  const expiresAt = new Date(now.getTime() + CODE_MS);
  await ask(em, "insert into account_codes (code_hash, person, person_name, expires_at) values (?, ?, ?, ?)", [
    hashOf(code),
    person.id,
    person.name,
    expiresAt,
  ]);
  return code;
}

/** What this person was given and nobody has opened opens nothing any more. */
const voidCodes = (em: EntityManager, person: string, now: Date): Promise<unknown> =>
  ask(em, "update account_codes set expires_at = ? where person = ? and used_by is null and expires_at > ?", [
    now,
    person,
    now,
  ]);

type Code = SlackPerson & { readonly expired: boolean; readonly usedBy: string | null; readonly usedIn: string | null };
type Opening = { readonly code: string; readonly account: string; readonly act: AccountAct };

/** The lock of the audit's chain is taken before anything is judged: two who open one code come one after the other. */
async function open(em: EntityManager, needs: Needs, { code: hash, account, act }: Opening): Promise<CodeOpened> {
  if ((await ask(em, "select from account_codes where code_hash = ?", [hash])).length === 0) return { is: "unknown" };
  const recorded = await recording(em, needs, act);
  const now = needs.clock();
  const [code] = await ask<Code>(em, CODE, [now, hash]);
  if (!code) return { is: "unknown" };
  const person = { id: code.id, name: code.name };
  const before = await personOf(em, account);
  if (code.usedBy !== null || code.expired) return closed(code, before, act);
  await ask(em, "update account_codes set used_by = ?, used_in = ? where code_hash = ?", [account, act.key, hash]);
  if (before?.id === person.id) return { is: "linked", person, instead: null };
  await recorded(person, await link(em, { account, person, before }, { now, key: act.key }));
  return { is: "linked", person, instead: before ?? null };
}

/** A code that is good no more. The delivery that opened it may come again: then it is told what it was told, if that still holds. */
function closed(code: Code, now: SlackPerson | undefined, { key }: AccountAct): CodeOpened {
  const { id, name, usedBy, usedIn } = code;
  if (usedIn === key && now?.id === id) return { is: "linked", person: { id, name }, instead: null };
  return { is: usedBy === null ? "expired" : "used" };
}

type Linking = { readonly account: string; readonly person: SlackPerson; readonly before: SlackPerson | undefined };

/** The newer link takes the place of the older one: what became true. */
async function link(em: EntityManager, { account, person, before }: Linking, at: Moment): Promise<readonly Fact[]> {
  if (before) await end(em, "account", account, at);
  await ask(em, "insert into linked_accounts (account, person, person_name, linked_at) values (?, ?, ?, ?)", [
    account,
    person.id,
    person.name,
    at.now,
  ]);
  const replaced = before ? [unlinked(account, before.id, "replaced")] : [];
  return [...replaced, { is: "account_linked", account, person: person.id }];
}

const CODE = `select person as id, person_name as name, expires_at <= ? as expired, used_by as "usedBy", used_in as "usedIn"
  from account_codes where code_hash = ?`;

async function personOf(em: EntityManager, account: string): Promise<SlackPerson | undefined> {
  const [row] = await ask<SlackPerson>(
    em,
    "select person as id, person_name as name from linked_accounts where account = ? and ended_at is null",
    [account],
  );
  return row;
}

async function leave(
  em: EntityManager,
  needs: Needs,
  account: string,
  act: AccountAct,
): Promise<SlackPerson | "ended" | "never"> {
  const recorded = await recording(em, needs, act);
  const [ended] = await end(em, "account", account, { now: needs.clock(), key: act.key });
  if (!ended) return lastOf(em, account, act);
  await recorded(ended, [unlinked(account, ended.id, "asked")]);
  return { id: ended.id, name: ended.name };
}

/** Whose it was, when the same delivery had ended it and its answer was perhaps not said. */
async function lastOf(em: EntityManager, account: string, act: AccountAct): Promise<SlackPerson | "ended" | "never"> {
  const [last] = await ask<SlackPerson & { readonly endedIn: string }>(
    em,
    `select person as id, person_name as name, ended_in as "endedIn" from linked_accounts
     where account = ? order by id desc limit 1`,
    [account],
  );
  if (!last) return "never";
  return last.endedIn === act.key ? { id: last.id, name: last.name } : "ended";
}

async function endAll(em: EntityManager, needs: Needs, person: SlackPerson, act: AccountAct): Promise<number> {
  const recorded = await recording(em, needs, act);
  const now = needs.clock();
  await voidCodes(em, person.id, now);
  const ended = await end(em, "person", person.id, { now, key: act.key });
  await recorded(
    person,
    ended.map(({ account }) => unlinked(account, person.id, "asked")),
  );
  if (ended.length > 0) return ended.length;
  const before = await ask(em, "select from linked_accounts where person = ? and ended_in = ?", [person.id, act.key]);
  return before.length;
}

type Moment = { readonly now: Date; readonly key: string };
type Ended = SlackPerson & { readonly account: string };

const end = (em: EntityManager, by: "account" | "person", whose: string, { now, key }: Moment): Promise<Ended[]> =>
  ask<Ended>(
    em,
    `update linked_accounts set ended_at = ?, ended_in = ? where ${by} = ? and ended_at is null
     returning person as id, person_name as name, account`,
    [now, key, whose],
  );

const unlinked = (account: string, person: string, because: "asked" | "replaced"): Fact => ({
  is: "account_unlinked",
  account,
  person,
  because,
});

/** Locks the chain of what belongs to no invoice; what is given later is written to its end. */
async function recording(em: EntityManager, { clock, policy }: Needs, { requestId }: AccountAct) {
  const chain = await lockNone(em);
  return async ({ id, name }: SlackPerson, facts: readonly Fact[]): Promise<void> => {
    if (facts.length === 0) return;
    const actor = { kind: "manager", id, name } as const;
    await append(em, chain, { facts, act: { actor, requestId }, now: clock(), policyVersion: policy.version });
  };
}
