import fastify from "fastify";
import { z } from "zod";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/sandbox.ts";
import type { BookRow, WorkbenchState } from "../../src/sandbox/workbench/state.ts";
import { PAYLINK_TOKEN, scriptedService } from "./workbench-service.ts";

export { PAYLINK_TOKEN };

export const BOOK: readonly BookRow[] = [
  { name: "INV-1042", amount: "AMD 15,000", customer: "Aram Sargsyan", purpose: "Floor tiles, 12 m²", status: null },
  { name: "INV-1043", amount: "AMD 48,500", customer: "Mariam Avetisyan", purpose: "Terrace slabs", status: "paid" },
  {
    name: "INV-1044",
    amount: "AMD 7,200",
    customer: "Aram Sargsyan",
    purpose: "Grout and adhesive",
    status: "expired",
  },
  { name: "deal:77", amount: "AMD 320,000", customer: "Hotel Dilijan", purpose: "Lobby, deposit", status: "part paid" },
  { name: "order:55", amount: "AMD 12,900", customer: "Mariam Avetisyan", purpose: "Web order 55", status: "failed" },
];

/** The workbench on a server of its own, in front of a service that plays its part by a script. */
export async function workbench(options: Partial<SandboxOptions> = {}) {
  const troubles: string[] = [];
  let origin = "";
  const sandbox: Sandbox = createSandbox({
    slack: true,
    telegram: true,
    vpos: true,
    serviceUrl: () => origin,
    stateFile: null,
    onTrouble: (error) => void troubles.push(error.message),
    ...options,
  });
  const server = fastify({ forceCloseConnections: true });
  sandbox.workbench(server, { book: async () => BOOK });
  await sandbox.start();
  const service = scriptedService(server, sandbox, () => origin);
  origin = await server.listen({ host: "127.0.0.1", port: 0 });
  service.start();
  return {
    sandbox,
    origin,
    troubles,
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      postTo(`${origin}${path}`, body, headers),
    state: async (): Promise<WorkbenchState> => (await fetch(`${origin}/sandbox/api/state`)).json() as never,
    async [Symbol.asyncDispose]() {
      await service.stop();
      await server.close();
      await sandbox.stop();
    },
  };
}

export type Workbench = Awaited<ReturnType<typeof workbench>>;

const answered = z.record(z.string(), z.unknown());

async function postTo(url: string, body: unknown, headers: Record<string, string>) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: answered.parse(await response.json()) };
}
