import { join } from "node:path";
import { startPostgres } from "../embedded/embedded.ts";

export type Database = { readonly url: string; readonly embedded: boolean; stop(): Promise<void> };

/** The database we were given, or one of our own in a folder that lives as long as somebody uses it. */
export async function openDatabase(given: string | undefined, dataFolder: string): Promise<Database> {
  if (given !== undefined) return { url: given, embedded: false, stop: async () => undefined };
  return { embedded: true, ...(await startPostgres(join(dataFolder, "postgres"))) };
}
