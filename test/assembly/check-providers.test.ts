import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkProviders } from "../../src/assembly/check-providers.ts";
import { run } from "../../src/assembly/run.ts";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { guarded } from "../../src/providers/guarded/guarded.ts";
import { createProviders } from "../../src/providers/providers.ts";
import { createStripe } from "../../src/providers/stripe/client.ts";
import { vposAssumedV1 } from "../../src/providers/vpos/contract.ts";
import { createStripeSandbox } from "../../src/sandbox/stripe/sandbox.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { freshDatabase } from "../fresh-database.ts";

const KEY = "sk_test_known";
const WRONG = "sk_test_that_nobody_may_see";
const SENTENCE = /stripe\/shop2: Stripe does not accept our key.*Put a valid one into the settings/;

async function stripeStory() {
  const sandbox = createStripeSandbox({
    secretKey: KEY,
    webhookSecret: "whsec_test",
    webhookUrl: () => null,
    clock: () => new Date(),
  });
  await sandbox.start();
  const { origin } = sandbox;
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => lines.push(line) });
  /** What a start says of an account with this key. */
  const said = async (secretKey: string): Promise<string> => {
    const options = { account: "shop2", webhookSecrets: [], apiUrl: origin };
    const stripe = guarded(createStripe({ ...options, secretKey }), {
      clock: () => new Date(),
      heard: () => undefined,
    });
    await checkProviders(createProviders([stripe]), log);
    return lines.join("");
  };
  return { sandbox, log, lines, said, [Symbol.asyncDispose]: () => sandbox.stop() };
}

describe("a service starts with a Stripe account", () => {
  test("whose key Stripe does not know: the log says so at once, without the key", async () => {
    await using story = await stripeStory();
    const said = await story.said(WRONG);
    expect(said).toMatch(SENTENCE);
    expect(JSON.parse(said)).toMatchObject({ level: 50 });
    expect(said).not.toContain(WRONG);
  });

  test("whose key it knows: nothing is said, and all that was done is one reading", async () => {
    await using story = await stripeStory();
    expect(await story.said(KEY)).toBe("");
    expect(story.sandbox.wire().map(({ method }) => method)).toEqual(["GET"]);
  });

  test("and Stripe is not there: that says nothing of the key", async () => {
    await using story = await stripeStory();
    await story.sandbox.stop();
    expect(await story.said(WRONG)).toBe("");
  });

  test("the start does not wait for it", async () => {
    await using story = await stripeStory();
    const dataDir = await mkdtemp(join(tmpdir(), "paythread-check-"));
    const env = {
      DATABASE_URL: await freshDatabase(),
      DATA_DIR: dataDir,
      PORT: "0",
      STRIPE_SECRET_KEY: `shop2=${WRONG}`,
      STRIPE_API_URL: story.sandbox.origin,
    };
    const config = readConfig(vposAssumedV1, env);
    const database = await openDatabase(config.databaseUrl, config.dataDir);
    const running = await run(config, { log: story.log, database });
    await expect.poll(() => story.lines.join(""), { timeout: 8000 }).toMatch(SENTENCE);
    await running.stop();
    await rm(dataDir, { recursive: true, force: true });
    expect(story.lines.join("")).not.toContain(WRONG);
  });
});
