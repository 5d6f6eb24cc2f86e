import { describe, expect, test } from "vitest";
import { banner } from "../../src/assembly/banner.ts";
import { readConfig } from "../../src/config.ts";
import { vposAssumedV1 } from "../../src/providers/vpos/contract.ts";

const VPOS = { VPOS_BASE_URL: "http://127.0.0.1:9", VPOS_API_TOKEN: "sesame", VPOS_AMD_EXPONENT: "2" };
const IPAY = { IPAY_BASE_URL: "https://ipay.arca.am", IPAY_USERNAME: "sesame", IPAY_PASSWORD: "sesame" };

/** The line of one party in what a start with these settings says. */
function lineOf(party: string, env: Readonly<Record<string, string>>): string {
  const said = banner({
    config: readConfig(vposAssumedV1, env),
    address: "http://127.0.0.1:3000",
    publicUrl: "http://127.0.0.1:3000",
    database: "embedded",
    workbench: null,
    startedInMs: 1,
  });
  expect(said).not.toMatch(/sesame|sk_(?:test|live)/);
  return said.split("\n").find((line) => line.trim().startsWith(party)) ?? "";
}

describe("an account has no webhooks", () => {
  test("Stripe without a signing secret: the start says that its payments are found by asking only", () => {
    expect(lineOf("Stripe", { STRIPE_SECRET_KEY: "sk_test_1" })).toMatch(
      /accounts: main \(test mode; no webhook secret: its payments are found by asking only\)$/,
    );
  });

  test("of two accounts it is said of the one that has none", () => {
    const env = { STRIPE_SECRET_KEY: "main=sk_live_1,shop2=sk_live_2", STRIPE_WEBHOOK_SECRET: "main=whsec_1" };
    expect(lineOf("Stripe", env)).toMatch(
      /accounts: main, shop2 \(no webhook secret: its payments are found by asking only\)$/,
    );
  });

  test("VPOS.am without a secret, and ArCa iPay, which sends none to anybody", () => {
    expect(lineOf("VPOS.am", VPOS)).toMatch(/; no webhook secret: its payments are found by asking only$/);
    expect(lineOf("ArCa iPay", IPAY)).toMatch(/; it sends no webhooks: its payments are found by asking only$/);
  });
});

describe("iPay tells the address of an order's page only once", () => {
  test("the shop's own address is not set: the start says what that costs", () => {
    expect(lineOf("ArCa iPay", IPAY)).toContain("no IPAY_FORM_URL: where the answer that opens a checkout is lost");
  });

  test("it is set: nothing is said of it", () => {
    const IPAY_FORM_URL = "https://ipay.arca.am/payment/merchants/shop/payment_en.html?mdOrder={orderId}";
    expect(lineOf("ArCa iPay", { ...IPAY, IPAY_FORM_URL })).not.toContain("IPAY_FORM_URL");
  });
});

describe("an account has webhooks", () => {
  test("nothing is said of asking", () => {
    const stripe = { STRIPE_SECRET_KEY: "sk_live_1", STRIPE_WEBHOOK_SECRET: "whsec_1" };
    expect(lineOf("Stripe", stripe)).toMatch(/accounts: main$/);
    expect(lineOf("VPOS.am", { ...VPOS, VPOS_WEBHOOK_SECRET: "sesame" })).not.toContain("asking");
    expect(lineOf("VPOS.am", {})).not.toContain("asking");
  });
});
