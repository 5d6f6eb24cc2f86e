import { createServer, type IncomingMessage } from "node:http";

export type Stub = { readonly origin: string; stop(): Promise<void> };

/** Another party on loopback, in another process than the service: it answers every question at once, with JSON. */
export async function startStub(answerTo: (asked: IncomingMessage) => object): Promise<Stub> {
  const server = createServer((asked, answer) => {
    asked.resume().once("end", () => {
      answer.setHeader("content-type", "application/json").end(JSON.stringify(answerTo(asked)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
