import type { FastifyInstance } from "fastify";
import { BOT, MANAGER_CHATS, OPS_CHANNEL, TEAM } from "./cast.ts";
import { AMD_EXPONENT, buildStandIns, type Playing, portOf, preferred, type StandInOptions } from "./stand-ins.ts";
import { createWriter, type Kept, openKept } from "./state-file.ts";
import type { BookRow } from "./workbench/state.ts";
import { mountWorkbench } from "./workbench/workbench.ts";

export type SandboxOptions = StandInOptions & {
  /** Where the chats are kept over a restart; null: nowhere. */
  readonly stateFile: string | null;
  /** What went wrong without stopping anything: a file that cannot be read or written. */
  readonly onTrouble: (error: Error) => void;
};

export type Sandbox = ReturnType<typeof createSandbox>;

/** The stand-ins of Slack, Telegram and VPOS.am as one world, and the page on which people play in it. */
export function createSandbox(options: SandboxOptions) {
  const { stateFile: file, onTrouble } = options;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const build = (kept: Kept): Playing => buildStandIns(options, kept, changed);
  const { kept, built: playing } = openKept({ file, botId: BOT.id, build, onTrouble });
  const { slack, telegram, vpos } = playing;
  const writer = file === null ? null : createWriter({ file, content: () => contentOf(kept, playing), onTrouble });

  return {
    /** The stand-ins themselves. */
    standIns: { slack, telegram, vpos },
    ...settingsOf(kept, playing),
    async start(): Promise<void> {
      await startAll(kept, playing);
      slack?.onChange(changed);
      vpos?.onChange(changed);
      if (writer) listeners.add(() => writer.soon());
      writer?.soon();
    },
    /** Saves what there is, when it has a place to. */
    async stop(): Promise<void> {
      listeners.clear();
      await Promise.all([slack?.stop(), telegram?.stop(), vpos?.stop()]);
      await writer?.finish();
    },
    /** Adds `/sandbox` to a server that is not listening yet. */
    workbench(server: FastifyInstance, needs: { readonly book: () => Promise<readonly BookRow[]> }): void {
      mountWorkbench(server, { ...needs, playing, onChange });
    },
  };
}

/** What the service needs to know of each stand-in, as its settings would say it. Addresses are known after `start()`. */
function settingsOf({ secrets }: Kept, { slack, telegram, vpos }: Playing) {
  return {
    slack: slack && {
      get apiUrl() {
        return slack.apiUrl;
      },
      botToken: secrets.slackBotToken,
      signingSecret: secrets.slackSigningSecret,
      opsChannel: OPS_CHANNEL,
      team: TEAM,
      app: slack.app,
    },
    telegram: telegram && {
      get apiRoot() {
        return telegram.apiRoot;
      },
      botToken: secrets.telegramBotToken,
      managerChats: MANAGER_CHATS,
    },
    vpos: vpos && {
      get origin() {
        return vpos.origin;
      },
      apiToken: secrets.vposApiToken,
      webhookSecret: secrets.vposWebhookSecret,
      amdExponent: AMD_EXPONENT,
    },
  } as const;
}

/** Remembers the ports while they are known: a stopped stand-in has no address any more. */
async function startAll({ ports }: Kept, { slack, telegram, vpos }: Playing): Promise<void> {
  if (slack) {
    await slack.start(await preferred(ports.slack));
    ports.slack = portOf(slack.apiUrl);
  }
  if (telegram) ports.telegram = portOf(await telegram.start(await preferred(ports.telegram)));
  if (vpos) {
    await vpos.start(await preferred(ports.vpos));
    ports.vpos = portOf(vpos.origin);
  }
}

/** A part that is real this time keeps what its stand-in knew. */
const contentOf = (kept: Kept, { slack, telegram, vpos }: Playing): Kept => ({
  ...kept,
  slack: slack ? slack.snapshot() : kept.slack,
  telegram: telegram ? telegram.snapshot() : kept.telegram,
  vpos: vpos ? vpos.snapshot() : kept.vpos,
});
