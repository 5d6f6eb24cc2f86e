import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { PROBLEMS } from "../../src/http/problem.ts";
import { anInvoice, type Answer, openShop, PUBLIC_URL, type Shop } from "./api-shop.ts";

/** As much of an OpenAPI document as is looked into. */
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ requestBody: z.unknown().optional() }))),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

let shop: Shop;
let document: z.infer<typeof Document>;
beforeAll(async () => {
  shop = await openShop();
  document = Document.parse((await shop.call("GET", "/api/docs.json")).body);
});
afterAll(() => shop.close());

/** What is wrong with an answer, by the documentation's own shape. */
function wrongIn(shape: string, { body }: Answer): unknown {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: "api", ...document });
  const check = ajv.compile({ $ref: `api#/components/schemas/${shape}` });
  return check(body) ? [] : check.errors;
}

describe("the documentation", () => {
  test("needs no token, names our address and the way to come in", async () => {
    const answer = await shop.call("GET", "/api/docs.json", { headers: { authorization: "" } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      openapi: "3.1.1",
      servers: [{ url: PUBLIC_URL }],
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    });
  });

  test("describes what a PUT takes: the fields, which must be there, and that there are no others", () => {
    const { requestBody } = document.paths["/api/v1/invoices/{kind}/{number}"]?.["put"] ?? {};
    expect(requestBody).toMatchObject({
      content: { "application/json": { schema: { $ref: "#/components/schemas/InvoiceBody" } } },
    });
    expect(document.components.schemas["InvoiceBody"]).toMatchObject({
      required: ["amount", "currency", "purpose", "customer"],
      additionalProperties: false,
      properties: { state: { default: "open" }, customer: { required: ["id", "name"] } },
    });
  });

  test("real answers have the shapes it promises", async () => {
    await shop.put("invoice/INV-1", anInvoice());
    await shop.issue("INV-1");
    await shop.send("INV-1");
    const stale = await shop.put("invoice/INV-1", anInvoice({ amount: "9000.00" }));
    expect(stale.body.cases).toHaveLength(1);
    expect(wrongIn("Invoice", stale)).toEqual([]);
    expect(wrongIn("Audit", await shop.call("GET", "/api/v1/audit?invoice=INV-1"))).toEqual([]);
    expect(wrongIn("AuditVerdict", await shop.call("GET", "/api/v1/audit/verify"))).toEqual([]);
    expect(wrongIn("Invoices", await shop.call("GET", "/api/v1/invoices"))).toEqual([]);
    expect(wrongIn("Problem", await shop.put("invoice/INV-1", {}))).toEqual([]);
    expect(wrongIn("Invoice", await shop.put("invoice/INV-1", {}))).not.toEqual([]);
  });
});

describe("a program asks whether the audit holds", () => {
  test("it does, with so many entries; without a token nothing is said", async () => {
    const { body } = await shop.call("GET", "/api/v1/audit/verify");
    expect(body).toMatchObject({ ok: true });
    const { status } = await shop.call("GET", "/api/v1/audit/verify", { headers: { authorization: "" } });
    expect(status).toBe(401);
  });

  test("an entry of an invoice shows its hashes and the version of the policy", async () => {
    await shop.put("invoice/INV-50", anInvoice());
    const { body } = await shop.call("GET", "/api/v1/audit?invoice=INV-50");
    expect(body.entries).toMatchObject([
      { policyVersion: "default", previous: "0".repeat(64), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });

  test("it does not: every broken place is a sentence", async () => {
    await shop.put("invoice/INV-51", anInvoice());
    await shop.orm.em
      .fork()
      .execute("alter table audit_entries disable trigger user; delete from audit_entries where position = 1");
    const answer = await shop.call("GET", "/api/v1/audit/verify");
    expect(answer.body).toMatchObject({
      ok: false,
      broken: expect.arrayContaining([expect.stringContaining("INV-51")]),
    });
    expect(wrongIn("AuditVerdict", answer)).toEqual([]);
  });
});

describe("a browser asks for the documentation", () => {
  const ACCEPT = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

  test("it gets a page that may do nothing but show itself", async () => {
    const { headers, text } = await shop.call("GET", "/api/docs", { headers: ACCEPT });
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(headers.get("vary")).toBe("Accept");
    expect(text).not.toContain("<script");
    expect(text).toContain("PUT /api/v1/invoices/{kind}/{number}");
  });

  test("every code of a problem is explained where its type points", async () => {
    const { text } = await shop.call("GET", "/api/docs", { headers: ACCEPT });
    for (const code of Object.keys(PROBLEMS)) expect(text).toContain(`id="${code}"`);
  });

  test("everybody else gets JSON", async () => {
    for (const accept of ["*/*", "application/json", "application/json, text/html;q=0.5"]) {
      const { headers } = await shop.call("GET", "/api/docs", { headers: { accept } });
      expect(headers.get("content-type")).toContain("application/json");
    }
  });
});
