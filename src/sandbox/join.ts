import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { MANAGER_CHATS, OPS_CHANNEL } from "./cast.ts";
import { AMD_EXPONENT } from "./stand-ins.ts";

/** What a second process on the same data folder needs of the file that the first one writes. */
const Hosted = z.object({
  secrets: z.object({
    slackBotToken: z.string(),
    slackSigningSecret: z.string(),
    telegramBotToken: z.string(),
    vposApiToken: z.string(),
    vposWebhookSecret: z.string(),
  }),
  ports: z.object({ slack: z.number().nullable(), telegram: z.number().nullable(), vpos: z.number().nullable() }),
});

const PATIENCE_MS = 5000;

/**
 * The stand-ins that another process of this data folder runs: two worlds beside one database would tell different
 * stories. Waits a moment for a host that is just starting.
 */
export async function joinSandbox(stateFile: string) {
  const { secrets, ports } = await readHosted(stateFile);
  return {
    slack:
      ports.slack === null
        ? null
        : {
            apiUrl: `${at(ports.slack)}/api/`,
            botToken: secrets.slackBotToken,
            signingSecret: secrets.slackSigningSecret,
            opsChannel: OPS_CHANNEL,
          },
    telegram:
      ports.telegram === null
        ? null
        : { apiRoot: at(ports.telegram), botToken: secrets.telegramBotToken, managerChats: MANAGER_CHATS },
    vpos:
      ports.vpos === null
        ? null
        : {
            origin: at(ports.vpos),
            apiToken: secrets.vposApiToken,
            webhookSecret: secrets.vposWebhookSecret,
            amdExponent: AMD_EXPONENT,
          },
  };
}

const at = (port: number): string => `http://127.0.0.1:${port}`;

async function readHosted(stateFile: string): Promise<z.infer<typeof Hosted>> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
    try {
      return Hosted.parse(JSON.parse(readFileSync(stateFile, "utf8")));
    } catch (cause) {
      if (Date.now() < deadline) continue;
      throw new Error(`The stand-ins of another process could not be found in ${stateFile}: stop it and start again.`, {
        cause,
      });
    }
  }
}
