import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { workbench } from "./workbench-world.ts";

const ANI = { userId: "U0ANI", channelId: "C0SALES" };
const ARAM = 374_001;

async function folder() {
  const path = await mkdtemp(join(tmpdir(), "paythread-sandbox-"));
  return {
    file: join(path, "sandbox", "state.json"),
    path: join(path, "sandbox"),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}

/** Three chats that something was said in, then the end of the process. */
async function playAndStop(stateFile: string) {
  await using bench = await workbench({ stateFile });
  await bench.post("/sandbox/api/slack/command", { ...ANI, text: "INV-1042" });
  await bench.post("/sandbox/api/telegram/send", { userId: ARAM, text: "hello" });
  await bench.post("/sandbox/api/slack/language", { userId: "U0ANI", language: "ru" });
  return addressesOf(bench);
}

const addressesOf = ({ sandbox: { slack, telegram, vpos } }: Awaited<ReturnType<typeof workbench>>) => ({
  slack: slack?.apiUrl,
  telegram: telegram?.apiRoot,
  vpos: vpos?.origin,
  token: telegram?.botToken,
});

describe("the stand-ins are started again", () => {
  test("the chats, the languages, the tokens and the addresses are those of before", async () => {
    await using place = await folder();
    const before = await playAndStop(place.file);
    await using bench = await workbench({ stateFile: place.file });
    const { slack, telegram } = await bench.state();
    expect(slack?.channels[0]?.messages).toHaveLength(1);
    expect(slack?.people[0]?.language).toBe("ru");
    expect(telegram?.chats[0]?.messages.map(({ text }) => text)).toEqual(["hello"]);
    expect(addressesOf(bench)).toEqual(before);
    expect(bench.troubles).toEqual([]);
  });

  test("a port that somebody else has taken is replaced by a free one", async () => {
    await using place = await folder();
    const before = await playAndStop(place.file);
    const stranger = createServer();
    await new Promise<void>((done) => stranger.listen(Number(new URL(before.vpos ?? "").port), "127.0.0.1", done));
    try {
      await using bench = await workbench({ stateFile: place.file });
      expect(bench.sandbox.vpos?.origin).not.toBe(before.vpos);
      expect(addressesOf(bench).slack).toBe(before.slack);
    } finally {
      stranger.close();
    }
  });

  test("a part that is real this time finds its old chats when it is a stand-in again", async () => {
    await using place = await folder();
    await playAndStop(place.file);
    await (await workbench({ stateFile: place.file, telegram: false }))[Symbol.asyncDispose]();
    await using bench = await workbench({ stateFile: place.file });
    expect((await bench.state()).telegram?.chats[0]?.messages.map(({ text }) => text)).toEqual(["hello"]);
  });

  test("a change is on the disk soon after, in a file that only its owner may read", async () => {
    await using place = await folder();
    await using bench = await workbench({ stateFile: place.file });
    await bench.post("/sandbox/api/telegram/send", { userId: ARAM, text: "remember me" });
    await expect.poll(() => readFile(place.file, "utf8").catch(() => "")).toContain("remember me");
    expect((await stat(place.file)).mode & 0o077).toBe(0);
    await expect.poll(() => readdir(place.path)).toEqual(["state.json"]);
  });

  test.each([
    ["is cut off", (text: string) => text.slice(0, 200)],
    ["holds what no Slack ever said", (text: string) => text.replace('"lastMicroseconds"', '"last"')],
    ["holds what no bank ever wrote", (text: string) => text.replace('"payments":', '"prizes":')],
  ])("a file that %s is moved aside, and everything begins anew", async (_how, spoil) => {
    await using place = await folder();
    await playAndStop(place.file);
    const spoiled = spoil(await readFile(place.file, "utf8"));
    await writeFile(place.file, spoiled);
    await using bench = await workbench({ stateFile: place.file });
    expect((await bench.state()).slack?.channels[0]?.messages).toEqual([]);
    expect(bench.troubles).toEqual([expect.stringContaining("begin anew")]);
    const aside = (await readdir(place.path)).find((name) => name.includes("unreadable"));
    expect(await readFile(join(place.path, aside ?? ""), "utf8")).toBe(spoiled);
  });

  test("a place that cannot be written is told, and the chats go on", async () => {
    await using place = await folder();
    await playAndStop(place.file);
    await using bench = await workbench({ stateFile: join(place.file, "below-a-file.json") });
    await expect.poll(() => bench.troubles).toEqual([expect.stringContaining("could not be saved")]);
    expect((await bench.post("/sandbox/api/telegram/send", { userId: ARAM, text: "hello" })).status).toBe(200);
  });
});
