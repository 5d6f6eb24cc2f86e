import type { types } from "@slack/bolt";
import { z } from "zod";
import { CASE_ACTIONS } from "../../domain/cases.ts";
import type { Locale } from "../../domain/locale.ts";
import { plain } from "./blocks.ts";
import { jsonIn } from "./json.ts";
import { labelsIn } from "../labels.ts";

/** The window that asks why before a case is decided, and its one field. */
export const DECIDE = "case.decide";
export const REASON = "reason";
const LONGEST_REASON = 400;

const meant = z.object({ case: z.string(), action: z.enum(CASE_ACTIONS), channel: z.string() });

/** What the window is about. It travels through Slack and back: it names things and grants nothing. */
export type Decision = z.infer<typeof meant>;

export const decisionOf = (metadata: string): Decision | undefined => meant.safeParse(jsonIn(metadata)).data;

const pressed = z.object({ case: z.string() });

/** What the button of a case asks for; undefined: it is no button of a case. */
export function decisionPressed(actionId: string, value: string): Omit<Decision, "channel"> | undefined {
  const action = CASE_ACTIONS.find((one) => actionId === `case.${one}`);
  const read = pressed.safeParse(jsonIn(value)).data;
  return action && read && { case: read.case, action };
}

export function decideWindow(about: Decision, locale: Locale): types.ModalView {
  const { title, reason, submit, close } = labelsIn(locale).modal;
  return {
    type: "modal",
    callback_id: DECIDE,
    private_metadata: JSON.stringify(about),
    title: plain(title),
    submit: plain(submit),
    close: plain(close),
    blocks: [
      { type: "section", text: plain(labelsIn(locale).caseButtons[about.action]) },
      {
        type: "input",
        block_id: REASON,
        label: plain(reason),
        element: { type: "plain_text_input", action_id: REASON, multiline: true, max_length: LONGEST_REASON },
      },
    ],
  };
}
