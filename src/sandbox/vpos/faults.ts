import type { CallFault, Faults, KeyFault, WebhookFault } from "../provider/faults.ts";

/** Where a fault strikes, and what can go wrong there. */
type Places = {
  readonly create: CallFault | KeyFault;
  readonly lookup: CallFault;
  readonly capabilities: CallFault;
  readonly webhook: WebhookFault;
};

export type VposFaults = Faults<Places>;
