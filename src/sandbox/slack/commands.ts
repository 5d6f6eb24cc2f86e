import { readAnswer, showAnswer } from "./app-answers.ts";
import { jsonOrText } from "./json.ts";
import { whisper } from "./messages.ts";
import { common, knownPerson, knownPlace, publicName } from "./people-and-places.ts";
import { type Delivery, deliver, type Signature } from "./sender.ts";
import type { Workspace } from "./workspace.ts";

export type Command = {
  readonly userId: string;
  readonly channelId: string;
  /** What stands after the command. */
  readonly text: string;
  /** Default `/paylink`. */
  readonly command?: string;
  /** Given twice: the double delivery of one command. */
  readonly triggerId?: string;
  /** Another workspace than the one where the app is installed. */
  readonly teamId?: string;
  readonly signature?: Signature;
};

/** A person types a slash command. The answer in the acknowledgement is shown to them. */
export async function sendCommand(workspace: Workspace, asked: Command): Promise<Delivery> {
  const { command = "/paylink", text, channelId, userId } = asked;
  const person = knownPerson(workspace, userId);
  const place = knownPlace(workspace, channelId);
  const here = { channelId, userId, messageTs: null, threadTs: null };
  const { token, api_app_id: appId } = common(workspace);
  const form = new URLSearchParams({
    token: String(token),
    team_id: asked.teamId ?? workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channelId,
    channel_name: publicName(place),
    user_id: userId,
    user_name: person.name,
    command,
    text,
    api_app_id: String(appId),
    is_enterprise_install: "false",
    response_url: workspace.origin + workspace.responseUrls.issue("commands", workspace.team.id, here),
    trigger_id: workspace.triggers.issue(userId, asked.triggerId),
  });
  const delivery = await deliver(workspace, {
    kind: "command",
    name: command,
    body: form.toString(),
    contentType: "application/x-www-form-urlencoded",
    signature: asked.signature,
  });
  const failure = commandFailure(delivery) ?? showAcknowledgement(workspace, here, delivery.body);
  if (failure !== null) {
    whisper(workspace, { channelId, userId, from: "slackbot", text: `${command} failed with the error "${failure}"` });
  }
  return delivery;
}

/** What Slack tells the person when the app is not there for them. */
function commandFailure({ late, status }: Delivery): string | null {
  if (late) return "operation_timeout";
  return status === 200 ? null : "dispatch_failed";
}

function showAcknowledgement(
  workspace: Workspace,
  here: Parameters<typeof showAnswer>[1],
  body: string,
): string | null {
  if (body === "") return null;
  try {
    const answered = readAnswer(jsonOrText(body));
    if (!answered) return "invalid_command_response";
    if (answered.text !== "" || answered.blocks.length > 0) showAnswer(workspace, here, answered);
    return null;
  } catch {
    return "invalid_command_response";
  }
}
