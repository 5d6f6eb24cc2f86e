import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { Environment } from "../src/config/environment.ts";

/** What is true for every place that decides: the rules, what it needs from the world, and what can go wrong there. */
const HEART = ["domain", "src/ports.ts", "src/provider-port.ts", "src/faults.ts", "src/error-code.ts"];
/** A bot reaches the world through its desk. */
const BOT = ["domain", "bots/ask.ts", "bots/desk.ts", "bots/undelivered.ts", "zod"];
const ORM = ["@mikro-orm/core", "@mikro-orm/postgresql", "@mikro-orm/migrations"];

/** A stand-in knows a party as the world does: by its wire. Of ours it sees the contract with the provider at most. */
const STAND_IN = ["fastify", "src/without-schemas.ts", "ghtml", "node:*", "zod"];
/** What the stand-ins of providers have in common stands beside them. */
const PROVIDER = [...STAND_IN, "src/sandbox/provider"];
const STAND_INS = ["slack", "telegram", "vpos", "stripe", "ipay"].map((party) => `src/sandbox/${party}`);

/**
 * The arrows of this codebase: every place, and what it may import besides itself. Nothing points back. A place is a
 * file, a folder, or the beginning of a name that ends in `*`; a file stands in the longest that fits. `*` alone allows
 * everything: only the two ends of the system have it.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  domain: [],

  "bots/ask.ts": ["domain"],
  "bots/desk.ts": ["domain"],
  "bots/undelivered.ts": [],
  "bots/labels*": ["domain"],
  "bots/fit-lines.ts": [],
  "bots/answers.ts": ["domain", "bots/fit-lines.ts", "bots/labels*"],
  "bots/slack": [...BOT, "bots/answers.ts", "bots/fit-lines.ts", "bots/labels*", "@slack/bolt", "@slack/web-api"],
  "bots/telegram": [...BOT, "bots/answers.ts", "bots/labels*", "grammy", "@grammyjs/parse-mode"],

  "src/ports.ts": ["domain", "src/provider-port.ts"],
  "src/provider-port.ts": ["domain"],
  "src/faults.ts": [],
  "src/error-code.ts": [],
  "src/sql.ts": ["@mikro-orm/postgresql", "kysely", "pg", "node:*"],
  "src/together.ts": [],
  "src/log.ts": ["pino"],
  "src/config.ts": ["src/config", "zod"],
  "src/config": ["zod"],
  "src/command.ts": ["src/config.ts", "src/error-code.ts"],
  "src/policy-as-file.ts": ["domain"],
  "src/policy-file.ts": ["domain", "src/config.ts", "src/error-code.ts", "node:*", "zod"],

  "src/usecases": HEART,
  "src/crm/book": [...HEART, ...ORM, "src/sql.ts", "src/together.ts", "node:*", "csv-parse"],
  "src/providers/vpos/contract*": ["domain", "src/ports.ts", "node:*", "zod"],
  "src/providers/call.ts": ["src/error-code.ts"],
  "src/providers/providers.ts": HEART,
  "src/providers/vpos": [...HEART, "src/providers/call.ts", "src/providers/vpos/contract*", "node:*", "zod"],
  "src/providers/ipay/contract*": ["domain", "src/ports.ts", "node:*", "zod"],
  "src/providers/ipay": [...HEART, "src/providers/call.ts", "src/providers/ipay/contract*", "node:*", "zod"],
  "src/providers/stripe": [...HEART, "stripe", "node:*", "zod"],
  "src/providers/guarded": [...HEART, "cockatiel"],
  "src/store": [...HEART, "bots/desk.ts", "src/embedded", "src/sql.ts", "src/together.ts", ...ORM, "pg", "node:*"],
  "src/embedded": ["src/error-code.ts", "pg", "node:*", "zod"],
  "src/jobs": HEART,
  "src/delivery": [...HEART, "src/usecases", "src/store", "pg", "standardwebhooks", "node:*", "zod"],
  "src/without-schemas.ts": ["fastify"],
  "src/http": [
    ...HEART,
    "src/usecases",
    "src/without-schemas.ts",
    "fastify",
    "@slack/bolt",
    "ghtml",
    "zod",
    "zod-openapi",
    "node:*",
  ],

  "src/sandbox/slack": STAND_IN,
  "src/sandbox/telegram": STAND_IN,
  "src/sandbox/provider": STAND_IN,
  "src/sandbox/vpos": [...PROVIDER, "src/providers/vpos/contract*"],
  "src/sandbox/stripe": PROVIDER,
  "src/sandbox/ipay": [...PROVIDER, "src/providers/ipay/contract*"],
  "src/sandbox": [...STAND_IN, ...STAND_INS, "src/providers/vpos/contract*"],

  "src/assembly": ["*"],
  "src/start.ts": [
    "src/assembly",
    "src/config.ts",
    "src/log.ts",
    "src/store",
    "src/providers/vpos/contract*",
    "node:*",
  ],
  "src/main.js": ["src/start.ts", "node:*"],
  "src/book.ts": ["*"],
  "src/policy.ts": ["*"],
  "src/why.ts": ["*"],
  "src/dry-run.ts": ["*"],
  "src/inbox.ts": ["*"],
  "src/audit.ts": [
    "domain",
    "src/command.ts",
    "src/config.ts",
    "src/providers/vpos/contract*",
    "src/store",
    "@mikro-orm/postgresql",
    "node:*",
  ],
  "src/migrate.ts": ["src/command.ts", "src/config.ts", "src/store", "src/providers/vpos/contract*"],
  "src/demo.ts": ["src/demo"],
  "src/demo": ["node:*", "zod"],

  migrations: ["@mikro-orm/migrations"],
  test: ["*"],
};

/** What stands at the top, besides files that a reader expects there. */
const TOP = [".ci", "bots", "domain", "migrations", "src", "test"];

/** A script a browser loads is not a module of ours: only TypeScript follows arrows. */
const ROOT = join(import.meta.dirname, "..");
const IMPORT =
  /^\s*(?:import|export)\b[^"';]*?from\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']|\bimport\(\s*["'`]([^"'`]+)["'`]/gm;

const files = TOP.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") || name === "main.js")
    .map((name) => `${folder}/${name}`),
);
const texts = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), "utf8")]));
const textOf = (file: string): string => texts.get(file) ?? "";
const known = new Set(files);

const standsIn = (file: string, place: string): boolean =>
  place.endsWith("*") ? file.startsWith(place.slice(0, -1)) : file === place || file.startsWith(`${place}/`);

const home = (file: string): string | undefined =>
  Object.keys(ARROWS)
    .filter((place) => standsIn(file, place))
    .toSorted((a, b) => b.length - a.length)[0];

/** What a file imports: our own files by their path, packages by their name. */
const targets = (file: string): string[] =>
  [...textOf(file).matchAll(IMPORT)].map((found) => {
    const name = found[1] ?? found[2] ?? found[3] ?? "";
    if (name.startsWith(".")) return normalize(relative(ROOT, join(ROOT, dirname(file), name)));
    if (isBuiltin(name)) return "node:*";
    return name.split("/", name.startsWith("@") ? 2 : 1).join("/");
  });

const allowed = (file: string, target: string): boolean => {
  const from = home(file) ?? "";
  const to = known.has(target) ? (home(target) ?? "") : target;
  const arrows = ARROWS[from] ?? [];
  return to === from || arrows.includes(to) || arrows.includes("*");
};

const found = (which: readonly string[], pattern: RegExp): string[] =>
  which.flatMap((file) => [...textOf(file).matchAll(pattern)].map(([words]) => `${file}: ${words}`));

const under = (...places: string[]): string[] => files.filter((file) => places.some((place) => standsIn(file, place)));

describe("the arrows between the folders", () => {
  test("every file stands in a place that has arrows", () => {
    expect(files.length).toBeGreaterThan(300); // a test that reads no files would pass for ever
    expect(files.filter((file) => home(file) === undefined)).toEqual([]);
  });

  test("every import follows an arrow", () => {
    const imports = files.flatMap((file) => targets(file).map((to) => ({ file, to })));
    expect(imports.length).toBeGreaterThan(1000);
    expect(imports.filter(({ file, to }) => !allowed(file, to)).map(({ file, to }) => `${file} -> ${to}`)).toEqual([]);
  });

  test("every import of ours leads to a file", () => {
    const ours = files.flatMap((file) => targets(file).filter((to) => TOP.includes(to.split("/")[0] ?? "")));
    expect(ours.filter((to) => !known.has(to))).toEqual([]);
  });

  test("no import comes back to where it started", () => {
    const finished = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      else if (!finished.has(file)) {
        for (const next of targets(file).filter((to) => known.has(to))) walk(next, [...path, file]);
        finished.add(file);
      }
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });

  test("no place points at one that points back", () => {
    const pairs = Object.entries(ARROWS).flatMap(([from, arrows]) => arrows.map((to) => [from, to] as const));
    expect(pairs.filter(([from, to]) => from !== to && ARROWS[to]?.includes(from))).toEqual([]);
  });
});

describe("what a folder promises", () => {
  test("a rule asks no clock, no dice, no network and waits for nothing", () => {
    const WORLD =
      /\b(?:new Date\(\)|Date\.now|performance\.|Math\.random|process\.|console\.|crypto\.|setTimeout|fetch\(|async\b|await\b|Promise\b)/g;
    expect(under("domain").length).toBeGreaterThan(20);
    expect(found(under("domain"), WORLD)).toEqual([]);
  });

  test("what use cases need from the world is a promise: the ports hold types and nothing that runs", () => {
    expect(found(["src/ports.ts"], /^export (?!type\b|interface\b).*/gm)).toEqual([]);
  });

  test("the clock and the dice reach a use case as arguments", () => {
    expect(found(under("src/usecases"), /\b(?:new Date\(\)|Date\.now|Math\.random|randomUUID\w*)/g)).toEqual([]);
  });

  test("only src/config.ts reads the environment", () => {
    const READS = /\bprocess\.env\b|\bimport\.meta\.env\b|\benv\b[^;]*from "node:process"/g;
    const readers = found(under("domain", "bots", "src", "migrations"), READS);
    expect(new Set(readers.map((line) => line.split(":")[0]))).toEqual(new Set(["src/config.ts"]));
  });
});

describe("what stands in the repository", () => {
  const top = readdirSync(ROOT, { withFileTypes: true });
  const unkept = new Set([...readFileSync(join(ROOT, ".gitignore"), "utf8").split("\n"), ".git"]);

  test("the folders at the top are the five, and .ci", () => {
    const folders = top.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(folders.filter((name) => !unkept.has(name)).toSorted()).toEqual(TOP);
  });

  test("every setting has its sentence in .env.example, and nothing else stands there", () => {
    const lines = readFileSync(join(ROOT, ".env.example"), "utf8").matchAll(/^#? ?([A-Z][A-Z_]+)=/gm);
    expect(new Set([...lines].map(([, name]) => name))).toEqual(new Set(Object.keys(Environment.shape)));
  });

  test("nothing looks like a credential of a real account", () => {
    const CREDENTIALS = [
      /xox[abpr]-\d{9,}-\d{9,}-\w{20,}/g, // Slack, a token
      /xapp-\d-\w{9,}-\d{9,}-[0-9a-f]{40,}/g, // Slack, an app-level token
      /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{20,}/g, // Slack, an incoming webhook
      /\b\d{8,10}:AA[\w-]{33}\b/g, // Telegram, a bot's token
      /-----BEGIN [A-Z ]*PRIVATE KEY-----/g,
      /\b(?:sk|rk)_live_\w{16,}/g,
      /\b(?:ghp|gho|npm)_\w{30,}/g,
      /\bAKIA[0-9A-Z]{16}\b/g,
    ];
    const papers = top.filter((entry) => entry.isFile() && !unkept.has(entry.name)).map(({ name }) => name);
    for (const name of papers) texts.set(name, readFileSync(join(ROOT, name), "utf8"));
    expect(papers.length).toBeGreaterThan(5);
    expect(CREDENTIALS.flatMap((pattern) => found([...files, ...papers], pattern))).toEqual([]);
  });
});
