import type { FastifyInstance } from "fastify";
import { liking } from "./accept.ts";
import { DOCS_HEADERS, docsPage } from "./docs-page.ts";

/** The API's documentation: for programs as JSON, for a browser as a page. Anybody may read it. */
export function docsRoutes(server: FastifyInstance, { publicUrl }: { readonly publicUrl: string }): void {
  // Made for the first reader: the generator is not loaded at the start for a page that is seldom read.
  const describe = async () => (await import("./document.ts")).describeApi(publicUrl);
  server.get("/api/docs.json", async (_, reply) => reply.send(await describe()));
  server.get("/api/docs", async ({ headers: { accept = "*/*" } }, reply) => {
    const document = await describe();
    reply.header("vary", "Accept");
    return liking(accept, "text/html") > liking(accept, "application/json")
      ? reply.headers(DOCS_HEADERS).type("text/html; charset=utf-8").send(docsPage(document))
      : reply.send(document);
  });
}
