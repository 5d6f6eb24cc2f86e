import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const port = z.int().min(1).max(65_535).nullable();

const kept = z.object({
  version: z.literal(1),
  /** Made up for this folder: they open nothing but these stand-ins. */
  secrets: z.object({
    slackBotToken: z.string(),
    slackSigningSecret: z.string(),
    telegramBotToken: z.string(),
    vposApiToken: z.string(),
    vposWebhookSecret: z.string(),
  }),
  /** Taken again when they are free, so that addresses in old messages still lead somewhere. */
  ports: z.object({ slack: port, telegram: port, vpos: port }),
  languages: z.record(z.string(), z.enum(["hy", "ru", "en"])),
  /** The stand-ins' own snapshots; null: that one never ran here. */
  slack: z.unknown(),
  telegram: z.unknown(),
  vpos: z.unknown(),
});

/** Everything that the stand-ins keep over a restart. */
export type Kept = z.infer<typeof kept>;

export function nothingKept(botId: number): Kept {
  return {
    version: 1,
    secrets: {
      slackBotToken: `xoxb-${random()}`,
      slackSigningSecret: random(),
      telegramBotToken: `${botId}:AA${random()}`,
      vposApiToken: `vpos_${random()}`,
      vposWebhookSecret: random(),
    },
    ports: { slack: null, telegram: null, vpos: null },
    languages: {},
    slack: null,
    telegram: null,
    vpos: null,
  };
}

const random = (): string => randomBytes(24).toString("hex");

type Opening<T> = {
  readonly file: string | null;
  readonly botId: number;
  /** Builds what runs. Throws when a snapshot cannot be used. */
  readonly build: (kept: Kept) => T;
  readonly onTrouble: (error: Error) => void;
};

/** Goes on from the file. One that cannot be used is moved aside, never deleted, and everything begins anew. */
export function openKept<T>({ file, botId, build, onTrouble }: Opening<T>): { kept: Kept; built: T } {
  if (file !== null && existsSync(file)) {
    const text = readFileSync(file, "utf8");
    try {
      const read = kept.parse(JSON.parse(text));
      return { kept: read, built: build(read) };
    } catch (cause) {
      const aside = `${file}.unreadable-${Date.now()}`;
      renameSync(file, aside);
      onTrouble(
        new Error(`The stand-ins begin anew: their saved chats could not be read. Kept as ${aside}.`, { cause }),
      );
    }
  }
  const fresh = nothingKept(botId);
  return { kept: fresh, built: build(fresh) };
}

const QUIET_MS = 200;

export type Writer = {
  /** Something changed: it is written soon, together with what changes meanwhile. */
  soon(): void;
  /** Writes now and ends. */
  finish(): Promise<void>;
};

/** Writes the file whole or not at all: beside it first, then in its place. Only its owner may read it. */
export function createWriter(options: {
  readonly file: string;
  readonly content: () => Kept;
  readonly onTrouble: (error: Error) => void;
}): Writer {
  const { file, content, onTrouble } = options;
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const write = async (): Promise<void> => {
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify(content()), { mode: 0o600 });
      await rename(`${file}.new`, file);
    } catch (cause) {
      onTrouble(new Error(`The chats of the stand-ins could not be saved in ${file}.`, { cause }));
    }
  };
  const now = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    last = last.then(write);
    return last;
  };
  return { soon: () => void (timer ??= setTimeout(() => void now(), QUIET_MS)), finish: now };
}
