import { readdirSync, readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";

const FOLDER = new URL("./assets/", import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

/** Scripts and styles of the page: only the files that lie in the folder, each at its own address. */
export function addAssets(server: FastifyInstance): void {
  for (const name of readdirSync(FOLDER)) {
    const type = TYPES[name.split(".").at(-1) ?? ""];
    if (type === undefined) continue;
    const content = readFileSync(new URL(name, FOLDER));
    server.get(`/sandbox/assets/${name}`, (_request, reply) =>
      reply
        .headers({ "content-type": type, "cache-control": "no-cache", "x-content-type-options": "nosniff" })
        .send(content),
    );
  }
}
