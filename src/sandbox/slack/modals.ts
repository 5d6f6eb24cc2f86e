import { z } from "zod";
import { checkView } from "./block-kit/view-content.ts";
import { sendInteraction } from "./interactions.ts";
import { jsonOrText, objectsIn } from "./json.ts";
import { common, knownPerson, teamField, userField } from "./people-and-places.ts";
import type { Json, View } from "./saved-state.ts";
import type { Delivery, Signature } from "./sender.ts";
import { closeView, openModal, replaceView, viewObject } from "./views.ts";
import type { Workspace } from "./workspace.ts";

export type Submit = {
  readonly userId: string;
  readonly viewId: string;
  /** What the person filled in, by `action_id`. */
  readonly values: Readonly<Record<string, string>>;
  readonly signature?: Signature;
};

export type Suggest = Pick<Submit, "userId" | "viewId"> & { readonly actionId: string; readonly typed: string };

/** `errors`: what the person sees under the fields, by `block_id`; null when the modal closed or changed. */
export type Submitted = { readonly delivery: Delivery; readonly errors: Readonly<Record<string, string>> | null };

/** A person presses Submit. Slack does not let an empty required field through, and neither does this. */
export async function submit(workspace: Workspace, asked: Submit): Promise<Submitted> {
  const view = modalOf(workspace, asked);
  const payload = {
    ...fieldsOf(workspace, asked.userId),
    type: "view_submission",
    trigger_id: workspace.triggers.issue(asked.userId),
    view: viewObject(workspace, view, filledIn(view, asked.values)),
    response_urls: [],
  };
  const delivery = await sendInteraction(workspace, payload, asked.signature);
  if (delivery.status !== 200) return { delivery, errors: { "": "We had some trouble connecting. Try again?" } };
  return { delivery, errors: applyResponse(workspace, view, delivery.body) };
}

/** A person closes a window. The app is not told: it has not asked to be (`notify_on_close`). */
export function leave(workspace: Workspace, asked: Pick<Submit, "userId" | "viewId">): void {
  closeView(workspace, modalOf(workspace, asked), false);
}

/** A person types into an `external_select`: the options the app offers. */
export function suggest(workspace: Workspace, asked: Suggest): Promise<Delivery> {
  const view = modalOf(workspace, asked);
  const block = objectsIn(view.content["blocks"]).find((one) => actionIdIn(one) === asked.actionId);
  if (!block) throw new Error(`The view has no input ${asked.actionId}.`);
  return sendInteraction(workspace, {
    ...fieldsOf(workspace, asked.userId),
    type: "block_suggestion",
    container: { type: "view", view_id: view.id },
    action_id: asked.actionId,
    block_id: block["block_id"],
    value: asked.typed,
    view: viewObject(workspace, view),
  });
}

function fieldsOf(workspace: Workspace, userId: string): Json {
  const user = userField(workspace, knownPerson(workspace, userId));
  return { ...common(workspace), team: teamField(workspace), user };
}

function modalOf({ state }: Workspace, { userId, viewId }: { userId: string; viewId: string }): View {
  const view = state.views.find((one) => one.id === viewId && one.userId === userId && one.type === "modal");
  if (!view) throw new Error(`${userId} has no open modal ${viewId}.`);
  return view;
}

function actionIdIn({ element }: Json): unknown {
  return objectsIn([element])[0]?.["action_id"];
}

/** `view.state.values`: block id, action id, then the value in the form its element has. */
function filledIn(view: View, values: Submit["values"]): Json {
  const inputs = objectsIn(view.content["blocks"]).filter(({ type }) => type === "input");
  return Object.fromEntries(
    inputs.map((block) => {
      const [element = {}] = objectsIn([block["element"]]);
      const actionId = String(element["action_id"]);
      const value = values[actionId] ?? startingValue(element);
      if (value === null && block["optional"] !== true) throw new Error(`The field ${actionId} must be filled in.`);
      return [String(block["block_id"]), { [actionId]: { type: element["type"], ...stateOf(element, value) } }];
    }),
  );
}

function startingValue(element: Json): string | null {
  const [option] = objectsIn([element["initial_option"]]);
  const value = element["initial_value"] ?? element["initial_date"] ?? element["initial_user"] ?? option?.["value"];
  return typeof value === "string" ? value : null;
}

function stateOf(element: Json, value: string | null): Json {
  if (element["type"] === "datepicker") return { selected_date: value };
  if (element["type"] === "users_select") return { selected_user: value };
  if (element["type"] === "checkboxes") return { selected_options: optionsNamed(element, (value ?? "").split(",")) };
  const text = element["type"] === "plain_text_input" || element["type"] === "number_input";
  if (text) return { value };
  if (value === null) return { selected_option: null };
  const [option] = optionsNamed(element, [value]);
  return { selected_option: option ?? { text: { type: "plain_text", text: value, emoji: true }, value } };
}

function optionsNamed(element: Json, values: readonly string[]): Json[] {
  const grouped = objectsIn(element["option_groups"]).flatMap((group) => objectsIn(group["options"]));
  const options = [...objectsIn(element["options"]), ...grouped, ...objectsIn([element["initial_option"]])];
  return options.filter(({ value }) => values.includes(String(value)));
}

const response = z.discriminatedUnion("response_action", [
  z.object({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal("update"), view: z.unknown() }),
  z.object({ response_action: z.literal("push"), view: z.unknown() }),
  z.object({ response_action: z.literal("clear") }),
]);

/** Does what the acknowledgement says; an empty one closes this modal. */
function applyResponse(workspace: Workspace, view: View, body: string): Submitted["errors"] {
  if (body === "") {
    closeView(workspace, view, false);
    return null;
  }
  const asked = response.parse(jsonOrText(body));
  if (asked.response_action === "errors") return asked.errors;
  if (asked.response_action === "clear") closeView(workspace, view, true);
  if (asked.response_action === "update") replaceView(workspace, view, checkView(asked.view, "modal"));
  if (asked.response_action === "push") openModal(workspace, view.userId, checkView(asked.view, "modal"), view);
  return null;
}
