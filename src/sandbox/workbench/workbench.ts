import type { FastifyInstance } from "fastify";
import type { Playing } from "../stand-ins.ts";
import { addApi } from "./api.ts";
import { addAssets } from "./assets.ts";
import { guard } from "./guard.ts";
import { addPage } from "./page.ts";
import type { BookRow } from "./state.ts";
import { createMergedWire } from "./wire.ts";

export type { BookRow };

export type Needs = {
  readonly playing: Playing;
  /** The invoices that the page lists, in words for people. */
  readonly book: () => Promise<readonly BookRow[]>;
  /** Returns how to stop listening. */
  readonly onChange: (listener: () => void) => () => void;
};

/** The workbench: one page that shows every chat side by side, and the JSON behind it. */
export function mountWorkbench(server: FastifyInstance, needs: Needs): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    addPage(scope);
    addAssets(scope);
    await scope.register(async (api) => {
      guard(api);
      addApi(api, { ...needs, wire: createMergedWire(needs.playing) });
    });
  });
}
