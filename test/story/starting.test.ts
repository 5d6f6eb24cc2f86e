import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { vposAssumedV1 } from "../../src/providers/vpos/contract.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { opens, paysOn } from "./customers.ts";
import { freePort, launch } from "./process.ts";
import { aTown, reachesTheCustomer } from "./town.ts";
import { PATIENT, until } from "./until.ts";

async function aFolder() {
  const path = await mkdtemp(join(tmpdir(), "paythread-start-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Settings that are wrong together, and what a person reads of each mistake. */
const WRONG: readonly [Readonly<Record<string, string>>, RegExp][] = [
  [{ PORT: "http" }, /PORT must be a port number/],
  [{ PUBLIC_URL: "pay.example.am" }, /PUBLIC_URL must be an http\(s\) address/],
  [{ DATABASE_URL: "mysql://sesame@db/x" }, /DATABASE_URL must look like postgres:\/\//],
  [{ MERCHANT_TIMEZONE: "Yerevan" }, /MERCHANT_TIMEZONE must be a time zone/],
  [{ LOG_LEVEL: "loud" }, /LOG_LEVEL must be fatal/],
  [{ SLACK_BOT_TOKEN: "xoxb-sesame" }, /SLACK_SIGNING_SECRET is missing/],
  [{ SLACK_SIGNING_SECRET: "sesame" }, /SLACK_SIGNING_SECRET is set but SLACK_BOT_TOKEN is not/],
  [{ SLACK_OPS_CHANNEL: "C01" }, /SLACK_OPS_CHANNEL is set but SLACK_BOT_TOKEN is not/],
  [{ SLACK_BOT_TOKEN: "xoxp-sesame" }, /SLACK_BOT_TOKEN must be a bot token/],
  [{ SLACK_API_URL: "https://slack.com" }, /SLACK_API_URL must end in \/api\//],
  [{ TELEGRAM_BOT_TOKEN: "sesame" }, /TELEGRAM_BOT_TOKEN must be a bot token/],
  [{ TELEGRAM_MANAGER_CHATS: "-100123/45,sales" }, /TELEGRAM_MANAGER_CHATS must be ids of groups/],
  [{ TELEGRAM_MANAGER_CHATS: "-100123" }, /TELEGRAM_MANAGER_CHATS is set but TELEGRAM_BOT_TOKEN is not/],
  [{ TELEGRAM_WEBHOOK_SECRET: "sesame" }, /TELEGRAM_WEBHOOK_SECRET is set but TELEGRAM_BOT_TOKEN is not/],
  [{ VPOS_API_TOKEN: "sesame" }, /VPOS_API_TOKEN is set but VPOS_BASE_URL is not/],
  [{ VPOS_BASE_URL: "http://127.0.0.1:9" }, /VPOS_API_TOKEN is missing[^]*VPOS_AMD_EXPONENT is missing/],
  [{ VPOS_BASE_URL: "https://api.vpos.am/v1" }, /VPOS_BASE_URL must be an origin/],
  [
    { VPOS_BASE_URL: "https://api.vpos.am", VPOS_API_TOKEN: "sesame", VPOS_AMD_EXPONENT: "2" },
    /assumed, not confirmed by the provider/,
  ],
  [{ VPOS_AMD_EXPONENT: "1" }, /VPOS_AMD_EXPONENT must be 0 or 2/],
  [{ INVOICE_WEBHOOK_URL: "https://crm.am/hook" }, /INVOICE_WEBHOOK_URL is set but INVOICE_WEBHOOK_SECRET is not/],
  [{ INVOICE_WEBHOOK_SECRET: "sesame" }, /INVOICE_WEBHOOK_SECRET must be a Standard Webhooks secret/],
  [{ NODE_ENV: "prodution" }, /NODE_ENV must be production, development or test/],
  [{ NODE_ENV: "Production" }, /NODE_ENV must be production, development or test/],
  [{ NODE_ENV: "production" }, /would run as a stand-in in production[^]*PUBLIC_URL is missing/],
  [
    { NODE_ENV: "production", SANDBOX: "1", PUBLIC_URL: "https://pay.example.am", API_TOKENS: "sesame" },
    /API_TOKENS has a token of fewer than 16 characters/,
  ],
];

describe("a setting is wrong, or half of a pair", PATIENT, () => {
  test("a sentence names it and says what to do, without its value", () => {
    for (const [settings, sentence] of WRONG) {
      const read = () => readConfig(vposAssumedV1, settings);
      expect(read).toThrow(sentence);
      expect(read).not.toThrow(/sesame/);
    }
  });

  test("an empty setting is one that is not set", () => {
    const empty = Object.fromEntries(WRONG.flatMap(([settings]) => Object.keys(settings)).map((name) => [name, ""]));
    const parts = { slack: { is: "stand-in" }, telegram: { is: "stand-in" }, vpos: { is: "stand-in" } };
    expect(readConfig(vposAssumedV1, empty)).toMatchObject({ ...parts, port: 3000, invoiceWebhook: null });
  });

  test("a policy file with a slip of the pen is not silently the default", async () => {
    await using folder = await aFolder();
    const file = join(folder.path, "policy.json");
    expect(() => readPolicy(file, null)).toThrow(/POLICY_FILE .* is not there/);
    await writeFile(file, "{");
    expect(() => readPolicy(file, null)).toThrow(/cannot be read as JSON/);
    await writeFile(file, JSON.stringify({ resendCooldownSecond: 5 }));
    expect(() => readPolicy(file, null)).toThrow(/resendCooldownSecond/);
    await writeFile(file, JSON.stringify({ overrides: [{ currency: "USD", parts: { everyDays: "weekly" } }] }));
    expect(() => readPolicy(file, null)).toThrow(/overrides\.0\.parts\.everyDays: /);
    await writeFile(file, JSON.stringify({ parts: { everyDays: 7 }, overrides: [{ parts: { most: 2 } }] }));
    expect(readPolicy(file, null).overrides[0]?.terms.parts).toMatchObject({ everyDays: 7, most: 2 });
  });

  test("the process says so and ends with 1, without a trace", async () => {
    await using folder = await aFolder();
    const here = { DATA_DIR: folder.path, PORT: "0" };
    const wrong = [
      { SLACK_BOT_TOKEN: "xoxb-sesame" },
      { DATABASE_URL: `postgres://user:sesame@127.0.0.1:${await freePort()}/none` },
    ];
    for (const { code, said } of await Promise.all(wrong.map((env) => launch({ ...here, ...env }).ends()))) {
      expect(code).toBe(1);
      expect(said).toMatch(/^paythread does not start:\n {2}- (?:SLACK_SIGNING_SECRET|DATABASE_URL) .*\n$/);
      expect(said).not.toContain("sesame");
    }
  });
});

describe("the service is started with nothing set", PATIENT, () => {
  test("twice on one folder: on another port it joins, on the same port it says so; and it stops well", async () => {
    await using folder = await aFolder();
    const env = { DATA_DIR: folder.path, LOG_LEVEL: "warn" };
    const ports = [await freePort(), await freePort()].map(String);
    const first = launch({ ...env, PORT: `${ports[0]}` });
    const address = await first.ready();
    expect(first.said()).toContain("stand-in, no real money moves");
    const [second, third] = [launch({ ...env, PORT: `${ports[1]}` }), launch({ ...env, PORT: `${ports[0]}` })];
    const refused = await third.ends();
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.said).toContain(`Port ${ports[0]} is taken`);
    expect(refused.said).not.toMatch(/\n\s+at /);
    for (const door of [address, await second.ready()]) expect((await opens(`${door}/health/ready`)).status).toBe(200);
    expect(await second.stops()).toMatchObject({ code: 0 });
    expect((await opens(`${address}/health/ready`)).status).toBe(200);
    expect(await first.stops()).toMatchObject({ code: 0 });
  });
});

describe("a whole story is logged in every detail", PATIENT, () => {
  test("no token, no secret, no page, no invitation, no phone and no e-mail stands in the log", async () => {
    const lines: string[] = [];
    await using town = await aTown({ log: (line) => lines.push(line), env: { API_TOKENS: "token-of-the-api-1" } });
    const customer = { phone: "+37491234567", email: "aram@example.am" };
    await town.owes("INV-3001", { customer });
    const page = await reachesTheCustomer(town, "INV-3001");
    const invitation = new URL(await town.ani.isGivenAnInvitation()).searchParams.get("start") ?? "";
    await town.ani.types("INV-3001", { signature: "wrong" });
    await fetch(`${town.address}/api/v1/invoices`, { headers: { authorization: "Bearer token-of-the-api-1" } });
    town.vpos.faults.add({ on: "lookup", fault: { kind: "lost_answer" } });
    town.slack.faults.add("chat.update", { is: "answer_lost" });
    town.telegram.faults.add("editMessageText", { is: "answer_lost" });
    await paysOn(page);
    await town.later(31);
    await until(() => town.told("INV-3001")).toEqual({ paid: "1500000", effects: 1 });
    await town.later(60);
    await town.settled();

    const { slack, telegram, vpos } = town.sandbox;
    const secrets = [
      slack?.botToken,
      slack?.signingSecret,
      telegram?.botToken,
      vpos?.apiToken,
      vpos?.webhookSecret,
      "token-of-the-api-1",
      page.slice(-22),
      invitation,
      ...Object.values(customer),
      "/checkout/",
      "/commands/",
      "/actions/",
    ];
    const log = lines.join("");
    expect(log).toContain('"delivered"');
    expect(secrets.filter((secret) => secret === undefined || secret === "" || log.includes(secret))).toEqual([]);
  });
});
