import { describe, expect, test } from "vitest";
import type { WireEntry } from "../../src/sandbox/workbench/wire.ts";
import { type Workbench, workbench } from "./workbench-world.ts";

const ANI = { userId: "U0ANI", channelId: "C0SALES" };

async function wireOf({ origin }: Workbench, after = 0): Promise<WireEntry[]> {
  const answer = await fetch(`${origin}/sandbox/api/wire?after=${after}`);
  const { exchanges } = (await answer.json()) as { exchanges: WireEntry[] };
  return exchanges;
}

const line = ({ from, to, name, status }: WireEntry): string => `${from} > ${to} ${name} ${status}`;

describe("somebody watches the wire", () => {
  test("the exchanges of all stand-ins are one list, numbered, without any token", async () => {
    await using bench = await workbench();
    await bench.post("/sandbox/api/slack/command", { ...ANI, text: "INV-1042" });
    await bench.post("/sandbox/api/telegram/send", { userId: 374_001, text: "/start" });
    await fetch(`${bench.sandbox.vpos?.origin}/checkout/none`);
    await expect.poll(async () => (await wireOf(bench)).map(line)).toContain("paythread > Telegram sendMessage 200");
    const wire = await wireOf(bench);
    expect(wire.map(({ number }) => number)).toEqual(wire.map((_, index) => index + 1));
    expect(wire.map(line)).toEqual(
      expect.arrayContaining([
        "Slack > paythread /paylink 200",
        "paythread > Slack chat.postMessage 200",
        "Customer > VPOS.am GET /checkout/none 404",
      ]),
    );
    const { slack, telegram, vpos } = bench.sandbox;
    const secrets = [slack?.botToken, slack?.signingSecret, telegram?.botToken, vpos?.apiToken, vpos?.webhookSecret];
    for (const secret of secrets) expect(JSON.stringify(wire)).not.toContain(secret);
  });

  test("a number never changes: the rest of the list begins after it", async () => {
    await using bench = await workbench();
    await bench.post("/sandbox/api/slack/command", { ...ANI, text: "help" });
    const [first] = await wireOf(bench);
    await bench.post("/sandbox/api/slack/command", { ...ANI, text: "INV-1042" });
    expect((await wireOf(bench))[0]).toEqual(first);
    expect((await wireOf(bench, 1)).map(({ number }) => number)).toEqual([2, 3]);
  });

  test("polls that brought nothing are left out", async () => {
    await using bench = await workbench();
    expect((await wireOf(bench)).map(line)).toEqual([]);
    expect((await bench.state()).wireCount).toBe(0);
  });
});
