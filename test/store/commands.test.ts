import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endOf, Misuse, noSuchCommand } from "../../src/command.ts";
import { ConfigError } from "../../src/config.ts";
import { withDatabase } from "../../src/store/with-database.ts";
import { inTerminal } from "../in-terminal.ts";
import { freePort } from "../story/process.ts";

let folder: string;
let nowhere: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paythread-commands-"));
  nowhere = `postgres://user:sesame@127.0.0.1:${await freePort()}/none`;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is thrown by what is done. */
async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("a command throws: a person reads a sentence", () => {
  const help = "how it is typed";

  test("what was typed cannot be done: what of it, and how it is typed, with 2", async () => {
    const unknown = await thrownBy(() => parseArgs({ args: ["--all"], options: {} }));
    expect(endOf(unknown, { help })).toMatchObject({
      exit: 2,
      says: expect.stringMatching(/^Unknown option '--all'.*\n\nhow it is typed$/s),
    });
    expect(endOf(new Misuse("No."), { help })).toEqual({ exit: 2, says: "No.\n\nhow it is typed" });
    expect(endOf(noSuchCommand("frobnicate"), { help }).says).toMatch(/^There is no command "frobnicate" here/);
    expect(endOf(noSuchCommand(undefined), { help }).says).toMatch(/^Say what to do/);
  });

  test("it failed: with 1, unless that means something else here, and without a trace", async () => {
    const missing = await thrownBy(() => readFile(join(folder, "new.json")));
    const stories: readonly [unknown, RegExp][] = [
      [missing, /^\S+new\.json is not there\.$/],
      [
        new ConfigError(["PORT must be a port number.", "HOST is odd."]),
        /^PORT must be a port number\.\nHOST is odd\.$/,
      ],
      [Object.assign(new AggregateError([]), { code: "EPROTO" }), /^It failed \(EPROTO\)\.$/],
      [new Error("The table is odd."), /^The table is odd\.$/],
      ["no error at all", /^It failed: no error at all$/],
    ];
    for (const [error, sentence] of stories) {
      expect(endOf(error, { help })).toEqual({ exit: 1, says: expect.stringMatching(sentence) });
    }
    expect(endOf(missing, { help, failed: 2 }).exit).toBe(2);
  });

  test("the database of the settings cannot be reached: why, and not where", async () => {
    const error = await thrownBy(() => withDatabase({ databaseUrl: nowhere, dataDir: folder }, async () => 0));
    const { says, exit } = endOf(error, { help });
    expect(exit).toBe(1);
    expect(says).toMatch(/^DATABASE_URL cannot be used: nobody listens there\. Correct it, /);
    expect(says).not.toContain("sesame");
  });
});

describe("in the terminal", { timeout: 60_000 }, () => {
  /** A command whose database cannot be reached. */
  const ends = async (name: string, ...args: readonly string[]) => {
    const { code, out, aside } = await inTerminal(name, args, { DATABASE_URL: nowhere, DATA_DIR: folder });
    return { code, said: out + aside };
  };

  test.each<[string, readonly string[], number, RegExp]>([
    ["book", ["frobnicate"], 2, /^There is no command "frobnicate" here\.\n\n.*npm run book -- import/s],
    ["book", ["import", "missing.csv"], 1, /^missing\.csv is not there\.\n$/],
    ["book", ["import", "src"], 1, /^src is a folder, not a file\.\n$/],
    ["book", ["list"], 1, /^DATABASE_URL cannot be used: .*\n$/],
    ["inbox", ["show"], 2, /^Say of what.*npm run inbox -- list/s],
    ["policy", ["replay", "--policy", "new.json"], 1, /^--policy new\.json is not there: correct it\.\n$/],
    ["dry-run", ["INV-1042"], 2, /^DATABASE_URL cannot be used: .*\n$/], // 1 says here that it would be refused
    ["migrate", ["pending"], 1, /^DATABASE_URL cannot be used: .*\n$/],
  ])("%s %j ends with %i and a sentence", async (name, args, code, sentence) => {
    const ended = await ends(name, ...args);
    expect(ended.code).toBe(code);
    expect(ended.said).toMatch(sentence);
    expect(ended.said).not.toMatch(/\n\s+at |Error:|sesame/);
  });
});
