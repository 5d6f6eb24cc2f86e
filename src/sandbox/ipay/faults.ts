import type { CallFault, Faults } from "../provider/faults.ts";

/**
 * Where a fault strikes. It knows no idempotency keys. An order is registered over another amount where a fault says a
 * hundredfold, because the answer to it tells none.
 */
type Places = {
  readonly create: CallFault;
  readonly lookup: CallFault;
  readonly refund: CallFault;
  readonly reverse: CallFault;
};

export type IpayFaults = Faults<Places>;
