import type { FastifyInstance } from "fastify";
import { addApi } from "./api.ts";
import { addAssets } from "./assets.ts";
import { guard } from "./guard.ts";
import type { Needs } from "./needs.ts";
import { addPage } from "./page.ts";
import { createMergedWire } from "./wire.ts";

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
