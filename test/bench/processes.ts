import { readdirSync, readFileSync } from "node:fs";

/** Linux counts a process's time in hundredths of a second. */
const MS_PER_TICK = 10;

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The numbers of /proc/PID/stat behind the name, which may hold anything: state, parent, ... */
const stat = (pid: number): string[] => read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];
const parentOf = (pid: number): number => Number(stat(pid)[1]);
const ticks = (pid: number, from: number, to: number): number =>
  stat(pid)
    .slice(from, to)
    .reduce((sum, one) => sum + Number(one), 0);

/** How long a process has kept a core busy, itself and in the kernel. */
export const cpuMs = (pid: number): number => ticks(pid, 11, 13) * MS_PER_TICK;

/** The same of a database server: its first process, those that have ended, and those that live. */
export function serverCpuMs(postmaster: number): number {
  const backends = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === postmaster);
  return backends.reduce((sum, pid) => sum + cpuMs(pid), ticks(postmaster, 11, 15) * MS_PER_TICK);
}

/** What of a process is in memory, in megabytes. */
export const residentMb = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? Number.NaN) / 1024);
