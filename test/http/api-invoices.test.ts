import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anInvoice, openShop, PUBLIC_URL, type Shop } from "./api-shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("a merchant's system puts an invoice", () => {
  test("it is there: 201, and the same address answers it", async () => {
    const put = await shop.put("invoice/INV-1", anInvoice());
    expect(put.status).toBe(201);
    expect(put.body).toMatchObject({
      kind: "invoice",
      number: "INV-1",
      crm: "book",
      amount: "15000.00",
      currency: "AMD",
      status: "awaiting",
      applied: "0.00",
      held: "0.00",
      refunded: "0.00",
      due: "15000.00",
      url: `${PUBLIC_URL}/api/v1/invoices/invoice/INV-1`,
      links: [],
      attempts: [],
      payments: [],
      cases: [],
      tasks: [],
    });
    const got = await shop.get("invoice/INV-1");
    expect(got.status).toBe(200);
    expect(got.body).toEqual(put.body);
    expect(got.headers.get("cache-control")).toBe("no-store");
  });

  test("twice the same is one invoice, and nothing is noted a second time", async () => {
    await shop.put("invoice/INV-2", anInvoice());
    const again = await shop.put("invoice/INV-2", anInvoice());
    expect(again.status).toBe(200);
    const { body } = await shop.call("GET", "/api/v1/audit?invoice=invoice:INV-2");
    expect(body.entries.map(({ fact }) => fact)).toEqual(["invoice_learned"]);
  });

  test("lower case is the same invoice, and the first spelling stays", async () => {
    await shop.put("invoice/INV-3", anInvoice());
    const again = await shop.put("invoice/inv-3", anInvoice({ purpose: "Another purpose" }));
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ number: "INV-3", purpose: "Another purpose" });
    expect((await shop.get("invoice/inv-3")).body.number).toBe("INV-3");
  });

  test("a deal and an invoice of one number are two", async () => {
    await shop.put("deal/77", anInvoice({ amount: "1.00" }));
    await shop.put("invoice/77", anInvoice({ amount: "2.00" }));
    expect((await shop.get("deal/77")).body.amount).toBe("1.00");
    expect((await shop.get("invoice/77")).body.amount).toBe("2.00");
  });

  test("a number with a slash or in Armenian is found under its encoded address", async () => {
    for (const number of ["2026/11-7", "ՀԱՇԻՎ-12"]) {
      const path = `invoice/${encodeURIComponent(number)}`;
      expect((await shop.put(path, anInvoice())).status).toBe(201);
      const { body } = await shop.get(path);
      expect(body.number).toBe(number);
      expect(body.url).toBe(`${PUBLIC_URL}/api/v1/invoices/${path}`);
    }
  });

  test("owner, contacts, language and state may be absent or null", async () => {
    const customer = { id: "C-9", name: "Mariam", phone: null };
    const { status, body } = await shop.put("order/55", anInvoice({ customer, owner: null }));
    expect(status).toBe(201);
    expect(body).toMatchObject({ owner: null, state: "open", customer: { id: "C-9", language: null } });
  });

  test("two at the same moment are one invoice, and the links know the amount of the book", async () => {
    const amounts = Array.from({ length: 8 }, (_, at) => `${1000 + at}.00`);
    const answers = await Promise.all(amounts.map((amount) => shop.put("invoice/INV-RACE", anInvoice({ amount }))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    const inBook = await shop.book.find({ kind: "invoice", number: "INV-RACE" });
    const known = await shop.books.read({ key: { crm: "book", kind: "invoice", number: "INV-RACE" } });
    expect(known?.amount).toEqual(inBook?.amount);
  });
});

describe("the amount of an invoice changes", () => {
  test("before anybody saw the link: the link is amended", async () => {
    await shop.put("invoice/INV-10", anInvoice());
    await shop.issue("INV-10");
    const { body } = await shop.put("invoice/INV-10", anInvoice({ amount: "9000.00", purpose: "Less work" }));
    expect(body.links).toMatchObject([{ state: "active", stale: false, amount: "9000.00" }]);
    expect(body).toMatchObject({ status: "awaiting", due: "9000.00", cases: [] });
  });

  test("after the link was sent: the link keeps its amount, goes stale, and one case tells why", async () => {
    await shop.put("invoice/INV-11", anInvoice());
    await shop.issue("INV-11");
    await shop.send("INV-11");
    await shop.put("invoice/INV-11", anInvoice({ amount: "9000.00" }));
    const { body } = await shop.put("invoice/INV-11", anInvoice({ amount: "8000.00" }));
    expect(body.links).toMatchObject([
      { state: "active", stale: true, amount: "15000.00", sends: [{ by: "Armen", channel: "copy", outcome: "sent" }] },
    ]);
    expect(body.status).toBe("manual review");
    expect(body.cases).toMatchObject([
      { kind: "link_stale", state: "open", severity: "low", owner: "manager", actions: ["dismiss"], resolution: null },
    ]);
    expect(body.cases[0]?.sentence).toMatch(/INV-11/);
  });
});

test("an invoice is cancelled: its live link ends at once", async () => {
  await shop.put("invoice/INV-12", anInvoice());
  await shop.issue("INV-12");
  const { body } = await shop.put("invoice/INV-12", anInvoice({ state: "cancelled" }));
  expect(body).toMatchObject({ state: "cancelled", status: "cancelled", links: [{ state: "cancelled" }] });
});

describe("somebody asks what happened to an invoice", () => {
  test("every fact is there with who, when and in which request, and the token's owner is told apart", async () => {
    const put = await shop.put("invoice/INV-20", anInvoice());
    await shop.issue("INV-20");
    const { body } = await shop.call("GET", "/api/v1/audit?invoice=inv-20");
    expect(body).toMatchObject({ crm: "book", kind: "invoice", number: "INV-20" });
    expect(body.entries).toMatchObject([
      {
        position: 1,
        fact: "invoice_learned",
        actor: { kind: "api", name: "API" },
        requestId: put.headers.get("x-request-id"),
      },
      { position: 2, fact: "link_issued", actor: { id: "slack:T1:U1" }, details: { link: { state: "active" } } },
    ]);
    expect(body.entries[0]?.actor.id).toMatch(/^api:[0-9a-f]{8}$/);
    expect(body.entries[1]?.details.link?.amount).toEqual({ amount: "15000.00", currency: "AMD" });
  });

  test("the secret of the page's address is not among the facts", async () => {
    await shop.put("invoice/INV-21", anInvoice());
    const issued = await shop.issue("INV-21");
    const { body } = await shop.call("GET", "/api/v1/audit?invoice=invoice:INV-21");
    expect(JSON.stringify(body)).not.toContain(issued?.invoice.links[0]?.token);
  });

  test("a deal is asked for by its kind", async () => {
    await shop.put("deal/78", anInvoice());
    expect((await shop.call("GET", "/api/v1/audit?invoice=deal:78")).body.kind).toBe("deal");
    expect((await shop.call("GET", "/api/v1/audit?invoice=78")).status).toBe(404);
  });

  test("without an invoice the answer says how to ask", async () => {
    const { status, body } = await shop.call("GET", "/api/v1/audit");
    expect(status).toBe(400);
    expect(body.detail).toContain("/api/v1/audit?invoice=invoice:INV-1042");
  });
});

describe("somebody asks for the list of invoices", () => {
  test("the newest come first, as many as were asked for", async () => {
    await shop.put("invoice/INV-30", anInvoice());
    await shop.put("invoice/INV-31", anInvoice());
    const { body } = await shop.call("GET", "/api/v1/invoices?limit=2");
    expect(body.invoices).toMatchObject([
      { number: "INV-31", status: "awaiting", amount: "15000.00", due: "15000.00" },
      { number: "INV-30" },
    ]);
  });

  test("a limit that is none is refused", async () => {
    expect((await shop.call("GET", "/api/v1/invoices?limit=many")).status).toBe(400);
  });
});
