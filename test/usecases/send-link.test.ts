import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDesk } from "../../src/usecases/desk.ts";
import type { Needs } from "../../src/usecases/needs.ts";
import { type Merchant, openMerchant } from "../domain/merchant.ts";
import { ani, crmOf, owed } from "../domain/story.ts";

let merchant: Merchant;
beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());

const asks = (needs: Needs, ask: Parameters<Merchant["isAsked"]>[0]) =>
  createDesk(needs)({
    ask,
    by: { ...ani, userId: "UANI", member: true },
    key: randomUUID(),
    requestId: randomUUID(),
    origin: null,
  });

const customerJobs = async () =>
  (
    await merchant.orm.em
      .fork()
      .execute<{ link: string }[]>("select payload ->> 'link' as link from outbox_job where topic = 'customer'")
  ).map(({ link }) => link);

describe("a link is sent to the customer's chat while another manager replaces it", () => {
  test("the new one counts as sent, so it is worked on, and a chat that does not see it is not passed over in silence", async () => {
    const { invoice } = merchant;
    const needs: Needs = { ...merchant.needs, crm: { ...merchant.needs.crm, find: async () => crmOf(owed()) } };
    const { kind, number } = invoice;
    await needs.invitations.bind(invoice, "chat-1");
    /** The other manager is quicker by the time between two statements. */
    const invitations: Needs["invitations"] = {
      ...needs.invitations,
      showIn: async (link, chat) => {
        await asks(needs, { want: "reissue", invoice: { kind, number }, reason: "new date" });
        await needs.invitations.showIn(link, chat);
      },
    };
    const answer = await asks({ ...needs, invitations }, { want: "send", invoice: { kind, number } });
    const now = await needs.books.read({ id: invoice.id });
    const link = now?.links.find(({ state }) => state === "active");
    expect([answer.kind, now?.links.length, link?.sends.length]).toEqual(["sent", 2, 1]);
    expect(await customerJobs()).toEqual([link?.id]);
  });
});
