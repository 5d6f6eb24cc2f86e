import type { Load } from "./load.ts";
import { cpuMs, serverCpuMs } from "./processes.ts";

/** Its CPU is in milliseconds an event. */
export type Measured = Load & { readonly serviceCpu: number; readonly databaseCpu: number };
export type Row = { readonly clients: number; readonly floor: Measured; readonly service: Measured };

/** What a work costs the process that does it and the database server. */
export async function counted(pid: number, postmaster: number, work: () => Promise<Load>): Promise<Measured> {
  const spent = spentBy(pid, postmaster);
  const load = await work();
  const { service, database } = spent();
  return { ...load, serviceCpu: service / load.events, databaseCpu: database / load.events };
}

/** The CPU that both spend from now on, in milliseconds, whenever it is asked. */
export function spentBy(
  pid: number,
  postmaster: number,
): () => { readonly service: number; readonly database: number } {
  const [service, database] = [cpuMs(pid), serverCpuMs(postmaster)];
  return () => ({ service: cpuMs(pid) - service, database: serverCpuMs(postmaster) - database });
}
