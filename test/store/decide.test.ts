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
import { ormConfig } from "../../src/store/orm-config.ts";
import { ani, crmOf, owed } from "../domain/story.ts";
import { freshDatabase } from "../fresh-database.ts";

const ACT: Act = { actor: ani, requestId: "r-1" };

let orm: MikroORM;
let books: Books;
beforeAll(async () => {
  orm = await MikroORM.init(ormConfig(await freshDatabase()));
  const ids = { id: randomUUID, token: newToken };
  books = createBooks({ orm, policy: DEFAULT_POLICY, clock: () => new Date(), ids, hears: { merchant: false } });
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
