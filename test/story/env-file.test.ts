import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../..");
const PRELOAD = ["--import", join(ROOT, "src/env-file.js")];

async function aFolder() {
  const path = await mkdtemp(join(tmpdir(), "paythread-env-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** What a process that is begun like our commands finds in its environment, and everything it says. */
const port = (cwd: string, env: Readonly<Record<string, string>> = {}) =>
  new Promise<string>((resolve) => {
    const read = ["-e", "process.stdout.write(String(process.env.PORT))"];
    execFile(process.execPath, [...PRELOAD, ...read], { cwd, env }, (_error, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });

describe("settings are kept in a file", () => {
  test("they are read where there is one, and nothing is said where there is none", async () => {
    await using folder = await aFolder();
    expect(await port(folder.path)).toBe("undefined");
    await writeFile(join(folder.path, ".env"), "# a comment\nPORT=4100\n");
    expect(await port(folder.path)).toBe("4100");
    expect(await port(folder.path, { PORT: "4200" })).toBe("4200");
  });

  test("every command reads it but the demonstration, which must not hear of real accounts", async () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")));
    const ours = Object.entries(scripts).filter(([, script]) => / src\/[\w-]+\.[jt]s$/.test(script));
    const reading = ours.filter(([, script]) => script.includes(" --import ./src/env-file.js src/"));
    expect(ours.length - reading.length).toBe(1);
    expect(scripts["demo"]).toBe("node src/demo.ts");
    expect(ours.filter(([, script]) => script.includes("--env-file"))).toEqual([]);
  });
});
