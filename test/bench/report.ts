import { cpus, loadavg, totalmem } from "node:os";
import { quantile } from "./load.ts";
import type { Deciding } from "./decide.ts";
import type { Issuing } from "./issue-links.ts";
import type { Measured, Row } from "./measured.ts";
import type { Starts } from "./starts.ts";
import type { Taking, TakingRow } from "./take-payments.ts";

/** What the numbers were measured on; without it they say nothing. */
export function machine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]?.toFixed(1) ?? "?";
  return `${cores.length} × ${cores[0]?.model.trim() ?? "unknown processor"}, ${memory} GiB, Node ${process.version}, load ${load} at the start`;
}

export const sayStarts = (starts: Starts, withDatabaseMs: readonly number[]): string => {
  const { floorMs, idleMb } = starts;
  const row = (what: string, ms: number): string =>
    `    ${what.padEnd(32)} ${ms.toFixed(0).padStart(6)} ms ${(ms / floorMs).toFixed(1).padStart(6)} × the floor`;
  return [
    "W5  process start to ready, median",
    row("floor: the libraries loaded", floorMs),
    row("embedded database, first start", starts.firstMs),
    row("embedded database, later starts", starts.laterMs),
    ...(withDatabaseMs.length > 0 ? [row("a database that runs", quantile(withDatabaseMs, 0.5))] : []),
    `    memory after 3 s idle            ${String(idleMb).padStart(6)} MB`,
  ].join("\n");
};

export const sayDecisions = ({ links, facts, rows }: Deciding): string =>
  [
    `W6  a decision with what it changes; an invoice of ${links} links and ${facts} facts; goal below 0.2 ms`,
    `    ${"".padEnd(30)} ${"p50 ms".padStart(8)} ${"p99 ms".padStart(8)}`,
    ...rows.map(
      ({ what, p50, p99 }) => `    ${what.padEnd(30)} ${p50.toFixed(3).padStart(8)} ${p99.toFixed(3).padStart(8)}`,
    ),
  ].join("\n");

const COLUMNS = ["at once", "", "per s", "of floor", "p50 ms", "p99 ms", "ack p99", "CPU ms", "+ PostgreSQL"];

export const sayIssuing = ({ rows, database }: Issuing, invoices: number): string =>
  [
    `W1  issue a link: signed command to committed; ${invoices} invoices in the book; ${database}`,
    line(COLUMNS),
    ...rows.flatMap((row) => linesOf(row)),
  ].join("\n");

/** What reference measurements on two cores leave room for; the ratio and the CPU are worth more than the milliseconds. */
const GOALS =
  "at 8 at once: 50 % of the floor, p99 15 ms, 1.0 ms CPU an event; at 100 a second: p99 10 ms; nothing lost or doubled";

export const sayTaking = ({ rows, offered, killed, end, database, load }: Taking, invoices: number): string =>
  [
    `W2  take a payment: signed webhook to committed; ${invoices} invoices owed; ${database}; load ${load.toFixed(1)} before`,
    `    goals: ${GOALS}`,
    line(COLUMNS),
    ...rows.flatMap((row) => linesOf(row)),
    ...linesOf(offered, `${offered.clients}/s`),
    `    from the last commit until the CRM had been told, and CPU ms of service + PostgreSQL an event with all of that:`,
    ...rows.map((row) => sayFollowing(`${row.clients} at once`, row)),
    sayFollowing(`${offered.clients} a second`, offered),
    `    killed with SIGKILL amid ${killed.deliveries} deliveries: ${killed.acknowledged} were answered, of them ${killed.behind}` +
      ` not yet paid; ${killed.sentAgain} sent again; all paid and the CRM told after ${(killed.recoveredMs / 1000).toFixed(1)} s`,
    `    of ${end.told} payments: lost ${end.lost}, doubled ${end.doubled}, rolled back ${end.rolledBack}, cases ${end.cases};` +
      ` CRM effects ${end.crmEffects}, not exactly one ${end.crmWrong}`,
  ].join("\n");

const sayFollowing = (how: string, { following }: TakingRow): string =>
  `    ${how.padEnd(13)} ${following.ms.toFixed(0).padStart(6)} ms ${following.serviceCpu.toFixed(2).padStart(6)} + ${following.databaseCpu.toFixed(2)} ms`;

const linesOf = ({ clients, floor, service }: Row, how = String(clients)): string[] => [
  line([how, "floor", ...numbers(floor, "")]),
  line(["", "service", ...numbers(service, `${((100 * service.perSecond) / floor.perSecond).toFixed(0)} %`)]),
];

const numbers = (one: Measured, ofFloor: string): string[] => [
  one.perSecond.toFixed(0),
  ofFloor,
  one.p50.toFixed(1),
  one.p99.toFixed(1),
  one.acknowledgedP99.toFixed(1),
  one.serviceCpu.toFixed(2),
  one.databaseCpu.toFixed(2),
];

const line = (cells: readonly string[]): string =>
  `    ${cells.map((cell, at) => (at === 1 ? cell.padEnd(8) : cell.padStart(Math.max(8, COLUMNS[at]?.length ?? 0)))).join(" ")}`;
