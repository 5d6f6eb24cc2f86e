import { ApiError } from "./api-error.ts";
import { type AppAnswer, readAnswer, showAnswer } from "./app-answers.ts";
import { edit, findMessage, remove } from "./messages.ts";
import type { Ephemeral, Message } from "./saved-state.ts";
import type { ResponsePlace } from "./response-urls.ts";
import type { Reply } from "./web-api/call.ts";
import { changed, type Workspace } from "./workspace.ts";

/** A POST to a response URL. It needs no token, works without a scope and in channels the app has not joined. */
export function answerThroughResponseUrl(workspace: Workspace, path: string, value: unknown): Reply {
  const place = workspace.responseUrls.use(path);
  if (typeof place === "string") return reply(404, place);
  try {
    const answered = typeof value === "string" ? null : readAnswer(value);
    if (!answered) return reply(400, "invalid_payload");
    const aboutOriginal = answered.replace_original === true || answered.delete_original === true;
    if (place.messageTs !== null && aboutOriginal) changeOriginal(workspace, place, answered);
    else showAnswer(workspace, place, answered);
    return reply(200, null);
  } catch (error) {
    if (error instanceof ApiError) return reply(400, error.code);
    throw error;
  }
}

function changeOriginal(workspace: Workspace, place: ResponsePlace, answered: AppAnswer): void {
  const original = originalOf(workspace, place);
  if (!original) throw new ApiError("message_not_found");
  if (answered.delete_original === true) return remove(workspace, original);
  const { text, blocks } = answered;
  if (text === "" && blocks.length === 0) throw new ApiError("no_text");
  if ("edits" in original) return edit(workspace, original, { text, blocks });
  Object.assign(original, { text, blocks });
  changed(workspace);
}

/** A response URL is the only way to change an ephemeral message. */
function originalOf(workspace: Workspace, { channelId, messageTs }: ResponsePlace): Message | Ephemeral | undefined {
  const ts = messageTs ?? "";
  return findMessage(workspace, channelId, ts) ?? workspace.state.ephemerals.find((one) => one.ts === ts);
}

function reply(status: number, error: string | null): Reply {
  return { status, headers: {}, body: error === null ? { ok: true } : { ok: false, error } };
}
