import type { Policy } from "../../domain/policy.ts";
import type { Books, Clock, Crm, Ids, Invitations, Providers } from "../ports.ts";

/** What the use cases need from the world. `src/assembly/` hands it over; a test hands over its own. */
export type Needs = {
  readonly books: Books;
  readonly crm: Crm;
  readonly providers: Providers;
  readonly invitations: Invitations;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The address of a link's page, built from PUBLIC_URL alone. */
  readonly pageUrl: (token: string) => string;
  /** The address that opens our bot in the customer's chat with this token. */
  readonly inviteUrl: (token: string) => Promise<string>;
};

/** The address of a link's page under our public address, which has no slash at its end. */
export const pageUrl = (publicUrl: string, token: string): string => `${publicUrl}/p/${token}`;
