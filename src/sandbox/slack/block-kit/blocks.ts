import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { accessory, actionElement, image, inputElement } from "./elements.ts";
import { anyText, identifier, plainText } from "./texts.ts";

const named = { block_id: identifier.optional() };

const section = z
  .strictObject({
    type: z.literal("section"),
    ...named,
    text: anyText(LIMITS.sectionText).optional(),
    fields: z.array(anyText(LIMITS.fieldText)).min(1).max(LIMITS.sectionFields).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, { error: "needs text or fields" });

const header = z.strictObject({ type: z.literal("header"), ...named, text: plainText(LIMITS.header) });

const contextElement = z.union([anyText(LIMITS.sectionText), image]);

const context = z.strictObject({
  type: z.literal("context"),
  ...named,
  elements: z.array(contextElement).min(1).max(LIMITS.contextElements),
});

const actions = z
  .strictObject({
    type: z.literal("actions"),
    ...named,
    elements: z.array(actionElement).min(1).max(LIMITS.actionElements),
  })
  .refine(({ elements }) => allDifferent(elements.map((element) => element.action_id)), {
    error: "action_id must be unique within its block",
  });

const divider = z.strictObject({ type: z.literal("divider"), ...named });

const imageBlock = z.strictObject({
  ...image.shape,
  ...named,
  title: plainText(LIMITS.label).optional(),
});

const input = z.strictObject({
  type: z.literal("input"),
  ...named,
  label: plainText(LIMITS.label),
  element: inputElement,
  hint: plainText(LIMITS.label).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const markdown = z.strictObject({ type: z.literal("markdown"), ...named, text: z.string().max(LIMITS.markdown) });

const block = z.discriminatedUnion("type", [section, header, context, actions, divider, imageBlock, input, markdown]);

/** The blocks of a message or a view, at most `max`. Kinds the product has no use for (video, file, tables) are refused. */
export const blockList = (max: number) =>
  z
    .array(block)
    .max(max)
    .refine((blocks) => allDifferent(blocks.map(({ block_id: id }) => id)), { error: "block_id must be unique" });

function allDifferent(names: readonly (string | undefined)[]): boolean {
  const given = names.filter((name) => name !== undefined);
  return new Set(given).size === given.length;
}

/** In Slack's form: `[ERROR] must be less than 76 characters [json-pointer:/blocks/0/text]`. */
export function complaints(error: z.ZodError, root: string): string[] {
  return error.issues.map(({ message, path }) => `[ERROR] ${message} [json-pointer:${[root, ...path].join("/")}]`);
}
