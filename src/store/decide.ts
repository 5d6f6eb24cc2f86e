import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import { applyAll } from "../../domain/apply.ts";
import { already, type Decision } from "../../domain/decision.ts";
import type { Fact } from "../../domain/facts.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { learn } from "../../domain/learn.ts";
import { type Policy, policyFor } from "../../domain/policy.ts";
import type { Act, Books, Clock, Ids, Outcome, Rule, Where } from "../ports.ts";
import { consequences, type Hearing } from "./consequences.ts";
import { insertInvoice } from "./insert-invoice.ts";
import { loadAll, type Loaded, lockInvoice } from "./load-invoice.ts";
import { type Lend, noHands } from "./outbox/hands.ts";
import { type Change, changeOf, record } from "./record.ts";
import { together } from "../together.ts";

export type Deciding = {
  readonly orm: MikroORM;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hears: Hearing;
  readonly lend?: Lend;
};

/**
 * Load, decide, record. The first tries hold nothing: they decide on what was read, a moment ago or now, and record unless
 * somebody has decided since. Only the last waits its turn, with the invoice locked from the reading to the commit.
 */
export function deciding(needs: Deciding): Pick<Books, "read" | "decide" | "decideLearned"> {
  const { read, known, run, locked } = moves(needs);
  const inTransaction = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> =>
    needs.orm.em.fork().transactional(work);
  return {
    read: async (where) => (await read(where))?.invoice,
    decide: async (where, act, ...rules) => {
      const work = { act, rules, facts: [] };
      const before = known(where);
      const quick = before && (await run({ ...work, loaded: before }));
      // That nothing follows is only true of what is true now.
      if (quick && quick.facts.length > 0) return quick;
      const loaded = await read(where);
      if (!loaded) return undefined;
      const outcome = await run({ ...work, loaded });
      return outcome ?? inTransaction((em) => locked(em, { id: loaded.invoice.id }, work));
    },
    decideLearned: (told, act, ...rules) =>
      inTransaction(async (em) => {
        const fresh = await insertInvoice(em, needs.ids.id(), told, needs.clock());
        const learned: Rule = (invoice, now) => learn(invoice, told, { case: needs.ids.id() }, now);
        const facts: Fact[] = fresh ? [{ is: "invoice_learned", told }] : [];
        return locked(em, { key: told }, { act, rules: [learned, ...rules], facts });
      }),
  };
}

/** What was read is remembered as long as its reader has it, so that who decides on it need not read it again. */
function moves(needs: Deciding) {
  const memory = new WeakMap<Invoice, Loaded>();
  const remembered = <T extends Loaded | undefined>(loaded: T): T => {
    if (loaded) memory.set(loaded.invoice, loaded);
    return loaded;
  };
  const { orm, lend = noHands } = needs;
  const load = together((asked: readonly Where[]) => loadAll(orm.em.fork(), asked));
  const write = together((changes: readonly Change[]) => record(orm.em.fork(), lend, changes));
  const read = async (where: Where): Promise<Loaded | undefined> => remembered(await load(where));
  const known = (where: Where): Loaded | undefined => ("known" in where ? memory.get(where.known) : undefined);
  /** Undefined, and nothing was recorded: somebody was quicker. */
  const run = async (work: Work, save: Save = write): Promise<Decided | undefined> => {
    const outcome = decided(needs, work);
    if (outcome.facts.length === 0) return outcome;
    const change = changeOf(work.loaded, written(needs, work, outcome));
    if (!(await save(change))) return undefined;
    remembered(change.next);
    return outcome;
  };
  const locked = async (em: EntityManager, where: Where, work: Omit<Work, "loaded">): Promise<Outcome> => {
    const loaded = await lockInvoice(em, where);
    const alone: Save = async (change) => (await record(em, noHands, [change])).every(Boolean);
    const outcome = loaded && (await run({ ...work, loaded }, alone));
    if (!outcome) throw new Error("an invoice was changed or gone while we held it");
    return outcome;
  };
  return { read, known, run, locked };
}

/** False: somebody was quicker. */
type Save = (change: Change) => Promise<boolean>;

type Work = {
  readonly loaded: Loaded;
  readonly act: Act;
  readonly rules: readonly Rule[];
  /** What became true before the rules were asked. */
  readonly facts: readonly Fact[];
};

type Decided = Outcome & { readonly facts: readonly Fact[]; readonly now: Date };

/** The rules, one after the other. */
function decided({ clock, policy }: Deciding, { loaded, act, rules, facts: first }: Work): Decided {
  const now = latest(clock(), act.due);
  let invoice = loaded.invoice;
  let decision: Decision = already;
  const facts = [...first];
  for (const rule of rules) {
    decision = rule(invoice, now, policyFor(policy, invoice, now));
    if (decision.kind !== "done") continue;
    invoice = applyAll(invoice, decision.facts);
    facts.push(...decision.facts);
  }
  return { invoice, decision, facts, now };
}

/** What is recorded of it: state, audit entries and outbox rows, all or none. */
function written({ policy: all, hears }: Deciding, { loaded, act }: Work, { invoice: after, facts, now }: Decided) {
  const policy = policyFor(all, after, now);
  const context = { policy, now, requestId: act.requestId, shown: loaded.shown, ...hears };
  const messages = consequences(after, facts, context);
  return { after, facts, act, now, policyVersion: policy.version, messages };
}

/** The clocks of two machines differ; a job that the database found due must not be judged as too early here. */
const latest = (now: Date, due: Date | undefined): Date => (due !== undefined && due > now ? due : now);
