import type { Exchange as SlackExchange } from "../slack/wire.ts";
import type { StandIns } from "../stand-ins.ts";
import type { Exchange as TelegramExchange } from "../telegram/wire.ts";
import type { VposExchange } from "../vpos/wire.ts";

/** One request and its answer between the service and a stand-in, as it really went, without tokens. */
export type WireEntry = {
  /** 1, 2, 3 … in the order they were seen here. */
  readonly number: number;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  /** The method, the command, the kind of event, or the path. */
  readonly name: string;
  /** Null: no answer was seen (yet). */
  readonly status: number | null;
  readonly fault: string | null;
  readonly request: unknown;
  readonly response: unknown;
};

type Seen = Omit<WireEntry, "number">;
export type MergedWire = {
  /** Those after this number. One that had no answer yet keeps its number when it gets one. */
  after(number: number): readonly WireEntry[];
  count(): number;
};

const OURS = "paythread";

/** The wires of all stand-ins as one. Each keeps only its latest exchanges; the numbers here never change. */
export function createMergedWire({ slack, telegram, vpos }: StandIns): MergedWire {
  const entries: WireEntry[] = [];
  const numberOf = new Map<string, number>();
  const look = (): void => {
    const seen = [
      ...named("slack", slack?.wire().map(fromSlack)),
      ...named("telegram", telegram?.wire().filter(tellsSomething).map(fromTelegram)),
      ...named("vpos", vpos?.wire().map(fromVpos)),
    ].toSorted((a, b) => a.seen.at.localeCompare(b.seen.at));
    for (const { key, seen: exchange } of seen) {
      const number = numberOf.get(key) ?? entries.length + 1;
      numberOf.set(key, number);
      entries[number - 1] = { number, ...exchange };
    }
  };
  return {
    after: (number) => {
      look();
      return entries.slice(Math.max(0, number));
    },
    count: () => {
      look();
      return entries.length;
    },
  };
}

/** A name for each exchange that stays when older ones are forgotten: its time, and which of that moment it is. */
function named(part: string, exchanges: readonly Seen[] = []): { key: string; seen: Seen }[] {
  const sameMoment = new Map<string, number>();
  return exchanges.map((seen) => {
    const nth = sameMoment.get(seen.at) ?? 0;
    sameMoment.set(seen.at, nth + 1);
    return { key: `${part} ${seen.at} ${nth}`, seen };
  });
}

/** A long poll is worth showing once it has brought something. */
const tellsSomething = ({ method, response }: TelegramExchange): boolean => {
  if (method.toLowerCase() !== "getupdates") return true;
  if (typeof response !== "object" || response === null || !("result" in response)) return false;
  return Array.isArray(response.result) && response.result.length > 0;
};

const fromSlack = ({ at, direction, name, status, fault, request, response }: SlackExchange): Seen => ({
  at,
  from: direction === "from_app" ? OURS : "Slack",
  to: direction === "from_app" ? "Slack" : OURS,
  name,
  status: status === 0 ? null : status,
  fault: fault ?? null,
  request,
  response,
});

const fromTelegram = ({ at, direction, method, status, fault, request, response }: TelegramExchange): Seen => ({
  at,
  from: direction === "to_telegram" ? OURS : "Telegram",
  to: direction === "to_telegram" ? "Telegram" : OURS,
  name: method,
  status,
  fault: fault ?? null,
  request,
  response,
});

const PARTIES = { merchant: OURS, vpos: "VPOS.am", customer: "Customer" } as const;

const fromVpos = ({ at, from, method, path, headers, body, status, answer }: VposExchange): Seen => ({
  at,
  from: PARTIES[from],
  to: from === "vpos" ? OURS : "VPOS.am",
  name: `${method} ${path}`,
  status,
  fault: null,
  request: { headers, body: readable(body) },
  response: readable(answer),
});

function readable(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
