import { randomBytes } from "node:crypto";
import { ApiError } from "../api-error.ts";
import { jsonOr } from "../json.ts";
import { LIMITS } from "../limits.ts";
import type { Json } from "../saved-state.ts";
import { blockList, complaints } from "./blocks.ts";

const messageBlocks = blockList(LIMITS.messageBlocks);

/** Reads the `blocks` argument of a message, a JSON text, and refuses it as Slack does. */
export function parseBlocks(text: string): Json[] {
  return checkBlocks(jsonOr(text, () => null));
}

/** Checks blocks that arrived as an object already: an acknowledgement, a response URL. */
export function checkBlocks(value: unknown): Json[] {
  if (!Array.isArray(value)) throw new ApiError("invalid_blocks_format");
  const checked = messageBlocks.safeParse(value);
  if (!checked.success) throw new ApiError("invalid_blocks", complaints(checked.error, "/blocks"));
  if (lengthOfTexts(checked.data) > LIMITS.blockText) throw new ApiError("msg_blocks_too_long");
  return withNames(checked.data);
}

/** Slack names every block and every action that came without a name. */
export function withNames(blocks: readonly Json[]): Json[] {
  return blocks.map((block) => ({
    block_id: randomName(),
    ...block,
    ...(Array.isArray(block["elements"]) ? { elements: block["elements"].map(withActionId) } : {}),
    ...("accessory" in block ? { accessory: withActionId(block["accessory"]) } : {}),
    ...("element" in block ? { element: withActionId(block["element"]) } : {}),
  }));
}

function withActionId(element: unknown): unknown {
  if (typeof element !== "object" || element === null) return element;
  const passive = "type" in element && ["image", "plain_text", "mrkdwn"].includes(String(element.type));
  return passive ? element : { action_id: randomName(), ...element };
}

function randomName(): string {
  return randomBytes(4).toString("base64url");
}

function lengthOfTexts(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) => sum + (key === "text" && typeof inner === "string" ? inner.length : lengthOfTexts(inner)),
    0,
  );
}
