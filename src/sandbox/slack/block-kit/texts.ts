import { z } from "zod";
import { LIMITS } from "../limits.ts";

export const identifier = z.string().max(LIMITS.identifier);
export const address = z.url().max(LIMITS.address);

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(max), emoji: z.boolean().optional() });

const markedText = (max: number) =>
  z.strictObject({ type: z.literal("mrkdwn"), text: z.string().min(1).max(max), verbatim: z.boolean().optional() });

/** A text that may be plain or in Slack's own markup. */
export const anyText = (max: number) => z.discriminatedUnion("type", [plainText(max), markedText(max)]);

export const option = z.strictObject({
  text: anyText(LIMITS.optionText),
  value: z.string().max(LIMITS.optionValue),
  description: anyText(LIMITS.optionText).optional(),
  url: address.optional(),
});

export const confirmation = z.strictObject({
  title: plainText(LIMITS.confirmTitle),
  text: anyText(LIMITS.confirmText),
  confirm: plainText(LIMITS.confirmButton),
  deny: plainText(LIMITS.confirmButton),
  style: z.enum(["primary", "danger"]).optional(),
});
