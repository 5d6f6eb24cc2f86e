import { z } from "zod";
import { ApiError } from "../api-error.ts";
import { parseView } from "../block-kit/view-content.ts";
import { TIERS } from "../limits.ts";
import type { View } from "../saved-state.ts";
import { findView, homeOf, openModal, replaceView, setHome, viewObject } from "../views.ts";
import { personOf } from "../workspace.ts";
import { method, type Method, required, text } from "./method.ts";

const open = method({
  scope: null,
  perMinute: TIERS.t4,
  args: z.object({ trigger_id: required, view: required }),
  run(workspace, args) {
    const content = parseView(args.view, "modal");
    const userId = workspace.triggers.exchange(args.trigger_id);
    return { view: viewObject(workspace, openModal(workspace, userId, content)) };
  },
});

const update = method({
  scope: null,
  perMinute: TIERS.t4,
  args: z.object({ view: required, view_id: text.optional(), external_id: text.optional(), hash: text.optional() }),
  run(workspace, args) {
    const view = findView(workspace, { id: args.view_id, externalId: args.external_id });
    if (!view) throw new ApiError("not_found");
    refuseOldHash(view, args.hash);
    return { view: viewObject(workspace, replaceView(workspace, view, parseView(args.view, view.type))) };
  },
});

const publish = method({
  scope: null,
  perMinute: TIERS.t4,
  args: z.object({ user_id: required, view: required, hash: text.optional() }),
  run(workspace, args) {
    if (!personOf(workspace, args.user_id)) throw new ApiError("invalid_arguments", ["[ERROR] invalid `user_id`"]);
    const content = parseView(args.view, "home");
    const before = homeOf(workspace, args.user_id);
    if (before) refuseOldHash(before, args.hash);
    const view = before ? replaceView(workspace, before, content) : setHome(workspace, args.user_id, content);
    return { view: viewObject(workspace, view) };
  },
});

/** The hash guards against overwriting a view that someone changed meanwhile; it is optional. */
function refuseOldHash(view: View, hash: string | undefined): void {
  if (hash !== undefined && hash !== view.hash) throw new ApiError("hash_conflict");
}

export const views: Readonly<Record<string, Method>> = {
  "views.open": open,
  "views.update": update,
  "views.publish": publish,
};
