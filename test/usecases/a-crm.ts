import type { Answer, Crm, PaidEffect, StandsInCrm } from "../../src/ports.ts";

type Call = "look" | "write" | "look after a write";

type Fault =
  | "lost on the way there"
  | "lost on the way back"
  /** It arrives only when `arrives` is called. */
  | "under way"
  | "busy"
  | "refused"
  /** It says that it wrote, and did not. */
  | "forgotten";

const UNKNOWN: Answer<never> = { is: "unknown", because: "the connection broke", retryAfterSeconds: null };
const BUSY: Answer<never> = { is: "did_not_happen", because: "too many requests", retryAfterSeconds: 7 };
const REFUSED: Answer<never> = {
  is: "refused",
  code: "locked",
  because: "record is locked",
  alarm: false,
  mayExist: false,
};
const happened = <T>(value: T): Answer<T> => ({ is: "happened", value, requestId: null });

/** A CRM somewhere else: it keeps what it is told, and what is said to it or by it may be lost on its way. */
export function aCrm() {
  const records = new Map<string, string>();
  const struck: { readonly call: Call; readonly fault: Fault }[] = [];
  const underWay: PaidEffect[] = [];
  const calls = { looks: 0, writes: 0 };
  const faultOf = (call: Call): Fault | undefined => {
    const at = struck.findIndex((one) => one.call === call);
    return at === -1 ? undefined : struck.splice(at, 1)[0]?.fault;
  };
  const contentOf = ({ amount, provider, reference }: PaidEffect): string =>
    `${amount.minor} ${amount.currency} ${provider} ${reference}`;
  /** No idempotency of its own: written twice, it stands there twice as much. */
  const write = (effect: PaidEffect): void => {
    records.set(effect.key, `${records.get(effect.key) ?? ""}${contentOf(effect)}`);
  };
  const stands = (effect: PaidEffect): StandsInCrm => {
    const record = records.get(effect.key);
    if (record === undefined) return "nothing";
    return record === contentOf(effect) ? "this" : "another";
  };
  const took = (effect: PaidEffect, fault: Fault | undefined): Answer<null> => {
    if (fault === "busy") return BUSY;
    if (fault === "refused") return REFUSED;
    if (fault === "under way") underWay.push(effect);
    if (fault === undefined || fault === "lost on the way back") write(effect);
    return fault === undefined || fault === "forgotten" ? happened(null) : UNKNOWN;
  };
  const crm: Crm = {
    name: "far",
    find: async () => undefined,
    lookForPaid: async (effect) => {
      calls.looks += 1;
      const fault = faultOf(calls.writes === 0 ? "look" : "look after a write");
      if (fault === "busy") return BUSY;
      return fault === undefined ? happened(stands(effect)) : UNKNOWN;
    },
    tellPaid: async (effect) => {
      calls.writes += 1;
      return took(effect, faultOf("write"));
    },
  };
  return {
    ...crm,
    calls,
    /** What happens to the next call of this kind. */
    strike: (call: Call, fault: Fault): void => void struck.push({ call, fault }),
    /** What was under way gets there. */
    arrives: (): void => underWay.splice(0).forEach(write),
    /** Somebody wrote something else under the same key. */
    altered: (key: string): void => void records.set(key, "something else"),
    records: (): readonly string[] => [...records.values()],
  };
}
