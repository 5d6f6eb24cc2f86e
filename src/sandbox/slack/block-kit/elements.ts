import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { address, confirmation, identifier, option, plainText } from "./texts.ts";

const action = { action_id: identifier.optional(), confirm: confirmation.optional() };
const focus = { focus_on_load: z.boolean().optional() };
const placeholder = plainText(LIMITS.placeholder).optional();
const options = (max: number) => z.array(option).min(1).max(max);
const groups = z
  .array(z.strictObject({ label: plainText(LIMITS.optionText), options: options(LIMITS.options) }))
  .max(LIMITS.options);
const text = { ...focus, action_id: identifier.optional(), initial_value: z.string().optional(), placeholder };

const button = z.strictObject({
  type: z.literal("button"),
  ...action,
  text: plainText(LIMITS.buttonText),
  url: address.optional(),
  value: z.string().max(LIMITS.buttonValue).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  accessibility_label: z.string().max(LIMITS.accessibilityLabel).optional(),
});

const staticSelect = z
  .strictObject({
    type: z.literal("static_select"),
    ...action,
    ...focus,
    placeholder,
    options: options(LIMITS.options).optional(),
    option_groups: groups.optional(),
    initial_option: option.optional(),
  })
  .refine((select) => (select.options === undefined) !== (select.option_groups === undefined), {
    error: "needs either options or option_groups",
  });

const externalSelect = z.strictObject({
  type: z.literal("external_select"),
  ...action,
  ...focus,
  placeholder,
  initial_option: option.optional(),
  min_query_length: z.int().min(0).optional(),
});

const userSelect = z.strictObject({
  type: z.literal("users_select"),
  ...action,
  ...focus,
  placeholder,
  initial_user: z.string().optional(),
});

const overflow = z.strictObject({ type: z.literal("overflow"), ...action, options: options(LIMITS.overflowOptions) });

const radioButtons = z.strictObject({
  type: z.literal("radio_buttons"),
  ...action,
  ...focus,
  options: options(LIMITS.radioOptions),
  initial_option: option.optional(),
});

const checkboxes = z.strictObject({
  type: z.literal("checkboxes"),
  ...action,
  ...focus,
  options: options(LIMITS.radioOptions),
  initial_options: options(LIMITS.radioOptions).optional(),
});

const datePicker = z.strictObject({
  type: z.literal("datepicker"),
  ...action,
  ...focus,
  placeholder,
  initial_date: z.iso.date().optional(),
});

const textInput = z.strictObject({
  type: z.literal("plain_text_input"),
  ...text,
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(LIMITS.inputLength).optional(),
  max_length: z.int().min(1).max(LIMITS.inputLength).optional(),
});

const numberInput = z.strictObject({
  type: z.literal("number_input"),
  ...text,
  is_decimal_allowed: z.boolean(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
});

export const image = z.strictObject({
  type: z.literal("image"),
  image_url: address,
  alt_text: z.string().max(LIMITS.label),
});

const interactive = [
  button,
  staticSelect,
  externalSelect,
  userSelect,
  overflow,
  radioButtons,
  checkboxes,
  datePicker,
] as const;

export const actionElement = z.discriminatedUnion("type", interactive);
export const accessory = z.discriminatedUnion("type", [image, ...interactive]);
export const inputElement = z.discriminatedUnion("type", [
  textInput,
  numberInput,
  staticSelect,
  externalSelect,
  userSelect,
  radioButtons,
  checkboxes,
  datePicker,
]);
