import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROBLEMS } from "../../src/http/problem.ts";
import { anInvoice, openShop, OTHER_TOKEN, type Shop, TOKEN } from "./api-shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const JSON_TYPE = { "content-type": "application/json" };

describe("an invoice with a mistake is refused with a sentence, and nothing is stored", () => {
  const mistakes: Readonly<Record<string, [body: unknown, path: string, sentence: RegExp]>> = {
    "no money": [anInvoice({ amount: "0.00" }), "amount", /more than zero/],
    "less than no money": [anInvoice({ amount: "-5" }), "amount", /more than zero/],
    "more decimals than the currency has": [
      anInvoice({ amount: "1.005" }),
      "amount",
      /more decimals than AMD has \(2\)/,
    ],
    "a decimal comma": [anInvoice({ amount: "15000,00" }), "amount", /with a point/],
    "more than a link can carry": [anInvoice({ amount: "99999999999999.00" }), "amount", /larger than a link/],
    "an amount as a JSON number": [anInvoice({ amount: 15000 }), "amount", /must be a text such as "15000.00"/],
    "no amount": [anInvoice({ amount: undefined }), "amount", /amount is missing/],
    "a currency nobody knows": [anInvoice({ currency: "XXX" }), "currency", /We can: .*AMD/],
    "a currency in small letters": [anInvoice({ currency: "amd" }), "currency", /We can/],
    "no purpose": [anInvoice({ purpose: "  " }), "purpose", /purpose is empty/],
    "a purpose of two lines": [anInvoice({ purpose: "one\ntwo" }), "purpose", /line break/],
    "a purpose that cannot be stored": [anInvoice({ purpose: "half \ud800" }), "purpose", /half of a character/],
    "a purpose that is too long": [anInvoice({ purpose: "a".repeat(501) }), "purpose", /longer than 500/],
    "no customer": [anInvoice({ customer: undefined }), "customer", /customer is missing/],
    "a customer without a name": [anInvoice({ customer: { id: "C-1" } }), "customer.name", /name is missing/],
    "a language we do not speak": [
      anInvoice({ customer: { id: "C-1", name: "A", language: "fr" } }),
      "customer.language",
      /hy, ru or en/,
    ],
    "an owner's Slack name instead of the id": [
      anInvoice({ owner: { id: "1", name: "A", slackUserId: "@anna" } }),
      "owner.slackUserId",
      /Slack user id/,
    ],
    "a state that does not exist": [anInvoice({ state: "paid" }), "state", /open or cancelled/],
    "a field that does not exist": [anInvoice({ ammount: "1" }), "ammount", /"ammount" is not a field of the invoice/],
    "a list instead of an invoice": [[], "", /must be a JSON object/],
  };

  for (const [name, [body, path, sentence]] of Object.entries(mistakes)) {
    test(`${name}: 400`, async () => {
      const answer = await shop.put("invoice/INV-BAD", body);
      expect(answer.status).toBe(400);
      expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
      expect(answer.body).toMatchObject({
        type: "/api/docs#invalid_invoice",
        code: "invalid_invoice",
        status: 400,
        requestId: answer.headers.get("x-request-id"),
        errors: expect.arrayContaining([{ path, message: expect.stringMatching(sentence) }]),
      });
      expect((await shop.get("invoice/INV-BAD")).status).toBe(404);
    });
  }

  test("a number that nobody could type in a chat", async () => {
    const { status, body } = await shop.put(`invoice/${encodeURIComponent("INV 7 ?")}`, anInvoice());
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ path: "number" }]);
  });

  test("all mistakes are told at once", async () => {
    const { body } = await shop.put("deal/1", { amount: "0", currency: "AMD", customer: { id: "C" }, colour: "red" });
    expect(body.errors.map(({ path }) => path).toSorted()).toEqual(["amount", "colour", "customer.name", "purpose"]);
  });
});

describe("a body that is no JSON", () => {
  test("with another content type: 415", async () => {
    const body = JSON.stringify(anInvoice());
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"]) {
      const answer = await shop.call("PUT", "/api/v1/invoices/invoice/A", { headers: { "content-type": type }, body });
      expect([answer.status, answer.body.code]).toEqual([415, "unsupported_media_type"]);
    }
  });

  test("with a charset in its content type it is taken", async () => {
    const headers = { "content-type": "application/json; charset=utf-8" };
    const body = JSON.stringify(anInvoice());
    expect((await shop.call("PUT", "/api/v1/invoices/invoice/CHARSET", { headers, body })).status).toBe(201);
  });

  test("cut short, empty, or not UTF-8: 400, and what was sent is not repeated", async () => {
    const latin = Buffer.from(JSON.stringify(anInvoice({ purpose: "Caf\u00e9" })), "latin1");
    const bodies: readonly [string | Uint8Array<ArrayBuffer>, RegExp][] = [
      ['{"amount": "secret', /not valid JSON/],
      ["", /empty/],
      [latin, /not UTF-8/],
    ];
    for (const [body, sentence] of bodies) {
      const answer = await shop.call("PUT", "/api/v1/invoices/invoice/A", { headers: JSON_TYPE, body });
      expect([answer.status, answer.body.code]).toEqual([400, "invalid_json"]);
      expect(answer.body.detail).toMatch(sentence);
      expect(answer.body.detail).not.toContain("secret");
    }
  });

  test("larger than 256 KiB: 413", async () => {
    const { status, body } = await shop.put("invoice/A", anInvoice({ purpose: "a".repeat(257 * 1024) }));
    expect([status, body.code]).toEqual([413, "body_too_large"]);
    expect(body.requestId).toBeTruthy();
  });
});

describe("who may call", () => {
  const statusWith = async (headers: Record<string, string>) => shop.call("GET", "/api/v1/invoices", { headers });

  test("either of the two tokens, whatever the case of the scheme", async () => {
    expect((await statusWith({ authorization: `Bearer ${OTHER_TOKEN}` })).status).toBe(200);
    expect((await statusWith({ authorization: `bearer ${TOKEN}` })).status).toBe(200);
  });

  test("no token, another token, a part of it, another scheme: 401 with the way to come in", async () => {
    const wrong = [
      "",
      "Bearer",
      "Bearer wrong",
      `Bearer ${TOKEN.slice(1)}`,
      `Bearer ${TOKEN}x`,
      `Basic ${TOKEN}`,
      TOKEN,
    ];
    for (const authorization of wrong) {
      const answer = await statusWith({ authorization });
      expect([answer.status, answer.body.code]).toEqual([401, "unauthorized"]);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer realm="paythread"/);
    }
  });

  test("without a token nobody learns which addresses exist, and no body is read", async () => {
    const headers = { authorization: "Bearer wrong", ...JSON_TYPE };
    expect((await shop.call("GET", "/api/v1/nothing", { headers })).status).toBe(401);
    const body = "a".repeat(300 * 1024);
    expect((await shop.call("PUT", "/api/v1/invoices/invoice/A", { headers, body })).status).toBe(401);
  });

  test("where API_TOKENS is not set nobody comes in, and the answer says why", async () => {
    const closed = await openShop({ tokens: [] });
    try {
      for (const authorization of ["Bearer ", `Bearer ${TOKEN}`]) {
        const answer = await closed.call("GET", "/api/v1/invoices", { headers: { authorization } });
        expect(answer.status).toBe(401);
        expect(answer.body.detail).toContain("API_TOKENS is not set");
      }
    } finally {
      await closed.close();
    }
  });
});

describe("an address that has nothing", () => {
  test("an unknown invoice, a name that cannot be one, an unknown kind: 404", async () => {
    for (const path of ["invoice/NOPE", "invoice/%00", "invoice/%20", "quote/INV-1", `invoice/${"9".repeat(80)}`]) {
      expect((await shop.get(path)).body).toMatchObject({ status: 404, code: "invoice_unknown" });
    }
  });

  test("an unknown address: 404", async () => {
    expect((await shop.call("GET", "/api/v1/nothing")).body).toMatchObject({ status: 404, code: "not_found" });
  });

  test("another method: 405 with those it takes", async () => {
    for (const method of ["POST", "DELETE", "PATCH"]) {
      const answer = await shop.call(method, "/api/v1/invoices/invoice/INV-1");
      expect(answer.body).toMatchObject({ status: 405, code: "method_not_allowed" });
      expect(answer.headers.get("allow")).toBe("GET, HEAD, PUT");
    }
    expect((await shop.call("POST", "/api/v1/audit")).headers.get("allow")).toBe("GET, HEAD");
  });

  test("HEAD answers as GET, without the body", async () => {
    await shop.put("invoice/INV-HEAD", anInvoice());
    const answer = await shop.call("HEAD", "/api/v1/invoices/invoice/INV-HEAD");
    expect([answer.status, answer.text]).toEqual([200, ""]);
  });
});

test("a fault of ours is a 500 that says nothing of its cause, here or with values in the log", async () => {
  const broken = await openShop();
  broken.books.recent = async () => {
    throw new Error("insert into people values ('+374 91 234567')");
  };
  try {
    const { status, body } = await broken.call("GET", "/api/v1/invoices");
    expect([status, body.code, body.title]).toEqual([500, "internal", PROBLEMS.internal.title]);
    expect(body.requestId).toBeTruthy();
    expect(JSON.stringify(body)).not.toContain("people");
    expect(broken.logged.join("")).toContain(body.requestId);
    expect(broken.logged.join("")).not.toContain("234567");
  } finally {
    await broken.close();
  }
});
