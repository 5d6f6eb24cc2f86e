import { accountName } from "../../../domain/account.ts";
import type { Answer, Clock, Heard, Provider } from "../../ports.ts";
import { createCircuit } from "./circuit.ts";
import { longer, notAsked } from "./rest.ts";
import { createWait } from "./wait.ts";

export type Around = {
  readonly clock: Clock;
  /** Told once when the provider falls silent and once when it answers again, never of what lies between. It must not throw. */
  readonly heard: (heard: Heard) => void;
};

type Ask = <T>(call: () => Promise<Answer<T>>) => Promise<Answer<T>>;

/**
 * The same account of the same provider, left alone while it is silent or has asked us to wait: a call is then answered at
 * once with `did_not_happen` and the seconds to wait, and the provider is not asked. An answer that came is handed on as it
 * is, and a webhook is read whatever happens. Every copy of the service learns for itself.
 */
export function guarded(provider: Provider, around: Around): Provider {
  const { name, account, refund } = provider;
  const ask = createAsk(provider, around);
  return {
    name,
    account,
    open: (request) => ask(() => provider.open(request)),
    lookUp: (reference) => ask(() => provider.lookUp(reference)),
    ...(can(provider, "close") ? { close: (reference: string) => ask(() => provider.close(reference)) } : {}),
    ...(refund ? { refund: { partial: refund.partial, ask: (request) => ask(() => refund.ask(request)) } } : {}),
    ...(can(provider, "check") ? { check: () => ask(() => provider.check()) } : {}),
    ...(can(provider, "features") ? { features: () => ask(() => provider.features()) } : {}),
    ...(can(provider, "movements")
      ? { movements: (from: Date, until: Date) => ask(() => provider.movements(from, until)) }
      : {}),
    ...(can(provider, "readWebhook")
      ? { readWebhook: (...arrived: Arrived): Reading => provider.readWebhook(...arrived) }
      : {}),
  };
}

type Arrived = Parameters<Required<Provider>["readWebhook"]>;
type Reading = ReturnType<Required<Provider>["readWebhook"]>;

const can = <What extends keyof Provider>(
  provider: Provider,
  what: What,
): provider is Provider & Required<Pick<Provider, What>> => provider[what] !== undefined;

/** All calls of an account go through one of these: what one call learns holds for the others. */
function createAsk({ name, account }: Provider, { clock, heard }: Around): Ask {
  const wait = createWait(clock);
  const circuit = createCircuit(clock, (is) => heard({ is, name, account }));
  return async (call) => {
    const rest = longer(circuit.rest(), wait.rest());
    if (rest) return notAsked(accountName(name, account), rest);
    return circuit.ask(() => wait.heed(call));
  };
}
