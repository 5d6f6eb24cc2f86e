import { createServer } from "node:net";

/** A port that is ours until `release`, just before the server takes it: links are built from our address earlier. */
export type HeldPort = { readonly port: number; readonly release: () => Promise<void> };

/** Below the range from which the system takes ports for outgoing connections. */
const PORTS = { from: 20_000, count: 12_000 };

/** The port that was asked for; for 0 any free one, held so that no other process that is starting takes it too. */
export const holdPort = (wanted: number): Promise<HeldPort> =>
  wanted === 0 ? holdAny() : Promise.resolve({ port: wanted, release: async () => undefined });

function holdAny(): Promise<HeldPort> {
  return new Promise((resolve) => {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    // Whoever comes too early is turned away as if nobody listened.
    const holder = createServer((socket) => socket.destroy()).unref();
    holder.once("error", () => resolve(holdAny()));
    const release = (): Promise<void> => new Promise((released) => void holder.close(() => released()));
    holder.listen(port, "127.0.0.1", () => resolve({ port, release }));
  });
}
