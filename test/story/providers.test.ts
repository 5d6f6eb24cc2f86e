import { describe, expect, test } from "vitest";
import { aTown } from "./town.ts";
import { PATIENT } from "./until.ts";

const API = { API_TOKENS: "a-token-of-the-town" };
const asks = async (address: string, token = API.API_TOKENS) => {
  const response = await fetch(`${address}/api/v1/providers`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as object };
};
const VPOS = { name: "vpos", account: "main", can: { webhooks: true, close: false, refund: "no", list: false } };

describe("a program asks which providers there are", PATIENT, () => {
  test("each says what it can do, what it has switched on, and how it stands", async () => {
    await using town = await aTown({ env: API });
    const features = { payLink: true, qr: false, refund: false, fiscalization: false, tokenization: false };
    expect(await asks(town.address)).toMatchObject({
      status: 200,
      body: { providers: [{ ...VPOS, features, silent: false, stopped: false }] },
    });
    expect(await asks(town.address, "guessed")).toMatchObject({ status: 401 });
  });

  test("a provider that cannot be asked has nothing switched on that we know of", async () => {
    await using town = await aTown({ env: API });
    town.vpos.faults.add({ on: "capabilities", fault: { kind: "internal_error" } });
    expect(await asks(town.address)).toMatchObject({ body: { providers: [{ ...VPOS, features: null }] } });
  });
});
