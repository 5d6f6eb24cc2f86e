import { randomBytes } from "node:crypto";
import { ApiError } from "./api-error.ts";
import { LIMITS } from "./limits.ts";
import type { Json, View } from "./saved-state.ts";
import { changed, type Workspace } from "./workspace.ts";

/** Opens a modal for a person, alone or on top of another one (`above`). */
export function openModal(workspace: Workspace, userId: string, content: Json, above?: View): View {
  const below = workspace.state.views.filter(({ rootViewId }) => rootViewId === above?.rootViewId);
  if (below.length >= LIMITS.viewStack) throw new ApiError("push_limit_reached");
  const id = newViewId();
  return add(workspace, {
    id,
    type: "modal",
    userId,
    hash: newHash(),
    rootViewId: above?.rootViewId ?? id,
    previousViewId: above?.id ?? null,
    content,
  });
}

/** The App Home of a person: there is one, and it stays. */
export function setHome(workspace: Workspace, userId: string, content: Json): View {
  const id = newViewId();
  return add(workspace, { id, type: "home", userId, hash: newHash(), rootViewId: id, previousViewId: null, content });
}

function add(workspace: Workspace, view: View): View {
  refuseTakenName(workspace, view.content, view);
  workspace.state.views.push(view);
  changed(workspace);
  return view;
}

export function replaceView(workspace: Workspace, view: View, content: Json): View {
  refuseTakenName(workspace, content, view);
  view.content = content;
  view.hash = newHash();
  changed(workspace);
  return view;
}

export function closeView(workspace: Workspace, view: View, wholeStack: boolean): void {
  const { state } = workspace;
  state.views = state.views.filter((other) => (wholeStack ? other.rootViewId !== view.rootViewId : other !== view));
  changed(workspace);
}

export function findView({ state }: Workspace, name: { id: string | undefined; externalId?: string | undefined }) {
  return state.views.find(
    ({ id, content }) =>
      id === name.id || (name.externalId !== undefined && content["external_id"] === name.externalId),
  );
}

export function homeOf({ state }: Workspace, userId: string): View | undefined {
  return state.views.find((view) => view.type === "home" && view.userId === userId);
}

function refuseTakenName({ state }: Workspace, content: Json, view: View): void {
  const name = content["external_id"];
  if (name === undefined || name === "") return;
  const taken = state.views.some((other) => other !== view && other.content["external_id"] === name);
  if (taken) throw new ApiError("duplicate_external_id");
}

/** The view as the Web API and the payloads show it; `values` is what the person has filled in. */
export function viewObject({ app, team }: Workspace, view: View, values: Json = {}): Record<string, unknown> {
  return {
    private_metadata: "",
    callback_id: "",
    external_id: "",
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    ...view.content,
    id: view.id,
    team_id: team.id,
    type: view.type,
    state: { values },
    hash: view.hash,
    root_view_id: view.rootViewId,
    previous_view_id: view.previousViewId,
    app_id: app.id,
    bot_id: app.botId,
  };
}

function newViewId(): string {
  return `V${randomBytes(5).toString("hex").toUpperCase()}`;
}

function newHash(): string {
  return `${randomBytes(5).readUIntBE(0, 5)}.${randomBytes(4).toString("hex")}`;
}
