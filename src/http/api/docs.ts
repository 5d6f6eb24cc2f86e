import type { FastifyInstance } from "fastify";
import { liking } from "./accept.ts";
import { DOCS_HEADERS, docsPage } from "./docs-page.ts";
import { describeApi } from "./document.ts";

/** The API's documentation: for programs as JSON, for a browser as a page. Anybody may read it. */
export function docsRoutes(server: FastifyInstance, { publicUrl }: { readonly publicUrl: string }): void {
  const document = describeApi(publicUrl);
  const page = docsPage(document);
  server.get("/api/docs.json", (_, reply) => reply.send(document));
  server.get("/api/docs", ({ headers: { accept = "*/*" } }, reply) => {
    reply.header("vary", "Accept");
    return liking(accept, "text/html") > liking(accept, "application/json")
      ? reply.headers(DOCS_HEADERS).type("text/html; charset=utf-8").send(page)
      : reply.send(document);
  });
}
