import { z } from "zod";

export type SlackSettings = {
  readonly botToken: string;
  readonly signingSecret: string | null;
  readonly appToken: string | null;
  readonly apiUrl: string;
};

/** Who Slack says we are. */
export const SlackIdentity = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string().optional() });
export type SlackIdentity = z.infer<typeof SlackIdentity>;
