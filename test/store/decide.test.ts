import { randomUUID } from "node:crypto";
import { MikroORM } from "@mikro-orm/postgresql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeCases, openCase } from "../../domain/case.ts";
import { doneOrAlready } from "../../domain/decision.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import type { Act, Books, Rule } from "../../src/ports.ts";
import { createBooks } from "../../src/store/books.ts";
import { newToken } from "../../src/store/invitations.ts";
import { ask } from "../../src/sql.ts";
import { ormConfig } from "../../src/store/orm-config.ts";
import { ani, crmOf, owed } from "../domain/story.ts";
import { freshDatabase } from "../fresh-database.ts";

const ACT: Act = { actor: ani, requestId: "r-1" };

let orm: MikroORM;
let books: Books;
beforeAll(async () => {
  orm = await MikroORM.init(ormConfig(await freshDatabase()));
  const ids = { id: randomUUID, token: newToken };
  books = createBooks({
    orm,
    policy: DEFAULT_POLICY,
    clock: () => new Date(),
    ids,
    hears: { merchant: false, ops: true },
  });
});
afterAll(() => orm.close());

async function known(number: string): Promise<Invoice> {
  await books.decideLearned({ ...crmOf(owed()), number }, ACT);
  const invoice = await books.read({ key: { crm: "book", kind: "invoice", number } });
  if (!invoice) throw new Error("it was just learned");
  return invoice;
}

const opens = (cause: string): Rule => {
  const one = { id: randomUUID(), kind: "delivery_failed", link: null, cause, details: {} } as const;
  return (invoice, now) => doneOrAlready(openCase(invoice, one, now));
};
const closes: Rule = (invoice) => doneOrAlready(closeCases(invoice, { kind: "delivery_failed" }, "it came through"));

const casesNow = async ({ id }: Invoice): Promise<readonly string[]> =>
  ((await books.read({ id }))?.cases ?? []).map(({ cause, state }) => `${cause} ${state}`).toSorted();

describe("somebody decides between the reading and the decision", () => {
  test("the rules are asked again, on what is true now, and nothing is lost or written twice", async () => {
    const before = await known("RACE-1");
    await books.decide({ id: before.id }, ACT, opens("theirs"));
    const seen: number[] = [];
    const outcome = await books.decide({ known: before }, ACT, (invoice, now, policy) => {
      seen.push(invoice.cases.length);
      return opens("ours")(invoice, now, policy);
    });
    expect([seen, outcome?.invoice.cases.length]).toEqual([[0, 1], 2]);
    expect(await casesNow(before)).toEqual(["ours open", "theirs open"]);
  });

  test("that nothing follows is not believed of what was read before", async () => {
    const before = await known("RACE-2");
    await books.decide({ id: before.id }, ACT, opens("new"));
    await books.decide({ known: before }, ACT, closes);
    expect(await casesNow(before)).toEqual(["new resolved"]);
  });

  test("thirty at once on one invoice: all is there, once, in one unbroken chain", async () => {
    const before = await known("RACE-3");
    const causes = Array.from({ length: 30 }, (_, nth) => `cause-${String(nth).padStart(2, "0")}`);
    await Promise.all(causes.map((cause) => books.decide({ known: before }, ACT, opens(cause))));
    expect(await casesNow(before)).toEqual(causes.map((cause) => `${cause} open`));
    expect((await books.verifyAudit()).broken).toEqual([]);
  });
});

describe("decisions on many invoices are made at the same time", () => {
  const at = async (numbers: readonly string[]) => Promise.all(numbers.map(known));
  const ledger = async () => (await books.verifyAudit()).broken;

  test("each is recorded, of its own invoice, in one unbroken chain each", async () => {
    const all = await at(Array.from({ length: 40 }, (_, nth) => `MANY-${nth}`));
    await Promise.all(all.map((one) => books.decide({ known: one }, ACT, opens(`of ${one.number}`))));
    const cases = await Promise.all(all.map(casesNow));
    expect(cases).toEqual(all.map(({ number }) => [`of ${number} open`]));
    expect(await ledger()).toEqual([]);
  });

  test("one that the tables refuse fails alone, and nothing of it is written", async () => {
    const all = await at(Array.from({ length: 12 }, (_, nth) => `REFUSED-${nth}`));
    const taken = await known("REFUSED-BY");
    await books.decide({ known: taken }, ACT, opens("somebody has it"));
    const ends = await Promise.allSettled(
      all.map((one, nth) => books.decide({ known: one }, ACT, opens(nth === 5 ? "somebody has it" : one.number))),
    );
    expect(ends.flatMap(({ status }, nth) => (status === "rejected" ? [nth] : []))).toEqual([5]);
    const cases = await Promise.all(all.map(casesNow));
    expect(cases).toEqual(all.map(({ number }, nth) => (nth === 5 ? [] : [`${number} open`])));
    expect(await ledger()).toEqual([]);
  });

  test("one whose invoice somebody holds waits alone, and the others do not wait with it", async () => {
    const [held, ...free] = await at(Array.from({ length: 6 }, (_, nth) => `HELD-${nth}`));
    const holder = orm.em.fork();
    await holder.begin();
    await ask(holder, "select from invoices where id = ? for update", [held?.id]);
    const waiting = held && books.decide({ known: held }, ACT, opens("held"));
    try {
      await Promise.all(free.map((one) => books.decide({ known: one }, ACT, opens(one.number))));
    } finally {
      await holder.commit();
    }
    await waiting;
    expect(held && (await casesNow(held))).toEqual(["held open"]);
  });
});
