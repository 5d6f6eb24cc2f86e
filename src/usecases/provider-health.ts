import { system } from "../../domain/actor.ts";
import { accountName } from "../../domain/account.ts";
import type { Attempt } from "../../domain/invoice.ts";
import type { Act, Answer, Heard, Provider } from "../ports.ts";
import type { Needs } from "./needs.ts";

const ACT: Act = { actor: system("provider-health"), requestId: "provider-health" };

/** One case for a provider that is silent, closed by itself when it answers again, however many copies of us notice. */
export async function watchProviders({ books, ids }: Needs, { is, name, account }: Heard): Promise<void> {
  const about = { kind: "provider_down", cause: causeOf(name, account) } as const;
  if (is === "silent") {
    return books.openOrphanCase({ ...about, id: ids.id(), details: { provider: accountName(name, account) } }, ACT);
  }
  const resolution = { action: "dismiss", reason: "the provider answered", by: "paythread" } as const;
  await books.resolveOrphanCase(about, resolution, ACT);
}

/** A copy that begins has asked nobody yet: a silence that another one noted is noted anew if it still lasts. */
export async function forgetSilences({ books, providers }: Needs): Promise<void> {
  const resolution = { action: "dismiss", reason: "paythread started again", by: "paythread" } as const;
  for (const { name, account } of providers.all) {
    await books.resolveOrphanCase({ kind: "provider_down", cause: causeOf(name, account) }, resolution, ACT);
  }
}

type Asked = Pick<Attempt, "provider" | "account">;

/**
 * The provider understood something else than we asked for, and every further payment would be as wrong: no new one is begun
 * until a person has looked. A refusal that lets no checkout exist (a wrong token) stops nothing: it mends itself.
 */
export async function stopOnAlarm(needs: Needs, asked: Asked, answer: Answer<unknown>): Promise<void> {
  if (answer.is === "refused" && answer.alarm && answer.mayExist) await stopNewPayments(needs, asked, answer);
}

/** No new attempt is begun with this account until a person dismisses the case. */
export async function stopNewPayments(
  { books, ids }: Needs,
  { provider, account }: Asked,
  { because, code }: { readonly because: string; readonly code: string },
): Promise<void> {
  const details = { provider: accountName(provider, account), because, code };
  await books.openOrphanCase({ ...stopped(provider, account), id: ids.id(), details }, ACT);
}

export const isStopped = ({ books }: Needs, { name, account }: Provider): Promise<boolean> =>
  books.orphanIsOpen(stopped(name, account));

export const isSilent = ({ books }: Needs, { name, account }: Provider): Promise<boolean> =>
  books.orphanIsOpen({ kind: "provider_down", cause: causeOf(name, account) });

const stopped = (name: string, account: string) =>
  ({ kind: "provider_stopped", cause: causeOf(name, account) }) as const;

const causeOf = (name: string, account: string): string => `provider:${name}/${account}`;
